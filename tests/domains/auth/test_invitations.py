from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import enter
from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.auth.models import Invitation
from perfapi.domains.people.models import Person, Role, RoleAssignment, Status
from tests.clients import Client
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, an_admin, an_hr_partner, organization_of

from .conftest import PASSWORD, Browser, is_problem, topics

AsPerson = Callable[[Person], Client]
Joined = Callable[..., Awaitable[Person]]
ABrowser = Callable[[], Browser]

HOUR = timedelta(hours=1)
OTHER_PASSWORD = "seven green umbrellas sing"


class TestInvitePerson:
    async def test_hr_and_administrators_may(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada = await a_person(session, "Ada", email="ada@example.com")
        for inviter in (await an_admin(session), await an_hr_partner(session)):
            response = await as_person(inviter).post(
                "/auth/invitations", json={"person_id": str(ada.id)}
            )

            body = response.json()
            assert response.status_code == 201, response.text
            assert body["person"] == {"id": str(ada.id), "name": "Ada"}
            assert body["url"].endswith(f"/invitation#{body['token']}")
        stored = (await session.scalars(select(Invitation))).all()
        assert body["token"].encode() not in {one.token_hash for one in stored}
        assert "auth.person_invited" in await topics(session)
        logged = (await session.scalars(select(LoggedEvent.payload))).all()
        assert body["token"] not in str(logged), "the log holds no secret"

    async def test_others_may_not(self, session: AsyncSession, as_person: AsPerson) -> None:
        manager = await a_person(session, "Max")
        ada = await a_person(session, "Ada", email="ada@example.com", manager=manager)
        response = await as_person(manager).post(
            "/auth/invitations", json={"person_id": str(ada.id)}
        )
        is_problem(response, 403, "only_hr")

    async def test_strangers_and_people_without_address_cannot_be_invited(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        admin = as_person(await an_admin(session))
        for person_id, status, code in (
            (uuid7(), 404, "not_found"),
            ((await a_person(session, "Ada")).id, 409, "email_missing"),
        ):
            response = await admin.post("/auth/invitations", json={"person_id": str(person_id)})
            is_problem(response, status, code)


class TestAcceptInvitation:
    async def invited(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        person: Person,
        *,
        by: Person | None = None,
    ) -> str:
        inviter = by or await an_admin(session)
        response = await as_person(inviter).post(
            "/auth/invitations", json={"person_id": str(person.id)}
        )
        token: str = response.json()["token"]
        return token

    async def accept(
        self, browser: Browser, token: str, password: str = PASSWORD
    ) -> httpx.Response:
        body = {"token": token, "password": password}
        response = await browser.post("/auth/invitations/accept", json=body)
        if response.status_code == 201:
            browser.carry(response)
        return response

    async def test_sets_the_password_and_signs_in(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser
    ) -> None:
        ada = await a_person(session, "Ada", email="Ada@example.com")
        token = await self.invited(session, as_person, ada)

        response = await self.accept(browser, token)

        assert response.status_code == 201, response.text
        assert (await browser.get("/me")).json()["person"]["id"] == str(ada.id)
        assert (await browser.sign_in("ada@example.com")).status_code == 201
        assert (await topics(session))[-3:-1] == ["auth.invitation_accepted", "auth.signed_in"]

    async def test_works_once(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser
    ) -> None:
        ada = await a_person(session, email="ada@example.com")
        token = await self.invited(session, as_person, ada)
        await self.accept(browser, token)
        is_problem(await self.accept(browser, token), 422, "invitation_invalid")

    async def test_ends_after_a_week(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser
    ) -> None:
        ada = await a_person(session, email="ada@example.com")
        token = await self.invited(session, as_person, ada)
        left = await session.scalars(select(Invitation.expires_at))
        assert timedelta(days=6.9) < left.one() - utcnow() < timedelta(days=7.1)
        await session.execute(update(Invitation).values(expires_at=utcnow() - HOUR))
        is_problem(await self.accept(browser, token), 422, "invitation_invalid")

    @pytest.mark.parametrize("token", ["x" * 20, "x" * 200, "\x00" * 20, "ä" * 30])
    async def test_made_up_tokens_are_invalid(self, browser: Browser, token: str) -> None:
        is_problem(await self.accept(browser, token), 422, "invitation_invalid")

    async def test_leavers_cannot_use_it(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser
    ) -> None:
        ada = await a_person(session, email="ada@example.com")
        token = await self.invited(session, as_person, ada)
        ada = await session.merge(ada)
        ada.status, ada.left_on = Status.LEFT, utcnow().date()
        await session.flush()
        is_problem(await self.accept(browser, token), 422, "invitation_invalid")

    async def test_a_weak_password_leaves_it_open(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser
    ) -> None:
        ada = await a_person(session, "Ada Lovelace", email="ada@example.com")
        token = await self.invited(session, as_person, ada)
        weak = await self.accept(browser, token, "ada@example.com")
        is_problem(weak, 422, "password_weak")
        assert weak.json()["errors"][0]["pointer"] == "/password"
        assert (await self.accept(browser, token)).status_code == 201

    async def test_opens_nobodys_account_for_whoever_saw_the_link(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser, joined: Joined
    ) -> None:
        """Who makes a link sees it: they must not become somebody else by it."""
        boss = await joined("Bea Boss", email="bea@example.com", roles=(Role.ADMIN,))
        token = await self.invited(session, as_person, boss)

        response = await self.accept(browser, token, OTHER_PASSWORD)

        is_problem(response, 422, "invalid")
        assert response.json()["errors"][0]["code"] == "password_wrong"
        assert "Set-Cookie" not in response.headers
        assert (await self.accept(browser, token, PASSWORD)).status_code == 201

    async def test_an_address_taken_early_elsewhere_opens_no_door_here(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser, a_browser: ABrowser
    ) -> None:
        """Somebody sets a password for a stranger's address in an organization of their own, and
        waits until the stranger is invited here."""
        acme = organization_of(session)
        await an_organization(session, "Trap")
        bait = await a_person(session, "Ada", email="ada@example.com")
        squatter = a_browser()
        await self.accept(squatter, await self.invited(session, as_person, bait), OTHER_PASSWORD)
        await enter(session, acme)
        ada = await a_person(session, "Ada", email="ada@example.com")
        token = await self.invited(session, as_person, ada)

        response = await self.accept(browser, token)

        is_problem(response, 422, "invalid")
        back = await squatter.sign_in("ada@example.com", OTHER_PASSWORD)
        assert back.json()["organization"]["name"] == "Trap"

    async def test_hr_hands_none_to_whoever_holds_a_role(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser
    ) -> None:
        hanna = await an_hr_partner(session)
        boss = await a_person(session, "Bea Boss", email="bea@example.com", roles=(Role.ADMIN,))
        ada = await a_person(session, "Ada", email="ada@example.com")
        early = await self.invited(session, as_person, ada, by=hanna)

        refused = await as_person(hanna).post("/auth/invitations", json={"person_id": str(boss.id)})
        session.add(RoleAssignment(person_id=ada.id, role=Role.ADMIN))
        await session.flush()

        is_problem(refused, 403, "only_administrators")
        is_problem(await self.accept(browser, early), 422, "invitation_invalid")

    async def test_ends_with_the_next_one_and_with_the_address(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser
    ) -> None:
        ada = await a_person(session, "Ada", email="ada@example.com")
        first = await self.invited(session, as_person, ada)
        second = await self.invited(session, as_person, ada)
        is_problem(await self.accept(browser, first), 422, "invitation_invalid")
        (await session.merge(ada)).email = "ada.new@example.com"
        await session.flush()

        is_problem(await self.accept(browser, second), 422, "invitation_invalid")

    async def test_a_changed_address_takes_nobody_over(
        self, session: AsyncSession, as_person: AsPerson, browser: Browser, joined: Joined
    ) -> None:
        boss = await joined("Bea Boss", email="bea@example.com", roles=(Role.ADMIN,))
        boss = await session.merge(boss)
        boss.email = "hanna-too@example.com"
        await session.flush()
        token = await self.invited(session, as_person, boss)

        is_problem(await self.accept(browser, token, OTHER_PASSWORD), 422, "invitation_invalid")
        assert (await browser.sign_in("bea@example.com")).status_code == 201
