"""(a) A list of fifty goals, against a bare application that reads the same rows; (b) a goal."""

from typing import NamedTuple

from .counting import counted
from .house import Api, House
from .load import load
from .processes import Process
from .table import Row, middle, ms, ratio

ROUNDS, SECONDS = 3, 4
PATH = "/v1/goals?limit=50"


class Round(NamedTuple):
    per_second: float
    cpu: float
    """Seconds of the application's processor for each request."""
    postgres: float
    """And of PostgreSQL's."""


async def measure(house: House) -> list[Row]:
    async with (
        house.served("tests.bench.bare:create_app") as bare,
        house.api() as api,
        house.served("tests.bench.entities:create_app", "/readyz") as entities,
    ):
        cases: dict[str, tuple[Api, str, str | None]] = {
            "bare": (bare, "/", None),
            "product": (api, PATH, house.company.manager),
            "entities": (entities, "/bench/goals", house.company.manager),
        }
        rounds: dict[str, list[Round]] = {name: [] for name in cases}
        for number in range(ROUNDS + 1):
            for name, (server, path, email) in cases.items():
                headers = {} if email is None else await server.sign_in(email)
                taken = await _round(house, server.process, server.address + path, headers)
                if number:  # the first one warms up
                    rounds[name].append(taken)
    statements = await counted(house, PATH)
    return _rows(rounds, statements)


async def _round(house: House, process: Process, address: str, headers: dict[str, str]) -> Round:
    cpu, postgres = process.cpu(), await house.cpu_of_postgres()
    done = await load(address, headers, seconds=SECONDS)
    used = process.cpu() - cpu, await house.cpu_of_postgres() - postgres
    return Round(done.per_second, used[0] / done.requests, used[1] / done.requests)


def _rows(rounds: dict[str, list[Round]], statements: int) -> list[Row]:
    bare, product, entities = rounds["bare"], rounds["product"], rounds["entities"]
    pairs = list(zip(product, bare, strict=True))
    share = middle([one.per_second / other.per_second for one, other in pairs])
    beside = middle(
        [one.per_second / other.per_second for one, other in zip(entities, bare, strict=True)]
    )
    cpu = middle([one.cpu / other.cpu for one, other in pairs])
    postgres = middle([one.postgres / other.postgres for one, other in pairs])
    return [
        Row("list of 50 goals: requests/s of the bare application", ratio(share), "≥ 0.35",
            share >= 0.35),
        Row("… SQL statements besides BEGIN and COMMIT", str(statements), "≤ 3", statements <= 3),
        Row("… CPU of the API per request",
            f"{ms(middle([one.cpu for one in product]))}, {ratio(cpu)} of bare"),
        Row("… CPU of PostgreSQL per request",
            f"{ms(middle([one.postgres for one in product]))}, {ratio(postgres)} of bare"),
        Row("… the same through ORM entities and `response_model`: requests/s of bare",
            ratio(beside)),
    ]  # fmt: skip
