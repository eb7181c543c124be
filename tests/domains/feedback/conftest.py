import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from .company import Company


@pytest.fixture
async def company(session: AsyncSession) -> Company:
    company = Company()
    await company.found(session)
    return company
