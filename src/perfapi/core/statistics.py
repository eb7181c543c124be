"""What PostgreSQL knows of the tables that it plans for.

By itself it looks at a table within a minute or two after many rows came. Until then it takes the
table for a small one, and a statement that reads many of them together may take minutes.
"""

from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from .db import Base

_LOOK_AT = text("SELECT look_at(:names)").bindparams(bindparam("names", type_=ARRAY(Text())))


async def look_at(session: AsyncSession, *entities: type[Base]) -> None:
    """Looks at these tables and their versions, or at all; in a transaction of its own, after that
    of the load."""
    tables = Base.metadata.tables
    names = [entity.__tablename__ for entity in entities] or list(tables)
    with_versions = [*names, *(f"{name}_history" for name in names)]
    await session.execute(_LOOK_AT, {"names": with_versions})
