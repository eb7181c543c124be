"""Invitations that a letter brings: whoever asks for one never sees its link."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.adapters.mail import Mailer, Smtp
from perfapi.core import deliveries, discovery
from perfapi.core.clock import utcnow
from perfapi.core.db import Sessions, in_organization
from perfapi.core.events import PATIENCE, SUBSCRIBERS, LoggedEvent, publish
from perfapi.core.ids import uuid7
from perfapi.domains.auth import service
from perfapi.domains.auth.events import PersonInvited
from perfapi.domains.auth.models import Invitation
from perfapi.domains.auth.service import INVITATION_LIFETIME
from perfapi.domains.organizations.models import Organization
from perfapi.domains.people.models import Person, Role, RoleAssignment, Status
from perfapi.embedded.processes import free_port
from tests.clients import Client
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, an_admin, an_hr_partner

from .conftest import EMAIL, PASSWORD, Browser, House, Post, is_problem, token_in

AsPerson = Callable[[Person], Client]

PATH = "/auth/invitations/mail"


async def mail(client: Client, person: Person) -> httpx.Response:
    return await client.post(PATH, json={"person_id": str(person.id)})


async def accept(browser: Browser, token: str) -> httpx.Response:
    return await browser.post(
        "/auth/invitations/accept", json={"token": token, "password": PASSWORD}
    )


class TestMailInvitation:
    async def test_brings_a_link_that_whoever_asked_never_sees(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser, post: Post
    ) -> None:
        hanna = await an_hr_partner(session)
        ada = await a_person(session, "Ada Lovelace", email="ada@example.com")

        response = await mail(as_person(hanna), ada)
        (letter,) = await post.arrives()

        assert response.status_code == 202, response.text
        body = response.json()
        assert (body["email"], body["goes_by"]) == ("ada@example.com", "folder")
        assert letter["To"].addresses[0].addr_spec == "ada@example.com"
        assert "Hanna Hr" in str(letter)
        token = token_in(letter)
        logged = str((await session.scalars(select(LoggedEvent.payload))).all())
        assert token not in response.text + logged
        assert (await accept(browser, token)).status_code == 201
        is_problem(await accept(browser, token), 422, "invitation_invalid")

    async def test_writes_no_letter_for_a_link_that_is_handed_over(
        self, session: AsyncSession, as_person: AsPerson, post: Post
    ) -> None:
        ada = await a_person(session, "Ada", email="ada@example.com")
        body = {"person_id": str(ada.id)}
        await as_person(await an_admin(session)).post("/auth/invitations", json=body)
        assert await post.arrives() == []

    @pytest.mark.parametrize("language", ["en", "de", "it", "nl"])
    async def test_speaks_the_language_of_the_organization(
        self, session: AsyncSession, as_person: AsPerson, post: Post, language: str
    ) -> None:
        organization = (await session.scalars(select(Organization))).one()
        organization.language, organization.name = language, "Ä & Söhne"
        ada = await a_person(session, "Ada", email="ada@example.com")
        await mail(as_person(await an_admin(session)), ada)

        (letter,) = await post.arrives()

        said = {"en": "access", "de": "Zugang", "it": "accesso", "nl": "toegang"}
        assert said[language] in letter["Subject"]
        assert "Ä & Söhne" in letter["Subject"]
        assert letter["Content-Language"] == language
        assert "{" not in letter["Subject"] + str(letter.get_body(("plain",)))

    async def test_another_attempt_brings_the_same_letter(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser, post: Post
    ) -> None:
        """The first one may have arrived before its transaction failed."""
        ada = await a_person(session, "Ada", email="ada@example.com")
        await mail(as_person(await an_admin(session)), ada)
        (first,) = await post.arrives()
        found = select(LoggedEvent).where(LoggedEvent.topic == PersonInvited.topic)
        await post.hears((await session.scalars(found)).one())
        second = post.carried[-1]

        assert second is not first
        assert second["Message-ID"] == first["Message-ID"]
        assert token_in(second) == token_in(first)
        assert (await accept(browser, token_in(first))).status_code == 201

    async def test_sent_again_with_its_key_it_is_one_letter(
        self, session: AsyncSession, as_person: AsPerson, post: Post
    ) -> None:
        admin = as_person(await an_admin(session))
        ada = await a_person(session, "Ada", email="ada@example.com")
        sent: dict[str, Any] = {
            "json": {"person_id": str(ada.id)},
            "headers": {"Idempotency-Key": "once"},
        }
        answers = [await admin.post(PATH, **sent) for _ in range(2)]
        assert answers[0].json() == answers[1].json()
        assert len(await post.arrives()) == 1

    async def test_only_the_newest_is_written_and_good(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser, post: Post
    ) -> None:
        admin = as_person(await an_admin(session))
        ada = await a_person(session, "Ada", email="ada@example.com")
        await mail(admin, ada)
        (early,) = await post.arrives()
        await mail(admin, ada)
        await mail(admin, ada)
        (newest,) = await post.arrives()

        is_problem(await accept(browser, token_in(early)), 422, "invitation_invalid")
        assert (await accept(browser, token_in(newest))).status_code == 201

    @pytest.mark.parametrize("change", ["left", "moved", "promoted"])
    async def test_goes_to_nobody_who_is_somebody_else_by_then(
        self, session: AsyncSession, as_person: AsPerson, post: Post, change: str
    ) -> None:
        hanna = await an_hr_partner(session)
        ada = await a_person(session, "Ada", email="ada@example.com")
        await mail(as_person(hanna), ada)
        ada = await session.merge(ada)
        match change:
            case "left":
                ada.status, ada.left_on = Status.LEFT, utcnow().date()
            case "moved":
                ada.email = "eve@example.com"
            case "promoted":
                session.add(RoleAssignment(person_id=ada.id, role=Role.ADMIN))
        assert await post.arrives() == []

    async def test_is_for_those_who_may_invite(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        max_ = await a_person(session, "Max")
        ada = await a_person(session, "Ada", email="ada@example.com", manager=max_)
        boss = await a_person(session, "Bea", email="bea@example.com", roles=(Role.ADMIN,))
        hanna, admin = as_person(await an_hr_partner(session)), as_person(await an_admin(session))

        is_problem(await mail(as_person(max_), ada), 403, "only_hr")
        is_problem(await mail(hanna, boss), 403, "only_administrators")
        is_problem(await mail(admin, max_), 409, "email_missing")
        is_problem(await admin.post(PATH, json={"person_id": str(uuid7())}), 404, "not_found")
        assert (await mail(admin, boss)).status_code == 202


class Grumpy:
    """An SMTP server that takes the second letter it is given."""

    def __init__(self) -> None:
        self.given: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        self.given.append(envelope.content)
        return "250 Taken" if len(self.given) == 2 else "451 Come back later"


async def test_a_delivery_that_failed_brings_the_letter_the_next_time(
    real_sessions: Sessions,
) -> None:
    grumpy = Grumpy()
    port = free_port("127.0.0.1")
    url = f"smtp://127.0.0.1:{port}?starttls=off"
    mailer = Mailer(Smtp(url), "perfapi <perfapi@test.example>", "http://test", b"k" * 32)
    real_sessions.configure(info={"mailer": mailer})
    async with real_sessions.begin() as session:
        acme = await an_organization(session)
        ada = await a_person(session, "Ada", email="ada@example.com")
        invitation = Invitation(
            person_id=ada.id,
            invited_by_id=ada.id,
            email="ada@example.com",
            expires_at=utcnow() + INVITATION_LIFETIME,
        )
        session.add(invitation)
        await session.flush()
        told = PersonInvited(person_id=ada.id, invitation_id=invitation.id, by_mail=True)
        publish(session, told, by=ada.id)
    await deliveries.sequence(real_sessions)
    waiting = await deliveries.waiting(real_sessions)
    (delivery,) = [one.delivery for one in waiting if one.subscriber == "auth.mail_invitation"]

    with_server = Controller(grumpy, hostname="127.0.0.1", port=port)
    with_server.start()
    try:
        first = await deliveries.deliver(real_sessions, acme, delivery)
        async with in_organization(real_sessions, acme) as session:
            row = (await session.scalars(select(deliveries.Delivery).filter_by(id=delivery))).one()
            kept = (await session.scalars(select(Invitation.token_hash))).one()
            await session.execute(text("UPDATE deliveries SET due_at = now()"))
        second = await deliveries.deliver(real_sessions, acme, delivery)
        third = await deliveries.deliver(real_sessions, acme, delivery)
    finally:
        with_server.stop()

    assert (first, second, third) == (False, True, False)
    assert (row.failure, kept) == ("SMTPDataError", None), "nothing is kept of what did not leave"
    assert len(grumpy.given) == 2


async def test_nobodys_mailbox_is_flooded(
    house: House, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(service.LETTERS, name=f"letters-{secrets.token_hex(4)}")
    monkeypatch.setattr(service, "LETTERS", own)
    ada = house.browser(address)
    await ada.sign_in(EMAIL)
    answers = [await ada.post(PATH, json={"person_id": str(house.bob)}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert await house.count("auth.person_invited") == 5


def test_every_letter_outlasts_a_night_without_a_mail_server() -> None:
    list(discovery.modules("jobs"))
    letters = {name for name in SUBSCRIBERS if name.startswith("auth.mail_")}

    assert len(letters) == 3
    assert {PATIENCE.get(name) for name in letters} == {timedelta(days=1)}
