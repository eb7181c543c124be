"""Everybody begins with templates; HR and administrators keep those of the organization."""

from sqlalchemy import or_, true

from perfapi.core.access import Act, Rules, everywhere
from perfapi.domains.goals.errors import OnlyHr
from perfapi.domains.people.relations import you_are_admin, you_are_hr_of_all

from .models import GoalTemplate

VISIBLE = Rules("goal-templates", GoalTemplate, everybody_sees_templates=true())

MANAGE_TEMPLATES = everywhere(
    "manage_goal_templates", Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_all()))
)
