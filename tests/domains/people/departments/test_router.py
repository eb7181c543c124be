from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import Department, DepartmentLine, Person, Status
from tests.clients import Client
from tests.factories.people import a_department, a_leaver, a_person, an_admin, an_hr_partner

AsPerson = Callable[[Person], Client]


def code(response: httpx.Response) -> tuple[int, str]:
    body = response.json()
    return response.status_code, body["errors"][0]["code"] if "errors" in body else body["code"]


async def assert_tree_is_exact(session: AsyncSession) -> None:
    rows = await session.execute(select(Department.id, Department.parent_id))
    parents: dict[UUID, UUID | None] = {one: parent for one, parent in rows}
    wanted = set()
    for one in parents:
        above: UUID | None = one
        depth = 0
        while above is not None:
            wanted.add((above, one, depth))
            above, depth = parents[above], depth + 1
    stored = await session.execute(
        select(DepartmentLine.ancestor_id, DepartmentLine.descendant_id, DepartmentLine.depth)
    )
    assert {tuple(row) for row in stored} == wanted


async def topics(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(LoggedEvent.topic).order_by(LoggedEvent.id)))


class TestListDepartments:
    async def test_counts_who_works_in_it_and_below(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        product = await a_department(session, "Product")
        design = await a_department(session, "Design", parent=product)
        ada = await a_person(session, "Ada", department=design)
        await a_person(session, "Bob", department=product, status=Status.ON_LEAVE)
        await a_person(session, "Cleo", department=product, status=Status.UPCOMING)
        await a_leaver(session, department=design)

        shown = (await as_person(ada).get("/departments")).json()["items"]

        assert [(one["name"], one["head_count"]) for one in shown] == [
            ("Design", 1),
            ("Product", 2),
        ]
        assert shown[0]["parent"] == {"id": str(product.id), "name": "Product"}
        assert shown[0]["permissions"] == []

    @pytest.mark.parametrize(
        ("params", "found"), [({"q": "DES"}, ["Design"]), ({"q": "x"}, []), ({}, None)]
    )
    async def test_filters(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        params: dict[str, str],
        found: list[str] | None,
    ) -> None:
        product = await a_department(session, "Product")
        await a_department(session, "Design", parent=product)
        ada = await a_person(session)
        sent: dict[str, Any] = params or {"parent_id": str(product.id)}

        shown = (await as_person(ada).get("/departments", params=sent)).json()["items"]

        assert [one["name"] for one in shown] == (["Design"] if found is None else found)


class TestAddDepartment:
    async def test_adds_one_below_another(self, session: AsyncSession, as_person: AsPerson) -> None:
        product = await a_department(session, "Product")
        hanna = await an_hr_partner(session)
        body = {"name": "Design", "parent_id": str(product.id)}

        response = await as_person(hanna).post("/departments", json=body)

        assert response.status_code == 201, response.text
        added = response.json()
        assert response.headers["Location"] == f"/v1/departments/{added['id']}"
        assert (added["parent"]["name"], added["permissions"]) == ("Product", ["edit", "remove"])
        assert await topics(session) == ["people.department_added"]
        await assert_tree_is_exact(session)

    async def test_is_for_hr_of_what_is_above(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        sales, other = await a_department(session, "Sales"), await a_department(session, "Other")
        scoped, ada = await an_hr_partner(session, of=sales), await a_person(session)

        async def status(who: Person, parent: Department | None) -> int:
            body = {"name": f"New {uuid4()}", "parent_id": str(parent.id) if parent else None}
            return (await as_person(who).post("/departments", json=body)).status_code

        assert await status(scoped, sales) == 201
        assert await status(scoped, other) == 403
        assert await status(scoped, None) == 403
        assert await status(ada, sales) == 403

    async def test_refuses_what_cannot_be(self, session: AsyncSession, as_person: AsPerson) -> None:
        await a_department(session, "Sales")
        client = as_person(await an_admin(session))

        async def answer(**body: Any) -> tuple[int, str]:
            return code(await client.post("/departments", json=body))

        assert await answer(name="Sales") == (409, "name_taken")
        assert await answer(name="New", parent_id=str(uuid4())) == (422, "not_found")
        assert await answer(name="") == (422, "string_too_short")
        assert await answer(name="N", colour="red") == (422, "extra_forbidden")


class TestUpdateDepartment:
    async def test_moves_all_that_is_below(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        top, left, right = [await a_department(session, name) for name in ("Top", "Left", "Right")]
        middle = await a_department(session, "Middle", parent=left)
        await a_department(session, "Leaf", parent=middle)
        client = as_person(await an_admin(session))

        for department, parent in ((left, top), (middle, right), (right, left), (left, None)):
            body = {"parent_id": str(parent.id) if parent else None}
            response = await client.patch(f"/departments/{department.id}", json=body)
            assert response.status_code == 200, response.text
            await assert_tree_is_exact(session)

        assert await topics(session) == ["people.department_changed"] * 4

    async def test_closes_no_circle(self, session: AsyncSession, as_person: AsPerson) -> None:
        top = await a_department(session, "Top")
        middle = await a_department(session, "Middle", parent=top)
        leaf = await a_department(session, "Leaf", parent=middle)
        client = as_person(await an_admin(session))

        for below in (top, middle, leaf):
            body = {"parent_id": str(below.id)}
            response = await client.patch(f"/departments/{top.id}", json=body)
            assert code(response) == (422, "department_circular")
        await assert_tree_is_exact(session)

    async def test_renames(self, session: AsyncSession, as_person: AsPerson) -> None:
        sales = await a_department(session, "Sales")
        await a_department(session, "Taken")
        scoped = await an_hr_partner(session, of=sales)
        client = as_person(scoped)

        done = await client.patch(f"/departments/{sales.id}", json={"name": "Trade"})
        taken = await client.patch(f"/departments/{sales.id}", json={"name": "Taken"})
        stale = await client.patch(
            f"/departments/{sales.id}", json={"name": "X"}, headers={"If-Match": '"1-00"'}
        )

        assert (done.status_code, done.json()["version"]) == (200, 2)
        assert code(taken) == (409, "name_taken")
        assert code(stale) == (412, "version_stale")

    async def test_is_not_moved_to_where_you_are_not_hr(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        sales, other = await a_department(session, "Sales"), await a_department(session, "Other")
        scoped = await an_hr_partner(session, of=sales)
        client = as_person(scoped)

        away = await client.patch(f"/departments/{sales.id}", json={"parent_id": str(other.id)})
        foreign = await client.patch(f"/departments/{other.id}", json={"name": "Mine"})

        assert code(away) == code(foreign) == (403, "only_hr")


class TestRemoveDepartment:
    async def test_removes_an_empty_one_only(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        top = await a_department(session, "Top")
        below = await a_department(session, "Below", parent=top)
        used = await a_department(session, "Used")
        await a_person(session, "Ada", department=used)
        client = as_person(await an_admin(session))

        for kept in (top, used):
            response = await client.delete(f"/departments/{kept.id}")
            assert code(response) == (409, "still_referenced")
        assert (await client.delete(f"/departments/{below.id}")).status_code == 204
        assert (await client.delete(f"/departments/{top.id}")).status_code == 204
        assert (await client.get(f"/departments/{top.id}")).status_code == 404
        await assert_tree_is_exact(session)

    async def test_is_for_its_hr(self, session: AsyncSession, as_person: AsPerson) -> None:
        sales, ada = await a_department(session, "Sales"), await a_person(session)

        response = await as_person(ada).delete(f"/departments/{sales.id}")

        assert code(response) == (403, "only_hr")
