"""A small domain that exists in tests only: parcels that people send, some of them secret.

It has one of everything that core offers, so that core is tested by what it does for a domain and
not by its parts.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, cast
from uuid import UUID, uuid4

from fastapi import File, Form, Query, UploadFile
from pydantic import MISSING, Field
from sqlalchemy import CheckConstraint, Index, Table, UniqueConstraint, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine
from sqlalchemy.orm import Mapped, aliased, mapped_column

from perfapi.core import history, rls
from perfapi.core.access import EVERYWHERE, RESOURCES, Act, Rules, everywhere, load, permissions
from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.binds import TODAY, YOU
from perfapi.core.db import Base, Tenanted, TenantSession, Timestamped
from perfapi.core.documents import OUT_OF_SIGHT, children, documents, one, outcome, reference
from perfapi.core.doors import SCOPES, requires
from perfapi.core.errors import AlreadyExists, Conflict, Forbidden, NotFound, invalid, problems
from perfapi.core.events import Event, publish
from perfapi.core.faults import constraint
from perfapi.core.keys import references
from perfapi.core.listings import Listing, page
from perfapi.core.routing import Router
from perfapi.core.schema import Body, Input, Line, Output, Page, PageQuery, Prose, Resource
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion, Versioned
from perfapi.domains.people.models import Person
from perfapi.domains.people.relations import you_are_admin, you_manage, you_share_a_department_with

FOR_TESTS = {"info": {"for_tests": True}}


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class Depot(Tenanted, Base):
    __tablename__ = "test_depots"
    __table_args__ = FOR_TESTS

    name: Mapped[str]


class Parcel(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "test_parcels"
    __table_args__ = (
        UniqueConstraint("organization_id", "label"),
        CheckConstraint("weight > 0", name="weighs_something"),
        Index("uq_test_parcels_number", "organization_id", "number", unique=True),
        FOR_TESTS,
    )

    label: Mapped[str]
    note: Mapped[str | None]
    number: Mapped[int | None]
    weight: Mapped[Decimal] = mapped_column(default=Decimal(1))
    rank: Mapped[int] = mapped_column(default=0)
    size: Mapped[Size] = mapped_column(default=Size.SMALL)
    due_on: Mapped[date] = mapped_column(default=date(2026, 1, 31))
    is_secret: Mapped[bool] = mapped_column(default=False)
    owner_id: Mapped[UUID] = references("people")
    depot_id: Mapped[UUID | None] = references("test_depots", on_delete="RESTRICT")
    inside_id: Mapped[UUID | None] = references("test_parcels")


DEPOT_VERSIONS = history.keep(Depot)
DEPOT_VERSIONS.info["for_tests"] = True
TABLES = [cast(Table, entity.__table__) for entity in (Depot, Parcel)]


async def build(owner_url: str) -> None:
    """What the domain's migration would do."""
    engine = create_async_engine(owner_url)
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: Base.metadata.create_all(sync, tables=TABLES))
        for table in TABLES:
            await _run(connection, rls.protect(table.name))
        await _run(connection, history.kept("test_depots", "organization_id", "id"))
    await engine.dispose()


async def _run(connection: AsyncConnection, statements: list[str]) -> None:
    for statement in statements:
        await connection.execute(text(statement))


class ParcelSent(Event):
    topic: ClassVar[str] = "parcels.sent"
    subject: ClassVar[str] = "parcel_id"

    parcel_id: UUID
    step: int = 0


class LabelTaken(AlreadyExists):
    """Another parcel has this label."""

    title = "That label is taken."


class NotYours(Forbidden):
    """Parcels are changed by who sent them."""

    title = "It is not your parcel."


class NotDue(Conflict):
    """Parcels are opened on their day, not before."""

    title = "It is not due yet."


class OnlyHeads(Forbidden):
    title = "Only administrators may empty the depot."


constraint("uq_test_parcels_organization_id_label", LabelTaken)

VISIBLE = Rules(
    "test-parcels",
    Parcel,
    it_is_public=~Parcel.is_secret,
    you_own_it=Parcel.owner_id == YOU,
    you_manage_the_owner=you_manage(Parcel.owner_id),
    large_ones_are_for_the_department=(Parcel.size == Size.LARGE)
    & you_share_a_department_with(Parcel.owner_id),
    overdue_ones_are_for_administrators=(Parcel.due_on < TODAY) & you_are_admin(),
)
del RESOURCES["test-parcels"]  # those who explain all resources shall not meet this one

MAY_EDIT = Act(NotYours, Parcel.owner_id == YOU)
IS_DUE = Act(NotDue, Parcel.due_on <= TODAY)
EMPTY_THE_DEPOT = everywhere("empty_the_depot", Act(OnlyHeads, you_are_admin()))
del EVERYWHERE["empty_the_depot"]


class OwnerRef(Output):
    id: UUID
    name: str


class DepotRef(Output):
    id: UUID
    name: str


class Inner(Output):
    id: UUID
    label: str


class ParcelDocument(Resource):
    """A parcel."""

    label: str
    note: str | None
    weight: str
    rank: int
    size: Size
    due_on: date
    owner: OwnerRef
    depot: DepotRef | None
    contents: list[Inner]
    permissions: list[str]


class ParcelPage(Page[ParcelDocument]):
    pass


class ParcelFilter(PageQuery):
    owner_id: UUID | None = None
    size: Size | None = None
    rank_from: Annotated[int | None, Field(ge=0, le=1_000)] = None
    sort: Literal["-id", "label", "-rank", "due_on", "-weight"] = "-id"


class ParcelCreate(Input):
    label: Line
    note: Prose | None = None
    number: Annotated[int | None, Field(ge=0, le=2**31 - 1)] = None
    weight: Annotated[Decimal, Field(gt=0, max_digits=24, decimal_places=6)] = Decimal(1)
    size: Size = Size.SMALL
    due_on: date = date(2026, 1, 31)
    owner_id: UUID | None = None
    depot_id: UUID | None = None
    is_secret: bool = False


class ParcelUpdate(Input):
    label: Line | MISSING = MISSING
    note: Prose | MISSING | None = MISSING
    owner_id: UUID | MISSING = MISSING


_inner = aliased(Parcel)

PARCEL = documents(
    ParcelDocument,
    Parcel,
    owner=reference(OwnerRef, Person, Parcel.owner_id),
    depot=reference(DepotRef, Depot, Parcel.depot_id),
    contents=children(
        Inner,
        _inner,
        _inner.inside_id == Parcel.id,
        order=(_inner.label,),
        limit=3,
    ),
    permissions=permissions(edit=MAY_EDIT, open=(MAY_EDIT, IS_DUE)),
).where(VISIBLE)

PARCELS = Listing(
    ParcelPage,
    PARCEL,
    ParcelFilter,
    sorts={
        "-id": (Parcel.id.desc(),),
        "label": (Parcel.label, Parcel.id),
        "-rank": (Parcel.rank.desc(), Parcel.due_on, Parcel.id),
        "due_on": (Parcel.due_on, Parcel.id.desc()),
        "-weight": (Parcel.weight.desc(), Parcel.id),
    },
    rank_from=lambda rank: Parcel.rank >= rank,
)

router = Router(prefix="/test-parcels", tags=["operations"])

Reader = Annotated[Actor, requires("auth:read")]
Writer = Annotated[Actor, requires("auth:write")]
Carrier = Annotated[Actor, requires("auth:read", "parcels:carry", "parcels:burn")]
SCOPES.difference_update({"parcels:carry", "parcels:burn"})  # nobody's credential has these


@router.get("")
async def list_parcels(
    session: TenantSession, actor: Reader, filters: Annotated[ParcelFilter, Query()]
) -> Json[ParcelPage]:
    """Parcels that you may see."""
    return await page(session, PARCELS, filters)


@router.get("/scoped")
async def carry_parcels(session: TenantSession, actor: Carrier) -> Json[ParcelPage]:
    """Needs scopes that no credential has."""
    raise AssertionError


@router.get("/{parcel_id}", responses=problems(NotFound))
async def get_parcel(
    session: TenantSession, actor: Reader, parcel_id: UUID
) -> Json[ParcelDocument]:
    """One parcel."""
    return await one(session, PARCEL, parcel_id)


@router.post("", status_code=201, responses=problems(LabelTaken, NotFound))
async def send_parcel(
    session: TenantSession, actor: Writer, body: Body[ParcelCreate]
) -> Json[ParcelDocument]:
    """Send a parcel."""
    fields: dict[str, Any] = body.model_dump()
    if body.label == "forbidden":
        raise invalid("/label", "forbidden", "Not this one.")
    fields["owner_id"] = body.owner_id or actor.person_id
    parcel = Parcel(**fields)
    session.add(parcel)
    await session.flush()
    publish(session, ParcelSent(parcel_id=parcel.id), by=actor.person_id)
    answer = await outcome(session, PARCEL, parcel.id)
    return answer.created(f"/v1/test-parcels/{parcel.id}")


@router.post("/labels", status_code=201, responses=problems(LabelTaken))
async def print_label(
    session: TenantSession,
    actor: Writer,
    picture: Annotated[UploadFile, File()],
    label: Annotated[str, Form(max_length=200)],
) -> Json[ParcelDocument]:
    """Send a parcel by a form, with a picture."""
    size = len(await picture.read())
    parcel = Parcel(label=label, rank=size, owner_id=actor.person_id)
    session.add(parcel)
    await session.flush()
    return (await outcome(session, PARCEL, parcel.id)).created("/v1/test-parcels")


@router.patch("/{parcel_id}", responses=problems(NotFound, NotYours, *CHANGE_PROBLEMS))
async def relabel_parcel(
    session: TenantSession,
    actor: Writer,
    parcel_id: UUID,
    body: Body[ParcelUpdate],
    version: ExpectedVersion,
) -> Json[ParcelDocument]:
    """Change a parcel."""
    parcel = await load(session, VISIBLE, parcel_id, MAY_EDIT, entity=Parcel)
    parcel.expect(version)
    for name, value in body.model_dump().items():
        setattr(parcel, name, value)
    return await outcome(session, PARCEL, parcel_id)


@router.delete(
    "/{parcel_id}",
    status_code=204,
    responses=problems(NotFound, NotYours, *CHANGE_PROBLEMS) | OUT_OF_SIGHT,
)
async def burn_parcel(
    session: TenantSession, actor: Writer, parcel_id: UUID, version: ExpectedVersion
) -> None:
    """Burn a parcel."""
    parcel = await load(session, VISIBLE, parcel_id, MAY_EDIT, entity=Parcel)
    parcel.expect(version)
    await session.delete(parcel)


async def a_parcel(session: AsyncSession, owner: Person, label: str = "", **fields: Any) -> Parcel:
    parcel = Parcel(label=label or f"parcel {uuid4().hex}", owner_id=owner.id, **fields)
    session.add(parcel)
    await session.flush()
    return parcel
