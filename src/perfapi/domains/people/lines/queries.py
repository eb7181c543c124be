from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam, case, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.answers import Json
from perfapi.core.binds import TODAY
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.people import policy
from perfapi.domains.people.models import LineKind, Person, ReportingLine
from perfapi.domains.people.queries import person_ref

from . import schemas

_OF_PERSON = bindparam("person", type_=Uuid())

_END_IS_FOR_YOU = or_(ReportingLine.valid_to <= TODAY, policy.LINE_PLANS_ARE_FOR_YOU)

_LINES = documents(
    schemas.ReportingLine,
    ReportingLine,
    manager=person_ref(ReportingLine.manager_id),
    valid_to=case(
        (
            or_(ReportingLine.valid_to <= TODAY, policy.LINE_PLANS_ARE_FOR_YOU),
            ReportingLine.valid_to,
        ),
        else_=null(),
    ),
    permissions=access.permissions(end=policy.MAY_END_LINE),
).where(policy.LINES)

_LINES_OF_PERSON = Listing(
    schemas.ReportingLinePage,
    _LINES.where(ReportingLine.person_id == _OF_PERSON),
    schemas.ReportingLineFilter,
    sorts={"": (ReportingLine.valid_from.desc(), ReportingLine.id.desc())},
)


async def list_lines(
    session: AsyncSession, person_id: UUID, filters: schemas.ReportingLineFilter
) -> Json[schemas.ReportingLinePage]:
    await access.load(session, policy.VISIBLE, person_id, entity=Person)
    return await page(session, _LINES_OF_PERSON, filters, person=person_id)


async def read_line(session: AsyncSession, line_id: UUID) -> Json[schemas.ReportingLine]:
    return await one(session, _LINES, line_id)


async def line_after_change(session: AsyncSession, line_id: UUID) -> Json[schemas.ReportingLine]:
    return await outcome(session, _LINES, line_id)


async def get_line_to_end(session: AsyncSession, line_id: UUID) -> ReportingLine:
    return await access.load(
        session, policy.LINES, line_id, *policy.MAY_END_LINE, entity=ReportingLine
    )


async def primary_lines(
    session: AsyncSession, person_id: UUID, *, since: date
) -> Sequence[ReportingLine]:
    """Those that hold on that day or later, in order."""
    found = (
        select(ReportingLine)
        .where(
            ReportingLine.person_id == person_id,
            ReportingLine.kind == LineKind.PRIMARY,
            or_(ReportingLine.valid_to.is_(None), ReportingLine.valid_to > since),
        )
        .order_by(ReportingLine.valid_from)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(found)).all()


async def get_person_to_move(session: AsyncSession, person_id: UUID) -> Person:
    return await access.load(
        session, policy.VISIBLE, person_id, *policy.MAY_CHANGE_MANAGER, entity=Person, lock=True
    )
