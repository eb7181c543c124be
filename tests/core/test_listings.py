"""Lists, page by page. The law: the union of the pages is the unpaged list."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.crypto import Signer, encode64
from perfapi.core.listings import Listing
from perfapi.core.schema import PageQuery
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.core.parcels import PARCEL, Parcel, ParcelFilter, ParcelPage, Size, a_parcel
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, enter_as

AsPerson = Callable[[Person], Client]

SORTS: dict[str, Callable[[Parcel], Any]] = {
    "-id": lambda parcel: _Down(parcel.id),
    "label": lambda parcel: (parcel.label, parcel.id),
    "-rank": lambda parcel: (-parcel.rank, parcel.due_on, parcel.id),
    "due_on": lambda parcel: (parcel.due_on, _Down(parcel.id)),
    "-weight": lambda parcel: (-parcel.weight, parcel.id),
}


class _Down:
    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: "_Down") -> bool:
        return bool(other.value < self.value)


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def client(ada: Person, as_person: AsPerson) -> Client:
    return as_person(ada)


async def some_parcels(session: AsyncSession, owner: Person, count: int = 23) -> list[Parcel]:
    """With many ties in every sort key but the label."""
    dice = random.Random(7)
    made = [
        await a_parcel(
            session,
            owner,
            f"parcel {dice.random():.9f}",
            rank=dice.randrange(4),
            weight=Decimal(dice.choice(("1", "1.5", "0.000000000001", "99999.999999"))),
            due_on=date(2026, 1, 1) + timedelta(days=dice.randrange(3)),
            size=dice.choice(list(Size)),
        )
        for _ in range(count)
    ]
    dice.shuffle(made)
    return made


async def walk(client: Client, path: str) -> list[str]:
    """The labels of all pages, one after another."""
    labels: list[str] = []
    cursor, sign = "", "&" if "?" in path else "?"
    while True:
        body = (await client.get(f"{path}{cursor and sign + 'cursor=' + cursor}")).json()
        labels += [item["label"] for item in body["items"]]
        if body["next_cursor"] is None:
            return labels
        assert body["items"], "an empty page promises more"
        cursor = body["next_cursor"]


class TestPages:
    @pytest.mark.parametrize("sort", SORTS)
    @pytest.mark.parametrize("limit", [1, 2, 7, 22, 23, 200])
    async def test_their_union_is_the_whole_list_in_order(
        self, session: AsyncSession, ada: Person, client: Client, sort: str, limit: int
    ) -> None:
        parcels = await some_parcels(session, ada)
        expected = [parcel.label for parcel in sorted(parcels, key=SORTS[sort])]

        assert await walk(client, f"/test-parcels?sort={sort}&limit={limit}") == expected

    @pytest.mark.parametrize("sort", SORTS)
    async def test_who_stays_is_met_once_while_others_come_and_go(
        self, session: AsyncSession, ada: Person, client: Client, sort: str
    ) -> None:
        parcels = await some_parcels(session, ada, 30)
        dice = random.Random(3)
        labels = [parcel.label for parcel in parcels]
        leaving, staying = labels[:15], set(labels[15:])
        path, met = f"/test-parcels?sort={sort}&limit=4", list[str]()
        cursor: str | None = ""
        while cursor is not None:
            body = (await client.get(path + (cursor and f"&cursor={cursor}"))).json()
            met += [item["label"] for item in body["items"]]
            cursor = body["next_cursor"]
            for parcel in parcels:
                if leaving and parcel.label == leaving[-1]:
                    await session.delete(await session.merge(parcel))
            leaving = leaving[:-1]
            for _ in range(3):
                days = timedelta(days=dice.randrange(3))
                await a_parcel(
                    session, ada, f"parcel {dice.random()}", rank=dice.randrange(4),
                    due_on=date(2026, 1, 1) + days,
                )  # fmt: skip
            assert len(met) < 300

        assert len(met) == len(set(met)), "a row was shown twice"
        assert staying <= set(met), "a row was skipped"

    async def test_the_default_order_is_the_first_one(
        self, session: AsyncSession, ada: Person, client: Client
    ) -> None:
        await some_parcels(session, ada, 5)
        assert await walk(client, "/test-parcels") == await walk(client, "/test-parcels?sort=-id")

    async def test_an_empty_list_has_no_next_page(self, client: Client) -> None:
        body = (await client.get("/test-parcels")).json()
        assert body == {"items": [], "next_cursor": None}

    async def test_filters_compare_columns_or_ask_conditions(
        self, session: AsyncSession, ada: Person, client: Client
    ) -> None:
        bob = await a_person(session, "Bob")
        parcels = await some_parcels(session, ada)
        await a_parcel(session, bob, "bob's", rank=3, size=Size.SMALL)

        large = await walk(client, "/test-parcels?size=large&limit=3")
        heavy = await walk(client, f"/test-parcels?rank_from=2&owner_id={ada.id}&limit=3")

        assert set(large) == {p.label for p in parcels if p.size is Size.LARGE}
        assert set(heavy) == {p.label for p in parcels if p.rank >= 2}


class TestCursors:
    async def cursor(self, client: Client, path: str = "/test-parcels?limit=2") -> str:
        cursor = (await client.get(path)).json()["next_cursor"]
        assert isinstance(cursor, str)
        return cursor

    @pytest.fixture(autouse=True)
    async def parcels(self, session: AsyncSession, ada: Person) -> list[Parcel]:
        return await some_parcels(session, ada, 6)

    async def refused(self, client: Client, path: str) -> None:
        response = await client.get(path)
        assert (response.status_code, response.json()["code"]) == (400, "cursor_invalid")

    @pytest.mark.parametrize("limit", [1, 5, 200])
    async def test_the_size_of_the_page_may_change(self, client: Client, limit: int) -> None:
        cursor = await self.cursor(client)
        response = await client.get(f"/test-parcels?limit={limit}&cursor={cursor}")
        assert response.status_code == 200

    @pytest.mark.parametrize(
        "filters", ["size=large", "rank_from=0", "sort=label", "owner_id=" + "0" * 32]
    )
    async def test_other_filters_make_it_invalid(self, client: Client, filters: str) -> None:
        await self.refused(client, f"/test-parcels?{filters}&cursor={await self.cursor(client)}")

    async def test_it_is_good_for_its_list_only(self, client: Client) -> None:
        await client.get("/auth/sessions")
        await self.refused(client, f"/auth/sessions?cursor={await self.cursor(client)}")

    async def test_it_is_good_for_its_reader_only(
        self, session: AsyncSession, client: Client, as_person: AsPerson
    ) -> None:
        bob = await a_person(session, "Bob")
        cursor = await self.cursor(client)
        await self.refused(as_person(bob), f"/test-parcels?limit=2&cursor={cursor}")

    async def test_it_is_good_in_its_organization_only(
        self, session: AsyncSession, ada: Person, client: Client, as_person: AsPerson
    ) -> None:
        cursor = await self.cursor(client)
        await an_organization(session, "Other")
        olga = await a_person(session, "Olga")
        await self.refused(as_person(olga), f"/test-parcels?limit=2&cursor={cursor}")
        await enter_as(session, ada)

    async def test_every_changed_character_makes_it_invalid(
        self, client: Client, app: FastAPI
    ) -> None:
        cursor = await self.cursor(client)
        for place in range(0, len(cursor), 7):
            other = "A" if cursor[place] != "A" else "B"
            changed = cursor[:place] + other + cursor[place + 1 :]
            await self.refused(client, f"/test-parcels?limit=2&cursor={changed}")

    @pytest.mark.parametrize(
        "cursor", ["", "x", "%00", "%ed%a0%80", "ä", "..", "a" * 2000, "'; drop table people; --"]
    )
    async def test_made_up_ones_are_invalid(self, client: Client, cursor: str) -> None:
        await self.refused(client, f"/test-parcels?cursor={cursor}")

    @pytest.mark.parametrize(
        "content",
        [b"[]", b"", b"{}", b"null", b'["c"]', b"\xff", b"[[[[", b'["c", 1, 2, 3, 4, 5]'],
    )
    async def test_signed_nonsense_is_invalid_too(
        self, client: Client, app: FastAPI, content: bytes
    ) -> None:
        """It cannot come from outside; an older version of perfapi may have signed it."""
        await self.refused(client, f"/test-parcels?cursor={app.state.signer.sign(content)}")

    async def test_another_key_does_not_sign_for_us(self, client: Client) -> None:
        own = Signer(b"k" * 32).sign(b'["c", "x"]')
        await self.refused(client, f"/test-parcels?cursor={own}")
        await self.refused(client, f"/test-parcels?cursor={encode64(b'no signature')}")

    @pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "1e400", "9" * 5000, "1.5", ""])
    async def test_limits_are_checked(self, client: Client, limit: str) -> None:
        response = await client.get(f"/test-parcels?limit={limit}")
        assert response.status_code == 422
        assert response.json()["errors"][0]["parameter"] == "limit"


class TestListing:
    def test_a_condition_needs_a_field_of_the_filter(self) -> None:
        with pytest.raises(TypeError, match="ParcelFilter has no field colour"):
            Listing(
                ParcelPage, PARCEL, ParcelFilter,
                rank_from=lambda rank: Parcel.rank >= rank,
                colour=lambda colour: Parcel.label == colour,
            )  # fmt: skip

    def test_a_filter_that_is_no_column_needs_a_condition(self) -> None:
        class StrangeFilter(PageQuery):
            colour: str | None = None

        with pytest.raises(AttributeError, match="colour"):
            Listing(ParcelPage, PARCEL, StrangeFilter)

    def test_without_orders_the_newest_comes_first(self) -> None:
        listing = Listing(ParcelPage, PARCEL)
        assert str(listing.order(PageQuery())[0]) == "test_parcels.id DESC"
