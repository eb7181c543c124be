"""Whatever the API serves by its id explains who sees it, to whoever sees it and to nobody else."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.events import LoggedEvent, publish
from perfapi.domains.auth.models import SignIn
from perfapi.domains.goals.events import GoalChanged
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import a_person
from tests.factories.twins import Twin, a_twin

AsPerson = Callable[[Person], Client]

NO_RESOURCES = {
    "org-chart": "People by their place: `people` explains each of them.",
    "employments": "What happens to a person: `people` explains them.",
    "goals-bulk": "A run is an operation: `operations` explains it.",
    "people-by-external-id": "A door that writes people by the id of another system.",
}

MADE_ELSEWHERE = {"deliveries"}
"""By the sequencer alone: its own tests ask who sees them."""

# The slot of a twin that has one of each, where it is not named after the resource.
_SLOTS = {"people": "person_id", "people-imports": "import_id", "reporting-lines": "line_id"}


def _resources(document: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Name and address of what has an id, and whether it is read by it."""
    for path, methods in document["paths"].items():
        address, slot, rest = path.removeprefix("/v1/").partition("/{")
        if slot:
            name = address.removeprefix("auth/").replace("/", "-")
            yield name, address, "get" in methods and "/" not in rest


def _named(document: dict[str, Any]) -> set[str]:
    return {name for name, _, _ in _resources(document)} - NO_RESOURCES.keys()


def test_every_resource_of_the_document_has_rules(app: FastAPI) -> None:
    document = app.openapi()

    assert _named(document) - access.RESOURCES.keys() == set()
    assert NO_RESOURCES.keys() <= {name for name, _, _ in _resources(document)}


async def test_every_resource_is_explained_to_whoever_sees_it(
    app: FastAPI, session: AsyncSession, as_person: AsPerson
) -> None:
    twin = await a_twin(session, "Ours")
    stranger = await a_person(session, "Sam Stranger")
    things = await _things(session, as_person, twin)
    document = app.openapi()
    read = {name: address for name, address, is_read in _resources(document) if is_read}

    for name in sorted((_named(document) | access.RESOURCES.keys()) - MADE_ELSEWHERE):
        assert name in things, f"{name}: give the test one of it"
        for person in (twin.admin, stranger):
            client, about = as_person(person), {"resource": name, "id": str(things[name])}
            why = await client.get("/access/explain", params=about)
            who = await client.get("/access/viewers", params=about | {"limit": "200"})

            sees = why.status_code == 200
            assert (why.status_code, who.status_code) in {(200, 200), (404, 404)}, (name, why.text)
            assert sees or person is stranger, name
            if sees:
                assert why.json()["rules"], name
                assert str(person.id) in {one["person"]["id"] for one in who.json()["items"]}, name
            if name in read:
                found = await client.get(f"/{read[name]}/{things[name]}")
                assert (found.status_code == 200) == sees, (name, person.name, found.text)


async def _things(session: AsyncSession, as_person: AsPerson, twin: Twin) -> dict[str, UUID]:
    """One of each resource, which the administrator sees."""
    goal_id = twin.ids["goal_id"]
    publish(session, GoalChanged(goal_id=goal_id, fields=["title"]), by=twin.admin.id)
    await session.flush()
    await as_person(twin.admin).get("/me")
    others = {
        "event-log": await session.scalar(select(LoggedEvent.id).limit(1)),
        "sessions": await session.scalar(
            select(SignIn.id).where(SignIn.person_id == twin.admin.id).limit(1)
        ),
    }
    found = {}
    for name in access.RESOURCES:
        slot = _SLOTS.get(name, f"{name.removesuffix('s').replace('-', '_')}_id")
        if (thing := others.get(name) or twin.ids.get(slot)) is not None:
            found[name] = thing
    return found
