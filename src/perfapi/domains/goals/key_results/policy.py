"""A key result is seen and changed with its goal."""

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules
from perfapi.core.binds import ORGANIZATION
from perfapi.domains.goals import policy as goals
from perfapi.domains.goals.errors import KeyResultArchived
from perfapi.domains.goals.models import Goal, KeyResult

_goal = aliased(Goal)

VISIBLE = Rules(
    "key-results",
    KeyResult,
    you_see_its_goal=exists(
        select(1).where(
            _goal.organization_id == ORGANIZATION,
            _goal.id == KeyResult.goal_id,
            goals.may_see(_goal),
        )
    ),
)

# These speak of its goal too: ask them where both are at hand.
_IS_KEPT = Act(KeyResultArchived, KeyResult.archived_at.is_(None))

MAY_EDIT = (*goals.MAY_EDIT, _IS_KEPT)
MAY_CHECK_IN = (*goals.MAY_CHECK_IN, _IS_KEPT)
MAY_REMOVE = (*goals.MAY_EDIT, _IS_KEPT)
