"""Who else reads it: fewer at once, others once everybody agreed."""

from collections.abc import Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.feedback.models import Feedback, FeedbackKind, FeedbackVisibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.feedback.company import Company
from tests.domains.feedback.test_router import needs
from tests.factories.feedback import a_feedback

AsPerson = Callable[[Person], Client]
ANY = {"If-Match": "*"}


async def propose(client: Client, feedback: Feedback, visibility: str) -> str:
    """What it is and what is proposed, or the code of the problem."""
    answer = await client.put(
        f"/feedback/{feedback.id}/visibility", json={"visibility": visibility}, headers=ANY
    )
    if not answer.is_success:
        return str(answer.json()["code"])
    return _state(answer.json())


async def decide(client: Client, feedback: Feedback, word: str) -> str:
    answer = await client.post(f"/feedback/{feedback.id}/visibility/{word}", headers=ANY)
    return _state(answer.json()) if answer.is_success else str(answer.json()["code"])


def _state(document: dict[str, str]) -> str:
    return f"{document['visibility']} > {document['proposed_visibility']}"


@pytest.fixture
async def praise(session: AsyncSession, company: Company) -> Feedback:
    """To two, and for them alone."""
    return await a_feedback(
        session, company.giver, company.receiver, company.mate, kind=FeedbackKind.PRAISE
    )


async def test_its_giver_narrows_it_at_once(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    feedback = await a_feedback(
        session,
        company.giver,
        company.receiver,
        kind=FeedbackKind.PRAISE,
        visibility=FeedbackVisibility.PUBLIC,
    )
    giver = as_person(company.giver)
    assert await propose(giver, feedback, "recipient") == "recipient > None"
    gone = await as_person(company.peer).get(f"/feedback/{feedback.id}")
    assert gone.status_code == 404


async def test_it_is_wider_once_giver_and_every_receiver_agreed(
    as_person: AsPerson, company: Company, praise: Feedback
) -> None:
    giver, one, other = (as_person(who) for who in (company.giver, company.receiver, company.mate))
    assert await propose(giver, praise, "public") == "recipient > public"
    assert await needs(giver) == []
    assert ("feedback_proposed", "Gil Giver", None) in await needs(one)

    assert await decide(giver, praise, "agree") == "nothing_proposed"
    assert await decide(one, praise, "agree") == "recipient > public"
    assert (await as_person(company.peer).get(f"/feedback/{praise.id}")).status_code == 404
    assert await decide(other, praise, "agree") == "public > None"

    assert (await as_person(company.peer).get(f"/feedback/{praise.id}")).status_code == 200


async def test_a_receiver_proposes_and_the_giver_agrees_with_the_others(
    as_person: AsPerson, company: Company, praise: Feedback
) -> None:
    giver, one, other = (as_person(who) for who in (company.giver, company.receiver, company.mate))
    assert await propose(one, praise, "public") == "recipient > public"
    assert await decide(other, praise, "agree") == "recipient > public"
    assert await needs(giver) == [("feedback_proposed", "Rhea Receiver", None)]
    assert await decide(giver, praise, "agree") == "public > None"


async def test_one_who_declines_ends_it_and_what_was_agreed_is_forgotten(
    as_person: AsPerson, company: Company, praise: Feedback
) -> None:
    giver, one, other = (as_person(who) for who in (company.giver, company.receiver, company.mate))
    await propose(giver, praise, "public")
    await decide(one, praise, "agree")
    assert await decide(other, praise, "decline") == "recipient > None"

    # Nobody's former consent counts for what is proposed next.
    await propose(giver, praise, "team")
    assert await decide(other, praise, "agree") == "recipient > team"


async def test_another_proposal_begins_anew(
    as_person: AsPerson, company: Company, praise: Feedback
) -> None:
    giver, one, other = (as_person(who) for who in (company.giver, company.receiver, company.mate))
    await propose(giver, praise, "team")
    await decide(one, praise, "agree")
    assert await propose(giver, praise, "public") == "recipient > public"
    assert await decide(other, praise, "agree") == "recipient > public"


async def test_what_receivers_do_not_read_is_opened_to_them_by_the_giver_alone(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    feedback = await a_feedback(
        session, company.giver, company.receiver, visibility=FeedbackVisibility.MANAGER
    )
    giver = as_person(company.giver)
    opened = await propose(giver, feedback, "recipient_and_manager")
    assert opened == "recipient_and_manager > None"


async def test_nobody_agrees_to_others_reading_what_they_do_not_read(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    feedback = await a_feedback(
        session,
        company.giver,
        company.receiver,
        kind=FeedbackKind.PRAISE,
        visibility=FeedbackVisibility.MANAGER,
    )
    refused = await propose(as_person(company.giver), feedback, "public")
    assert refused == "receivers_do_not_read_it"


async def test_only_what_the_organization_offers_is_proposed(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    advice = await a_feedback(session, company.giver, company.receiver)
    refused = await propose(as_person(company.giver), advice, "public")
    assert refused == "invalid"


async def test_what_is_proposed_is_between_those_who_decide(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    feedback = await a_feedback(
        session,
        company.giver,
        company.receiver,
        kind=FeedbackKind.PRAISE,
        visibility=FeedbackVisibility.RECIPIENT_AND_MANAGER,
    )
    await propose(as_person(company.receiver), feedback, "public")
    seen = await as_person(company.manager).get(f"/feedback/{feedback.id}")
    assert (seen.json()["proposed_visibility"], seen.json()["waits_for_you"]) == (None, False)


async def test_other_words_are_agreed_to_anew(
    as_person: AsPerson, company: Company, praise: Feedback
) -> None:
    giver, one, other = (as_person(who) for who in (company.giver, company.receiver, company.mate))
    await propose(giver, praise, "public")
    await decide(one, praise, "agree")

    worded = await giver.patch(f"/feedback/{praise.id}", json={"text": "Something else."})

    assert worded.json()["proposed_visibility"] is None
    assert await decide(other, praise, "agree") == "nothing_proposed"
