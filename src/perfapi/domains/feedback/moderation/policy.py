"""Whoever reads what is public may report it, once; moderators decide."""

from sqlalchemy import not_
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, there_is
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.feedback.errors import (
    AlreadyReported,
    FeedbackIsYours,
    FeedbackNotPublic,
    OnlyModerators,
)
from perfapi.domains.feedback.models import Feedback, FeedbackVisibility
from perfapi.domains.feedback.policy import IS_NOT_HIDDEN, you_moderate

from .models import FeedbackReport

_report = aliased(FeedbackReport)
_IS_REPORT_OF_IT = (
    _report.organization_id == ORGANIZATION,
    _report.feedback_id == Feedback.id,
)
IS_REPORTED = there_is([_report], *_IS_REPORT_OF_IT)
_YOU_REPORTED_IT = there_is([_report], *_IS_REPORT_OF_IT, _report.person_id == YOU)

MAY_REPORT = (
    Act(FeedbackNotPublic, Feedback.visibility == FeedbackVisibility.PUBLIC),
    IS_NOT_HIDDEN,
    Act(FeedbackIsYours, Feedback.giver_id != YOU),
    Act(AlreadyReported, not_(_YOU_REPORTED_IT)),
)
MAY_READ_REPORTS = (Act(OnlyModerators, you_moderate()),)
