"""Carrying a plan out, all of it in one transaction."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from .models import PeopleImport

OnProgress = Callable[[int, int], Awaitable[None]]


async def apply_plan(
    session: AsyncSession,
    asked: PeopleImport,
    *,
    by: UUID | None,
    on_progress: OnProgress | None = None,
) -> None:
    raise NotImplementedError
