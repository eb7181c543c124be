from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import a_person, an_admin, an_hr_partner

AsPerson = Callable[[Person], Client]


class TestGetOrganization:
    async def test_shows_everybody_their_own(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada = await a_person(session)

        response = await as_person(ada).get("/organization")

        assert response.status_code == 200, response.text
        assert response.json()["name"] == "Acme"
        assert response.json()["permissions"] == []


class TestUpdateOrganization:
    async def test_is_for_administrators(self, session: AsyncSession, as_person: AsPerson) -> None:
        ada, hanna, alex = (
            await a_person(session),
            await an_hr_partner(session),
            await an_admin(session),
        )
        change = {"json": {"name": "Acme Corp", "time_zone": "Europe/Rome"}}

        refused = [await as_person(who).patch("/organization", **change) for who in (ada, hanna)]
        done = await as_person(alex).patch("/organization", **change)

        assert [(r.status_code, r.json()["code"]) for r in refused] == [
            (403, "only_administrators")
        ] * 2
        assert (done.status_code, done.json()["name"]) == (200, "Acme Corp")
        logged = (await session.scalars(select(LoggedEvent))).one()
        assert (logged.topic, logged.actor_id) == ("organizations.changed", alex.id)
        assert logged.payload is not None
        assert logged.payload["fields"] == ["name", "time_zone"]

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"time_zone": "Mars/Olympus"}, "time_zone_unknown"),
            ({"language": "tlh"}, "enum"),
            ({"name": ""}, "string_too_short"),
            ({"name": "A\x00B"}, "character_forbidden"),
            ({"slug": "other"}, "extra_forbidden"),
            ({"name": 5}, "string_type"),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self, session: AsyncSession, as_person: AsPerson, body: dict[str, object], code: str
    ) -> None:
        alex = await an_admin(session)

        response = await as_person(alex).patch("/organization", json=body)

        assert response.status_code == 422, response.text
        assert response.json()["errors"][0]["code"] == code
        assert response.json()["errors"][0]["pointer"] == "/" + next(iter(body))
