"""An initiative is seen with its goal, changed by whoever changes that, and done by whoever works
on it: contributors and its own owner too."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.goals import policy as goals
from perfapi.domains.goals.errors import InitiativeDone, InitiativeNotDone
from perfapi.domains.goals.models import Goal, Initiative

_goal = aliased(Goal)

VISIBLE = Rules(
    "initiatives",
    Initiative,
    you_see_its_goal=exists(
        select(1).where(
            _goal.organization_id == ORGANIZATION,
            _goal.id == Initiative.goal_id,
            goals.may_see(_goal),
        )
    ),
)

# These speak of its goal too: ask them where both are at hand.
MAY_ADD = MAY_EDIT = MAY_REMOVE = goals.MAY_EDIT

_WORK_ON_IT = Act(
    goals.WORK_ON_IT.problem, or_(goals.WORK_ON_IT.condition, Initiative.owner_id == YOU)
)
MAY_COMPLETE = (
    _WORK_ON_IT,
    goals.HAS_NOT_ENDED,
    Act(InitiativeDone, Initiative.done_at.is_(None)),
)
MAY_RESUME = (
    _WORK_ON_IT,
    goals.HAS_NOT_ENDED,
    Act(InitiativeNotDone, Initiative.done_at.is_not(None)),
)
