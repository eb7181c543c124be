"""A check-in is seen with its goal, and whoever sees it may react to it."""

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from perfapi.core.access import Rules
from perfapi.core.binds import ORGANIZATION
from perfapi.domains.goals import policy as goals
from perfapi.domains.goals.models import CheckIn, Goal, KeyResult

_key_result, _goal = aliased(KeyResult), aliased(Goal)

VISIBLE = Rules(
    "check-ins",
    CheckIn,
    you_see_its_goal=exists(
        select(1).where(
            _key_result.organization_id == ORGANIZATION,
            _key_result.id == CheckIn.key_result_id,
            and_(_goal.organization_id == ORGANIZATION, _goal.id == _key_result.goal_id),
            goals.may_see(_goal),
        )
    ),
)
