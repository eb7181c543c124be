"""A goal whose past is told day by day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.history import happens_at
from tests.clients import Client


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


class Story:
    """A goal that was set on a Monday and has changed since; each act on a day of its own."""

    monday = date(2026, 3, 2)

    def __init__(self, session: AsyncSession, client: Client) -> None:
        self.session, self.client = session, client

    async def on(self, day: int, hour: int = 12) -> None:
        await happens_at(self.session, at(self.monday + timedelta(days=day), hour))

    async def begins(self, **more: Any) -> dict[str, Any]:
        await self.on(0)
        body = {
            "title": "First words",
            "level": "person",
            "starts_on": "2026-03-02",
            "due_on": "2026-03-12",
            "key_results": [{"title": "Calls", "kind": "number", "start": "0", "target": "10"}],
        }
        goal: dict[str, Any] = await self.does("post", "/goals", json=body | more)
        return goal

    async def does(self, method: str, path: str, **options: Any) -> Any:
        response = await self.client.request(method.upper(), path, **options)
        assert response.status_code in {200, 201, 204}, response.text
        return response.json() if response.content else None

    async def changes(self, goal: dict[str, Any], **changes: Any) -> None:
        headers = {"If-Match": "*"}
        await self.does("patch", f"/goals/{goal['id']}", json=changes, headers=headers)

    async def shows(self, goal: dict[str, Any], day: int | str) -> dict[str, Any]:
        moment = day if isinstance(day, str) else f"{self.monday + timedelta(days=day)}"
        shown: dict[str, Any] = await self.does(
            "get", f"/goals/{goal['id']}", params={"as_of": moment}
        )
        return shown
