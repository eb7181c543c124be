import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pydantic import create_model
from sqlalchemy import Text, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.documents import documents, json_object, one, outcome
from perfapi.core.errors import NotFound
from perfapi.core.ids import uuid7
from perfapi.core.schema import Output
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.core.parcels import PARCEL, VISIBLE, Depot, Parcel, a_parcel
from tests.factories.people import a_person, enter_as

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


class TestDocument:
    async def test_has_columns_references_and_children(
        self, session: AsyncSession, ada: Person, as_person: AsPerson
    ) -> None:
        depot = Depot(name="North")
        session.add(depot)
        await session.flush()
        outer = await a_parcel(session, ada, "outer", depot_id=depot.id, note='a "quoted"\nnote')
        for label in "dcab":
            await a_parcel(session, ada, label, inside_id=outer.id)

        body = (await as_person(ada).get(f"/test-parcels/{outer.id}")).json()

        assert body["owner"] == {"id": str(ada.id), "name": "Ada"}
        assert body["depot"] == {"id": str(depot.id), "name": "North"}
        assert body["note"] == 'a "quoted"\nnote'
        assert [inner["label"] for inner in body["contents"]] == ["a", "b", "c"]

    async def test_references_to_nothing_are_null_and_lists_of_nothing_empty(
        self, session: AsyncSession, ada: Person, as_person: AsPerson
    ) -> None:
        parcel = await a_parcel(session, ada)

        body = (await as_person(ada).get(f"/test-parcels/{parcel.id}")).json()

        assert (body["depot"], body["contents"]) == (None, [])

    @pytest.mark.parametrize(
        ("stored", "shown"),
        [
            ("1", "1"),
            ("1.500", "1.5"),
            ("0.000000000001", "0.000000000001"),
            ("123456789012345678.123456789012", "123456789012345678.123456789012"),
            ("100", "100"),
        ],
    )
    async def test_decimals_travel_as_exact_strings(
        self, session: AsyncSession, ada: Person, as_person: AsPerson, stored: str, shown: str
    ) -> None:
        parcel = await a_parcel(session, ada, weight=Decimal(stored))

        body = (await as_person(ada).get(f"/test-parcels/{parcel.id}")).json()

        assert body["weight"] == shown

    @pytest.mark.parametrize("count", [50, 51, 120])
    async def test_may_have_more_fields_than_a_function_has_arguments(
        self, session: AsyncSession, ada: Person, count: int
    ) -> None:
        fields = {f"field_{n}": (str, "") for n in range(count)}
        wide: type[Output] = create_model("Wide", __base__=Output, **fields)  # type: ignore[call-overload]
        values = {name: f'}}, "{n}' for n, name in enumerate(fields)}
        document = json_object(wide, Person, **{n: literal(v) for n, v in values.items()})

        text = (await session.execute(select(cast(document, Text)))).scalar_one()

        assert list(json.loads(text).items()) == list(values.items())

    async def test_the_invisible_is_not_found(self, session: AsyncSession, ada: Person) -> None:
        parcel = await a_parcel(session, await a_person(session, "Bob"), is_secret=True)
        await enter_as(session, ada)

        with pytest.raises(NotFound):
            await one(session, PARCEL, parcel.id)
        with pytest.raises(NotFound):
            await one(session, PARCEL, uuid7())

    async def test_a_command_that_loses_sight_of_its_row_answers_with_nothing(
        self, session: AsyncSession, ada: Person, as_person: AsPerson
    ) -> None:
        bob = await a_person(session, "Bob")
        parcel = await a_parcel(session, ada, is_secret=True)

        response = await as_person(ada).patch(
            f"/test-parcels/{parcel.id}", json={"owner_id": str(bob.id)}
        )

        assert (response.status_code, response.content) == (204, b"")
        assert (await as_person(bob).get(f"/test-parcels/{parcel.id}")).status_code == 200

    async def test_an_unversioned_entity_has_a_document_without_version(
        self, session: AsyncSession, ada: Person
    ) -> None:
        class DepotDocument(Output):
            name: str

        depot = Depot(name="South")
        session.add(depot)
        await enter_as(session, ada)

        answer = await outcome(session, documents(DepotDocument, Depot), depot.id)

        assert answer.body == b'{"name" : "South"}'
        assert "-" not in answer.headers["ETag"]


class TestDefinition:
    """What is wrong with a document is found at import, not by a reader."""

    def test_fields_that_the_schema_lacks_are_refused(self) -> None:
        with pytest.raises(TypeError, match="Named has no field colour"):
            documents(_named(str), Parcel, colour=literal("red"))

    def test_a_column_that_may_be_null_needs_a_field_that_may_be(self) -> None:
        with pytest.raises(TypeError, match=r"Noted\.note may be null"):
            documents(_noted(str), Parcel)
        documents(_noted(str | None), Parcel)
        documents(_noted(str), Parcel, note=func.coalesce(Parcel.note, ""))

    def test_a_field_that_nobody_provides_is_refused(self) -> None:
        class Coloured(Output):
            colour: str

        with pytest.raises(AttributeError, match="colour"):
            documents(Coloured, Parcel)

    def test_rules_may_be_given_as_a_condition(self) -> None:
        assert "is_secret" in str(documents(_named(str), Parcel).where(VISIBLE))


def _named(kind: Any) -> type[Output]:
    return type("Named", (Output,), {"__annotations__": {"label": kind}})


def _noted(kind: Any) -> type[Output]:
    return type("Noted", (Output,), {"__annotations__": {"note": kind}})
