from sqlalchemy import Integer, Text, cast, literal, null, select

from perfapi.core.binds import ORGANIZATION
from perfapi.domains.feedback.models import Feedback
from perfapi.domains.feedback.policy import VISIBLE, WAITS_FOR_YOU
from perfapi.domains.people.models import Person

NEEDS = (
    select(
        literal("feedback_proposed").label("kind"),
        literal("feedback").label("resource"),
        Feedback.id.label("id"),
        select(Person.name)
        .where(Person.organization_id == ORGANIZATION, Person.id == Feedback.proposed_by_id)
        .correlate(Feedback)
        .scalar_subquery()
        .label("title"),
        cast(null(), Text).label("detail"),
        Feedback.updated_at.label("since"),
        cast(null(), Integer).label("count"),
    )
    .select_from(Feedback)
    .where(
        Feedback.organization_id == ORGANIZATION,
        Feedback.proposed_visibility.is_not(None),
        WAITS_FOR_YOU,
        VISIBLE,
    )
)
"""For "Needs you now": somebody would like to let others read what you gave or received."""
