"""Reactions to feedback."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.feedback.company import Company
from tests.factories.feedback import a_praise

AsPerson = Callable[[Person], Client]


async def test_each_counts_once_and_is_taken_back(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    praise = await a_praise(session, company.giver, company.receiver)
    path, peer, mate = f"/feedback/{praise.id}", as_person(company.peer), as_person(company.mate)

    async def shown(client: Client) -> list[tuple[str, int, bool]]:
        found = (await client.get(path)).json()["reactions"]
        return [(one["kind"], one["count"], one["is_mine"]) for one in found]

    for client in (peer, peer, mate):
        await client.put(f"{path}/reactions/applause")
    await mate.put(f"{path}/reactions/heart")

    assert await shown(peer) == [("applause", 2, True), ("heart", 1, False)]
    for _ in range(2):
        assert (await peer.delete(f"{path}/reactions/applause")).status_code == 204
    assert await shown(peer) == [("applause", 1, False), ("heart", 1, False)]
    events = (await session.scalars(select(LoggedEvent).order_by(LoggedEvent.id))).all()
    told = [event.topic.removeprefix("feedback.reaction_") for event in events]
    assert told == ["added", "added", "added", "removed"]
    assert {event.actor_id for event in events} == {None}


async def test_of_other_kinds_there_are_none(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    praise = await a_praise(session, company.giver, company.receiver)
    answer = await as_person(company.peer).put(f"/feedback/{praise.id}/reactions/thumbs_down")
    assert answer.status_code == 422
