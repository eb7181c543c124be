"""ETag, 304 and If-Match: what a reader knows, and what a change insists on."""

import asyncio
import re
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.answers import Json
from perfapi.core.db import Sessions, in_organization
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.core.live import Live
from tests.core.parcels import Parcel, a_parcel
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def client(ada: Person, as_person: AsPerson) -> Client:
    return as_person(ada)


@pytest.fixture
async def path(session: AsyncSession, ada: Person) -> str:
    return f"/test-parcels/{(await a_parcel(session, ada, 'first')).id}"


class TestETag:
    async def test_is_strong_and_tells_the_version(self, client: Client, path: str) -> None:
        response = await client.get(path)

        assert re.fullmatch(r'"1-[0-9a-f]{16}"', response.headers["ETag"])
        assert response.json()["version"] == 1
        assert response.headers["Cache-Control"] == "private, no-cache"

    async def test_follows_every_change_of_the_bytes(
        self, session: AsyncSession, client: Client, path: str, ada: Person
    ) -> None:
        before = (await client.get(path)).headers["ETag"]
        again = (await client.get(path)).headers["ETag"]
        ada = await session.merge(ada)
        ada.name = "Ada Renamed"  # shown in the parcel, whose version stays
        after = (await client.get(path)).headers["ETag"]

        assert before == again != after
        assert after.startswith('"1-')

    async def test_a_list_has_one_too(self, client: Client, path: str) -> None:
        tag = (await client.get("/test-parcels")).headers["ETag"]
        assert re.fullmatch(r'"[0-9a-f]{16}"', tag)
        known = await client.get("/test-parcels", headers={"If-None-Match": tag})
        assert known.status_code == 304

    @pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', '{},"x"', "  {}  ", "*"])
    async def test_who_knows_it_gets_304_without_a_body(
        self, client: Client, path: str, form: str
    ) -> None:
        tag = (await client.get(path)).headers["ETag"]

        response = await client.get(path, headers={"If-None-Match": form.format(tag)})

        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == tag
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert "content-type" not in response.headers

    @pytest.mark.parametrize("form", ['"1-0000000000000000"', "", "x", '"*"', "W/"])
    async def test_who_knows_another_gets_the_body(
        self, client: Client, path: str, form: str
    ) -> None:
        response = await client.get(path, headers={"If-None-Match": form})
        assert (response.status_code, response.json()["label"]) == (200, "first")

    async def test_a_change_is_no_reading(self, client: Client, path: str) -> None:
        response = await client.patch(
            path, json={"label": "second"}, headers={"If-None-Match": "*"}
        )
        assert (response.status_code, response.json()["label"]) == (200, "second")


class TestIfMatch:
    async def test_a_change_by_the_version_that_was_read(self, client: Client, path: str) -> None:
        tag = (await client.get(path)).headers["ETag"]

        changed = await client.patch(path, json={"label": "second"}, headers={"If-Match": tag})
        again = await client.patch(path, json={"label": "third"}, headers={"If-Match": tag})

        assert (changed.status_code, changed.json()["version"]) == (200, 2)
        assert changed.headers["ETag"].startswith('"2-')
        assert (again.status_code, again.json()["code"]) == (412, "version_stale")
        assert (await client.get(path)).json()["label"] == "second"

    async def test_without_it_nothing_changes(self, client: Client, path: str) -> None:
        for method in ("PATCH", "DELETE"):
            response = await client.request(
                method, path, **({"json": {"label": "x"}} if method == "PATCH" else {})
            )
            assert (response.status_code, response.json()["code"]) == (428, "version_missing")
        assert (await client.get(path)).json()["version"] == 1

    async def test_the_star_stands_for_whatever_it_is_now(self, client: Client, path: str) -> None:
        for _ in range(2):
            response = await client.patch(path, json={"label": "x"}, headers={"If-Match": " * "})
            assert response.status_code == 200

    @pytest.mark.parametrize(
        ("tag", "status", "code"),
        [
            ('"7-0123456789abcdef"', 412, "version_stale"),
            ('"nothing-of-ours"', 412, "version_stale"),
            ('W/"1-0123456789abcdef"', 412, "version_stale"),  # weak ones never match
            ('"1-0123456789abcdef", "2-0"', 400, "request_malformed"),
            ("1", 400, "request_malformed"),
            ("", 400, "request_malformed"),
            ('"1-' + "9" * 300 + '"', 422, "invalid"),
            ('"' + "9" * 10 + '-0"', 412, "version_stale"),
        ],
    )
    async def test_what_does_not_match_is_refused(
        self, client: Client, path: str, tag: str, status: int, code: str
    ) -> None:
        response = await client.patch(path, json={"label": "x"}, headers={"If-Match": tag})

        assert (response.status_code, response.json()["code"]) == (status, code)
        if status != 412:
            assert response.json()["errors"][0]["header"].lower() == "if-match"

    async def test_a_delete_wants_it_too(self, client: Client, path: str) -> None:
        stale = await client.delete(path, headers={"If-Match": '"2-0"'})
        gone = await client.delete(path, headers={"If-Match": '"1-0"'})

        assert (stale.status_code, gone.status_code, gone.content) == (412, 204, b"")
        assert (await client.get(path)).status_code == 404

    async def test_the_invisible_says_nothing_of_its_version(
        self, session: AsyncSession, client: Client
    ) -> None:
        hidden = await a_parcel(session, await a_person(session, "Bob"), is_secret=True)
        response = await client.patch(
            f"/test-parcels/{hidden.id}", json={"label": "x"}, headers={"If-Match": '"9-0"'}
        )
        assert response.status_code == 404


class TestRace:
    async def test_of_two_changes_of_one_version_one_wins(self, live: Live) -> None:
        created = await live.post("/test-parcels", json={"label": "first"})
        path, tag = created.headers["Location"].removeprefix("/v1"), created.headers["ETag"]

        answers = await asyncio.gather(
            *(
                live.patch(path, json={"label": f"from {n}"}, headers={"If-Match": tag})
                for n in range(6)
            )
        )

        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 5
        winner = next(answer for answer in answers if answer.status_code == 200)
        assert (await live.get(path)).json() == winner.json()

    async def test_a_lost_race_at_the_commit_is_the_412_too(
        self, live: Live, app_sessions: Sessions
    ) -> None:
        """Both read version 1, the other one commits first."""
        created = await live.post("/test-parcels", json={"label": "first"})
        parcel_id = created.json()["id"]

        async with in_organization(app_sessions, live.organization, you=live.person) as other:
            parcel = await other.get_one(Parcel, (live.organization, parcel_id))
            parcel.label = "theirs"
            await other.flush()
            ours = asyncio.create_task(
                live.patch(
                    f"/test-parcels/{parcel_id}",
                    json={"label": "ours"},
                    headers={"If-Match": created.headers["ETag"]},
                )
            )
            await asyncio.sleep(0.2)
            assert not ours.done()

        assert (await ours).status_code == 412
        assert (await live.get(f"/test-parcels/{parcel_id}")).json()["label"] == "theirs"

    async def test_who_named_no_version_loses_no_race(self, live: Live) -> None:
        created = await live.post("/test-parcels", json={"label": "first"})
        path = f"/test-parcels/{created.json()['id']}"

        answers = await asyncio.gather(
            *(
                live.patch(path, json={"label": f"from {n}"}, headers={"If-Match": "*"})
                for n in range(2)
            )
        )

        assert [answer.status_code for answer in answers] == [200, 200]
        assert sorted(answer.json()["version"] for answer in answers) == [2, 3]


class TestJson:
    """The answer by itself, where no route is needed."""

    @pytest.mark.parametrize(("make", "status"), [("created", 201), ("accepted", 202)])
    def test_says_where_a_new_resource_lives(self, make: str, status: int) -> None:
        answer: Json[None] = getattr(Json("{}"), make)("/v1/things/1")
        assert (answer.status_code, answer.headers["Location"]) == (status, "/v1/things/1")

    def test_nothing_to_show_stays_204_also_when_created(self) -> None:
        answer: Json[None] = Json[None](None).created("/v1/things/1")
        assert (answer.status_code, answer.body) == (204, b"")
        assert "ETag" not in answer.headers

    async def test_a_created_one_is_sent_whole_whatever_the_client_knows(self) -> None:
        app = FastAPI()

        @app.get("/")
        async def make() -> Json[None]:
            return Json[None]("{}").created("/here")

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            response = await client.get("/", headers={"If-None-Match": "*"})
        assert (response.status_code, response.content) == (201, b"{}")
