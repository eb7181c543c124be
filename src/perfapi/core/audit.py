"""Some reads are told of like changes: who looked, at what, and never what was there to see.

Which ones: what leaves as a file, what a request shows of many people at once that only some roles
may see, and what somebody looks up about one other person's doings or rights. Pages of such a read
count once, with the first. All other reads leave no trace: a log of them would watch people.
"""

from typing import ClassVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from .actor import Actor
from .events import Event, publish


class SensitiveRead(Event):
    topic: ClassVar[str] = "audit.read"
    subject: ClassVar[str] = "subject_id"

    resource: str
    subject_id: UUID | None = None
    """Whom or what it was about, if it was one."""


def tell_of_read(
    session: AsyncSession, actor: Actor, resource: str, subject_id: UUID | None = None
) -> None:
    """Commits with the request, before the answer leaves: whoever was refused has read nothing."""
    publish(session, SensitiveRead(resource=resource, subject_id=subject_id), by=actor.person_id)
