"""Giving, changing and receiving feedback, over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.feedback.models import FeedbackKind, FeedbackVisibility
from perfapi.domains.goals.models import Goal, GoalState, Purpose, Visibility
from perfapi.domains.organizations.queries import get_organization
from perfapi.domains.people.models import Person, Status
from tests.clients import Client
from tests.factories.feedback import a_feedback, a_praise, a_value
from tests.factories.goals import a_goal
from tests.factories.people import a_leaver

from .company import Company, days_ago

AsPerson = Callable[[Person], Client]


def praise(*receivers: Person, **more: Any) -> dict[str, Any]:
    ids = [str(receiver.id) for receiver in receivers]
    return {"receiver_ids": ids, "kind": "praise", "text": "You asked first."} | more


async def needs(client: Client) -> list[tuple[str, str, int | None]]:
    answer = await client.get("/needs")
    return [(one["kind"], one["title"], one["count"]) for one in answer.json()["items"]]


class TestGiveFeedback:
    async def test_praise_is_public_and_goes_to_several(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        value, goal = await a_value(session), await a_goal(session, company.receiver)
        more = {
            "value_ids": [str(value.id)],
            "skills": ["Facilitation", "Facilitation"],
            "goal_id": str(goal.id),
        }

        answer = await as_person(company.giver).post(
            "/feedback", json=praise(company.receiver, company.mate, **more)
        )

        given = answer.json()
        assert answer.status_code == 201
        assert answer.headers["location"] == f"/v1/feedback/{given['id']}"
        assert given["giver"]["name"] == "Gil Giver"
        assert [one["person"]["name"] for one in given["receivers"]] == [
            "Rhea Receiver",
            "Tess Mate",
        ]
        assert (given["visibility"], given["skills"]) == ("public", ["Facilitation"])
        assert [one["name"] for one in given["values"]] == ["Own it"]
        assert given["goal"]["id"] == str(goal.id)
        assert set(given["permissions"]) == {
            *("edit", "withdraw", "change_visibility", "comment", "react")
        }
        assert await needs(as_person(company.mate)) == [("feedback_received", "Gil Giver", None)]

    async def test_advice_is_for_the_receiver_alone(
        self, as_person: AsPerson, company: Company
    ) -> None:
        answer = await as_person(company.giver).post(
            "/feedback", json=praise(company.receiver, kind="advice")
        )
        assert answer.json()["visibility"] == "recipient"

    @pytest.mark.parametrize(
        ("kind", "visibility"),
        [
            *((FeedbackKind.PRAISE, one) for one in ("manager", "requester")),
            *((FeedbackKind.ADVICE, one) for one in ("public", "team", "requester")),
        ],
    )
    async def test_is_refused_to_an_audience_that_is_not_offered(
        self, as_person: AsPerson, company: Company, kind: str, visibility: str
    ) -> None:
        body = praise(company.receiver, kind=kind, visibility=visibility)
        answer = await as_person(company.giver).post("/feedback", json=body)
        assert answer.status_code == 422
        [error] = answer.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/visibility", "not_offered")

    async def test_takes_what_the_organization_offers(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        organization = await get_organization(session)
        organization.settings = {"feedback": {"praise_visibilities": ["team", "recipient"]}}
        giver = as_person(company.giver)

        usual = await giver.post("/feedback", json=praise(company.receiver))
        public = await giver.post("/feedback", json=praise(company.receiver, visibility="public"))

        assert usual.json()["visibility"] == "team"
        assert public.status_code == 422

    async def test_names_what_is_wrong(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        gone = await a_value(session, "Old", archived_at=utcnow())
        hidden = await a_goal(session, company.receiver, visibility=Visibility.PRIVATE)
        leaver = await a_leaver(session)
        giver = as_person(company.giver)
        wrong = [
            (praise(company.receiver, company.giver), "/receiver_ids/1", "to_oneself"),
            (praise(leaver), "/receiver_ids/0", "unknown"),
            (praise(company.receiver, value_ids=[str(gone.id)]), "/value_ids/0", "unknown"),
            (praise(company.receiver, goal_id=str(hidden.id)), "/goal_id", "unknown"),
            (praise(company.receiver, goal_id=str(uuid7())), "/goal_id", "unknown"),
            (praise(company.receiver, text="  "), "/text", "too_short"),
            (praise(), "/receiver_ids", "too_short"),
        ]
        for body, pointer, code in wrong:
            answer = await giver.post("/feedback", json=body)
            assert answer.status_code == 422, body
            [error] = answer.json()["errors"]
            assert (error["pointer"], error["code"]) == (pointer, code)
        assert leaver.status == Status.LEFT

    async def test_tells_the_log_neither_who_nor_what(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        given = await as_person(company.giver).post("/feedback", json=praise(company.receiver))

        event = (await session.scalars(select(LoggedEvent))).one()
        assert (event.topic, event.actor_id) == ("feedback.given", None)
        assert event.payload == {"feedback_id": given.json()["id"]}


class TestListFeedback:
    async def test_has_boxes_and_filters(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        value = await a_value(session)
        public = await a_praise(
            session, company.giver, company.receiver, company.mate, values=(value,)
        )
        to_her = await a_feedback(session, company.mate, company.receiver, text="Slow down a bit")
        for_both = await a_feedback(
            session,
            company.receiver,
            company.below,
            visibility=FeedbackVisibility.RECIPIENT_AND_MANAGER,
            given_on=days_ago(session, 30),
        )
        hidden = await a_praise(session, company.giver, company.peer, hidden_at=utcnow())
        receiver = as_person(company.receiver)

        async def found(client: Client, **filters: object) -> set[str]:
            answer = await client.get("/feedback", params=filters)
            assert answer.status_code == 200, answer.text
            return {one["id"] for one in answer.json()["items"]}

        def ids(*some: Any) -> set[str]:
            return {str(one.id) for one in some}

        assert await found(receiver) == ids(public, to_her, for_both)
        assert await found(receiver, box="received") == ids(public, to_her)
        assert await found(receiver, box="given") == ids(for_both)
        assert await found(receiver, box="reports") == ids(for_both)
        assert await found(receiver, box="wall") == ids(public)
        assert await found(receiver, box="hidden") == set()
        assert await found(as_person(company.admin), box="hidden") == ids(hidden)
        assert await found(receiver, q="DOWN slow") == ids(to_her)
        assert await found(receiver, kind="praise") == ids(public)
        assert await found(receiver, value_id=str(value.id)) == ids(public)
        assert await found(receiver, receiver_id=str(company.mate.id)) == ids(public)
        assert await found(receiver, giver_id=str(company.mate.id)) == ids(to_her)
        assert await found(receiver, until=days_ago(session, 1).isoformat()) == ids(for_both)
        assert await found(receiver, since=days_ago(session, 1).isoformat()) == ids(public, to_her)
        # A manager finds by no filter what is not for them.
        manager = as_person(company.manager)
        assert await found(manager, box="reports") == ids(public)
        assert await found(manager, q="slow") == set()
        assert await found(manager, giver_id=str(company.mate.id)) == set()

    async def test_finds_by_goal_only_whoever_sees_the_goal(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        goal = await a_goal(session, company.receiver, visibility=Visibility.PRIVATE)
        given = await a_praise(session, company.receiver, company.mate, goal_id=goal.id)
        params = {"goal_id": str(goal.id)}

        mine = await as_person(company.receiver).get("/feedback", params=params)
        theirs = await as_person(company.mate).get("/feedback", params=params)

        assert [one["id"] for one in mine.json()["items"]] == [str(given.id)]
        assert theirs.json()["items"] == []
        [seen] = (await as_person(company.mate).get("/feedback")).json()["items"]
        assert seen["goal"] is None


class TestChangeFeedback:
    async def test_words_it_anew_and_says_so(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        old, new = await a_value(session), await a_value(session, "Keep it simple")
        feedback = await a_praise(session, company.giver, company.receiver, values=(old,))
        body = {"text": "You asked first, twice.", "value_ids": [str(new.id)], "skills": ["Care"]}

        answer = await as_person(company.giver).patch(f"/feedback/{feedback.id}", json=body)

        changed = answer.json()
        assert (changed["text"], changed["skills"]) == ("You asked first, twice.", ["Care"])
        assert [one["name"] for one in changed["values"]] == ["Keep it simple"]
        assert changed["edited_at"] is not None
        event = (await session.scalars(select(LoggedEvent))).one()
        assert event.payload is not None
        assert event.payload["fields"] == ["skills", "text", "values"]

    async def test_changes_nothing_where_nothing_is_new(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        gone = await a_value(session, archived_at=utcnow())
        feedback = await a_praise(session, company.giver, company.receiver, values=(gone,))
        body = {"text": feedback.text, "value_ids": [str(gone.id)]}

        answer = await as_person(company.giver).patch(f"/feedback/{feedback.id}", json=body)

        assert (answer.json()["version"], answer.json()["edited_at"]) == (1, None)
        assert (await session.scalars(select(LoggedEvent))).all() == []

    async def test_insists_on_the_version(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        feedback = await a_praise(session, company.giver, company.receiver)
        giver, path = as_person(company.giver), f"/feedback/{feedback.id}"
        etag = (await giver.get(path)).headers["etag"]
        first = await giver.patch(path, json={"text": "One"}, headers={"If-Match": etag})
        second = await giver.patch(path, json={"text": "Two"}, headers={"If-Match": etag})
        assert (first.status_code, second.status_code) == (200, 412)


class TestWithdrawFeedback:
    async def test_takes_everything_along_but_the_goal_that_was_made_of_it(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        feedback = await a_feedback(session, company.giver, company.receiver)
        path = f"/feedback/{feedback.id}"
        receiver = as_person(company.receiver)
        await receiver.post(f"{path}/comments", json={"text": "When?"})
        made = await receiver.post(f"{path}/development-goal", json={"title": "Ask first"})

        answer = await as_person(company.giver).delete(path)

        assert answer.status_code == 204
        assert (await receiver.get(path)).status_code == 404
        goal = await receiver.get(f"/goals/{made.json()['goal_id']}")
        assert goal.status_code == 200
        assert await needs(as_person(company.giver)) == []


class TestReceiving:
    async def test_thanks_say_that_it_was_read_and_are_said_once(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        feedback = await a_praise(session, company.giver, company.receiver, company.mate)
        receiver, path = as_person(company.receiver), f"/feedback/{feedback.id}/thank"

        thanked = await receiver.post(path)
        again = await receiver.post(path)

        rhea, tess = thanked.json()["receivers"]
        assert rhea["thanked_at"] == rhea["acknowledged_at"] != None  # noqa: E711
        assert (tess["thanked_at"], tess["acknowledged_at"]) == (None, None)
        assert (again.status_code, again.json()["code"]) == (409, "already_thanked")
        assert await needs(receiver) == []
        assert await needs(as_person(company.mate)) == [("feedback_received", "Gil Giver", None)]

    async def test_an_acknowledgement_ends_the_waiting(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        feedback = await a_feedback(session, company.giver, company.receiver)
        receiver = as_person(company.receiver)
        assert await needs(receiver) == [("feedback_received", "Gil Giver", None)]

        answer = await receiver.post(f"/feedback/{feedback.id}/acknowledge")

        assert answer.json()["receivers"][0]["acknowledged_at"] is not None
        assert await needs(receiver) == []

    async def test_a_goal_of_it_is_a_private_draft(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        feedback = await a_feedback(session, company.giver, company.receiver)
        receiver, path = as_person(company.receiver), f"/feedback/{feedback.id}"

        made = await receiver.post(f"{path}/development-goal", json={"title": "Ask first"})
        again = await receiver.post(f"{path}/development-goal", json={"title": "Ask first"})

        assert (made.status_code, again.status_code) == (201, 409)
        assert made.headers["location"] == f"/v1/goals/{made.json()['goal_id']}"
        goal = (await session.scalars(select(Goal))).one()
        assert str(goal.id) == made.json()["goal_id"]
        assert goal.owner_id == company.receiver.id
        assert (goal.state, goal.purpose, goal.visibility) == (
            GoalState.DRAFT,
            Purpose.DEVELOPMENT,
            Visibility.PRIVATE,
        )
        manager = as_person(company.manager)
        assert (await manager.get(f"/goals/{goal.id}")).status_code == 404
        [mine] = (await receiver.get(path)).json()["receivers"]
        assert mine["goal"] == {"id": str(goal.id), "title": "Ask first"}
        [theirs] = (await as_person(company.giver).get(path)).json()["receivers"]
        assert theirs["goal"] is None

    async def test_a_goal_that_is_deleted_leaves_the_feedback_as_it_is(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        about = await a_goal(session, company.receiver, state=GoalState.DRAFT)
        feedback = await a_feedback(session, company.giver, company.receiver, goal_id=about.id)
        receiver, path = as_person(company.receiver), f"/feedback/{feedback.id}"
        made = await receiver.post(f"{path}/development-goal", json={"title": "Ask first"})

        for goal_id in (about.id, made.json()["goal_id"]):
            assert (await receiver.delete(f"/goals/{goal_id}")).status_code == 204

        left = (await receiver.get(path)).json()
        assert (left["goal"], left["receivers"][0]["goal"]) == (None, None)
        assert "make_a_goal" in left["permissions"]
