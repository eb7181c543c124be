"""Asking for feedback, answering and declining."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.events import LoggedEvent
from perfapi.domains.organizations.queries import get_organization
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.feedback.company import Company
from tests.domains.feedback.test_router import needs
from tests.factories.feedback import a_request
from tests.factories.goals import today_of

AsPerson = Callable[[Person], Client]


def question(*asked: Person, **more: Any) -> dict[str, Any]:
    ids = [str(one.id) for one in asked]
    return {"respondent_ids": ids, "questions": ["What went well?", "What next?"]} | more


class TestRequestFeedback:
    async def test_about_oneself(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        due = (today_of(session) + timedelta(days=7)).isoformat()
        body = question(company.peer, company.mate, due_on=due)

        answer = await as_person(company.receiver).post("/feedback-requests", json=body)

        asked = answer.json()
        assert answer.status_code == 201
        assert (asked["about"]["name"], asked["visibility"]) == ("Rhea Receiver", "recipient")
        assert [one["person"]["name"] for one in asked["respondents"]] == [
            "Petra Peer",
            "Tess Mate",
        ]
        assert (asked["permissions"], asked["due_on"]) == (["close"], due)
        assert await needs(as_person(company.peer)) == [("feedback_asked", "Rhea Receiver", None)]
        event = (await session.scalars(select(LoggedEvent))).one()
        assert (event.actor_id, event.payload) == (None, {"feedback_request_id": asked["id"]})

    @pytest.mark.parametrize(
        ("who", "visibility", "status"),
        [
            ("manager", "requester", 201),
            ("skip", "recipient_and_manager", 201),
            ("former", "requester", 403),
            ("dotted", "recipient_and_manager", 403),
            ("hr", "requester", 403),
            ("peer", "recipient", 201),
            ("manager", "public", 422),
        ],
    )
    async def test_about_another(
        self, as_person: AsPerson, company: Company, who: str, visibility: str, status: int
    ) -> None:
        body = question(company.mate, about_id=str(company.receiver.id), visibility=visibility)
        answer = await as_person(company.people[who]).post("/feedback-requests", json=body)
        assert answer.status_code == status

    async def test_names_what_is_wrong(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        yesterday = (today_of(session) - timedelta(days=1)).isoformat()
        receiver = as_person(company.receiver)
        about_mate = {"about_id": str(company.mate.id)}
        wrong = [
            (question(company.receiver), "/respondent_ids/0", "is_concerned"),
            (
                question(company.peer, company.mate, **about_mate),
                "/respondent_ids/1",
                "is_concerned",
            ),
            (question(company.peer, due_on=yesterday), "/due_on", "in_the_past"),
            (question(company.peer, visibility="requester"), "/visibility", "not_a_choice"),
            (question(company.peer, questions=[]), "/questions", "too_short"),
        ]
        for body, pointer, code in wrong:
            answer = await receiver.post("/feedback-requests", json=body)
            assert answer.status_code == 422, body
            [error] = answer.json()["errors"]
            assert (error["pointer"], error["code"]) == (pointer, code)

    async def test_keeps_to_the_audiences_that_the_organization_offers(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        organization = await get_organization(session)
        organization.settings = {"feedback": {"advice_visibilities": ["recipient"]}}
        receiver = as_person(company.receiver)
        body = question(company.peer, visibility="recipient_and_manager")

        refused = await receiver.post("/feedback-requests", json=body)
        taken = await receiver.post("/feedback-requests", json=question(company.peer))

        assert (refused.status_code, taken.status_code) == (422, 201)
        assert refused.json()["errors"][0]["code"] == "not_offered"


class TestAnswering:
    async def test_gives_feedback_to_whom_it_is_about_for_whom_the_request_says(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        request = await a_request(
            session,
            company.manager,
            company.peer,
            company.mate,
            about=company.receiver,
            visibility="requester",
        )
        path, peer = f"/feedback-requests/{request.id}", as_person(company.peer)

        answer = await peer.post(f"{path}/answer", json={"text": "She asks first."})
        again = await peer.post(f"{path}/answer", json={"text": "She asks first."})

        given = answer.json()
        assert (answer.status_code, again.status_code) == (201, 409)
        assert (given["request_id"], given["visibility"]) == (str(request.id), "requester")
        assert [one["person"]["name"] for one in given["receivers"]] == ["Rhea Receiver"]
        feedback = f"/feedback/{given['id']}"
        params = {"request_id": str(request.id)}
        answers = await as_person(company.manager).get("/feedback", params=params)
        assert [one["id"] for one in answers.json()["items"]] == [given["id"]]
        assert (await as_person(company.manager).get(feedback)).status_code == 200
        assert (await as_person(company.receiver).get(feedback)).status_code == 404
        assert await needs(as_person(company.receiver)) == []
        assert await needs(peer) == []
        seen = (await as_person(company.manager).get(path)).json()
        assert [one["feedback_id"] for one in seen["respondents"]] == [given["id"], None]
        assert [bool(one["answered_at"]) for one in seen["respondents"]] == [True, False]

    async def test_declining_tells_the_reason_to_whoever_asked_alone(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        request = await a_request(session, company.receiver, company.peer, company.mate)
        path = f"/feedback-requests/{request.id}"

        await as_person(company.peer).post(f"{path}/decline", json={"reason": "We rarely met."})

        asked = (await as_person(company.receiver).get(path)).json()["respondents"]
        assert [one["reason"] for one in asked] == ["We rarely met.", None]
        others = (await as_person(company.mate).get(path)).json()["respondents"]
        assert [one["person"]["name"] for one in others] == ["Tess Mate"]

    async def test_is_over_once_the_request_is_closed(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        request = await a_request(session, company.receiver, company.peer)
        path, any_version = f"/feedback-requests/{request.id}", {"If-Match": "*"}

        closed = await as_person(company.receiver).post(f"{path}/close", headers=any_version)
        answer = await as_person(company.peer).post(f"{path}/answer", json={"text": "Late"})

        assert closed.json()["closed_at"] is not None
        assert (answer.status_code, answer.json()["code"]) == (409, "request_closed")
        assert await needs(as_person(company.peer)) == []

    async def test_for_somebody_else_is_not_for_whoever_asked(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        request = await a_request(session, company.stranger, company.peer, about=company.receiver)
        path = f"/feedback-requests/{request.id}"
        given = await as_person(company.peer).post(f"{path}/answer", json={"text": "She asks."})

        seen = (await as_person(company.stranger).get(path)).json()["respondents"]

        assert given.status_code == 201
        assert [(bool(one["answered_at"]), one["feedback_id"]) for one in seen] == [(True, None)]


class TestListFeedbackRequests:
    async def test_has_boxes(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        mine = await a_request(session, company.peer, company.mate)
        waiting = await a_request(session, company.receiver, company.peer)
        closed = await a_request(session, company.mate, company.peer, closed_at=utcnow())
        await a_request(session, company.receiver, company.mate)
        peer = as_person(company.peer)

        async def found(**filters: str) -> set[str]:
            answer = await peer.get("/feedback-requests", params=filters)
            return {one["id"] for one in answer.json()["items"]}

        assert await found() == {str(one.id) for one in (mine, waiting, closed)}
        assert await found(box="waiting") == {str(waiting.id)}
        assert await found(box="asked") == {str(mine.id)}
        assert await found(about_id=str(company.receiver.id)) == {str(waiting.id)}
