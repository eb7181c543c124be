"""A small company that works while things break, and a neighbour that must not notice."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid4

import httpx

from perfapi.core.db import Sessions
from perfapi.domains.analytics.service import recompute
from perfapi.domains.auth.passwords import Hasher
from perfapi.domains.auth.service import join_account
from perfapi.domains.goals.models import Driver
from perfapi.domains.people.models import Role
from tests.factories.goals import a_goal, a_key_result
from tests.factories.organizations import an_organization
from tests.factories.people import a_person

PASSWORD = "four words and a number 7"


@dataclass(frozen=True)
class Company:
    """Three goals under one, each with a key result; eight people who report to Ada."""

    BULK_GOALS: ClassVar = 3
    BULK_KEY_RESULTS: ClassVar = 2

    organization: UUID
    neighbour: UUID
    email: str
    top: UUID
    key_results: list[UUID]
    members: list[UUID]

    async def sign_in(self, client: httpx.AsyncClient) -> None:
        credentials = {"email": self.email, "password": PASSWORD}
        signed_in = await client.post("/v1/auth/sessions", json=credentials)
        assert signed_in.status_code == 201, signed_in.text
        client.headers["Authorization"] = f"Bearer {signed_in.json()['access_token']}"


async def found_company(sessions: Sessions) -> Company:
    name = uuid4().hex[:8]
    hasher = Hasher()
    async with sessions.begin() as session:
        neighbour = await an_organization(session, "Neighbour")
        their_boss = await a_person(session, "Bob")
        goal = await a_goal(session, their_boss, "Theirs")
        await a_key_result(session, goal)
        await recompute(session)
    async with sessions.begin() as session:
        organization = await an_organization(session)
        email = f"ada@{name}.example.com"
        ada = await a_person(session, "Ada", email=email, roles=(Role.ADMIN,))
        await join_account(session, ada, await hasher.hash(PASSWORD))
        members = [
            await a_person(session, f"M{n} Member", email=f"m{n}@{name}.example.com", manager=ada)
            for n in range(8)
        ]
        top = await a_goal(session, ada, "Top", driver=Driver.GOALS)
        key_results = []
        for number in range(3):
            goal = await a_goal(session, ada, f"Goal {number}", under=top)
            measure = await a_key_result(session, goal, start="0", target="1000")
            key_results.append(measure.id)
        await recompute(session)  # the log does not tell of what factories make
    hasher.close()
    return Company(organization, neighbour, email, top.id, key_results, [one.id for one in members])
