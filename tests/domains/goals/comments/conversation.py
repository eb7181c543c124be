"""A goal that some see and some do not, and how people talk about it."""

from dataclasses import dataclass
from typing import Any

from perfapi.domains.goals.models import Goal
from perfapi.domains.people.models import Person
from tests.clients import Client


@dataclass
class Company:
    owner: Person
    manager: Person
    colleague: Person
    admin: Person
    goal: Goal
    """Seen by its owner and those above, not by the colleague and the administrator."""

    @property
    def path(self) -> str:
        return f"/goals/{self.goal.id}/comments"


async def say(client: Client, path: str, words: str, **more: Any) -> dict[str, Any]:
    response = await client.post(path, json={"text": words} | more)
    assert response.status_code == 201, response.text
    said: dict[str, Any] = response.json()
    return said


async def threads(client: Client, path: str) -> list[dict[str, Any]]:
    threads: list[dict[str, Any]] = (await client.get(path)).json()["items"]
    return threads


async def needs(client: Client) -> list[dict[str, Any]]:
    items = (await client.get("/needs")).json()["items"]
    return [need for need in items if need["kind"] != "goal_check_in_due"]
