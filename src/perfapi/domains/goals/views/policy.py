"""A view shows nobody more than they see: it holds what one asks for, not what is found."""

from sqlalchemy import and_, case, or_

from perfapi.core.access import Act, Rules, everywhere
from perfapi.core.binds import YOU
from perfapi.domains.goals.errors import OnlyHr
from perfapi.domains.people.relations import you_are_admin, you_are_hr_of_all

from .errors import ViewNotYours
from .models import GoalView

VISIBLE = Rules(
    "goal-views",
    GoalView,
    you_keep_it=GoalView.owner_id == YOU,
    it_is_shared=GoalView.is_shared.is_(True),
)

_KEEP_WHAT_IS_SHARED = or_(you_are_admin(), you_are_hr_of_all())

SHARE_VIEWS = everywhere("share_goal_views", Act(OnlyHr, _KEEP_WHAT_IS_SHARED))

MAY_EDIT = Act(
    ViewNotYours,
    case((GoalView.is_shared, _KEEP_WHAT_IS_SHARED), else_=GoalView.owner_id == YOU),
)
MAY_SHARE = Act(
    ViewNotYours,
    and_(_KEEP_WHAT_IS_SHARED, or_(GoalView.is_shared.is_(True), GoalView.owner_id == YOU)),
)
