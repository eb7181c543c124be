from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, AwareDatetime, Field

from perfapi.core.schema import (
    Day,
    Input,
    Line,
    Output,
    Page,
    PageQuery,
    Prose,
    Resource,
    Search,
)
from perfapi.domains.goals.schemas import GoalRef
from perfapi.domains.people.schemas import PersonRef

from .models import FeedbackKind, FeedbackVisibility
from .reactions.schemas import FeedbackReaction
from .values.schemas import CompanyValueRef

Words = Annotated[Prose, Field(min_length=1, max_length=5_000, description="Markdown.")]
Skill = Annotated[Line, Field(max_length=60, examples=["Facilitation"])]
Skills = Annotated[list[Skill], Field(max_length=10)]
ValueIds = Annotated[list[UUID], Field(max_length=5)]
ReceiverIds = Annotated[list[UUID], Field(min_length=1, max_length=30)]

VISIBILITY = (
    "Who reads it besides its giver: `public` everybody, `team` the receivers and who is in a team "
    "with one of them, `recipient` the receivers alone, `recipient_and_manager` they and whom they "
    "report to directly, `manager` the latter alone, `requester` who asked for it."
)


class FeedbackReceiver(Output):
    person: PersonRef
    thanked_at: Annotated[AwareDatetime | None, Field(description="They said thank you.")]
    acknowledged_at: Annotated[AwareDatetime | None, Field(description="They said they read it.")]
    goal: Annotated[
        GoalRef | None,
        Field(description="The development goal that they made of it, if you can see it."),
    ]


class Feedback(Resource):
    """Praise or advice. Praise that is public makes the wall."""

    giver: PersonRef
    receivers: Annotated[list[FeedbackReceiver], Field(description="By name.")]
    kind: FeedbackKind
    visibility: Annotated[FeedbackVisibility, Field(description=VISIBILITY)]
    text: Annotated[str, Field(description="Markdown.")]
    values: Annotated[list[CompanyValueRef], Field(description="Company values it speaks of.")]
    skills: list[str]
    goal: Annotated[GoalRef | None, Field(description="The goal it is about, if you can see it.")]
    given_on: Annotated[date, Field(description="By the organization's calendar.")]
    request_id: Annotated[UUID | None, Field(description="The request that it answers.")]
    reactions: Annotated[
        list[FeedbackReaction], Field(description="Of the kinds that somebody chose.")
    ]
    comment_count: int
    edited_at: AwareDatetime | None
    hidden_at: Annotated[
        AwareDatetime | None, Field(description="Since when it is off the wall, by a moderator.")
    ]
    proposed_visibility: Annotated[
        FeedbackVisibility | None,
        Field(description="Another than now; it holds once giver and receivers agreed."),
    ]
    waits_for_you: Annotated[bool, Field(description="The proposal needs your agreement.")]
    permissions: Annotated[
        list[str],
        Field(
            description="What you may do: `edit`, `withdraw`, `thank`, `acknowledge`, "
            "`make_a_goal`, `change_visibility`, `agree`, `decline`, `comment`, `react`, `report`, "
            "`hide`, `restore`."
        ),
    ]


class FeedbackPage(Page[Feedback]):
    pass


class Box(StrEnum):
    RECEIVED = "received"
    GIVEN = "given"
    REPORTS = "reports"
    WALL = "wall"
    HIDDEN = "hidden"
    REPORTED = "reported"


class FeedbackConditions(PageQuery):
    kind: FeedbackKind | None = None
    receiver_id: UUID | None = None
    giver_id: UUID | None = None
    value_id: Annotated[UUID | None, Field(description="A company value that it speaks of.")] = None
    goal_id: UUID | None = None
    request_id: Annotated[UUID | None, Field(description="The request that it answers.")] = None
    since: Annotated[Day | None, Field(description="Given on this day or later.")] = None
    until: Annotated[Day | None, Field(description="Given on this day or before.")] = None
    q: Annotated[Search | None, Field(description="Words that all occur in it.")] = None
    sort: Annotated[Literal["newest"], Field(description="The newest first.")] = "newest"


class FeedbackFilter(FeedbackConditions):
    box: Annotated[
        Box | None,
        Field(
            description="`received` by you, `given` by you, about your direct `reports`, public "
            "praise on the `wall`, and for moderators what they took off it (`hidden`) and what "
            "was `reported` and not decided."
        ),
    ] = None


class FeedbackCreate(Input):
    receiver_ids: Annotated[ReceiverIds, Field(description="Each reads who else received it.")]
    kind: FeedbackKind
    visibility: Annotated[
        FeedbackVisibility | None,
        Field(description=f"{VISIBILITY} By default as the feedback settings say."),
    ] = None
    text: Words
    value_ids: Annotated[ValueIds, Field(default_factory=list)]
    skills: Annotated[Skills, Field(default_factory=list)]
    goal_id: Annotated[UUID | None, Field(description="The goal that it is about.")] = None


class FeedbackAnswer(Input):
    kind: FeedbackKind = FeedbackKind.ADVICE
    text: Words
    value_ids: Annotated[ValueIds, Field(default_factory=list)]
    skills: Annotated[Skills, Field(default_factory=list)]


class FeedbackUpdate(Input):
    """What is left out stays as it is, null clears (JSON Merge Patch)."""

    text: Words | MISSING = MISSING
    value_ids: ValueIds | MISSING = MISSING
    skills: Skills | MISSING = MISSING
    goal_id: UUID | MISSING | None = MISSING


class FeedbackVisibilityChange(Input):
    visibility: Annotated[FeedbackVisibility, Field(description=VISIBILITY)]


class DevelopmentGoal(Input):
    title: Annotated[Line, Field(examples=["Begin meetings with their aim"])]


class MadeGoal(Output):
    goal_id: UUID
