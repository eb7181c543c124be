from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from perfapi.core import access
from perfapi.core.db import one_or_404
from perfapi.core.documents import reference

from . import policy, schemas
from .models import Department, Person, Team


def person_ref(foreign_key: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """The person behind a foreign key, as other resources mention them; null if there is none."""
    return reference(schemas.PersonRef, Person, foreign_key)


def department_ref(foreign_key: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return reference(schemas.Ref, Department, foreign_key)


def team_ref(foreign_key: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return reference(schemas.Ref, Team, foreign_key)


async def visible_person_ids(session: AsyncSession, ids: set[UUID]) -> set[UUID]:
    """Which of these people exist and may be named by YOU."""
    found = await session.scalars(select(Person.id).where(Person.id.in_(ids), policy.VISIBLE))
    return set(found)


async def get_person(session: AsyncSession, person_id: UUID) -> Person:
    """For commands about a person that the caller need not see."""
    return await one_or_404(session, select(Person).where(Person.id == person_id))


async def get_visible_person(session: AsyncSession, person_id: UUID) -> Person:
    return await access.load(session, policy.VISIBLE, person_id, entity=Person)
