"""One house for the tests of a file, and in it a company of its own for each test."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from perfapi.embedded.postgres import EmbeddedPostgres
from perfapi.embedded.valkey import EmbeddedValkey
from tests.servers import Servers, prepare

from .clients import LONGEST_ANSWER, Ledger
from .company import Company, found_company
from .house import House, running


@dataclass(frozen=True)
class Durable:
    """Servers that are set like those of an installation: what is acknowledged is on the disk."""

    folder: Path
    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey
    servers: Servers


@pytest.fixture(scope="session")
def durable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Durable]:
    folder = tmp_path_factory.mktemp("house")
    folder.chmod(0o755)
    place = folder / "postgres"
    valkey = EmbeddedValkey(folder / "valkey")
    with valkey:
        with EmbeddedPostgres(place, durable=False) as hasty:  # while there is nothing to lose
            prepare(hasty, valkey)
        with EmbeddedPostgres(place) as postgres:
            yield Durable(folder, postgres, valkey, Servers(postgres.url(), valkey.url()))


@pytest.fixture(scope="session")
async def standing_house(durable: Durable) -> AsyncIterator[House]:
    async with running(durable.folder, durable.postgres, durable.valkey, durable.servers) as house:
        yield house


@pytest.fixture
async def house(standing_house: House) -> AsyncIterator[House]:
    """As it was built, whatever the test before did to it."""
    yield standing_house
    for name in ("api", "worker"):
        await standing_house.ask(name)
    standing_house.mend()
    await standing_house.until_ready()


@pytest.fixture
async def company(house: House) -> Company:
    async with house.sessions() as sessions:
        return await found_company(sessions)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
async def http(house: House, company: Company) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in."""
    async with httpx.AsyncClient(base_url=house.address, timeout=LONGEST_ANSWER) as client:
        await company.sign_in(client)
        yield client
