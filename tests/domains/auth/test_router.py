from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import enter
from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.auth import tokens
from perfapi.domains.auth.models import Invitation, SignIn
from perfapi.domains.auth.service import GRACE
from perfapi.domains.people.models import Person, Role, RoleAssignment, Status
from tests.clients import Client
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, an_admin, an_hr_partner, organization_of

from .conftest import PASSWORD, Browser

AsPerson = Callable[[Person], Client]
Joined = Callable[..., Awaitable[Person]]
ABrowser = Callable[[], Browser]

HOUR = timedelta(hours=1)
OTHER_PASSWORD = "seven green umbrellas sing"


async def topics(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(LoggedEvent.topic).order_by(LoggedEvent.id)))


def is_problem(response: httpx.Response, status: int, code: str) -> None:
    assert (response.status_code, response.json()["code"]) == (status, code), response.text


class TestCreateSession:
    async def test_answers_with_what_a_client_needs(
        self, session: AsyncSession, browser: Browser, joined: Joined
    ) -> None:
        ada = await joined("Ada", email="ada@example.com")

        response = await browser.sign_in("ada@example.com")

        body = response.json()
        assert response.status_code == 201, response.text
        assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
        assert body["person"] == {"id": str(ada.id), "name": "Ada"}
        assert body["organization"]["id"] == str(organization_of(session))
        assert response.headers["Location"] == f"/v1/auth/sessions/{body['session_id']}"
        assert response.headers["Cache-Control"] == "no-store"
        assert "refresh" not in response.text
        assert (await browser.get("/me")).json()["person"]["name"] == "Ada"
        assert await topics(session) == ["auth.signed_in"]

    async def test_the_refresh_token_is_in_a_cookie_that_only_the_api_gets(
        self, app: FastAPI, browser: Browser, joined: Joined, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await joined(email="ada@example.com")

        cookie = (await browser.sign_in("ada@example.com")).headers["Set-Cookie"]

        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert cookie.startswith("perfapi_refresh=")
        assert {"httponly", "samesite=strict", "path=/v1/auth", "max-age=2592000"} <= parts
        assert "secure" not in parts, "this installation has no TLS"

    async def test_the_address_is_the_same_in_any_case(
        self, browser: Browser, joined: Joined
    ) -> None:
        await joined(email="Ada.Lovelace@Example.com")
        for email in ("ada.lovelace@example.com", "ADA.LOVELACE@EXAMPLE.COM"):
            assert (await browser.sign_in(email)).status_code == 201

    @pytest.mark.parametrize(
        ("email", "password"),
        [
            ("ada@example.com", "wrong"),
            ("ada@example.com", PASSWORD + "x"),
            ("ada@example.com", PASSWORD.upper()),
            ("ada@example.com", ""),
            ("ada@example.com", "x" * 1000),
            ("ada@example.com", "a\x00b"),
            ("nobody@example.com", PASSWORD),
        ],
    )
    async def test_wrong_credentials_do_not_tell_what_is_wrong(
        self, session: AsyncSession, browser: Browser, joined: Joined, email: str, password: str
    ) -> None:
        await joined(email="ada@example.com")

        response = await browser.sign_in(email, password)

        is_problem(response, 401, "credentials_wrong")
        assert response.json()["title"] == "The e-mail address or the password is wrong."
        assert "Set-Cookie" not in response.headers
        assert await topics(session) == []

    @pytest.mark.parametrize(
        "body",
        [
            {"email": "no address", "password": "x"},
            {"email": "ada@example.com"},
            {"email": "a" * 250 + "@example.com", "password": "x"},
            {"email": "ada@example.com", "password": "x" * 1001},
            {"email": "ada@example.com", "password": 1},
            {"email": "ada@example.com", "password": "x", "organization": "Not A Slug"},
            {"email": "ada@example.com", "password": "x", "remember": True},
        ],
    )
    async def test_what_makes_no_sense_is_refused(
        self, browser: Browser, body: dict[str, object]
    ) -> None:
        is_problem(await browser.post("/auth/sessions", json=body), 422, "invalid")

    async def test_leavers_stay_outside(
        self, session: AsyncSession, browser: Browser, joined: Joined
    ) -> None:
        ada = await joined(email="ada@example.com")
        ada.status, ada.left_on = Status.LEFT, utcnow().date()
        await session.flush()

        is_problem(await browser.sign_in("ada@example.com"), 401, "credentials_wrong")

    async def test_who_belongs_to_several_organizations_chooses(
        self, session: AsyncSession, browser: Browser, joined: Joined
    ) -> None:
        await joined("Ada", email="ada@example.com")
        first = organization_of(session)
        await an_organization(session, "Zebra")
        await joined("Ada Elsewhere", email="ada@example.com")
        second = organization_of(session)

        asked = await browser.sign_in("ada@example.com")
        is_problem(asked, 409, "organization_choice")
        choice = asked.json()["organizations"]
        assert [one["name"] for one in choice] == ["Acme", "Zebra"]
        assert all(set(one) == {"name", "slug"} for one in choice)

        for one, organization in zip(choice, (first, second), strict=True):
            opened = await browser.sign_in("ada@example.com", organization=one["slug"])
            assert opened.json()["organization"]["id"] == str(organization)
            assert (await browser.get("/me")).json()["organization"]["id"] == str(organization)
        nowhere = await browser.sign_in("ada@example.com", organization="nowhere")
        is_problem(nowhere, 401, "credentials_wrong")

    async def test_who_was_only_invited_cannot_guess_a_password(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        await a_person(session, email="ada@example.com")
        is_problem(await browser.sign_in("ada@example.com"), 401, "credentials_wrong")


class TestRefreshSession:
    @pytest.fixture(autouse=True)
    async def ada(self, browser: Browser, joined: Joined) -> Person:
        person = await joined(email="ada@example.com")
        await browser.sign_in("ada@example.com")
        return person

    async def later(self, session: AsyncSession, by: timedelta = GRACE) -> None:
        moment = SignIn.refreshed_at - by - timedelta(seconds=1)
        await session.execute(update(SignIn).values(refreshed_at=moment))

    async def test_gives_a_new_access_token_and_replaces_the_refresh_token(
        self, browser: Browser
    ) -> None:
        before = browser.refresh_token

        response = await browser.refresh()

        assert response.status_code == 200, response.text
        assert response.headers["Cache-Control"] == "no-store"
        assert browser.refresh_token != before
        browser.carry(response)
        assert (await browser.get("/me")).status_code == 200

    async def test_may_go_on_for_long(self, session: AsyncSession, browser: Browser) -> None:
        seen = {browser.refresh_token}
        for _ in range(5):
            await self.later(session)
            assert (await browser.refresh()).status_code == 200
            seen.add(browser.refresh_token)
        assert len(seen) == 6

    async def test_the_token_before_works_for_a_moment_and_leads_to_the_same_one(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        """Two tabs at once, or an answer that was cut off: whoever is last is right too."""
        first = browser.refresh_token
        await browser.refresh()
        second = browser.refresh_token
        assert (await browser.refresh(first)).status_code == 200
        assert browser.refresh_token == second

        await self.later(session)
        assert (await browser.refresh(second)).status_code == 200

    async def test_a_replaced_token_that_comes_back_later_ends_the_session(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        first = browser.refresh_token
        await browser.refresh()
        second = browser.refresh_token
        await self.later(session)

        stolen = await browser.refresh(first)
        rightful = await browser.refresh(second)

        is_problem(stolen, 401, "session_ended")
        is_problem(rightful, 401, "session_ended")
        is_problem(await browser.get("/me"), 401, "unauthenticated")
        assert (await topics(session))[-1] == "auth.refresh_token_reused"

    async def test_a_thief_who_refreshes_many_times_is_found_out_too(
        self, session: AsyncSession, a_browser: ABrowser, browser: Browser
    ) -> None:
        copied = browser.refresh_token
        thief = a_browser()
        await thief.refresh(copied)
        for _ in range(3):
            await self.later(session)
            assert (await thief.refresh()).status_code == 200

        is_problem(await browser.refresh(), 401, "session_ended")

        is_problem(await thief.refresh(), 401, "session_ended")
        assert (await topics(session))[-1] == "auth.refresh_token_reused"

    async def test_the_token_before_the_last_is_too_old_at_once(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        first = browser.refresh_token
        await browser.refresh()
        await browser.refresh()
        is_problem(await browser.refresh(first), 401, "session_ended")

    @pytest.mark.parametrize("token", ["", "x", "x.y", ".", "ä", "x" * 200, "a" * 43 + "." + "b"])
    async def test_made_up_tokens_end_nothing(self, browser: Browser, token: str) -> None:
        kept = browser.refresh_token
        headers = {b"Cookie": f"perfapi_refresh={token}".encode()}
        is_problem(await browser.post("/auth/refresh", headers=headers), 401, "session_ended")
        assert (await browser.refresh(kept)).status_code == 200

    async def test_without_a_cookie_there_is_no_session(self, a_browser: ABrowser) -> None:
        is_problem(await a_browser().refresh(), 401, "session_ended")

    async def test_expired_sessions_stay_closed(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        await session.execute(update(SignIn).values(expires_at=utcnow() - HOUR))
        is_problem(await browser.refresh(), 401, "session_ended")
        is_problem(await browser.get("/me"), 401, "unauthenticated")

    async def test_leavers_stay_outside(
        self, session: AsyncSession, browser: Browser, ada: Person
    ) -> None:
        ada = await session.merge(ada)
        ada.status, ada.left_on = Status.LEFT, utcnow().date()
        await session.flush()
        is_problem(await browser.refresh(), 401, "session_ended")
        is_problem(await browser.get("/me"), 401, "unauthenticated")


class TestSessions:
    @pytest.fixture(autouse=True)
    async def ada(self, browser: Browser, joined: Joined) -> Person:
        person = await joined(email="ada@example.com")
        browser.headers["User-Agent"] = "Firefox"
        await browser.sign_in("ada@example.com")
        return person

    async def test_lists_your_own_open_ones_the_newest_first(
        self, session: AsyncSession, browser: Browser, a_browser: ABrowser, joined: Joined
    ) -> None:
        await joined("Bob", email="bob@example.com")
        await a_browser().sign_in("bob@example.com")
        ended, phone = a_browser(), a_browser()
        for other in (ended, phone):
            await other.sign_in("ada@example.com")
        await ended.delete("/auth/sessions/current")

        items = (await browser.get("/auth/sessions")).json()["items"]

        assert [item["is_current"] for item in items] == [False, True]
        assert items[1]["user_agent"] == "Firefox"
        assert "hash" not in str(items)

    async def test_page_by_page(self, browser: Browser, a_browser: ABrowser) -> None:
        for _ in range(4):
            await a_browser().sign_in("ada@example.com")
        whole = (await browser.get("/auth/sessions")).json()["items"]
        first = (await browser.get("/auth/sessions?limit=3")).json()
        rest = (await browser.get(f"/auth/sessions?limit=3&cursor={first['next_cursor']}")).json()

        assert first["items"] + rest["items"] == whole
        assert (len(whole), rest["next_cursor"]) == (5, None)

    async def test_signing_out_ends_this_one_at_once(
        self, session: AsyncSession, browser: Browser, a_browser: ABrowser
    ) -> None:
        phone = a_browser()
        await phone.sign_in("ada@example.com")

        response = await browser.delete("/auth/sessions/current")

        assert (response.status_code, response.content) == (204, b"")
        cookie = response.headers["Set-Cookie"]
        assert cookie.startswith('perfapi_refresh="";')
        assert "Path=/v1/auth" in cookie
        is_problem(await browser.get("/me"), 401, "unauthenticated")
        assert (await phone.get("/me")).status_code == 200
        assert (await topics(session))[-1] == "auth.session_revoked"

    async def test_a_lost_device_is_revoked_at_once(
        self, session: AsyncSession, browser: Browser, a_browser: ABrowser
    ) -> None:
        phone = a_browser()
        lost = (await phone.sign_in("ada@example.com")).json()["session_id"]

        for _ in range(2):  # twice is once
            assert (await browser.delete(f"/auth/sessions/{lost}")).status_code == 204

        is_problem(await phone.get("/me"), 401, "unauthenticated")
        is_problem(await phone.refresh(), 401, "session_ended")
        assert (await browser.get("/me")).status_code == 200
        assert (await topics(session)).count("auth.session_revoked") == 1

    async def test_sessions_of_others_do_not_exist(
        self, session: AsyncSession, browser: Browser, a_browser: ABrowser, joined: Joined
    ) -> None:
        await joined("Bob", email="bob@example.com")
        bobs = a_browser()
        theirs = (await bobs.sign_in("bob@example.com")).json()["session_id"]
        for session_id in (theirs, str(uuid7())):
            is_problem(await browser.delete(f"/auth/sessions/{session_id}"), 404, "not_found")
        assert (await bobs.get("/me")).status_code == 200

    async def test_a_token_is_good_for_its_own_organization_only(
        self, app: FastAPI, session: AsyncSession, browser: Browser
    ) -> None:
        session_id = (await browser.get("/auth/sessions")).json()["items"][0]["id"]
        elsewhere = await an_organization(session, "Other")
        forged = tokens.issue(
            app.state.gate.keys, subject=UUID(session_id), organization=elsewhere, now=utcnow()
        )
        browser.headers["Authorization"] = f"Bearer {forged}"
        is_problem(await browser.get("/me"), 401, "unauthenticated")


class TestChangePassword:
    @pytest.fixture(autouse=True)
    async def ada(self, browser: Browser, joined: Joined) -> Person:
        person = await joined("Ada Lovelace", email="ada@example.com")
        await browser.sign_in("ada@example.com")
        return person

    async def change(self, browser: Browser, current: str, new: str) -> httpx.Response:
        body = {"current_password": current, "new_password": new}
        return await browser.post("/auth/password", json=body)

    async def test_the_new_one_counts_and_other_sessions_end(
        self, session: AsyncSession, browser: Browser, a_browser: ABrowser
    ) -> None:
        phone = a_browser()
        await phone.sign_in("ada@example.com")

        response = await self.change(browser, PASSWORD, OTHER_PASSWORD)

        assert (response.status_code, response.content) == (204, b"")
        assert (await browser.get("/me")).status_code == 200
        is_problem(await phone.get("/me"), 401, "unauthenticated")
        is_problem(await phone.refresh(), 401, "session_ended")
        assert (await topics(session))[-1] == "auth.password_changed"
        is_problem(await phone.sign_in("ada@example.com"), 401, "credentials_wrong")
        assert (await phone.sign_in("ada@example.com", OTHER_PASSWORD)).status_code == 201

    async def test_sessions_in_other_organizations_end_too(
        self, session: AsyncSession, browser: Browser, a_browser: ABrowser, joined: Joined
    ) -> None:
        here = organization_of(session)
        await an_organization(session, "Other")
        await joined("Ada Elsewhere", email="ada@example.com")
        await enter(session, here)
        slug = (await browser.get("/me")).json()["organization"]["slug"]
        choice = (await a_browser().sign_in("ada@example.com")).json()["organizations"]
        elsewhere = a_browser()
        (other,) = [one["slug"] for one in choice if one["slug"] != slug]
        await elsewhere.sign_in("ada@example.com", organization=other)
        assert (await elsewhere.get("/me")).status_code == 200

        await self.change(browser, PASSWORD, OTHER_PASSWORD)

        is_problem(await elsewhere.get("/me"), 401, "unauthenticated")

    async def test_the_current_one_is_asked_for(self, browser: Browser) -> None:
        response = await self.change(browser, "wrong", OTHER_PASSWORD)
        is_problem(response, 422, "invalid")
        (error,) = response.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/current_password", "password_wrong")
        assert (await browser.sign_in("ada@example.com")).status_code == 201

    @pytest.mark.parametrize(
        ("password", "code", "reason"),
        [
            ("short", "invalid", "string_too_short"),
            ("x" * 1001, "invalid", "string_too_long"),
            ("abcabcabcabc", "password_weak", "repeated"),
            ("adalovelace", "password_weak", "personal"),
            ("ada@example.com", "password_weak", "personal"),
        ],
    )
    async def test_weak_ones_are_refused(
        self, browser: Browser, password: str, code: str, reason: str
    ) -> None:
        response = await self.change(browser, PASSWORD, password)
        is_problem(response, 422, code)
        (error,) = response.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/new_password", reason)


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


class TestGetMe:
    async def test_tells_who_you_are_and_what_is_open_to_you(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session, "Alex Admin")
        await a_person(session, "Ada", manager=alex)

        body = (await as_person(alex).get("/me")).json()

        assert body["person"] == {"id": str(alex.id), "name": "Alex Admin", "job_title": None}
        assert body["roles"] == [{"role": "admin", "department": None}]
        assert {"manage_people", "invite_people", "manage_roles"} <= set(body["permissions"])
        assert {"auth:read", "auth:write", "people:read"} <= set(body["scopes"])
        assert body["scopes"] == sorted(body["scopes"])
        assert body["manages_people"] is True

    async def test_tells_others_less(self, session: AsyncSession, as_person: AsPerson) -> None:
        body = (await as_person(await a_person(session)).get("/me")).json()
        assert (body["roles"], body["manages_people"]) == ([], False)
        assert "manage_people" not in body["permissions"]

    async def test_a_new_role_counts_with_the_next_request(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada = await a_person(session)
        client = as_person(ada)
        assert (await client.get("/me")).json()["roles"] == []
        session.add(RoleAssignment(person_id=ada.id, role=Role.HR))
        assert (await client.get("/me")).json()["roles"] == [{"role": "hr", "department": None}]
