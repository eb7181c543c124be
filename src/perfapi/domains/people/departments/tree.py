"""The closure of the department tree: every department is above itself at depth 0."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts

_BINDS = (
    bindparam("organization", type_=Uuid),
    bindparam("department", type_=Uuid),
    bindparam("parent", type_=Uuid),
)

_LOOSEN = text("""
    DELETE FROM department_lines l
    USING department_lines below
    WHERE l.organization_id = :organization AND below.organization_id = :organization
      AND below.ancestor_id = :department AND l.descendant_id = below.descendant_id
      AND NOT EXISTS (
          SELECT FROM department_lines inside
          WHERE inside.organization_id = :organization
            AND inside.ancestor_id = :department AND inside.descendant_id = l.ancestor_id
      )
""").bindparams(*_BINDS[:2])

_FASTEN = text("""
    INSERT INTO department_lines (organization_id, ancestor_id, descendant_id, depth)
    SELECT :organization, above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
    FROM department_lines above, department_lines below
    WHERE above.organization_id = :organization AND above.descendant_id = :parent
      AND below.organization_id = :organization AND below.ancestor_id = :department
""").bindparams(*_BINDS)


async def fasten(session: AsyncSession, department_id: UUID, parent_id: UUID) -> None:
    """Hangs a department that has nothing above it, with all that is below, under another."""
    await session.flush()
    await session.execute(_FASTEN, _given(session, department_id) | {"parent": parent_id})


async def loosen(session: AsyncSession, department_id: UUID) -> None:
    """Takes a department, with all that is below, from under what is above it."""
    await session.flush()
    await session.execute(_LOOSEN, _given(session, department_id))


def _given(session: AsyncSession, department_id: UUID) -> dict[str, UUID]:
    return {"organization": facts(session)["organization"], "department": department_id}
