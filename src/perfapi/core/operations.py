"""Long work that a request asks for and a worker does, with progress that anybody may watch.

`POST` answers 202 with the address of the operation. Progress is written in transactions of its
own; the work itself goes in chunks that may be repeated, with one flip at the end.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import CheckConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from .access import Rules
from .actor import Actor
from .answers import Json
from .binds import YOU
from .db import Base, Sessions, Tenanted, TenantSession, Timestamped, in_organization
from .documents import documents, one
from .doors import requires
from .errors import NotFound, problems
from .events import Event, publish
from .routing import Router
from .schema import Output, Resource
from .versions import Versioned


class OperationStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Operation(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "operations"
    __table_args__ = (CheckConstraint("done >= 0 AND total >= 0", name="progress"),)

    kind: Mapped[str]
    requested_by: Mapped[UUID | None]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    status: Mapped[OperationStatus] = mapped_column(default=OperationStatus.QUEUED)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    failure: Mapped[str | None]
    ended_at: Mapped[datetime | None]


class OperationRequested(Event):
    topic: ClassVar[str] = "operations.requested"
    subject: ClassVar[str] = "operation_id"

    operation_id: UUID
    kind: str


class Progress(Output):
    done: Annotated[int, Field(ge=0, description="Steps that are done.")]
    total: Annotated[int, Field(ge=0, description="Steps in all; 0 while that is unknown.")]


class OperationDocument(Resource):
    """Work that goes on in the background."""

    kind: Annotated[str, Field(description="What is being done, e.g. `recompute_goals`.")]
    status: OperationStatus
    progress: Progress
    result: Annotated[dict[str, Any] | None, Field(description="Depends on the kind.")]
    failure: Annotated[str | None, Field(description="Why it failed, for people.")]
    ended_at: AwareDatetime | None


VISIBLE = Rules("operations", Operation, you_asked_for_it=Operation.requested_by == YOU)

OPERATION = documents(
    OperationDocument,
    Operation,
    progress=func.json_build_object("done", Operation.done, "total", Operation.total),
).where(VISIBLE)

_ADVANCE = text(
    "UPDATE operations SET done = :done, total = :total, status = 'running', "
    "version = version + 1, updated_at = now() "
    "WHERE organization_id = :organization AND id = :id AND status IN ('queued', 'running')"
)


@dataclass(frozen=True)
class Work:
    """What an operation is given: its parameters, sessions, and a way to tell how far it is."""

    sessions: Sessions
    organization: UUID
    operation: UUID
    requested_by: UUID | None
    parameters: dict[str, Any]
    renew: Callable[[], Awaitable[None]] = field(repr=False)

    def session(self) -> AbstractAsyncContextManager[AsyncSession]:
        """One transaction, as the person who asked."""
        return in_organization(self.sessions, self.organization, you=self.requested_by)

    async def progress(self, done: int, total: int) -> None:
        await self.renew()
        given = {"organization": self.organization, "id": self.operation}
        async with self.session() as session:
            await session.execute(_ADVANCE, given | {"done": done, "total": total})


WorkFunction = Callable[[Work], Awaitable[dict[str, Any]]]

KINDS: dict[str, WorkFunction] = {}


def operation(function: WorkFunction) -> WorkFunction:
    """Registers long work by its name. It may be started again after a crash: make it repeatable.

    It answers with the operation's `result`; a Problem that it raises becomes its `failure`.
    """
    KINDS[function.__name__] = function
    return function


async def request_operation(
    session: AsyncSession, kind: str, *, by: UUID | None, **parameters: Any
) -> Operation:
    asked = Operation(kind=kind, requested_by=by, parameters=parameters)
    session.add(asked)
    await session.flush()
    publish(session, OperationRequested(operation_id=asked.id, kind=kind), by=by)
    return asked


async def read_operation(session: AsyncSession, operation_id: UUID) -> Json[OperationDocument]:
    return await one(session, OPERATION, operation_id)


router = Router(prefix="/operations", tags=["operations"])


@router.get("/{operation_id}", responses=problems(NotFound))
async def get_operation(
    session: TenantSession,
    actor: Annotated[Actor, requires("operations:read")],
    operation_id: UUID,
) -> Json[OperationDocument]:
    """How far a long piece of work is that you asked for, and what came of it."""
    return await read_operation(session, operation_id)
