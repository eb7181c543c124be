from perfapi.core.errors import Conflict, Forbidden
from perfapi.core.faults import constraint


class ViewNotYours(Forbidden):
    """One's own views are one's own; shared ones are kept by HR of the whole organization and
    administrators. Everybody may save a copy."""

    title = "You may not change this view."


class ViewNameTaken(Conflict):
    """You have a view of this name already."""

    title = "You have a view of this name."


constraint("uq_goal_views_organization_id_owner_id_name", ViewNameTaken)
