"""Reporting what is public, and taking it off the wall."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.feedback.company import Company
from tests.domains.feedback.test_router import needs
from tests.factories.feedback import a_praise

AsPerson = Callable[[Person], Client]


async def test_moderators_read_why_and_never_who(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    praise = await a_praise(session, company.giver, company.receiver)
    path = f"/feedback/{praise.id}"
    for who, reason in ((company.peer, "Not kind"), (company.mate, "Not true")):
        await as_person(who).post(f"{path}/reports", json={"reason": reason})

    again = await as_person(company.peer).post(f"{path}/reports", json={"reason": "Still"})
    reports = await as_person(company.hr).get(f"{path}/reports")

    assert again.json()["code"] == "already_reported"
    assert sorted(one["reason"] for one in reports.json()["items"]) == ["Not kind", "Not true"]
    assert "Petra" not in reports.text
    assert str(company.peer.id) not in reports.text
    assert await needs(as_person(company.admin)) == [("feedback_reported", "Gil Giver", 2)]
    assert await needs(as_person(company.scoped_hr)) == []
    assert await _reported(as_person(company.hr)) == [str(praise.id)]
    assert await _reported(as_person(company.peer)) == []
    told = (await session.scalars(select(LoggedEvent.actor_id))).all()
    assert set(told) == {None}


async def _reported(client: Client) -> list[str]:
    found = await client.get("/feedback", params={"box": "reported"})
    return [one["id"] for one in found.json()["items"]]


async def test_what_is_hidden_is_off_the_wall_and_comes_back(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    praise = await a_praise(session, company.giver, company.receiver)
    path, hr, peer = f"/feedback/{praise.id}", as_person(company.hr), as_person(company.peer)
    await peer.post(f"{path}/reports", json={"reason": "Not kind"})

    assert (await hr.post(f"{path}/hide")).status_code == 204

    assert (await peer.get(path)).status_code == 404
    assert (await as_person(company.giver).get(path)).json()["hidden_at"] is not None
    assert (await hr.get("/feedback", params={"box": "wall"})).json()["items"] == []
    assert await needs(hr) == []
    assert (await hr.post(f"{path}/restore")).status_code == 204
    assert (await peer.get(path)).status_code == 200
    # It was decided: the former report does not come back with it.
    assert await needs(hr) == []
    last = (await session.scalars(select(LoggedEvent).order_by(LoggedEvent.id.desc()))).first()
    assert last is not None
    assert (last.topic, last.actor_id) == ("feedback.put_back_on_the_wall", company.hr.id)


async def test_reports_that_are_dismissed_wait_no_more(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    praise = await a_praise(session, company.giver, company.receiver)
    path, admin = f"/feedback/{praise.id}", as_person(company.admin)
    await as_person(company.peer).post(f"{path}/reports", json={"reason": "Not kind"})

    assert (await admin.delete(f"{path}/reports")).status_code == 204

    assert await needs(admin) == []
    assert (await as_person(company.mate).get(path)).status_code == 200
