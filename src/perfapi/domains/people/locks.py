"""One change of the structure at a time, so that two harmless ones cannot harm together."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('people ' || :organization, 0))")


async def lock_structure(session: AsyncSession) -> None:
    """Until the end of the transaction: for lines, departments, roles and whoever leaves.

    Take it before any row is written: two transactions that hold a row each would wait for ever.
    """
    await session.execute(_LOCK, {"organization": str(facts(session)["organization"])})
