from perfapi.core.errors import Conflict, Forbidden
from perfapi.core.faults import constraint


class OnlyAdministrators(Forbidden):
    """The settings of an organization are for its administrators."""

    title = "Only an administrator may do this."


class SlugTaken(Conflict):
    """Another organization has this short name."""

    title = "That short name is taken."


constraint("uq_organizations_slug", SlugTaken)
