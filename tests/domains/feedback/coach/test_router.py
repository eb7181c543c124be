"""The coach's advice on a draft, and how one likes to be spoken to."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.organizations.queries import get_organization
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.feedback.company import Company

AsPerson = Callable[[Person], Client]
HEDGED = "Maybe you could send the notes of Monday's review on the same day, so that I can answer."


def draft(text: str, *receivers: Person, **more: Any) -> dict[str, Any]:
    ids = [str(receiver.id) for receiver in receivers]
    return {"kind": "advice", "language": "en", "text": text, "receiver_ids": ids} | more


async def rules(client: Client, body: dict[str, Any]) -> set[str]:
    answer = await client.post("/feedback/advice", json=body)
    assert answer.status_code == 200, answer.text
    return {one["rule"] for one in answer.json()["remarks"]}


class TestAdviseOnFeedback:
    async def test_marks_what_it_means_as_the_page_counts(
        self, as_person: AsPerson, company: Company
    ) -> None:
        text = "😀 You are always late."
        answer = await as_person(company.giver).post("/feedback/advice", json=draft(text))
        [always] = [one for one in answer.json()["remarks"] if one["rule"] == "absolute"]
        in_utf16 = text.encode("utf-16-le")
        assert in_utf16[2 * always["start"] : 2 * always["end"]].decode("utf-16-le") == "always"

    async def test_has_nothing_to_say_of_nothing(
        self, as_person: AsPerson, company: Company
    ) -> None:
        answer = await as_person(company.giver).post("/feedback/advice", json=draft(""))
        assert answer.json()["remarks"] == []

    async def test_listens_as_its_receivers_like_to_be_spoken_to(
        self, as_person: AsPerson, company: Company
    ) -> None:
        giver = as_person(company.giver)
        assert "hedged" not in await rules(giver, draft(HEDGED, company.receiver))

        await as_person(company.receiver).put("/me/communication-style", json={"style": "direct"})

        assert "hedged" in await rules(giver, draft(HEDGED, company.receiver))
        assert "hedged" not in await rules(giver, draft(HEDGED, company.receiver, company.mate))

    async def test_is_silent_where_the_organization_wants_it(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        organization = await get_organization(session)
        organization.settings = {"feedback": {"coach_off": ["absolute"]}}
        found = await rules(as_person(company.giver), draft("You are always late."))
        assert "absolute" not in found

    async def test_leaves_no_trace(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        await rules(as_person(company.giver), draft("You are always late."))
        assert (await session.scalars(select(LoggedEvent))).all() == []


class TestCommunicationStyle:
    async def test_is_ones_own_to_say_and_for_everybody_to_know(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        receiver = as_person(company.receiver)
        path = f"/communication-style?person_id={company.receiver.id}"
        for style in ("data", "data", "story", None):
            said = await receiver.put("/me/communication-style", json={"style": style})
            assert said.json() == {"style": style}
            known = await as_person(company.peer).get(path)
            assert known.json() == {"style": style}
        events = (await session.scalars(select(LoggedEvent))).all()
        assert len(events) == 3
