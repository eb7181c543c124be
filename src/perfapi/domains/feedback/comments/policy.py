"""Who reads feedback reads what is said about it and may say something; only authors change it."""

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules, there_is
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.feedback.models import Feedback
from perfapi.domains.feedback.policy import IS_NOT_HIDDEN, rules_of

from .errors import FeedbackCommentNotYours
from .models import FeedbackComment

_feedback = aliased(Feedback)


def _on_feedback(rule: str) -> ColumnElement[bool]:
    return there_is(
        [_feedback],
        _feedback.organization_id == ORGANIZATION,
        _feedback.id == FeedbackComment.feedback_id,
        rules_of(_feedback)[rule],
    )


VISIBLE = Rules(
    "feedback-comments",
    FeedbackComment,
    **{rule: _on_feedback(rule) for rule in rules_of(_feedback)},
)

MAY_COMMENT = (IS_NOT_HIDDEN,)
MAY_EDIT = MAY_DELETE = (Act(FeedbackCommentNotYours, FeedbackComment.author_id == YOU),)
