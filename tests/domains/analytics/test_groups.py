"""Whose numbers one is offered are those that one gets."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.analytics import queries
from perfapi.domains.people.models import Department, Person, Team
from tests.clients import Client
from tests.domains.analytics.setting import Halden, settled
from tests.factories.people import a_person, a_team

AsPerson = Callable[[Person], Client]


async def offered(client: Client) -> dict[str, Any]:
    answer = await client.get("/analytics/groups")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert found.pop("is_complete")
    return {kind: [group["name"] for group in groups] for kind, groups in found.items()}


class TestReadInsightGroups:
    async def test_are_what_the_rules_open(self, as_person: AsPerson, halden: Halden) -> None:
        everything = {"departments": ["Backend", "Engineering", "Sales"], "teams": ["Rockets"]}
        nothing: dict[str, Any] = {"departments": [], "teams": []}
        own = {"departments": ["Backend"], "teams": ["Rockets"]}
        expected = {
            halden.admin: everything,
            halden.hr: everything,
            halden.mia: own,
            halden.ada: {"departments": ["Backend", "Engineering"], "teams": ["Rockets"]},
            halden.people[0]: nothing,
        }
        for person, groups in expected.items():
            assert await offered(as_person(person)) == groups, person.name

    async def test_whoever_leads_a_team_is_offered_it(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        lead = await a_person(session, "Lea")
        comets = await a_team(session, "Comets")
        comets.lead_id = lead.id
        await session.flush()

        assert (await offered(as_person(lead)))["teams"] == ["Comets"]

    async def test_whoever_is_offered_one_is_shown_the_way(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        lead = await a_person(session, "Lea")
        halden.rockets.lead_id = lead.id
        await session.flush()
        for person in (halden.admin, halden.hr, halden.mia, lead, halden.people[0]):
            client = as_person(person)
            permissions = (await client.get("/me")).json()["permissions"]
            is_offered = any((await offered(client)).values())
            assert ("see_insights" in permissions) == is_offered, person.name

    async def test_each_of_them_answers_and_no_other(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        departments = (halden.engineering, halden.backend, halden.sales)
        groups: list[tuple[str, Department | Team]] = [("team", halden.rockets)]
        groups += [("department", department) for department in departments]
        for person in (halden.admin, halden.hr, halden.mia, halden.ada, *halden.people[:1]):
            client = as_person(person)
            shown = await offered(client)
            for kind, group in groups:
                query = {"group": kind, "id": str(group.id)}
                answer = await client.get("/analytics/goals", params=query)
                is_offered = group.name in shown[f"{kind}s"]
                assert answer.status_code == (200 if is_offered else 403), (person.name, group.name)

    async def test_more_than_a_document_holds_are_said_to_be_there(
        self, monkeypatch: pytest.MonkeyPatch, as_person: AsPerson, halden: Halden
    ) -> None:
        monkeypatch.setattr(queries, "MOST_GROUPS", 2)

        answer = await as_person(halden.admin).get("/analytics/groups")

        assert answer.json()["is_complete"] is False
        assert len(answer.json()["departments"]) == 2


class TestParts:
    @pytest.mark.parametrize("who", ["admin", "mia", "ada", "employee"])
    async def test_open_for_whom_they_say_so(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden, who: str
    ) -> None:
        people: dict[str, Person] = {"employee": halden.people[0]} | {
            name: getattr(halden, name) for name in ("admin", "mia", "ada")
        }
        for department in (halden.engineering, halden.sales):
            await self._goals_of(session, halden, department)
        await settled(session)
        client = as_person(people[who])

        parts = (await client.get("/analytics/goals")).json()["parts"]

        assert {part["group"]["name"] for part in parts} == {"Engineering", "Sales"}
        for part in parts:
            query = {"group": "department", "id": part["group"]["id"]}
            answer = await client.get("/analytics/goals", params=query)
            assert part["may_open"] == (answer.status_code == 200), part["group"]["name"]

    async def _goals_of(
        self, session: AsyncSession, halden: Halden, department: Department
    ) -> None:
        owners = halden.sellers if department is halden.sales else halden.people
        await halden.goals(session, *owners, *owners)
