"""Everybody sees the cycles; HR and administrators keep them."""

from sqlalchemy import true

from perfapi.core.access import Act, Rules
from perfapi.domains.goals.errors import CycleClosed
from perfapi.domains.goals.models import GoalCycle
from perfapi.domains.goals.policy import MANAGE_CYCLES

VISIBLE = Rules("goal-cycles", GoalCycle, everybody_sees_cycles=true())

MAY_EDIT = MAY_CLOSE = (MANAGE_CYCLES, Act(CycleClosed, GoalCycle.closed_at.is_(None)))
