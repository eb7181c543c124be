"""POST with an Idempotency-Key: once in effect, however often and however closely it is sent."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update

from perfapi.core.clock import utcnow
from perfapi.core.db import Sessions, in_organization
from perfapi.core.events import LoggedEvent
from perfapi.core.idempotency import KEPT, IdempotencyRecord, forget_answers
from tests.core.live import Live, sign_in
from tests.core.parcels import Parcel

KEY = {"Idempotency-Key": "0b8e-42"}


async def stored(sessions: Sessions, client: Live, label: str | None = None) -> int:
    """How many parcels (with this label) the client's organization has."""
    async with in_organization(sessions, client.organization) as session:
        wanted = select(func.count()).select_from(Parcel)
        if label is not None:
            wanted = wanted.where(Parcel.label == label)
        return (await session.scalars(wanted)).one()


async def events(sessions: Sessions, client: Live) -> int:
    async with in_organization(sessions, client.organization) as session:
        wanted = select(func.count()).select_from(LoggedEvent)
        return (await session.scalars(wanted)).one()


class TestReplay:
    async def test_the_same_request_gets_the_same_answer_and_has_one_effect(
        self, live: Live, app_sessions: Sessions
    ) -> None:
        first = await live.post("/test-parcels", json={"label": "x"}, headers=KEY)
        again = await live.post("/test-parcels", json={"label": "x"}, headers=KEY)

        assert (first.status_code, again.status_code) == (201, 201)
        assert first.content == again.content
        for header in ("Location", "ETag", "Content-Type", "Cache-Control"):
            assert first.headers[header] == again.headers[header]
        assert "Idempotent-Replayed" not in first.headers
        assert again.headers["Idempotent-Replayed"] == "true"
        assert await stored(app_sessions, live) == await events(app_sessions, live) == 1

    async def test_without_a_key_each_request_counts(
        self, live: Live, app_sessions: Sessions
    ) -> None:
        for label in ("a", "b"):
            response = await live.post("/test-parcels", json={"label": label})
            assert "Idempotent-Replayed" not in response.headers
        assert await stored(app_sessions, live) == 2

    async def test_the_first_answer_comes_again_although_the_world_went_on(
        self, live: Live
    ) -> None:
        first = await live.post("/test-parcels", json={"label": "x"}, headers=KEY)
        path = first.headers["Location"].removeprefix("/v1")
        await live.patch(path, json={"label": "y"}, headers={"If-Match": "*"})

        again = await live.post("/test-parcels", json={"label": "x"}, headers=KEY)

        assert again.json()["label"] == "x"

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("POST", "/test-parcels", b'{"label": "y"}'),
            ("POST", "/test-parcels", b'{"label":"x"}'),  # other bytes are another request
            ("POST", "/operations", b'{"label": "x"}'),
        ],
    )
    async def test_another_request_under_the_same_key_is_refused(
        self, live: Live, app_sessions: Sessions, method: str, path: str, body: bytes
    ) -> None:
        json = {"Content-Type": "application/json"}
        await live.post("/test-parcels", content=b'{"label": "x"}', headers=KEY | json)

        response = await live.request(method, path, content=body, headers=KEY | json)

        if path == "/test-parcels":
            assert response.status_code == 422
            assert response.json()["code"] == "idempotency_key_reused"
        assert await stored(app_sessions, live) == 1

    async def test_another_person_has_keys_of_their_own(
        self, live: Live, app: FastAPI, app_sessions: Sessions
    ) -> None:
        await live.post("/test-parcels", json={"label": "x"}, headers=KEY)
        bob = await sign_in(app, app_sessions, organization=live.organization)
        olga = await sign_in(app, app_sessions)

        theirs = await bob.post("/test-parcels", json={"label": "bob's"}, headers=KEY)
        elsewhere = await olga.post("/test-parcels", json={"label": "x"}, headers=KEY)

        assert (theirs.status_code, elsewhere.status_code) == (201, 201)
        assert theirs.json()["owner"]["id"] == str(bob.person)
        assert elsewhere.json()["owner"]["id"] == str(olga.person)

    @pytest.mark.parametrize("key", ["", "a b", "x" * 201, "a\tb"])
    async def test_keys_that_are_none_are_refused(self, live: Live, key: str) -> None:
        response = await live.post(
            "/test-parcels", json={"label": "x"}, headers={"Idempotency-Key": key}
        )
        assert response.status_code == 422, response.text
        assert response.json()["errors"][0]["header"].lower() == "idempotency-key"


class TestFailure:
    async def test_stores_nothing_so_that_the_key_may_be_used_again(
        self, live: Live, app_sessions: Sessions
    ) -> None:
        for body in ({"label": ""}, {"label": "forbidden"}):
            refused = await live.post("/test-parcels", json=body, headers=KEY)
            assert refused.status_code == 422
        await live.post("/test-parcels", json={"label": "taken"})
        taken = await live.post("/test-parcels", json={"label": "taken"}, headers=KEY)
        assert taken.status_code == 409

        mended = await live.post("/test-parcels", json={"label": "free"}, headers=KEY)

        assert mended.status_code == 201
        assert "Idempotent-Replayed" not in mended.headers

    async def test_of_the_commit_leaves_neither_effect_nor_answer(
        self, live: Live, app_sessions: Sessions
    ) -> None:
        """The record is written with the effect: if one of them cannot be stored, none is."""
        async with in_organization(app_sessions, live.organization) as session:
            session.add(
                IdempotencyRecord(
                    person_id=live.person, key="taken", fingerprint=b"", status=201, body=b"{}"
                )
            )
            await session.flush()
            # Not committed yet, so the request does not see it, and meets it when it commits.
            waiting = asyncio.create_task(
                live.post(
                    "/test-parcels", json={"label": "x"}, headers={"Idempotency-Key": "taken"}
                )
            )
            await asyncio.sleep(0.2)
        response = await waiting

        assert response.status_code == 409
        assert await stored(app_sessions, live, "x") == 0


class TestConcurrency:
    async def test_twenty_at_once_have_one_effect(self, live: Live, app_sessions: Sessions) -> None:
        async def send() -> httpx.Response:
            return await live.post("/test-parcels", json={"label": "x"}, headers=KEY)

        answers = await asyncio.gather(*(send() for _ in range(20)))

        assert {answer.status_code for answer in answers} <= {201, 409}
        made = [answer for answer in answers if answer.status_code == 201]
        assert len({answer.content for answer in made}) == 1
        assert sum("Idempotent-Replayed" not in answer.headers for answer in made) == 1
        for answer in answers:
            if answer.status_code == 409:
                assert answer.json()["code"] == "still_running"
                assert answer.headers["Retry-After"] == "1"
        assert (await send()).content == made[0].content
        assert await stored(app_sessions, live) == await events(app_sessions, live) == 1

    async def test_while_the_first_runs_the_second_is_told_so(
        self, live: Live, app_sessions: Sessions
    ) -> None:
        """The first waits for somebody's lock on the label; its own key is locked meanwhile."""
        async with in_organization(app_sessions, live.organization) as holder:
            holder.add(Parcel(label="x", owner_id=live.person))
            await holder.flush()
            first = asyncio.create_task(
                live.post("/test-parcels", json={"label": "x"}, headers=KEY)
            )
            await asyncio.sleep(0.2)
            second = await live.post("/test-parcels", json={"label": "x"}, headers=KEY)
            await holder.rollback()

        assert (second.status_code, second.json()["code"]) == (409, "still_running")
        assert (await first).status_code == 201


class TestForms:
    async def send(
        self, client: Live, label: str = "x", content: bytes = b"picture", name: str = "a.png"
    ) -> httpx.Response:
        return await client.post(
            "/test-parcels/labels",
            data={"label": label},
            files={"picture": (name, content, "image/png")},
            headers=KEY,
        )

    async def test_sent_again_with_another_boundary_it_is_the_same(
        self, live: Live, app_sessions: Sessions
    ) -> None:
        content = b"0123456789" * 50_000
        first, again = [await self.send(live, content=content) for _ in range(2)]

        assert first.request.headers["Content-Type"] != again.request.headers["Content-Type"]
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json()["rank"] == len(content), "the endpoint still reads the whole file"
        assert again.headers["Idempotent-Replayed"] == "true"
        assert await stored(app_sessions, live) == 1

    @pytest.mark.parametrize(
        "changed", [{"label": "y"}, {"content": b"picturE"}, {"name": "b.png"}]
    )
    async def test_another_form_is_another_request(
        self, live: Live, changed: dict[str, str]
    ) -> None:
        await self.send(live)
        other = await self.send(live, **changed)  # type: ignore[arg-type]
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


class TestTime:
    async def _age(self, sessions: Sessions, client: Live, age: timedelta) -> None:
        async with in_organization(sessions, client.organization) as session:
            await session.execute(update(IdempotencyRecord).values(created_at=utcnow() - age))

    async def test_a_key_means_something_for_a_day(
        self, live: Live, app_sessions: Sessions
    ) -> None:
        for label, age in (("a", KEPT - timedelta(minutes=1)), ("b", KEPT + timedelta(minutes=1))):
            key = {"Idempotency-Key": label}
            await live.post("/test-parcels", json={"label": label}, headers=key)
            await self._age(app_sessions, live, age)
            again = await live.post("/test-parcels", json={"label": label + "!"}, headers=key)
            assert again.status_code == (422 if label == "a" else 201)

    async def test_old_records_are_forgotten_once_a_day(
        self, live: Live, app_sessions: Sessions
    ) -> None:
        await live.post("/test-parcels", json={"label": "old"}, headers=KEY)
        await self._age(app_sessions, live, KEPT + timedelta(minutes=1))
        young = {"Idempotency-Key": "young"}
        await live.post("/test-parcels", json={"label": "young"}, headers=young)

        async with in_organization(app_sessions, live.organization) as session:
            await forget_answers(session, utcnow().date())
            left = (await session.scalars(select(IdempotencyRecord.key))).all()

        assert left == ["young"]
