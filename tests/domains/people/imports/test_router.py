import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.people.imports.models import ImportChunk
from perfapi.domains.people.models import Department, Person, Status
from tests.clients import Client
from tests.factories.people import a_department, a_person, an_admin, an_hr_partner

AsPerson = Callable[[Person], Client]

EXAMPLES = Path(__file__).parents[4] / "examples" / "hris"
MAPPING = {
    "columns": {
        "external_id": "id",
        "given_name": "given",
        "family_name": "family",
        "job_title": "title",
        "department": "department",
        "manager_external_id": "manager",
        "status": "status",
        "left_on": "left",
    }
}
FORM = {"Content-Type": "multipart/form-data; boundary=x"}
HEADER = "id,given,family,title,department,manager,status,left\n"
COMPANY = HEADER + (
    "1,Ida,Boss,Chief,Management,,active,\n"
    "2,Ben,Report,Engineer,Engineering,1,active,\n"
    "3,Eve,Gone,Engineer,Engineering,2,left,2024-05-31\n"
)


async def plan(
    client: Client, content: str | bytes = COMPANY, mapping: dict[str, Any] | str = MAPPING
) -> httpx.Response:
    return await client.post(
        "/people/imports",
        files={"file": ("people.csv", content)},
        data={"mapping": mapping if isinstance(mapping, str) else json.dumps(mapping)},
    )


async def plan_and_apply(client: Client, content: str = COMPANY, **mapping: Any) -> dict[str, Any]:
    planned = await plan(client, content, MAPPING | mapping)
    assert planned.status_code == 201, planned.text
    applied = await client.post(f"/people/imports/{planned.json()['id']}/apply")
    assert applied.status_code == 200, applied.text
    body: dict[str, Any] = applied.json()
    return body


class TestSuggestImportMapping:
    async def test_looks_at_the_file(self, session: AsyncSession, as_person: AsPerson) -> None:
        alex = await an_admin(session)
        content = "Employee ID;Name;Salary\n7;Example, Ada;1000\n".encode("cp1252")

        response = await as_person(alex).post(
            "/people/import-suggestions", files={"file": ("p.csv", content)}
        )

        assert response.status_code == 200, response.text
        body = response.json()
        assert body["delimiter"] == ";"
        assert body["mapping"]["columns"]["external_id"] == "Employee ID"
        assert body["mapping"]["name_format"] == "last_first"
        assert [c["samples"] for c in body["columns"] if c["is_sensitive"]] == [[]]


class TestPlanImport:
    async def test_changes_nobody(self, session: AsyncSession, as_person: AsPerson) -> None:
        alex = await an_admin(session)

        response = await plan(as_person(alex))

        body = response.json()
        assert response.headers["Location"] == f"/v1/people/imports/{body['id']}"
        assert (body["status"], body["mode"]) == ("planned", "delta")
        assert body["summary"] == {
            "create": 3, "update": 0, "deactivate": 0, "unchanged": 0, "error": 0,
        }  # fmt: skip
        assert body["permissions"] == ["apply", "discard"]
        assert (await session.scalars(select(Person.name))).all() == [alex.name]

    async def test_tells_field_by_field(self, session: AsyncSession, as_person: AsPerson) -> None:
        alex = await an_admin(session)
        import_id = (await plan(as_person(alex))).json()["id"]

        rows = await as_person(alex).get(f"/people/imports/{import_id}/rows?outcome=create")

        second = rows.json()["items"][1]
        assert (second["row"], second["name"]) == (3, "Ben Report")
        changes = {change["field"]: change["after"] for change in second["changes"]}
        assert changes["manager"] == "Ida Boss"
        assert changes["job_title"] == "Engineer"

    async def test_reads_no_file_of_strangers(self, nobody: httpx.AsyncClient) -> None:
        for path in ("/people/imports", "/people/import-suggestions"):
            response = await nobody.post(path, content=b"x", headers=FORM)
            assert response.status_code == 401, response.text

    async def test_is_for_hr_of_all(self, session: AsyncSession, as_person: AsPerson) -> None:
        sales = await a_department(session, "Sales")
        ada, scoped = await a_person(session), await an_hr_partner(session, "Hugo Hr", of=sales)
        hanna = await an_hr_partner(session)

        statuses = [(await plan(as_person(who))).status_code for who in (ada, scoped, hanna)]

        assert statuses == [403, 403, 201]

    @pytest.mark.parametrize(
        ("content", "mapping", "code", "pointer"),
        [
            (b"", MAPPING, "file_unreadable", "/file"),
            (b"PK\x03\x04" + bytes(200), MAPPING, "file_unreadable", "/file"),
            (HEADER, MAPPING, "file_unreadable", "/file"),
            ('id,given\n1,"Ida', MAPPING, "file_unreadable", "/file"),
            ("a,b\n1,2\n", MAPPING, "file_unreadable", "/file"),
            (COMPANY, "{", "mapping_invalid", "/mapping"),
            (COMPANY, {"columns": {"external_id": "id"}}, "mapping_invalid", "/mapping"),
            (COMPANY, MAPPING | {"mode": "guess"}, "mapping_invalid", "/mapping/mode"),
        ],
        ids=["empty", "zip", "header-only", "cut-off", "columns", "json", "incomplete", "mode"],
    )
    async def test_says_what_is_wrong(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        content: str | bytes,
        mapping: dict[str, Any] | str,
        code: str,
        pointer: str,
    ) -> None:
        alex = await an_admin(session)

        response = await plan(as_person(alex), content, mapping)

        assert (response.status_code, response.json()["code"]) == (422, code), response.text
        assert response.json()["errors"][0]["pointer"] == pointer
        imports = await as_person(alex).get("/people/imports")
        assert imports.json()["items"] == []


class TestApplyImport:
    async def test_creates_people_with_their_lines(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)

        applied = await plan_and_apply(as_person(alex))

        assert applied["status"] == "applied"
        people = {p.external_id: p for p in await session.scalars(select(Person))}
        assert people["3"].status is Status.LEFT
        assert str(people["3"].left_on) == "2024-05-31"
        departments = {d.id: d.name for d in await session.scalars(select(Department))}
        assert departments[people["2"].department_id] == "Engineering"  # type: ignore[index]
        ben = (await as_person(alex).get(f"/people/{people['2'].id}")).json()
        assert ben["manager"]["name"] == "Ida Boss"
        topics = list(await session.scalars(select(LoggedEvent.topic)))
        assert topics.count("people.person_added") == 3
        assert topics.count("people.import_applied") == 1
        assert (await session.scalars(select(ImportChunk))).all() == []

    async def test_twice_changes_nothing(self, session: AsyncSession, as_person: AsPerson) -> None:
        alex = await an_admin(session)
        await plan_and_apply(as_person(alex))

        again = await plan_and_apply(as_person(alex))

        assert again["summary"]["unchanged"] == 3
        assert again["summary"]["create"] == again["summary"]["update"] == 0

    async def test_updates_moves_and_lets_go(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        await plan_and_apply(as_person(alex))
        changed = HEADER + (
            "1,Ida,Boss,Chief,Management,,active,\n"
            "2,Ben,Report,Architect,Engineering,1,left,2026-01-31\n"
            "4,New,Comer,Engineer,Engineering,1,active,\n"
        )

        applied = await plan_and_apply(as_person(alex), changed, max_deactivations="0.5")

        assert applied["summary"] == {
            "create": 1, "update": 0, "deactivate": 1, "unchanged": 1, "error": 0,
        }  # fmt: skip
        people = {p.external_id: p for p in await session.scalars(select(Person))}
        assert (people["2"].status, people["2"].job_title) == (Status.LEFT, "Architect")
        topics = list(await session.scalars(select(LoggedEvent.topic)))
        assert topics.count("people.person_left") == 1
        chart = (await as_person(alex).get("/org-chart")).json()
        ida = next(node for node in chart["nodes"] if node["name"] == "Ida Boss")
        assert ida["direct_reports"] == 1

    async def test_refuses_an_outdated_plan(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        import_id = (await plan(as_person(alex))).json()["id"]
        await a_person(session, "Late Comer")

        response = await as_person(alex).post(f"/people/imports/{import_id}/apply")

        assert (response.status_code, response.json()["code"]) == (409, "import_outdated")

    async def test_refuses_a_second_time(self, session: AsyncSession, as_person: AsPerson) -> None:
        alex = await an_admin(session)
        applied = await plan_and_apply(as_person(alex))

        response = await as_person(alex).post(f"/people/imports/{applied['id']}/apply")

        assert (response.status_code, response.json()["code"]) == (409, "import_not_planned")

    async def test_refuses_to_let_too_many_go(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        await plan_and_apply(as_person(alex))
        only_ida = HEADER + "1,Ida,Boss,Chief,Management,,active,\n"
        planned = await plan(as_person(alex), only_ida, MAPPING | {"mode": "snapshot"})

        response = await as_person(alex).post(f"/people/imports/{planned.json()['id']}/apply")

        assert "apply" not in planned.json()["permissions"]
        assert (response.status_code, response.json()["code"]) == (409, "import_refused")


class TestDiscardImport:
    async def test_forgets_plan_and_file(self, session: AsyncSession, as_person: AsPerson) -> None:
        alex = await an_admin(session)
        path = f"/people/imports/{(await plan(as_person(alex))).json()['id']}"

        gone = await as_person(alex).delete(path)

        assert gone.status_code == 204
        assert (await as_person(alex).get(path)).json()["status"] == "discarded"
        assert (await as_person(alex).get(f"{path}/rows")).json()["items"] == []
        assert (await session.scalars(select(ImportChunk))).all() == []


class TestReviewImport:
    async def test_takes_it_from_the_list_of_needs(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        lost = HEADER + "1,Ida,Boss,Chief,Management,99,active,\n"
        applied = await plan_and_apply(as_person(alex), lost)

        before = (await as_person(alex).get("/needs")).json()["items"]
        await as_person(alex).post(f"/people/imports/{applied['id']}/review")
        after = (await as_person(alex).get("/needs")).json()["items"]

        assert [(n["kind"], n["id"]) for n in before] == [("import_to_review", applied["id"])]
        assert after == []


class TestTheRealExport:
    async def test_creates_everybody_and_names_lost_managers(
        self, session: AsyncSession, as_person: AsPerson, real_data: Path
    ) -> None:
        alex = await an_admin(session)
        client = as_person(alex)
        content = (real_data / "HRDataset_v14.csv").read_bytes()
        mapping = (EXAMPLES / "hrdataset-v14.json").read_text()

        planned = (await plan(client, content, mapping)).json()
        applied = await client.post(f"/people/imports/{planned['id']}/apply")
        again = (await plan(client, content, mapping)).json()
        chart = (await client.get("/org-chart")).json()

        assert planned["summary"]["create"] == 311
        assert applied.json()["status"] == "applied"
        assert again["summary"]["unchanged"] == 311
        lost = next(w for w in planned["warnings"] if w["code"] == "manager_not_found")
        assert lost["count"] == 75
        assert len(lost["examples"]) == 5
        statuses = list(await session.scalars(select(Person.status).where(Person.id != alex.id)))
        assert (statuses.count(Status.ACTIVE), statuses.count(Status.LEFT)) == (207, 104)
        by_id = {node["id"]: node for node in chart["nodes"]}
        janet = next(node for node in chart["nodes"] if node["name"] == "Janet King")
        assert janet["id"] in chart["roots"]
        assert janet["all_reports"] > janet["direct_reports"] > 10
        assert "Brandon R LeBlanc" in {by_id[n["id"]]["name"] for n in chart["nodes"]}
        assert chart["unassigned"]
        assert not set(chart["unassigned"]) & set(chart["roots"])
