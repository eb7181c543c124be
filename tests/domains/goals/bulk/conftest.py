import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories.people import (
    a_department,
    a_leaver,
    a_person,
    a_team,
    an_admin,
    an_hr_partner,
)

from .company import Company


@pytest.fixture
async def company(session: AsyncSession) -> Company:
    made = Company()
    made.engineering = await a_department(session, "Engineering")
    backend = await a_department(session, "Backend", parent=made.engineering)
    sales = await a_department(session, "Sales")
    made.boss = await a_person(session, "Boss")
    made.ann = await a_person(session, "Ann", manager=made.boss, department=backend)
    made.ben = await a_person(session, "Ben", manager=made.boss, department=sales)
    made.cleo = await a_person(session, "Cleo", department=made.engineering)
    made.rockets = await a_team(session, "Rockets", made.ann, made.cleo)
    made.admin = await an_admin(session)
    made.hr = await an_hr_partner(session)
    made.scoped_hr = await an_hr_partner(session, "Hera", of=made.engineering)
    await a_leaver(session, manager=made.boss, department=backend)
    return made
