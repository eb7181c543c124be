"""A request is between whoever asks and those who are asked; who it is about is not told of it."""

from typing import Any

from sqlalchemy import ColumnElement, Uuid, bindparam, or_
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules, there_is
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.feedback.models import FeedbackRequest, FeedbackRespondent
from perfapi.domains.people.relations import you_manage

from .errors import (
    NotYoursToAskAbout,
    RequestAnswered,
    RequestClosed,
    RequestNotToYou,
    RequestNotYours,
)


def _you_are_asked(*conditions: Any) -> ColumnElement[bool]:
    asked = aliased(FeedbackRespondent)
    return there_is(
        [asked],
        asked.organization_id == ORGANIZATION,
        asked.request_id == FeedbackRequest.id,
        asked.person_id == YOU,
        *(one(asked) for one in conditions),
    )


def _waits(asked: Any) -> ColumnElement[bool]:
    waits: ColumnElement[bool] = asked.answered_at.is_(None) & asked.declined_at.is_(None)
    return waits


VISIBLE = Rules(
    "feedback-requests",
    FeedbackRequest,
    you_asked=FeedbackRequest.requester_id == YOU,
    you_were_asked=_you_are_asked(),
)

IS_OPEN = Act(RequestClosed, FeedbackRequest.closed_at.is_(None))
IS_YOURS = Act(RequestNotYours, FeedbackRequest.requester_id == YOU)
WAITS_FOR_YOU = _you_are_asked(_waits)

MAY_CLOSE = (IS_YOURS, IS_OPEN)
MAY_ANSWER = MAY_DECLINE = (
    Act(RequestNotToYou, _you_are_asked()),
    IS_OPEN,
    Act(RequestAnswered, WAITS_FOR_YOU),
)

ABOUT = bindparam("about", type_=Uuid())
ASK_ABOUT = Act(NotYoursToAskAbout, or_(ABOUT == YOU, you_manage(ABOUT)))
"""Unless the answers go to that person alone: so anybody may ask for a colleague."""
