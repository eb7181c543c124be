from perfapi.core.errors import Conflict, Forbidden, Invalid
from perfapi.core.faults import constraint


class GoalNotYoursToSet(Forbidden):
    """Company goals are set by administrators and HR; goals of a department by its HR and its
    managers; goals of a team by its members and its lead; goals of a person by themself, their
    managers and their HR."""

    title = "You may not set goals for them."


class GoalNotYours(Forbidden):
    """A goal is changed by its owner, the owner's managers, HR and administrators."""

    title = "You may not change this goal."


class OnlyHr(Forbidden):
    """Goal cycles and templates are kept by HR of the whole organization and administrators."""

    title = "Only HR may do this."


class OnlyAdministrators(Forbidden):
    """How goals work here is decided, and recomputed, by administrators."""

    title = "Only an administrator may do this."


class GoalEnded(Conflict):
    """The goal is closed or cancelled, and stays as it is."""

    title = "The goal has ended."


class GoalNotActive(Conflict):
    """Only an active goal is checked in on and closed; a draft is activated first."""

    title = "The goal is not active."


class GoalNotDraft(Conflict):
    """Only a draft is activated or deleted; what was active is closed or cancelled."""

    title = "The goal is not a draft."


class GoalHasHistory(Conflict):
    """Check-ins are kept: cancel the goal instead of deleting it."""

    title = "There are check-ins on this goal."


class GoalHasAlignedGoals(Conflict):
    """Other goals are aligned to it: align them elsewhere first."""

    title = "Other goals are aligned to this goal."


class AlignmentCircular(Invalid):
    """A goal would be aligned, over some steps, to itself."""

    title = "That would close a circle of goals."


class AlignmentTooDeep(Invalid):
    """Goals are aligned at most 20 levels deep."""

    title = "That would align goals too deep."


class KeyResultArchived(Conflict):
    """An archived key result keeps its history and takes no more check-ins."""

    title = "The key result is archived."


class TooManyKeyResults(Conflict):
    """A goal has at most 50 key results that are not archived."""

    title = "The goal has as many key results as it may have."


class CycleClosed(Conflict):
    """A closed cycle stays as it is and takes no more goals."""

    title = "The cycle is closed."


constraint("ck_goals_not_its_own_parent", AlignmentCircular)
