from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.access import RESOURCES, Rules
from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.cursors import decode, encode
from perfapi.core.errors import Invalid, InvalidPart, NotFound
from perfapi.domains.people.models import Person, Status
from perfapi.domains.people.queries import visible_person_ids

from . import schemas


async def explain_access(
    session: AsyncSession, actor: Actor, query: schemas.ExplanationQuery
) -> Json[schemas.Explanation]:
    rules = await _rules_of_visible(session, query.resource, query.id)
    person_id = query.person_id or actor.person_id
    if not await visible_person_ids(session, {person_id}):
        raise NotFound()
    found = await access.viewers(
        session, rules, query.id, among=Person, who=_may_sign_in, only=person_id
    )
    names = found[0][1] if found else []
    people = await _references(session, [person_id])
    document = {
        "resource": query.resource,
        "id": query.id,
        "person": people[person_id],
        "rules": [_rule(name) for name in names],
    }
    return Json(to_json(document))


async def list_viewers(
    session: AsyncSession, actor: Actor, query: schemas.ViewerQuery
) -> Json[schemas.ViewerPage]:
    rules = await _rules_of_visible(session, query.resource, query.id)
    signer = session.info["request"].app.state.signer
    context = f"viewers {actor.organization_id} {actor.person_id} {query.resource} {query.id}"
    after: UUID | None = None
    if query.cursor is not None:
        after = decode(signer, query.cursor, [Person.id], context)["after_0"]
    found = await access.viewers(
        session,
        rules,
        query.id,
        among=Person,
        who=_may_sign_in,
        after=after,
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    people = await _references(session, [person_id for person_id, _ in shown])
    document = {
        "items": [
            {"person": people[person_id], "rules": [_rule(name) for name in names]}
            for person_id, names in shown
        ],
        "next_cursor": encode(signer, [shown[-1][0]], context) if len(found) > len(shown) else None,
    }
    return Json(to_json(document))


async def _rules_of_visible(session: AsyncSession, resource: str, row_id: UUID) -> Rules:
    """Only who sees a thing may ask about it."""
    rules = RESOURCES.get(resource)
    if rules is None:
        known = f"Known are: {', '.join(sorted(RESOURCES))}."
        part = InvalidPart(parameter="resource", code="resource_unknown", detail=known)
        raise Invalid(errors=[part])
    if not await access.explain(session, rules, row_id):
        raise NotFound()
    return rules


def _may_sign_in(person: Any) -> ColumnElement[bool]:
    """Whoever has left sees nothing here any more, whatever the rules would say."""
    still_here: ColumnElement[bool] = person.status != Status.LEFT
    return still_here


async def _references(session: AsyncSession, ids: list[UUID]) -> dict[UUID, dict[str, object]]:
    rows = await session.execute(
        select(Person.id, Person.name, Person.job_title).where(Person.id.in_(ids))
    )
    return {row.id: {"id": row.id, "name": row.name, "job_title": row.job_title} for row in rows}


def _rule(name: str) -> dict[str, str]:
    return {"name": name, "sentence": name.replace("_", " ").capitalize() + "."}
