import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Visibility
from tests.domains.goals.comments.conversation import Company
from tests.factories.goals import a_goal
from tests.factories.people import a_person, an_admin


@pytest.fixture
async def company(session: AsyncSession) -> Company:
    manager = await a_person(session, "Mia Manager")
    owner = await a_person(session, "Olivia Owner", manager=manager)
    colleague = await a_person(session, "Carl Colleague")
    admin = await an_admin(session)
    goal = await a_goal(session, owner, visibility=Visibility.MANAGER_CHAIN)
    return Company(owner, manager, colleague, admin, goal)
