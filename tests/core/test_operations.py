"""Long work: asked for by a request, done by a worker, watched by whoever asked."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from perfapi.core import deliveries
from perfapi.core.db import Sessions, in_organization
from perfapi.core.deliveries import LEASE, MOST_ATTEMPTS, Delivery, DeliveryState, sequence
from perfapi.core.errors import Conflict
from perfapi.core.events import on
from perfapi.core.jobs import run_operation, work
from perfapi.core.operations import (
    KINDS,
    Operation,
    OperationRequested,
    Work,
    operation,
    request_operation,
)
from tests.core.live import Live, sign_in
from tests.core.test_deliveries import pass_time


@pytest.fixture
def sessions(worker_sessions: Sessions) -> Sessions:
    on(OperationRequested)(run_operation)
    return worker_sessions


async def ask(sessions: Sessions, client: Live, kind: str, **parameters: Any) -> tuple[UUID, UUID]:
    """The operation and its delivery."""
    async with in_organization(sessions, client.organization) as session:
        asked = await request_operation(session, kind, by=client.person, **parameters)
    await sequence(sessions)
    async with in_organization(sessions, client.organization) as session:
        delivery = (await session.scalars(select(Delivery.id))).one()
    return asked.id, delivery


async def delivery_of(sessions: Sessions, client: Live, delivery: UUID) -> Delivery:
    async with in_organization(sessions, client.organization) as session:
        return (await session.scalars(select(Delivery).where(Delivery.id == delivery))).one()


class TestWork:
    async def test_gets_its_parameters_tells_its_progress_and_leaves_a_result(
        self, sessions: Sessions, live: Live
    ) -> None:
        seen: list[Any] = []

        @operation
        async def count_parcels(given: Work) -> dict[str, Any]:
            path = f"/operations/{given.operation}"
            seen.append((await live.get(path)).json())
            await given.progress(3, 7)
            seen.append((await live.get(path)).json())
            async with given.session() as session:
                who = await session.execute(text("SELECT current_setting(:name)"), {"name": NAME})
                seen.append(who.scalar_one())
            return {"counted": given.parameters["size"]}

        asked, delivery = await ask(sessions, live, "count_parcels", size="large")
        queued = (await live.get(f"/operations/{asked}")).json()
        await work(sessions, live.organization, delivery)
        ended = (await live.get(f"/operations/{asked}")).json()

        assert (queued["status"], queued["kind"]) == ("queued", "count_parcels")
        assert queued["progress"] == {"done": 0, "total": 0}
        running, advanced, organization = seen
        assert (running["status"], running["result"]) == ("running", None)
        assert advanced["progress"] == {"done": 3, "total": 7}
        assert running["version"] < advanced["version"] < ended["version"]
        assert organization == str(live.organization)
        assert (ended["status"], ended["result"]) == ("succeeded", {"counted": "large"})
        assert ended["ended_at"] is not None
        assert (await delivery_of(sessions, live, delivery)).state is DeliveryState.DONE

    async def test_is_for_the_eyes_of_who_asked(
        self, sessions: Sessions, live: Live, app: FastAPI, app_sessions: Sessions
    ) -> None:
        asked, _ = await ask(sessions, live, "anything")
        colleague = await sign_in(app, app_sessions, organization=live.organization)
        stranger = await sign_in(app, app_sessions)

        for other in (colleague, stranger):
            assert (await other.get(f"/operations/{asked}")).status_code == 404

    async def test_is_done_once(self, sessions: Sessions, live: Live) -> None:
        calls: list[UUID] = []

        @operation
        async def note(given: Work) -> dict[str, Any]:
            calls.append(given.operation)
            await asyncio.sleep(0.05)
            return {}

        asked, delivery = await ask(sessions, live, "note")
        await asyncio.gather(*(work(sessions, live.organization, delivery) for _ in range(4)))
        await work(sessions, live.organization, delivery)

        assert calls == [asked]

    async def test_that_ended_before_its_worker_could_say_so_is_not_done_again(
        self, sessions: Sessions, live: Live
    ) -> None:
        @operation
        async def never(given: Work) -> dict[str, Any]:
            raise AssertionError

        asked, delivery = await ask(sessions, live, "never")
        async with in_organization(sessions, live.organization) as session:
            ended = await session.get_one(Operation, (live.organization, asked))
            ended.status, ended.result = "succeeded", {"kept": True}  # type: ignore[assignment]
            ended.ended_at = ended.created_at

        await work(sessions, live.organization, delivery)

        assert (await live.get(f"/operations/{asked}")).json()["result"] == {"kept": True}
        assert (await delivery_of(sessions, live, delivery)).state is DeliveryState.DONE


class TestFailure:
    async def test_a_problem_is_told_and_ends_it(self, sessions: Sessions, live: Live) -> None:
        @operation
        async def refuse(given: Work) -> dict[str, Any]:
            raise Conflict(given.parameters["why"])

        for why, told in (("It rains.", "It rains."), (None, Conflict.title)):
            client = live
            async with in_organization(sessions, client.organization) as session:
                await session.execute(text("UPDATE deliveries SET state = 'done'"))
                asked = await request_operation(session, "refuse", by=client.person, why=why)
            await sequence(sessions)
            (one,) = await deliveries.waiting(sessions)
            await work(sessions, live.organization, one.delivery)

            body = (await live.get(f"/operations/{asked.id}")).json()
            assert (body["status"], body["failure"]) == ("failed", told)

    async def test_a_crash_is_tried_again_and_says_nothing_of_its_cause(
        self, sessions: Sessions, live: Live
    ) -> None:
        @operation
        async def crash(given: Work) -> dict[str, Any]:
            raise ZeroDivisionError("of ada@example.com")

        asked, delivery = await ask(sessions, live, "crash")
        for attempt in range(1, MOST_ATTEMPTS):
            await work(sessions, live.organization, delivery)
            state = await delivery_of(sessions, live, delivery)
            assert (state.state, state.attempts) == (DeliveryState.WAITING, attempt)
            await pass_time(sessions, 4000)
        await work(sessions, live.organization, delivery)

        body = (await live.get(f"/operations/{asked}")).json()
        assert (body["status"], body["failure"]) == ("failed", "It failed again and again.")

    async def test_one_that_kills_its_worker_ends_too(self, sessions: Sessions, live: Live) -> None:
        @operation
        async def kill(given: Work) -> dict[str, Any]:
            raise AssertionError

        asked, delivery = await ask(sessions, live, "kill")
        for _ in range(MOST_ATTEMPTS):
            assert await deliveries.claim(sessions, live.organization, delivery)
            await pass_time(sessions, LEASE.total_seconds() + 1)
        await work(sessions, live.organization, delivery)

        body = (await live.get(f"/operations/{asked}")).json()
        assert (body["status"], body["failure"]) == ("failed", "It failed again and again.")

    async def test_a_kind_that_nobody_knows_is_a_failure(
        self, sessions: Sessions, live: Live
    ) -> None:
        assert KINDS == {}
        _, delivery = await ask(sessions, live, "unheard_of")
        await work(sessions, live.organization, delivery)
        assert (await delivery_of(sessions, live, delivery)).failure == "KeyError"

    async def test_an_ended_one_makes_no_more_progress(
        self, sessions: Sessions, live: Live
    ) -> None:
        kept: list[Work] = []

        @operation
        async def end(given: Work) -> dict[str, Any]:
            kept.append(given)
            return {}

        asked, delivery = await ask(sessions, live, "end")
        await work(sessions, live.organization, delivery)
        await kept[0].progress(1, 2)

        body = (await live.get(f"/operations/{asked}")).json()
        assert (body["status"], body["progress"]["done"]) == ("succeeded", 0)


class TestLease:
    async def test_is_kept_while_the_work_goes_on(
        self, sessions: Sessions, live: Live, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Work that has no progress to tell for longer than a lease is not begun a second time."""
        monkeypatch.setattr(deliveries, "LEASE", timedelta(seconds=0.6))
        begun: list[UUID] = []

        @operation
        async def brood(given: Work) -> dict[str, Any]:
            begun.append(given.operation)
            for _ in range(6):
                await asyncio.sleep(0.25)
                await work(sessions, live.organization, delivery)  # a second worker
            return {}

        asked, delivery = await ask(sessions, live, "brood")
        await work(sessions, live.organization, delivery)

        assert begun == [asked]
        assert (await live.get(f"/operations/{asked}")).json()["status"] == "succeeded"

    async def test_a_database_that_stumbles_does_not_end_the_work(
        self, sessions: Sessions, live: Live, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(deliveries, "LEASE", timedelta(seconds=0.15))
        monkeypatch.setattr(deliveries, "_RENEW", text("SELECT nothing_of_the_kind"))

        @operation
        async def last(given: Work) -> dict[str, Any]:
            await asyncio.sleep(0.3)
            return {"done": True}

        asked, delivery = await ask(sessions, live, "last")
        await work(sessions, live.organization, delivery)

        assert (await live.get(f"/operations/{asked}")).json()["result"] == {"done": True}


NAME = "perfapi.organization_id"
