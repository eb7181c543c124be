"""The declarative base, and sessions that only ever see one organization."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeVar, cast
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import (
    DateTime,
    Enum,
    Executable,
    MetaData,
    Numeric,
    Select,
    Table,
    event,
    func,
    text,
)
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.orm.exc import StaleDataError

from . import keys
from .binds import ORGANIZATION
from .errors import NotFound, TryAgain
from .ids import uuid7
from .versions import VersionStale

Row = TypeVar("Row", bound="Base")
Statement = TypeVar("Statement", bound=Executable)
Sessions = async_sessionmaker[AsyncSession]

SCALE = 12
"""Decimal places of everything that is computed; see the roll-up in `goals`."""


def _values(enum: type[StrEnum]) -> list[str]:
    return [member.value for member in enum]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        Decimal: Numeric(30, SCALE),
        StrEnum: Enum(StrEnum, native_enum=False, values_callable=_values, length=40),
    }

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__table__" in cls.__dict__:  # mixins have none
            keys.tie(cast("Table", cls.__table__))


class Timestamped:
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=90)
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), onupdate=func.now(), sort_order=91
    )


class Owned:
    """Mixin: the row belongs to one organization, which is part of its key."""

    organization_id: Mapped[UUID] = keys.owner(sort_order=-3)


class Tenanted(Owned):
    """Mixin: a thing with an id within its organization."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-2)


_OWN_ROWS = with_loader_criteria(
    Owned, lambda cls: cls.organization_id == ORGANIZATION, include_aliases=True
)


def own_rows(statement: Statement) -> Statement:
    """No rows but those of ORGANIZATION. Every session insists on it; constants bring it along."""
    return statement.options(_OWN_ROWS).execution_options(own_rows=True)


@event.listens_for(Session, "do_orm_execute")
def _fill_in_the_facts(state: ORMExecuteState) -> None:
    if state.is_column_load or not (state.is_select or state.is_update or state.is_delete):
        return
    if not state.execution_options.get("own_rows"):
        state.statement = own_rows(state.statement)
    if state.parameters is None or isinstance(state.parameters, Mapping):
        state.parameters = {**(state.parameters or {}), **facts(state.session)}


@event.listens_for(Session, "before_flush")
def _stamp_new_rows(session: Session, *_: Any) -> None:
    for row in session.new:
        if isinstance(row, Owned):
            row.organization_id = row.organization_id or facts(session)["organization"]


CONNECT_PATIENCE = 5.0
"""Seconds until a server that takes a connection must have greeted."""


def create_engine(url: str, *, patience: float | None = None, **options: Any) -> AsyncEngine:
    """`url` names the app's or the worker's login, never the owner's.

    With `patience` (seconds) a server that is silent for so long counts as out of reach. It would
    keep `statement_timeout` itself, if it could: a stalled machine or a cut line keeps nothing.
    """
    server_settings = {"timezone": "UTC", "application_name": "perfapi", "jit": "off"}
    server_settings |= options.pop("server_settings", {})
    return create_async_engine(
        url,
        connect_args={
            "server_settings": server_settings,
            "timeout": CONNECT_PATIENCE,
            "command_timeout": patience,
        },
        pool_pre_ping=False,
        hide_parameters=True,  # of a failing statement: the log holds no personal data
        **options,
    )


def create_sessions(engine: AsyncEngine, **outside: Any) -> Sessions:
    """`outside` is what jobs may need besides the database; they find it in `session.info`."""
    return async_sessionmaker(engine, expire_on_commit=False, info=outside)


def facts(session: Session | AsyncSession) -> dict[str, Any]:
    """What this session knows about the caller: values of the binds in `binds.py`."""
    known: dict[str, Any] = session.info.get("facts", {})
    return known


def know(session: AsyncSession, *, organization: UUID, today: date, you: UUID | None) -> None:
    """From here on the session sees no other organization; without `you`, no rule can be asked."""
    known: dict[str, Any] = {"organization": organization, "today": today}
    if you is not None:
        known["you"] = you
    session.sync_session.info["facts"] = known


async def one_or_404(session: AsyncSession, statement: Select[Row]) -> Row:
    row = (await session.scalars(statement)).one_or_none()
    if row is None:
        raise NotFound()
    return row


_ENTER = text("SELECT enter_organization(:organization)")


async def enter(session: AsyncSession, organization: UUID, *, you: UUID | None = None) -> None:
    """For jobs and commands of the operator: requests are entered by their credential."""
    today = (await session.execute(_ENTER, {"organization": organization})).scalar_one()
    know(session, organization=organization, today=today, you=you)


@asynccontextmanager
async def in_organization(
    sessions: Sessions, organization: UUID, *, you: UUID | None = None
) -> AsyncIterator[AsyncSession]:
    """One transaction in one organization."""
    async with sessions.begin() as session:
        await enter(session, organization, you=you)
        yield session


async def _request_session(request: Request) -> AsyncIterator[AsyncSession]:
    try:
        async with request.app.state.sessions.begin() as session:
            session.sync_session.info["request"] = request
            request.state.actor = await request.app.state.authenticate(request, session)
            yield session
    except StaleDataError as lost_race:
        # Who named no version has nothing to read again: the request is simply tried once more.
        insisted = request.headers.get("if-match", "*").strip() != "*"
        raise (VersionStale() if insisted else TryAgain()) from lost_race


# scope="function": the commit comes before the answer leaves, so that a 201 is never a lie.
TenantSession = Annotated[AsyncSession, Depends(_request_session, scope="function")]
