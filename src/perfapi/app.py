"""The HTTP face: every domain's router behind one prefix, and the page for everything else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute

from perfapi import __version__
from perfapi.core import discovery, docs, health, http, logging, operations, page, telemetry
from perfapi.core.crypto import Signer
from perfapi.core.db import create_engine, create_sessions
from perfapi.core.doors import AT_EVERY_DOOR
from perfapi.core.errors import Invalid, Problem, TooManyRequests, Unavailable, problems
from perfapi.core.retries import TriedAgain
from perfapi.core.settings import Settings, WrongSettings, load_settings
from perfapi.domains.auth import service as auth

EVERYWHERE: tuple[type[Problem], ...] = (*AT_EVERY_DOOR, Invalid, TooManyRequests, Unavailable)


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or load_settings()
    logging.configure(settings.log_format, settings.log_level)
    app = FastAPI(
        title="perfapi",
        summary="Continuous performance management",
        version=__version__,
        description=docs.INTRODUCTION,
        license_info={"name": "Not chosen yet", "identifier": "LicenseRef-perfapi"},
        lifespan=_lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        responses=problems(*EVERYWHERE),
        separate_input_output_schemas=True,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.authenticate = auth.authenticate
    app.state.recognise = auth.recognise
    app.state.signer = Signer.kept(settings.secrets / "cursor.key")
    auth.set_up(app.state, settings)
    http.install(app)
    app.add_middleware(TriedAgain)
    telemetry.install(app)
    for module in discovery.modules("router"):
        app.include_router(module.router, prefix="/v1")
    app.include_router(operations.router, prefix="/v1")
    app.include_router(health.router)
    docs.install(app)
    page.install(app, settings.frontend)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    if settings.database_app_url is None:
        raise WrongSettings("PERFAPI_DATABASE_APP_URL: must name the login that serves requests")
    engine = create_engine(
        settings.database_app_url,
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=5,
        patience=20,  # longer than what the server allows each statement
        server_settings={"statement_timeout": "15s"},
    )
    app.state.sessions = create_sessions(engine)
    try:
        yield
    finally:
        await auth.tear_down(app.state)
        await engine.dispose()


def _operation_id(route: APIRoute) -> str:
    return route.name
