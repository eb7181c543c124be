"""Everybody who sees a goal reads, comments and reacts; a comment is its author's alone.

Whoever loses sight of the goal loses the conversation with it. Nobody edits or deletes in another's
name, not the goal's owner either.
"""

from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.goals import policy as goals
from perfapi.domains.goals.models import Goal

from .errors import GoalCommentDeleted, GoalCommentNotYours
from .models import GoalComment

_goal = aliased(Goal)

VISIBLE = Rules(
    "goal-comments",
    GoalComment,
    you_see_its_goal=exists(
        select(1).where(
            _goal.organization_id == ORGANIZATION,
            _goal.id == GoalComment.goal_id,
            goals.may_see(_goal),
        )
    ),
)

MAY_COMMENT: tuple[Act, ...] = ()
"""On a goal: seeing it is enough, in whatever state it is."""


def acts_on(comment: Any) -> dict[str, tuple[Act, ...]]:
    """What may be done with a comment or with an alias of it: a reply."""
    you_wrote_it = Act(GoalCommentNotYours, comment.author_id == YOU)
    is_there = Act(GoalCommentDeleted, comment.deleted_at.is_(None))
    begins_a_thread = and_(is_there.condition, comment.reply_to_id.is_(None))
    return {
        # Also of a deleted one: its author brings it back by writing it again.
        "edit": (you_wrote_it,),
        "delete": (you_wrote_it, is_there),
        "reply": (Act(GoalCommentDeleted, begins_a_thread),),
        "react": (is_there,),
    }


_ACTS = acts_on(GoalComment)
MAY_EDIT, MAY_DELETE, MAY_REACT = _ACTS["edit"], _ACTS["delete"], _ACTS["react"]
