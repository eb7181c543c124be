from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import enter
from perfapi.core.ids import uuid7
from perfapi.domains.auth import tokens
from perfapi.domains.people.models import Person, Role, RoleAssignment, Status
from tests.clients import Client
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, an_admin, organization_of

from .conftest import PASSWORD, Browser, is_problem, topics

AsPerson = Callable[[Person], Client]
Joined = Callable[..., Awaitable[Person]]
ABrowser = Callable[[], Browser]

HOUR = timedelta(hours=1)
OTHER_PASSWORD = "seven green umbrellas sing"


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
