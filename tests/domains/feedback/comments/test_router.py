"""The conversation about feedback."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.feedback.comments import queries
from perfapi.domains.feedback.models import FeedbackVisibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.feedback.company import Company
from tests.domains.feedback.test_router import needs
from tests.factories.feedback import a_feedback, a_feedback_comment, a_praise

AsPerson = Callable[[Person], Client]


async def test_a_question_waits_for_the_giver_until_they_looked(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    feedback = await a_feedback(session, company.giver, company.receiver)
    path, giver = f"/feedback/{feedback.id}", as_person(company.giver)

    said = await as_person(company.receiver).post(f"{path}/comments", json={"text": "When?"})

    assert (said.status_code, said.json()["permissions"]) == (201, ["edit", "delete"])
    assert await needs(giver) == [("feedback_commented", "Gil Giver", None)]
    await giver.put(f"{path}/seen")
    assert await needs(giver) == []
    [read] = (await giver.get(f"{path}/comments")).json()["items"]
    assert (read["text"], read["permissions"]) == ("When?", [])
    assert (await giver.get(path)).json()["comment_count"] == 1
    event = (await session.scalars(select(LoggedEvent))).one()
    assert (event.actor_id, "When" in str(event.payload)) == (None, False)


async def test_nobody_hears_of_a_comment_who_does_not_read_the_feedback(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    feedback = await a_feedback(
        session, company.giver, company.receiver, visibility=FeedbackVisibility.MANAGER
    )
    await as_person(company.manager).post(
        f"/feedback/{feedback.id}/comments", json={"text": "How often?"}
    )
    assert await needs(as_person(company.receiver)) == []
    assert ("feedback_commented", "Gil Giver", None) in await needs(as_person(company.giver))


async def test_its_author_words_it_anew_and_deletes_it(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    feedback = await a_praise(session, company.giver, company.receiver)
    comment = await a_feedback_comment(session, feedback, by=company.peer)
    path, author = f"/feedback-comments/{comment.id}", as_person(company.peer)

    edited = await author.patch(path, json={"text": "When exactly?"})
    same = await author.patch(path, json={"text": "When exactly?"})
    gone = await author.delete(path)

    assert (edited.json()["text"], edited.json()["version"]) == ("When exactly?", 2)
    assert edited.json()["edited_at"] == same.json()["edited_at"] is not None
    assert gone.status_code == 204
    assert (await author.get(path)).status_code == 404


async def test_there_is_an_end_to_it(
    session: AsyncSession, as_person: AsPerson, company: Company
) -> None:
    feedback = await a_praise(session, company.giver, company.receiver)
    for _ in range(queries.MOST):
        await a_feedback_comment(session, feedback, by=company.peer)
    answer = await as_person(company.peer).post(
        f"/feedback/{feedback.id}/comments", json={"text": "One more"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_feedback_comments")
