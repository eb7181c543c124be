"""A new password by mail, and every way to misuse it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import enter
from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.auth.password_resets import service
from perfapi.domains.people.models import Person, Status
from tests.domains.auth.conftest import PASSWORD, Browser, Post, is_problem, token_in, topics
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, organization_of

Joined = Callable[..., Awaitable[Person]]
ABrowser = Callable[[], Browser]

ADA, BOB = "ada@example.com", "bob@example.com"
INVALID = "password_reset_invalid"
NEW = "seven green umbrellas sing"


@pytest.fixture(autouse=True)
def _answers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ANSWER_AFTER", 0)


async def ask(browser: httpx.AsyncClient, email: str = ADA) -> httpx.Response:
    return await browser.post("/auth/password-resets", json={"email": email})


async def complete(browser: httpx.AsyncClient, token: str, password: str = NEW) -> httpx.Response:
    body = {"token": token, "password": password}
    return await browser.post("/auth/password-resets/complete", json=body)


async def a_link(browser: Browser, post: Post, email: str = ADA) -> str:
    await ask(browser, email)
    (letter,) = await post.arrives()
    return token_in(letter)


class TestRequestPasswordReset:
    async def test_brings_a_letter(
        self, session: AsyncSession, browser: Browser, joined: Joined, post: Post
    ) -> None:
        await joined("Ada Lovelace", email=ADA)

        response = await ask(browser, "Ada@Example.com")
        (letter,) = await post.arrives()

        assert response.status_code == 202
        assert letter["To"].addresses[0].addr_spec == ADA
        assert letter["Subject"] == "A new password for perfapi"
        assert "http://test/password-reset#" in str(letter.get_body(("plain",)))
        (event,) = await session.scalars(
            select(LoggedEvent).where(LoggedEvent.topic == "auth.password_reset_requested")
        )
        assert event.actor_id is None, "anybody may have asked"
        assert token_in(letter) not in str(event.payload)

    async def test_tells_nobody_who_signs_in_here(
        self, session: AsyncSession, browser: Browser, joined: Joined, post: Post
    ) -> None:
        await joined("Ada", email=ADA)
        gone = await joined("Gone", email="gone@example.com")
        (await session.merge(gone)).status = Status.LEFT
        gone.left_on = utcnow().date()
        await a_person(session, "Bob", email=BOB)
        await session.flush()

        known, *unknown = [
            await ask(browser, email)
            for email in (ADA, BOB, "gone@example.com", "nobody@example.com")
        ]

        def told(response: httpx.Response) -> object:
            headers = {k: v for k, v in response.headers.items() if k != "x-request-id"}
            return response.status_code, response.content, headers

        assert {str(told(response)) for response in unknown} == {str(told(known))}
        (letter,) = await post.arrives()
        assert letter["To"].addresses[0].addr_spec == ADA

    async def test_takes_as_long_for_anybody(
        self, browser: Browser, joined: Joined, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        waits: dict[str, list[float]] = {}
        email = ADA

        async def waiting(seconds: float) -> None:
            waits.setdefault(email, []).append(seconds)

        await joined("Ada", email=ADA)
        monkeypatch.setattr(service, "ANSWER_AFTER", 5)
        monkeypatch.setattr("asyncio.sleep", waiting)
        for email in (ADA, "nobody@example.com"):
            await ask(browser, email)
        for seconds in waits.values():
            assert 3 < max(seconds) <= 5, "the rest of the time that every answer takes"
        assert len(waits) == 2

    @pytest.mark.parametrize("email", ["", "ada", "ada@", "x" * 250 + "@e.com", "a\x00@e.com"])
    async def test_of_what_is_no_address_is_422(self, browser: Browser, email: str) -> None:
        assert (await ask(browser, email)).status_code == 422

    async def test_brings_nothing_to_an_account_without_password(
        self, session: AsyncSession, browser: Browser, post: Post
    ) -> None:
        await session.execute(
            text("SELECT join_account(:email, :id, NULL)"),
            {"email": BOB, "id": (await a_person(session, "Bob", email=BOB)).id},
        )
        assert (await ask(browser, BOB)).status_code == 202
        assert await post.arrives() == []

    async def test_leaves_the_old_password_good(
        self, browser: Browser, joined: Joined, post: Post
    ) -> None:
        await joined("Ada", email=ADA)
        await a_link(browser, post)
        assert (await browser.sign_in(ADA)).status_code == 201


class TestCompletePasswordReset:
    async def test_sets_the_password_ends_all_sessions_and_tells(
        self, session: AsyncSession, a_browser: ABrowser, joined: Joined, post: Post
    ) -> None:
        await joined("Ada", email=ADA)
        thief, ada = a_browser(), a_browser()
        await thief.sign_in(ADA)

        response = await complete(ada, await a_link(ada, post))
        (letter,) = await post.arrives()

        assert (response.status_code, response.content) == (204, b"")
        is_problem(await thief.get("/me"), 401, "unauthenticated")
        is_problem(await thief.refresh(), 401, "session_ended")
        is_problem(await ada.sign_in(ADA, PASSWORD), 401, "credentials_wrong")
        assert (await ada.sign_in(ADA, NEW)).status_code == 201
        assert letter["Subject"] == "Your password for perfapi was changed"
        assert letter["To"].addresses[0].addr_spec == ADA
        assert "auth.password_changed" in await topics(session)

    async def test_works_once(self, browser: Browser, joined: Joined, post: Post) -> None:
        await joined("Ada", email=ADA)
        token = await a_link(browser, post)
        assert (await complete(browser, token)).status_code == 204
        is_problem(await complete(browser, token, "another good one 7"), 422, INVALID)
        assert (await browser.sign_in(ADA, NEW)).status_code == 201

    async def test_works_for_an_hour(
        self,
        session: AsyncSession,
        browser: Browser,
        joined: Joined,
        post: Post,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        assert timedelta(hours=1) == service.LIFETIME
        await joined("Ada", email=ADA)
        monkeypatch.setattr(service, "LIFETIME", timedelta(seconds=-1))
        is_problem(await complete(browser, await a_link(browser, post)), 422, INVALID)
        assert (await browser.sign_in(ADA)).status_code == 201

    async def test_only_the_newest_works(
        self, session: AsyncSession, browser: Browser, joined: Joined, post: Post
    ) -> None:
        await joined("Ada", email=ADA)
        early = await a_link(browser, post)
        newest = await a_link(browser, post)
        is_problem(await complete(browser, early), 422, INVALID)
        assert (await complete(browser, newest)).status_code == 204

    async def test_an_old_letter_that_comes_late_ends_no_newer_one(
        self, session: AsyncSession, browser: Browser, joined: Joined, post: Post
    ) -> None:
        """Its delivery failed, and is tried again after the next one went well."""
        await joined("Ada", email=ADA)
        await ask(browser)
        await ask(browser)
        asked = select(LoggedEvent).where(LoggedEvent.topic == "auth.password_reset_requested")
        first, second = await session.scalars(asked.order_by(LoggedEvent.id))
        await post.hears(second)
        (letter,) = post.carried
        await post.hears(first)

        assert len(post.carried) == 1
        assert (await complete(browser, token_in(letter))).status_code == 204
        await post.hears(first)
        assert len(post.carried) == 1, "nor does it come back once that was used"

    async def test_is_for_one_account(
        self, a_browser: ABrowser, joined: Joined, post: Post
    ) -> None:
        await joined("Ada", email=ADA)
        await joined("Bob", email=BOB)
        bob, ada = a_browser(), a_browser()
        await bob.sign_in(BOB)
        assert (await complete(ada, await a_link(ada, post))).status_code == 204
        assert (await bob.get("/me")).status_code == 200
        assert (await bob.sign_in(BOB, PASSWORD)).status_code == 201
        is_problem(await bob.sign_in(BOB, NEW), 401, "credentials_wrong")

    async def test_is_of_no_use_once_the_person_left(
        self, session: AsyncSession, browser: Browser, joined: Joined, post: Post
    ) -> None:
        ada = await joined("Ada", email=ADA)
        token = await a_link(browser, post)
        ada = await session.merge(ada)
        ada.status, ada.left_on = Status.LEFT, utcnow().date()
        await session.flush()
        is_problem(await complete(browser, token), 422, INVALID)

    async def test_asked_for_before_leaving_brings_no_letter_after(
        self, session: AsyncSession, browser: Browser, joined: Joined, post: Post
    ) -> None:
        ada = await joined("Ada", email=ADA)
        await ask(browser)
        ada = await session.merge(ada)
        ada.status, ada.left_on = Status.LEFT, utcnow().date()
        assert await post.arrives() == []

    async def test_ends_with_a_password_that_was_changed_meanwhile(
        self, browser: Browser, joined: Joined, post: Post
    ) -> None:
        await joined("Ada", email=ADA)
        token = await a_link(browser, post)
        await browser.sign_in(ADA)
        body = {"current_password": PASSWORD, "new_password": "another good one 7"}
        assert (await browser.post("/auth/password", json=body)).status_code == 204
        (letter,) = await post.arrives()
        assert letter["Subject"] == "Your password for perfapi was changed"
        is_problem(await complete(browser, token), 422, INVALID)

    @pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaa", "ada@example.com", "Ada Lovelace"])
    async def test_a_weak_password_leaves_it_good(
        self, browser: Browser, joined: Joined, post: Post, weak: str
    ) -> None:
        await joined("Ada Lovelace", email=ADA)
        token = await a_link(browser, post)
        refused = await complete(browser, token, weak)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/password"
        assert (await complete(browser, token)).status_code == 204

    @pytest.mark.parametrize("token", ["x" * 20, "x" * 200, "\x00" * 20, "ä" * 43])
    async def test_made_up_tokens_are_invalid(self, browser: Browser, token: str) -> None:
        is_problem(await complete(browser, token), 422, INVALID)

    async def test_an_invitation_is_no_link_to_a_new_password(
        self, session: AsyncSession, browser: Browser, joined: Joined, post: Post
    ) -> None:
        await joined("Ada", email=ADA)
        token = await a_link(browser, post)
        body = {"token": token, "password": NEW}
        answer = await browser.post("/auth/invitations/accept", json=body)
        is_problem(answer, 422, "invitation_invalid")

    async def test_ends_sessions_in_every_organization_of_the_account(
        self, session: AsyncSession, a_browser: ABrowser, joined: Joined, post: Post
    ) -> None:
        await joined("Ada", email=ADA)
        acme = organization_of(session)
        await an_organization(session, "Bolts")
        await joined("Ada B", email=ADA)
        elsewhere = a_browser()
        choice = await elsewhere.sign_in(ADA)
        slug = next(o["slug"] for o in choice.json()["organizations"] if o["name"] == "Bolts")
        assert (await elsewhere.sign_in(ADA, organization=slug)).status_code == 201
        await enter(session, acme)
        ada = a_browser()
        assert (await complete(ada, await a_link(ada, post))).status_code == 204
        is_problem(await elsewhere.get("/me"), 401, "unauthenticated")


class TestSeveralOrganizations:
    """One account, known as Ada at Acme and as Addie at Bolts."""

    @pytest.fixture
    async def both(self, session: AsyncSession, joined: Joined) -> tuple[UUID, UUID]:
        await joined("Ada Lovelace", email=ADA)
        acme = organization_of(session)
        await an_organization(session, "Bolts")
        await joined("Addie", email=ADA)
        return acme, organization_of(session)

    async def test_each_log_tells_and_one_letter_is_written_that_names_nobody(
        self, session: AsyncSession, browser: Browser, both: tuple[UUID, UUID], post: Post
    ) -> None:
        for topic in ("auth.password_reset_requested", "auth.password_changed"):
            is_known = topic == "auth.password_changed"
            await enter(session, both[0])
            before = len(post.carried)
            if is_known:
                answer = await complete(browser, token_in(post.carried[-1]))
            else:
                answer = await ask(browser)
            assert answer.is_success
            told = []
            for organization in both:
                await enter(session, organization)
                found = select(LoggedEvent).where(LoggedEvent.topic == topic)
                (event,) = await session.scalars(found)
                told.append((event.payload, event.subject_id, event.actor_id))
                await post.arrives()

            (letter,) = post.carried[before:]
            words = str(letter.get_body(("plain",)))
            assert "Hello," in words
            assert "Ada L" not in str(letter)
            assert "Addie" not in str(letter)
            people = [payload["person_id"] for payload, _, _ in told if payload]
            assert people == [str(subject) for _, subject, _ in told]
            assert len(set(people)) == 2
            assert [actor for _, _, actor in told] == [
                subject if is_known else None for _, subject, _ in told
            ]

    async def test_who_has_left_one_of_them_is_known_by_name_again(
        self, session: AsyncSession, browser: Browser, both: tuple[UUID, UUID], post: Post
    ) -> None:
        acme, bolts = both
        await enter(session, acme)
        (ada,) = await session.scalars(select(Person).where(Person.email == ADA))
        ada.status, ada.left_on = Status.LEFT, utcnow().date()
        await session.flush()

        await enter(session, bolts)
        await ask(browser)
        (letter,) = await post.arrives()

        assert "Hello Addie," in str(letter.get_body(("plain",)))
        await enter(session, acme)
        assert "auth.password_reset_requested" not in await topics(session)

    async def test_nothing_else_is_told_elsewhere(
        self, session: AsyncSession, both: tuple[UUID, UUID]
    ) -> None:
        given = {"person_id": uuid7(), "id": uuid7(), "topic": "people.person_left"}
        with pytest.raises(DBAPIError, match="nothing else is told elsewhere"):
            async with session.begin_nested():
                await session.execute(
                    text("SELECT tell_other_memberships(:person_id, :id, :topic, true)"), given
                )
