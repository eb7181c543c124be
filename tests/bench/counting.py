"""How many statements one request runs, counted within this process."""

import httpx
from asgi_lifespan import LifespanManager
from sqlalchemy import event

from perfapi.app import create_app
from perfapi.core.settings import Settings

from .company import PASSWORD
from .house import House


async def counted(house: House, path: str) -> int:
    """Of a GET by the manager, once everything is warm; BEGIN and COMMIT are not among them."""
    settings = Settings(
        home=house.home,
        database_app_url=house.servers.app_url(house.database),
        redis_url=house.servers.redis_url,
        rate_limits=False,
        log_level="ERROR",
    )
    app = create_app(settings)
    statements: list[str] = []
    async with LifespanManager(app):
        engine = app.state.sessions.kw["bind"].sync_engine
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
            credentials = {"email": house.company.manager, "password": PASSWORD}
            signed_in = await client.post("/v1/auth/sessions", json=credentials)
            client.headers["Authorization"] = f"Bearer {signed_in.json()['access_token']}"
            (await client.get(path)).raise_for_status()
            event.listen(
                engine,
                "before_cursor_execute",
                lambda _, __, statement, *___: statements.append(statement),
            )
            (await client.get(path)).raise_for_status()
    return len(statements)
