import csv
import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from perfapi.core.clock import utcnow
from perfapi.core.connecting import connect
from perfapi.core.db import in_organization
from perfapi.core.events import LoggedEvent, publish
from perfapi.core.ids import uuid7
from perfapi.domains.audit.event_log import queries
from perfapi.domains.auth.events import SessionRevoked, SignedIn
from perfapi.domains.people.events import PersonChanged
from perfapi.domains.people.models import Person
from tests.domains.audit.conftest import Office
from tests.servers import Servers


def signed_in(person: Person) -> SignedIn:
    return SignedIn(person_id=person.id, session_id=uuid7())


def changed(person: Person) -> PersonChanged:
    return PersonChanged(person_id=person.id, fields=["status"])


async def read(client: httpx.AsyncClient, **filters: Any) -> list[dict[str, Any]]:
    response = await client.get("/event-log", params=filters)
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


class TestListEventLog:
    async def test_tells_what_happened_the_newest_first(self, office: Office) -> None:
        event = signed_in(office.ada)
        await office.tell(event, by=office.ada)
        await office.tell(PersonChanged(person_id=office.ada.id, fields=["status"]))

        newest, oldest = await read(await office.as_(office.alex))

        ada = {"id": str(office.ada.id), "name": "Ada", "job_title": None}
        assert (newest["topic"], newest["actor"]) == ("people.person_changed", None)
        assert oldest["topic"] == "auth.signed_in"
        assert (oldest["actor"], oldest["subject"]) == (ada, ada)
        assert oldest["payload"] == event.model_dump(mode="json")
        assert newest["position"] > oldest["position"]

    async def test_keeps_back_what_has_no_place_yet(self, office: Office) -> None:
        """An event that commits later could still come before it."""
        async with in_organization(office.worker, office.organization) as session:
            publish(session, signed_in(office.ada), by=None)
        assert await read(await office.as_(office.alex)) == []

    async def test_names_nothing_behind_a_subject_that_is_no_person(self, office: Office) -> None:
        other = uuid7()
        told = SessionRevoked(person_id=other, session_id=uuid7())
        await office.tell(told, by=office.alex)
        (entry,) = await read(await office.as_(office.alex))
        assert (entry["subject_id"], entry["subject"]) == (str(other), None)

    async def test_is_filtered(self, office: Office) -> None:
        await office.tell(signed_in(office.ada), by=office.ada)
        await office.tell(signed_in(office.mia), by=office.mia)
        await office.tell(changed(office.ada), by=office.mia)
        alex = await office.as_(office.alex)

        async def found(**filters: Any) -> list[tuple[str, str]]:
            return [(e["topic"], e["actor"]["name"]) for e in await read(alex, **filters)]

        ada, mia = str(office.ada.id), str(office.mia.id)
        change, by_mia, by_ada = await found()
        assert await found(topic="auth.signed_in") == [by_mia, by_ada]
        assert await found(actor_id=mia) == [change, by_mia]
        assert await found(subject_id=ada) == [change, by_ada]
        assert await found(subject_id=ada, actor_id=mia) == [change]
        assert await found(topic="auth.signed_up") == []

    async def test_begins_and_ends_at_instants(self, office: Office) -> None:
        await office.tell(signed_in(office.ada), signed_in(office.mia), changed(office.ada))
        alex = await office.as_(office.alex)
        last, middle, first = [entry["occurred_at"] for entry in await read(alex)]

        async def found(**filters: Any) -> list[str]:
            return [entry["occurred_at"] for entry in await read(alex, **filters)]

        assert await found(since=middle) == [last, middle], "the beginning belongs to it"
        assert await found(until=middle) == [first], "the end does not"
        assert await found(since=middle, until=last) == [middle]

    async def test_comes_page_by_page(self, office: Office) -> None:
        await office.tell(*(signed_in(office.ada) for _ in range(5)))
        alex = await office.as_(office.alex)
        whole = [entry["id"] for entry in await read(alex)]
        pages: list[list[str]] = []
        cursor = None
        while cursor is not None or not pages:
            params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            body = (await alex.get("/event-log", params=params)).json()
            pages.append([entry["id"] for entry in body["items"]])
            cursor = body["next_cursor"]
            if len(pages) == 1:
                await office.tell(signed_in(office.mia))
        assert [len(items) for items in pages] == [2, 2, 1]
        assert [entry for items in pages for entry in items] == whole
        wrong = await alex.get("/event-log", params={"cursor": "x", "topic": "auth.signed_in"})
        assert wrong.json()["code"] == "cursor_invalid"

    async def test_shows_that_an_event_was_erased(
        self, office: Office, test_servers: Servers, database: str
    ) -> None:
        await office.tell(signed_in(office.ada))
        async with connect(test_servers.owner_url(database), "TESTS") as owner:
            await owner.exec_driver_sql("UPDATE event_log SET payload = NULL, salt = NULL")
        (entry,) = await read(await office.as_(office.alex))
        assert (entry["topic"], entry["payload"]) == ("auth.signed_in", None)
        exported = await (await office.as_(office.alex)).get("/event-log/export")
        assert exported.text.splitlines()[1].endswith(",")

    @pytest.mark.parametrize("path", ["/event-log", "/event-log/export", "/deliveries"])
    async def test_is_for_administrators(self, office: Office, path: str) -> None:
        await office.tell(signed_in(office.ada), by=office.ada)
        allowed = {
            name: (await (await office.as_(person)).get(path)).status_code
            for name, person in vars(office).items()
            if isinstance(person, Person)
        }
        assert allowed == {"alex": 200, "hanna": 403, "mia": 403, "ada": 403}
        refused = await (await office.as_(office.hanna)).get(path)
        assert refused.json()["code"] == "only_administrators"
        me = (await (await office.as_(office.alex)).get("/me")).json()
        assert "read_event_log" in me["permissions"]

    async def test_is_of_the_own_organization(self, office: Office, elsewhere: Office) -> None:
        await elsewhere.tell(signed_in(elsewhere.ada), by=elsewhere.ada)
        alex = await office.as_(office.alex)
        assert await read(alex) == []
        assert await read(alex, actor_id=str(elsewhere.ada.id)) == []
        exported = await alex.get("/event-log/export")
        assert len(exported.text.splitlines()) == 1

    @pytest.mark.parametrize(
        "filters",
        [
            {"topic": "x"},
            {"topic": "a.b" * 60},
            {"topic": "a\x00.b"},
            {"actor_id": "ada"},
            {"since": "yesterday"},
            {"since": "2026-01-01T00:00:00"},
            {"until": "5"},
            {"limit": 201},
            {"person": "x"},
        ],
    )
    async def test_wrong_filters_are_422(self, office: Office, filters: dict[str, Any]) -> None:
        alex = await office.as_(office.alex)
        assert (await alex.get("/event-log", params=filters)).status_code == 422

    async def test_explains_itself(self, office: Office) -> None:
        await office.tell(signed_in(office.ada))
        async with in_organization(office.worker, office.organization) as session:
            event_id: UUID = (await session.scalars(select(LoggedEvent.id))).one()
        asked = {"resource": "event-log", "id": str(event_id)}
        answer = await (await office.as_(office.alex)).get("/access/explain", params=asked)
        assert [rule["name"] for rule in answer.json()["rules"]] == ["you_are_an_administrator"]
        hidden = await (await office.as_(office.hanna)).get("/access/explain", params=asked)
        assert hidden.status_code == 404


class TestExportEventLog:
    async def test_is_the_list_as_csv(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "ROWS_AT_ONCE", 2)
        queries._rows.cache_clear()
        await office.tell(*(signed_in(office.ada) for _ in range(5)), by=office.ada)
        await office.tell(changed(office.mia))
        alex = await office.as_(office.alex)

        response = await alex.get("/event-log/export", params={"topic": "auth.signed_in"})
        queries._rows.cache_clear()

        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-store"
        assert f"event-log-{utcnow():%Y-%m-%d}.csv" in response.headers["Content-Disposition"]
        rows = list(csv.DictReader(StringIO(response.text)))
        listed = await read(alex, topic="auth.signed_in")
        assert [int(row["position"]) for row in rows] == [entry["position"] for entry in listed]
        assert len(rows) == 5
        assert (rows[0]["actor"], rows[0]["subject_id"]) == ("Ada", str(office.ada.id))
        assert json.loads(rows[0]["payload"]) == listed[0]["payload"]
        instants = [datetime.fromisoformat(one[0]["occurred_at"]) for one in (rows, listed)]
        assert instants[0] == instants[1]

    async def test_holds_no_formula(self, office: Office) -> None:
        async with in_organization(office.worker, office.organization) as session:
            ada = await session.merge(office.ada)
            ada.name = '=HYPERLINK("https://evil.example")'
        await office.tell(signed_in(office.ada), by=office.ada)
        response = await (await office.as_(office.alex)).get("/event-log/export")
        (row,) = csv.DictReader(StringIO(response.text))
        assert row["actor"] == row["subject"] == '\'=HYPERLINK("https://evil.example")'

    async def test_takes_the_filters_of_the_list(self, office: Office) -> None:
        await office.tell(signed_in(office.ada), by=office.ada)
        alex = await office.as_(office.alex)
        for filters, count in (
            ({"actor_id": str(office.ada.id)}, 1),
            ({"actor_id": str(office.mia.id)}, 0),
            ({"since": (utcnow() + timedelta(days=1)).isoformat()}, 0),
            ({"until": (utcnow() + timedelta(days=1)).isoformat()}, 1),
        ):
            response = await alex.get("/event-log/export", params=filters)
            assert len(list(csv.DictReader(StringIO(response.text)))) == count, filters
        assert (await alex.get("/event-log/export", params={"limit": 5})).status_code == 422
