"""Request ids, log lines without personal data, numbers for Prometheus."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import Sessions
from perfapi.core.logging import configure
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.core.live import Live
from tests.factories.people import a_person, organization_of

AsPerson = Callable[[Person], Client]


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the process logs as JSON while the test runs."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    configure("json", "INFO")
    stream = io.StringIO()
    root.handlers[0].setStream(stream)  # type: ignore[attr-defined]

    def ours() -> list[dict[str, Any]]:
        found = [json.loads(line) for line in stream.getvalue().splitlines()]
        return [line for line in found if line["logger"] != "httpx"]  # the test's own client

    yield ours
    root.handlers[:] = handlers
    root.setLevel(level)


def of_requests(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["logger"] == "perfapi.requests"]


class TestRequestId:
    async def test_is_made_for_every_answer(self, nobody: httpx.AsyncClient) -> None:
        answers = [await nobody.get(path) for path in ("/me", "/nothing", "http://test/healthz")]
        found = [answer.headers["X-Request-Id"] for answer in answers]
        assert len(set(found)) == 3
        assert answers[0].json()["request_id"] == found[0]

    @pytest.mark.parametrize("sent", ["trace-0123456789", "A.b_c-1234"])
    async def test_of_the_client_is_kept(self, nobody: httpx.AsyncClient, sent: str) -> None:
        response = await nobody.get("/me", headers={"X-Request-Id": sent})
        assert response.headers["X-Request-Id"] == response.json()["request_id"] == sent

    @pytest.mark.parametrize("sent", ["", "short", "x" * 81, "a b c d e f", "ada@example.com", "é"])
    async def test_that_might_be_anything_is_replaced(
        self, nobody: httpx.AsyncClient, sent: str
    ) -> None:
        response = await nobody.get("/me", headers={b"X-Request-Id": sent.encode()})
        assert response.headers["X-Request-Id"] != sent
        assert len(response.headers["X-Request-Id"]) == 36


class TestLog:
    async def test_has_one_line_per_request_without_personal_data(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        lines: Callable[[], list[dict[str, Any]]],
    ) -> None:
        ada = await a_person(session, "Ada Lovelace", email="ada@example.com")
        client = as_person(ada)
        await client.get(
            f"/test-parcels/{ada.id}?q=lovelace",
            headers={"User-Agent": "Adas browser", "X-Request-Id": "request-1"},
        )
        (line,) = of_requests(lines())

        assert line.pop("ms") >= 0
        assert line.pop("timestamp")
        assert line == {
            "event": "request",
            "level": "info",
            "logger": "perfapi.requests",
            "request_id": "request-1",
            "method": "GET",
            "route": "/test-parcels/{parcel_id}",
            "status": 422,
            "organization": None,
        }
        whole = json.dumps(lines())
        for secret in (str(ada.id), "lovelace", "Lovelace", "ada@", "browser", "Bearer"):
            assert secret not in whole

    async def test_names_the_organization_of_who_asked(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        lines: Callable[[], list[dict[str, Any]]],
    ) -> None:
        await as_person(await a_person(session)).get("/test-parcels")
        (line,) = of_requests(lines())
        assert (line["organization"], line["status"]) == (str(organization_of(session)), 200)

    async def test_what_happens_in_a_request_carries_its_id(
        self, live: Live, lines: Callable[[], list[dict[str, Any]]], app: FastAPI
    ) -> None:
        app.state.sessions = None  # as if something of ours were broken

        response = await live.get("/test-parcels", headers={"X-Request-Id": "request-2"})

        assert response.status_code == 500
        crash = next(line for line in lines() if line["event"] == "unexpected failure")
        assert crash["request_id"] == "request-2"
        assert "AttributeError" in crash["exception"]
        assert of_requests(lines())[0]["status"] == 500

    async def test_a_failing_statement_does_not_tell_what_it_was_about(
        self, app_sessions: Sessions, lines: Callable[[], list[dict[str, Any]]]
    ) -> None:
        async with app_sessions() as session:
            with pytest.raises(DBAPIError) as error:
                await session.execute(
                    text("SELECT CAST(:name AS text), 1 / CAST(:zero AS int)"),
                    {"name": "ada@example.com", "zero": 0},
                )
        logging.getLogger("perfapi.core.http").error("unexpected failure", exc_info=error.value)

        assert "division by zero" in lines()[0]["exception"]
        assert "ada@" not in json.dumps(lines())

    def test_may_be_read_by_people(self, capsys: pytest.CaptureFixture[str]) -> None:
        root = logging.getLogger()
        handlers, level = list(root.handlers), root.level
        try:
            configure("console", "WARNING")
            structlog.stdlib.get_logger("perfapi.tests").warning("it rains", since="noon")
            structlog.stdlib.get_logger("perfapi.tests").info("never told")
        finally:
            root.handlers[:] = handlers
            root.setLevel(level)
        said = capsys.readouterr().err
        assert "it rains" in said
        assert "since=noon" in said
        assert "never told" not in said


class TestMetrics:
    async def series(self, client: httpx.AsyncClient) -> dict[tuple[str, str, str], float]:
        body = (await client.get("http://test/metrics")).text
        return {
            (sample.labels["method"], sample.labels["route"], sample.labels["status"]): sample.value
            for family in text_string_to_metric_families(body)
            for sample in family.samples
            if sample.name == "perfapi_requests_total"
        }

    async def test_count_by_method_route_and_status(self, nobody: httpx.AsyncClient) -> None:
        before = await self.series(nobody)
        for n in range(3):
            await nobody.get(f"/test-parcels/{n}")
        after = await self.series(nobody)

        key = ("GET", "/test-parcels/{parcel_id}", "401")
        assert after[key] - before.get(key, 0) == 3

    async def test_clients_cannot_invent_series(self, nobody: httpx.AsyncClient) -> None:
        await nobody.get("/nothing")
        before = await self.series(nobody)
        for n in range(5):
            await nobody.request(f"BREW{n}", "/test-parcels")
            await nobody.request(f"BREW{n}", "/nothing")
            await nobody.get(f"/nothing/{n}")
        after = await self.series(nobody)

        assert len(after) - len(before) <= 2
        assert ("ANY", "/test-parcels", "405") in after

    async def test_requests_under_way_are_counted_down_again(
        self, nobody: httpx.AsyncClient
    ) -> None:
        body = (await nobody.get("http://test/metrics")).text
        assert "perfapi_requests_running 1.0" in body, "itself"


class TestHealth:
    async def test_alive_and_ready(self, nobody: httpx.AsyncClient) -> None:
        alive = await nobody.get("http://test/healthz")
        ready = await nobody.get("http://test/readyz")
        assert (alive.status_code, alive.json()) == (200, {"status": "alive"})
        assert (ready.status_code, ready.json()) == (200, {"status": "ready"})

    async def test_not_ready_without_a_database(
        self, nobody: httpx.AsyncClient, app: FastAPI
    ) -> None:
        app.state.sessions = None
        alive = await nobody.get("http://test/healthz")
        ready = await nobody.get("http://test/readyz")
        assert alive.status_code == 200
        assert (ready.status_code, ready.json()) == (503, {"status": "database out of reach"})
