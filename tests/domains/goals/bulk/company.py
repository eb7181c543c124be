"""A small company, and goals for many of its people at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.operations import KINDS
from perfapi.domains.people.models import Department, Person, Team
from tests.clients import Client
from tests.domains.goals.reckoning import WorkInHand
from tests.factories.people import enter_as

AsPerson = Callable[[Person], Client]

RESULT = {"title": "Talks", "unit": "talks", "start": "1", "target": "6", "weight": "2"}
GOAL: dict[str, Any] = {
    "title": "Talk with three customers",
    "description": "Why",
    "key_results": [RESULT],
}


class Company:
    """Boss manages Ann and Ben; Ann works in Backend below Engineering, Ben in Sales."""

    boss: Person
    ann: Person
    ben: Person
    cleo: Person
    admin: Person
    hr: Person
    scoped_hr: Person
    engineering: Department
    rockets: Team


async def carried_out(
    session: AsyncSession, client: Client, by: Person, body: dict[str, Any], times: int = 1
) -> tuple[dict[str, Any], WorkInHand]:
    """Asked for over HTTP, and done as a worker does."""
    operation = await accepted(client, "/goals/bulk", body)
    assert operation["kind"] == "set_goals_in_bulk"
    return await worked(session, by, operation, times)


async def accepted(client: Client, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
    answer = await client.post(path, json=body)
    assert answer.status_code == 202, answer.text
    operation: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/v1/operations/{operation['id']}"
    return operation


async def worked(
    session: AsyncSession, by: Person, operation: dict[str, Any], times: int = 1
) -> tuple[dict[str, Any], WorkInHand]:
    asked = await session.execute(
        text("SELECT parameters FROM operations WHERE id = :id"), {"id": UUID(operation["id"])}
    )
    await enter_as(session, by)
    work = WorkInHand(session)
    work.__dict__ |= {
        "operation": UUID(operation["id"]),
        "requested_by": by.id,
        "parameters": asked.scalar_one(),
    }
    for _ in range(times):
        result = await KINDS[operation["kind"]](work)
    return result, work


def bulk(mode: str = "apply", goals: Any = None, **people: Any) -> dict[str, Any]:
    named = {
        name: str(value) if isinstance(value, UUID) else value for name, value in people.items()
    }
    return {"mode": mode, "goals": goals or [GOAL], "people": named}


async def owners(client: Client) -> list[tuple[str, str]]:
    items = (await client.get("/goals")).json()["items"]
    return sorted((goal["owner"]["name"], goal["title"]) for goal in items)
