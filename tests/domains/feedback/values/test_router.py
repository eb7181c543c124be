"""The company's values."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.feedback.company import Company
from tests.factories.feedback import a_value

AsPerson = Callable[[Person], Client]


async def test_are_added_worded_anew_and_no_longer_offered(
    as_person: AsPerson, company: Company
) -> None:
    hr = as_person(company.hr)
    added = await hr.post("/company-values", json={"name": "Own it"})
    path = f"/company-values/{added.json()['id']}"
    assert (added.status_code, added.headers["location"]) == (201, f"/v1{path}")

    worded = await hr.patch(path, json={"description": "We finish what we begin."})
    gone = await hr.patch(path, json={"archived": True})
    same = await hr.patch(path, json={"archived": True})

    assert worded.json()["description"] == "We finish what we begin."
    assert gone.json()["archived_at"] == same.json()["archived_at"] is not None
    assert (await hr.get("/company-values")).json()["items"] == []
    archived = await hr.get("/company-values", params={"archived": True})
    assert [one["name"] for one in archived.json()["items"]] == ["Own it"]
    back = await hr.patch(path, json={"archived": False})
    assert back.json()["archived_at"] is None


async def test_have_names_of_their_own(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    await a_value(session, "Own it")
    other = await a_value(session, "Keep it simple")
    hr = as_person(company.hr)
    answers = [
        await hr.post("/company-values", json={"name": "Own it"}),
        await hr.patch(f"/company-values/{other.id}", json={"name": "Own it"}),
    ]
    assert [one.json()["code"] for one in answers] == ["value_name_taken"] * 2
