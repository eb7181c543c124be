"""The API of the fault tests: the real one, with crash points."""

# ruff: noqa: I001 -- the clock comes first
from tests.faults.inside import clock  # noqa: F401

from fastapi import FastAPI
from granian.constants import Interfaces, Loops
from granian.server import Server

from perfapi import app
from perfapi.core.settings import load_settings
from perfapi.domains.people.imports import service as imports
from tests.faults.inside import leftovers, plants, points


def create_app() -> FastAPI:
    imports.ROWS_AT_ONCE = 2  # so that the worker applies what is planned here
    leftovers.install()
    plants.install_in_the_api()
    points.install_at_commits()
    return app.create_app()


def main() -> None:
    settings = load_settings()
    Server(
        "tests.faults.inside.api:create_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=1,
        workers_kill_timeout=2,
    ).serve()


if __name__ == "__main__":
    main()
