from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Instant, Output, Page, PageQuery, Query
from perfapi.domains.people.schemas import PersonRef

Topic = Annotated[
    str,
    Field(max_length=100, pattern=r"^[a-z_]+\.[a-z_]+$", examples=["people.person_left"]),
]


class LogEntry(Output):
    """A fact that was told when it happened. It is never changed after."""

    id: UUID
    position: Annotated[int, Field(description="Later facts have greater ones; there are gaps.")]
    topic: Topic
    schema_version: int
    occurred_at: AwareDatetime
    actor: Annotated[
        PersonRef | None, Field(description="Who did it; null: time, an import, or anonymous.")
    ]
    subject_id: Annotated[UUID | None, Field(description="What or whom it is about.")]
    subject: Annotated[PersonRef | None, Field(description="The same, if it is a person.")]
    payload: Annotated[
        dict[str, Any] | None,
        Field(description="The fact: ids, numbers, days and words of ours; null: erased."),
    ]


class LogPage(Page[LogEntry]):
    pass


class Wanted(Query):
    topic: Topic | None = None
    actor_id: UUID | None = None
    subject_id: UUID | None = None
    since: Annotated[Instant | None, Field(description="At this instant or later.")] = None
    until: Annotated[Instant | None, Field(description="Before this instant.")] = None


class LogFilter(Wanted, PageQuery):
    pass


class LogExportQuery(Wanted):
    pass
