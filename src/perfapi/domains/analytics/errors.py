from perfapi.core.errors import Forbidden


class InsightsNotYours(Forbidden):
    """Everybody sees the numbers of the company. Those of a department are for its HR and for
    managers who work in it or above it; of a team, for its lead and for managers of its members;
    of a manager's people, for the manager, those above them and their HR."""

    title = "These numbers are not for you."


class OnlyAdministrators(Forbidden):
    """Numbers are recomputed by administrators."""

    title = "Only an administrator may do this."
