import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.domains.analytics.setting import Halden


@pytest.fixture
async def halden(session: AsyncSession) -> Halden:
    halden = Halden()
    await halden.found(session)
    return halden
