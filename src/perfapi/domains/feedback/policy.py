"""Who reads feedback and what they may do with it.

Its giver, and the audience that its visibility names; see `audiences.py`. Neither HR nor
administrators read what is not for them: who moderates sees what is, or was, public. A manager is
the one of today, and reads what was given since they are; older feedback only if the organization
says so. (Sources: `recipient` excludes managers and administrators; a line remembers since when.)
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules, everywhere, there_is
from perfapi.core.binds import ORGANIZATION, TODAY, YOU
from perfapi.domains.organizations.models import Organization
from perfapi.domains.people.models import LineKind, ReportingLine
from perfapi.domains.people.relations import (
    you_are_admin,
    you_are_hr_of_all,
    you_lead_a_team_of,
    you_share_a_team_with,
)

from .audiences import Reader, read_by
from .customs import SECTION
from .errors import (
    AlreadyAcknowledged,
    AlreadyAGoal,
    AlreadyThanked,
    FeedbackHidden,
    FeedbackNotBetweenYou,
    FeedbackNotHidden,
    FeedbackNotPublic,
    FeedbackNotToYou,
    FeedbackNotYours,
    NothingProposed,
    OnlyAdministratorsConfigure,
    OnlyModerators,
)
from .models import Feedback, FeedbackReceiver, FeedbackRequest, FeedbackVisibility


def _older_is_open() -> ColumnElement[bool]:
    """The organization lets a new manager read what was given before."""
    said = Organization.settings[(SECTION, "new_managers_read_older")].as_boolean()
    asked = select(said).where(Organization.id == ORGANIZATION).scalar_subquery()
    return func.coalesce(asked, literal_column("false"))


def _you_manage_since(person_id: Any, day: Any) -> ColumnElement[bool]:
    """They report to you directly today, and did so on that day."""
    line = aliased(ReportingLine)
    return there_is(
        [line],
        line.organization_id == ORGANIZATION,
        line.person_id == person_id,
        line.manager_id == YOU,
        line.kind == LineKind.PRIMARY,
        line.valid_from <= TODAY,
        or_(line.valid_to.is_(None), line.valid_to > TODAY),
        or_(line.valid_from <= day, _older_is_open()),
    )


def _a_receiver(feedback: Any, receiver: Any, *conditions: Any) -> ColumnElement[bool]:
    return there_is(
        [receiver],
        receiver.organization_id == ORGANIZATION,
        receiver.feedback_id == feedback.id,
        *conditions,
    )


def _you_are_a_receiver(feedback: Any, *conditions: Any) -> ColumnElement[bool]:
    receiver = aliased(FeedbackReceiver)
    return _a_receiver(
        feedback, receiver, receiver.person_id == YOU, *(one(receiver) for one in conditions)
    )


def _is_for(reader: Reader, feedback: Any) -> ColumnElement[bool]:
    named: ColumnElement[bool] = feedback.visibility.in_(read_by(reader))
    return named


def you_moderate() -> ColumnElement[bool]:
    return or_(you_are_admin(), you_are_hr_of_all())


def rules_of(feedback: Any) -> dict[str, ColumnElement[bool]]:
    managed, mate = aliased(FeedbackReceiver), aliased(FeedbackReceiver)
    asked = aliased(FeedbackRequest)
    is_public = feedback.visibility == FeedbackVisibility.PUBLIC
    return {
        "it_is_public": and_(is_public, feedback.hidden_at.is_(None)),
        "you_gave_it": feedback.giver_id == YOU,
        "you_received_it": and_(
            or_(is_public, _is_for(Reader.RECEIVER, feedback)), _you_are_a_receiver(feedback)
        ),
        "you_manage_a_receiver": and_(
            _is_for(Reader.MANAGER, feedback),
            _a_receiver(feedback, managed, _you_manage_since(managed.person_id, feedback.given_on)),
        ),
        "you_are_in_a_team_with_a_receiver": and_(
            _is_for(Reader.TEAM, feedback),
            _a_receiver(
                feedback,
                mate,
                or_(you_share_a_team_with(mate.person_id), you_lead_a_team_of(mate.person_id)),
            ),
        ),
        "you_asked_for_it": and_(
            feedback.visibility == FeedbackVisibility.REQUESTER,
            there_is(
                [asked],
                asked.organization_id == ORGANIZATION,
                asked.id == feedback.request_id,
                asked.requester_id == YOU,
            ),
        ),
        "you_moderate_the_wall": and_(feedback.hidden_at.is_not(None), you_moderate()),
    }


VISIBLE = Rules("feedback", Feedback, **rules_of(Feedback))

_YOU_GAVE_IT = Act(FeedbackNotYours, Feedback.giver_id == YOU)
_YOU_RECEIVED_IT = Act(FeedbackNotToYou, _you_are_a_receiver(Feedback))
_IT_IS_PUBLIC = Act(FeedbackNotPublic, Feedback.visibility == FeedbackVisibility.PUBLIC)
IS_NOT_HIDDEN = Act(FeedbackHidden, Feedback.hidden_at.is_(None))

MAY_EDIT = (_YOU_GAVE_IT,)
MAY_WITHDRAW = (_YOU_GAVE_IT,)
MAY_THANK = (
    _YOU_RECEIVED_IT,
    Act(AlreadyThanked, _you_are_a_receiver(Feedback, lambda it: it.thanked_at.is_(None))),
)
MAY_ACKNOWLEDGE = (
    _YOU_RECEIVED_IT,
    Act(
        AlreadyAcknowledged, _you_are_a_receiver(Feedback, lambda it: it.acknowledged_at.is_(None))
    ),
)
MAY_MAKE_A_GOAL = (
    _YOU_RECEIVED_IT,
    Act(AlreadyAGoal, _you_are_a_receiver(Feedback, lambda it: it.goal_id.is_(None))),
)

MAY_CHANGE_VISIBILITY = (
    Act(FeedbackNotBetweenYou, or_(Feedback.giver_id == YOU, _you_are_a_receiver(Feedback))),
    IS_NOT_HIDDEN,
)
_IS_PROPOSED = Feedback.proposed_visibility.is_not(None)
WAITS_FOR_YOU = and_(
    _IS_PROPOSED,
    or_(
        and_(Feedback.giver_id == YOU, Feedback.giver_agreed_at.is_(None)),
        _you_are_a_receiver(Feedback, lambda it: it.agreed_at.is_(None)),
    ),
)
MAY_AGREE = (*MAY_CHANGE_VISIBILITY, Act(NothingProposed, WAITS_FOR_YOU))
MAY_DECLINE = (*MAY_CHANGE_VISIBILITY, Act(NothingProposed, _IS_PROPOSED))
"""Who proposed it may take it back."""

_MODERATE = Act(OnlyModerators, you_moderate())
MAY_HIDE = (_MODERATE, _IT_IS_PUBLIC, IS_NOT_HIDDEN)
MAY_RESTORE = (_MODERATE, Act(FeedbackNotHidden, Feedback.hidden_at.is_not(None)))
MAY_REACT = (IS_NOT_HIDDEN,)

MODERATE = everywhere("moderate_feedback", _MODERATE)
MAY_CONFIGURE = Act(OnlyAdministratorsConfigure, you_are_admin())
