from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text, update

from perfapi.adapters.mail import Nowhere, mailer_of
from perfapi.core.db import in_organization
from perfapi.core.deliveries import Delivery, DeliveryState, deliver, waiting
from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.auth.events import PasswordChanged
from tests.domains.audit.conftest import Office


async def a_dead_letter(office: Office) -> UUID:
    """A letter about a changed password that was tried in vain, in the words of the worker."""
    await office.tell(PasswordChanged(person_id=office.ada.id), by=office.ada)
    async with in_organization(office.worker, office.organization) as session:
        found = select(Delivery).where(
            Delivery.subscriber == "auth.mail_password_change",
            Delivery.state == DeliveryState.WAITING,
        )
        delivery = (await session.scalars(found)).one()
        delivery.state, delivery.attempts = DeliveryState.DEAD, 8
        delivery.failure = "SMTPConnectError"
    return delivery.id


async def read(client: httpx.AsyncClient, **filters: Any) -> list[dict[str, Any]]:
    response = await client.get("/deliveries", params=filters)
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


class TestListDeliveries:
    async def test_tells_what_was_given_up(self, office: Office) -> None:
        dead = await a_dead_letter(office)
        (found,) = await read(await office.as_(office.alex))

        assert found["id"] == str(dead)
        assert found["subscriber"] == "auth.mail_password_change"
        assert (found["state"], found["attempts"]) == ("dead", 8)
        assert found["failure"] == "SMTPConnectError"
        assert found["event"]["topic"] == "auth.password_changed"
        assert found["event"]["subject_id"] == str(office.ada.id)
        assert found["permissions"] == ["redrive"]

    async def test_or_what_waits(self, office: Office) -> None:
        await office.tell(PasswordChanged(person_id=office.ada.id))
        alex = await office.as_(office.alex)
        (found,) = await read(alex, state="waiting")
        assert (found["state"], found["permissions"]) == ("waiting", [])
        assert await read(alex) == []
        assert (await alex.get("/deliveries", params={"state": "done"})).status_code == 422

    async def test_work_of_the_calendar_has_no_event(self, office: Office) -> None:
        dead = await a_dead_letter(office)
        async with in_organization(office.worker, office.organization) as session:
            await session.execute(update(Delivery).where(Delivery.id == dead).values(event_id=None))
        (found,) = await read(await office.as_(office.alex))
        assert found["event"] is None

    async def test_is_of_the_own_organization(self, office: Office, elsewhere: Office) -> None:
        dead = await a_dead_letter(elsewhere)
        alex = await office.as_(office.alex)
        assert await read(alex) == []
        for delivery_id in (dead, uuid7()):
            answer = await alex.post(f"/deliveries/{delivery_id}/redrive")
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    async def test_has_an_index(self, office: Office) -> None:
        async with in_organization(office.worker, office.organization) as session:
            await session.execute(text("SET LOCAL enable_seqscan = off"))
            plan = await session.execute(
                text(
                    "EXPLAIN SELECT id FROM deliveries WHERE organization_id = :o "
                    "AND state = 'dead' AND state <> 'done' ORDER BY created_at DESC, id DESC"
                ),
                {"o": office.organization},
            )
            assert "ix_deliveries_open" in str(plan.all())


class TestRedriveDelivery:
    async def test_tries_it_again_and_tells_of_it(self, office: Office) -> None:
        dead = await a_dead_letter(office)
        await office.as_(office.ada)  # who needs an account to be written to
        alex = await office.as_(office.alex)

        response = await alex.post(f"/deliveries/{dead}/redrive")

        assert response.status_code == 200, response.text
        body = response.json()
        assert (body["state"], body["attempts"], body["failure"]) == ("waiting", 0, None)
        assert body["permissions"] == []
        assert dead in [one.delivery for one in await waiting(office.worker)]
        assert await deliver(office.worker, office.organization, dead)
        assert await read(alex) == []
        async with in_organization(office.worker, office.organization) as session:
            carrier = mailer_of(session).carrier
            assert isinstance(carrier, Nowhere)
            assert carrier.carried[-1]["To"].addresses[0].addr_spec == office.ada.email
            told = select(LoggedEvent).where(LoggedEvent.topic == "audit.delivery_redriven")
            event = (await session.scalars(told)).one()
        assert (event.subject_id, event.actor_id) == (dead, office.alex.id)

    async def test_is_for_what_was_given_up(self, office: Office) -> None:
        dead = await a_dead_letter(office)
        alex = await office.as_(office.alex)
        await alex.post(f"/deliveries/{dead}/redrive")
        again = await alex.post(f"/deliveries/{dead}/redrive")
        assert (again.status_code, again.json()["code"]) == (409, "delivery_not_dead")

    @pytest.mark.parametrize("who", ["hanna", "mia", "ada"])
    async def test_is_for_administrators(self, office: Office, who: str) -> None:
        dead = await a_dead_letter(office)
        client = await office.as_(getattr(office, who))
        answer = await client.post(f"/deliveries/{dead}/redrive")
        assert (answer.status_code, answer.json()["code"]) == (403, "only_administrators")
        (found,) = await read(await office.as_(office.alex))
        assert found["state"] == "dead"


async def test_are_explained_to_administrators(office: Office) -> None:
    about = {"resource": "deliveries", "id": str(await a_dead_letter(office))}
    client = await office.as_(office.alex)

    why = (await client.get("/access/explain", params=about)).json()
    who = (await client.get("/access/viewers", params=about)).json()["items"]
    unseen = await (await office.as_(office.ada)).get("/access/explain", params=about)

    assert [one["name"] for one in why["rules"]] == ["you_are_an_administrator"]
    assert str(office.alex.id) in {one["person"]["id"] for one in who}
    assert str(office.ada.id) not in {one["person"]["id"] for one in who}
    assert unseen.status_code == 404
