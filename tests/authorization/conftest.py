from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from perfapi.core.db import enter
from tests.authorization.asking import Asking, sign_all_in
from tests.authorization.house import House
from tests.authorization.requests import Requests
from tests.conftest import a_mailer
from tests.factories.organizations import an_organization
from tests.factories.people import an_admin


@pytest.fixture(scope="session")
async def asking(app: FastAPI, shared_engine: AsyncEngine) -> AsyncIterator[Asking]:
    """The house, built once; whatever is asked of it is rolled back."""
    async with shared_engine.connect() as connection:
        transaction = await connection.begin()
        sessions = async_sessionmaker(
            connection,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
            info={"mailer": a_mailer()},
        )
        async with sessions() as session:
            elsewhere = await an_organization(session, "Elsewhere")
            foreigner = await an_admin(session, "Fay Foreigner")
            foreigner.email = "fay@elsewhere.example.com"
            await session.flush()
            assert foreigner.organization_id == elsewhere
            here = await an_organization(session, "Acme")
            house = House()
            await house.found(session)
            tokens, ids = await sign_all_in(
                app,
                session,
                house.actors | {"foreigner": foreigner, "gone": house.people["leaver"]},
            )
            await enter(session, here)
            for name, session_id in ids.items():
                house.things[f"session:{name}"] = {"session_id": session_id}
            await session.commit()
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield Asking(app, connection, sessions, house, tokens, client)
        await transaction.rollback()


@pytest.fixture(scope="session")
def requests(app: FastAPI, asking: Asking) -> Requests:
    return Requests(app.openapi(), asking.house)
