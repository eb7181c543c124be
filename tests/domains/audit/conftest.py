"""An organization whose events are sequenced, which takes the worker's login and real commits."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from perfapi.core import deliveries
from perfapi.core.clock import utcnow
from perfapi.core.crypto import new_token, token_hash
from perfapi.core.db import Sessions, create_engine, create_sessions, in_organization
from perfapi.core.events import Event, publish
from perfapi.domains.auth import tokens
from perfapi.domains.auth.models import SignIn
from perfapi.domains.auth.service import SESSION_LIFETIME, join_account
from perfapi.domains.people.models import Person
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, an_admin, an_hr_partner
from tests.honesty import Honest
from tests.servers import Servers


@dataclass
class Office:
    """Alex, who administers, Hanna of HR, Mia, who manages Ada."""

    app: FastAPI
    worker: Sessions
    organization: UUID
    alex: Person
    hanna: Person
    mia: Person
    ada: Person

    async def tell(self, *events: Event, by: Person | None = None) -> None:
        """Publishes one after the other, and has them sequenced."""
        for event in events:
            async with in_organization(self.worker, self.organization) as session:
                publish(session, event, by=by.id if by else None)
            await deliveries.sequence(self.worker)

    async def as_(self, person: Person) -> httpx.AsyncClient:
        async with in_organization(self.worker, self.organization) as session:
            account = await join_account(session, person, "no-password")
            signed_in = SignIn(
                account_id=account,
                person_id=person.id,
                family_hash=token_hash(new_token()),
                refresh_hash=token_hash(new_token()),
                expires_at=utcnow() + SESSION_LIFETIME,
            )
            session.add(signed_in)
        token = tokens.issue(
            self.app.state.gate.keys,
            subject=signed_in.id,
            organization=self.organization,
            now=utcnow(),
        )
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(Honest(self.app)),
            base_url="http://test/v1",
            headers={"Authorization": f"Bearer {token}"},
        )


async def an_office(app: FastAPI, worker: Sessions, name: str) -> Office:
    async with worker.begin() as session:
        organization = await an_organization(session, name)
        people: dict[str, Any] = {"alex": await an_admin(session)}
        people["hanna"] = await an_hr_partner(session)
        people["mia"] = await a_person(session, "Mia Manager")
        people["ada"] = await a_person(session, "Ada", manager=people["mia"])
        for key, person in people.items():
            person.email = f"{key}.{organization}@example.com"
    return Office(app, worker, organization, **people)


@pytest.fixture
async def app_of_database(
    app: FastAPI, test_servers: Servers, database: str
) -> AsyncIterator[FastAPI]:
    """Serves with the login that serves, whatever the worker may see."""
    engine = create_engine(test_servers.app_url(database), pool_size=5)
    app.state.sessions = create_sessions(engine)
    yield app
    await engine.dispose()


@pytest.fixture
async def office(app_of_database: FastAPI, real_sessions: Sessions) -> Office:
    return await an_office(app_of_database, real_sessions, "Acme")


@pytest.fixture
async def elsewhere(app_of_database: FastAPI, real_sessions: Sessions) -> Office:
    return await an_office(app_of_database, real_sessions, "Bolts")
