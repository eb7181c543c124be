"""Who looked at what is sensitive is told, without what was there to see; other reads are not."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from perfapi.core.db import in_organization
from perfapi.core.deliveries import sequence
from perfapi.core.events import LoggedEvent
from perfapi.domains.people.imports.models import PeopleImport
from tests.domains.audit.conftest import Office


async def told(office: Office) -> list[tuple[UUID | None, dict[str, Any] | None, UUID | None]]:
    reads = select(LoggedEvent.actor_id, LoggedEvent.payload, LoggedEvent.subject_id)
    async with in_organization(office.worker, office.organization) as session:
        rows = await session.execute(reads.where(LoggedEvent.topic == "audit.read"))
        return [(row.actor_id, row.payload, row.subject_id) for row in rows]


async def an_import(office: Office) -> UUID:
    async with in_organization(office.worker, office.organization) as session:
        asked = PeopleImport(file_name="people.csv", mapping={"mode": "delta"})
        session.add(asked)
        await session.flush()
        return asked.id


async def get(client: httpx.AsyncClient, path: str) -> int:
    return (await client.get(path)).status_code


class TestAreTold:
    @pytest.mark.parametrize(
        ("path", "resource", "about"),
        [
            ("/event-log/export", "event-log/export", None),
            ("/event-log/export?actor_id={ada}", "event-log/export", "ada"),
            ("/event-log?actor_id={ada}", "event-log", "ada"),
            ("/event-log?subject_id={ada}", "event-log", "ada"),
            ("/event-log?subject_id={ada}&actor_id={alex}", "event-log", "ada"),
            ("/goals/export", "goals/export", None),
            ("/people/imports/{import}/rows", "people/imports/rows", "import"),
            (
                "/access/explain?resource=people&id={mia}&person_id={ada}",
                "access/explain",
                "ada",
            ),
        ],
    )
    async def test_once(self, office: Office, path: str, resource: str, about: str | None) -> None:
        known = {"ada": office.ada.id, "mia": office.mia.id, "alex": office.alex.id}
        known["import"] = await an_import(office)
        address = path.format(**known)

        assert await get(await office.as_(office.alex), address) == 200

        subject = known[about] if about else None
        payload = {"resource": resource, "subject_id": str(subject) if subject else None}
        assert await told(office) == [(office.alex.id, payload, subject)]


class TestAreNotTold:
    @pytest.mark.parametrize(
        "path",
        [
            "/event-log",
            "/event-log?topic=auth.signed_in",
            "/event-log?actor_id={alex}",
            "/event-log/head",
            "/people",
            "/people/{ada}",
            "/people/imports",
            "/people/imports/{import}",
            "/goals",
            "/me",
            "/access/explain?resource=people&id={mia}",
            "/access/explain?resource=people&id={mia}&person_id={alex}",
            "/access/viewers?resource=people&id={ada}",
        ],
    )
    async def test_ordinary_ones(self, office: Office, path: str) -> None:
        known = {"ada": office.ada.id, "mia": office.mia.id, "alex": office.alex.id}
        known["import"] = await an_import(office)
        assert await get(await office.as_(office.alex), path.format(**known)) == 200
        assert await told(office) == []

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/event-log/export", 403),
            ("/event-log?actor_id={alex}", 403),
            ("/people/imports/{import}/rows", 404),
            ("/access/explain?resource=people&id={nobody}&person_id={mia}", 404),
        ],
    )
    async def test_refused_ones(self, office: Office, path: str, status: int) -> None:
        known = {"alex": office.alex.id, "mia": office.mia.id, "nobody": uuid4()}
        known["import"] = await an_import(office)
        assert await get(await office.as_(office.ada), path.format(**known)) == status
        assert await told(office) == []

    async def test_further_pages(self, office: Office) -> None:
        """They follow from the first, which is told."""
        alex = await office.as_(office.alex)
        for _ in range(2):
            await alex.get(f"/event-log?subject_id={office.ada.id}")
        await sequence(office.worker)
        before = len(await told(office))
        first = await alex.get(f"/event-log?subject_id={office.ada.id}&limit=1")
        cursor = first.json()["next_cursor"]
        assert cursor is not None
        more = f"/event-log?subject_id={office.ada.id}&limit=1&cursor={cursor}"
        assert await get(alex, more) == 200
        assert len(await told(office)) == before + 1
