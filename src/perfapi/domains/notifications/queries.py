from functools import cache
from typing import Any

from sqlalchemy import Select, Text, cast, func, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import discovery
from perfapi.core.answers import Json
from perfapi.core.db import facts, own_rows

from . import schemas

MOST = 100


async def list_needs(session: AsyncSession) -> Json[schemas.Needs]:
    document = (await session.execute(_needs(), facts(session))).scalar_one()
    return Json(document)


@cache
def _needs() -> Select[Any]:
    """What every domain exports as `NEEDS`: read when asked, so it is never out of date."""
    parts = [module.NEEDS for module in discovery.modules("queries") if hasattr(module, "NEEDS")]
    names = list(schemas.Need.model_fields)
    waiting = (
        select(union_all(*(own_rows(part) for part in parts)).subquery())
        .order_by("since", "id")
        .limit(MOST)
        .subquery()
    )
    pairs = [argument for name in names for argument in (name, waiting.c[name])]
    rows = func.json_agg(
        aggregate_order_by(func.json_build_object(*pairs), waiting.c.since, waiting.c.id)
    )
    listed = func.coalesce(rows, func.json_build_array())
    return select(cast(func.json_build_object("items", listed), Text)).select_from(waiting)
