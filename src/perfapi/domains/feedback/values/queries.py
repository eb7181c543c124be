from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import Act, load, permissions
from perfapi.core.answers import Json
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page

from . import policy, schemas
from .models import CompanyValue

_VALUE = documents(
    schemas.CompanyValue, CompanyValue, permissions=permissions(edit=policy.MANAGE_VALUES)
).where(policy.VISIBLE)

_VALUES = Listing(
    schemas.CompanyValuePage,
    _VALUE,
    schemas.CompanyValueFilter,
    sorts={"name": (CompanyValue.name, CompanyValue.id)},
    archived=lambda is_archived: CompanyValue.archived_at.is_not(None) == is_archived,
)


async def list_company_values(
    session: AsyncSession, filters: schemas.CompanyValueFilter
) -> Json[schemas.CompanyValuePage]:
    return await page(session, _VALUES, filters)


async def read_company_value(session: AsyncSession, value_id: UUID) -> Json[schemas.CompanyValue]:
    return await one(session, _VALUE, value_id)


async def company_value_after_change(
    session: AsyncSession, value_id: UUID
) -> Json[schemas.CompanyValue]:
    return await outcome(session, _VALUE, value_id)


async def get_company_value(session: AsyncSession, value_id: UUID, *acts: Act) -> CompanyValue:
    return await load(session, policy.VISIBLE, value_id, *acts, entity=CompanyValue)
