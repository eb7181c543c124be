"""Who sees a goal may ask for news of it, once it was quiet for its rhythm and nobody has asked."""

from sqlalchemy import not_
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, there_is
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.goals import measures
from perfapi.domains.goals.errors import GoalNotActive
from perfapi.domains.goals.models import Goal, GoalProgress, GoalState, KeyResult
from perfapi.domains.goals.policy import you_own

from .errors import GoalIsNotQuiet, GoalIsYours, NewsAlreadyAsked
from .models import GoalNudge

_key_result, _progress, _nudge = aliased(KeyResult), aliased(GoalProgress), aliased(GoalNudge)

_IS_MEASURED = there_is(
    [_key_result],
    _key_result.organization_id == ORGANIZATION,
    _key_result.goal_id == Goal.id,
    _key_result.archived_at.is_(None),
)
_IS_QUIET = there_is(
    [_progress],
    _progress.organization_id == ORGANIZATION,
    _progress.goal_id == Goal.id,
    measures.quiet_days(Goal, _progress.checked_in_at) >= Goal.check_in_every_days,
)
WAS_ASKED = there_is([_nudge], _nudge.organization_id == ORGANIZATION, _nudge.goal_id == Goal.id)

MAY_NUDGE = (
    Act(GoalNotActive, Goal.state == GoalState.ACTIVE),
    Act(GoalIsYours, not_(you_own(Goal))),
    Act(NewsAlreadyAsked, not_(WAS_ASKED)),
    Act(GoalIsNotQuiet, _IS_MEASURED & _IS_QUIET),
)
YOU_HAVE_ASKED = there_is(
    [_nudge],
    _nudge.organization_id == ORGANIZATION,
    _nudge.goal_id == Goal.id,
    _nudge.by_id == YOU,
)
