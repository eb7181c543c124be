from perfapi.core.errors import Conflict, Forbidden, Invalid, TryAgain
from perfapi.core.faults import constraint


class GoalNotYoursToSet(Forbidden):
    """Company goals are set by administrators and HR; goals of a department by its HR and its
    managers; goals of a team by its members and its lead; goals of a person by themself, their
    managers and their HR."""

    title = "You may not set goals for them."


class GoalNotYours(Forbidden):
    """A goal is changed by its owner, the owner's managers, HR and administrators."""

    title = "You may not change this goal."


class GoalNotYoursToNegotiate(Forbidden):
    """A goal is agreed between its owner and those who manage the owner, and nobody else."""

    title = "You do not negotiate this goal."


class AgreementNotYours(Forbidden):
    """Whoever proposed a goal waits for the other side: the owner's manager, or the owner."""

    title = "It is for the other side to agree."


class OnlyHr(Forbidden):
    """Goal cycles and templates are kept by HR of the whole organization and administrators."""

    title = "Only HR may do this."


class OnlyAdministrators(Forbidden):
    """How goals work here is decided, and recomputed, by administrators."""

    title = "Only an administrator may do this."


class GoalEnded(Conflict):
    """The goal is closed, cancelled or archived, and stays as it is."""

    title = "The goal has ended."


class GoalNotActive(Conflict):
    """Only an active goal is checked in on and closed; a draft is activated first."""

    title = "The goal is not active."


class GoalNotDraft(Conflict):
    """Only a draft is activated or deleted; what was active is closed or cancelled."""

    title = "The goal is not a draft."


class GoalNotEnded(Conflict):
    """Only a closed or cancelled goal is reopened or archived."""

    title = "The goal has not ended."


class GoalNotArchived(Conflict):
    """Only an archived goal is restored."""

    title = "The goal is not archived."


class GoalNotStarted(Conflict):
    """A draft is moved to another cycle by editing it; an archived goal is restored first."""

    title = "The goal cannot be carried over."


class GoalCarriedOver(Conflict):
    """A goal goes on in one other goal at most."""

    title = "The goal was carried over already."


class GoalIsPrivate(Conflict):
    """Nobody who manages the owner sees a private goal, so nobody could agree."""

    title = "The goal is private."


class GoalAlreadyProposed(Conflict):
    """It waits for an answer, or was agreed already."""

    title = "The goal was proposed already."


class GoalNotProposed(Conflict):
    """Only what is proposed is agreed or sent back."""

    title = "The goal is not proposed."


class GoalProposalChanged(Conflict):
    """What is agreed is what was read: there is a later step than the one that was named. Read the
    goal again, and answer with its `last_step_id`."""

    title = "The goal was changed meanwhile."


class NobodyToAgree(Conflict):
    """Nobody manages the goal's owner."""

    title = "Nobody could agree to it."


class TooManyMembers(Conflict):
    """A goal has at most 50 co-owners and contributors."""

    title = "The goal has as many people as it may have."


class OwnerIsNoMember(Conflict):
    """The owner has every right on the goal already."""

    title = "That is the goal's owner."


class FormerOwnerStays(Forbidden):
    """Whoever answered for a goal keeps it in sight, so that nobody takes it over to hide it from
    them. They may step back themselves."""

    title = "Only they themselves may step back: the goal was theirs."


class PersonHasLeft(Conflict):
    """Whoever has left takes no part in goals."""

    title = "That person has left."


class InitiativeDone(Conflict):
    """It was ticked off already."""

    title = "The initiative is done."


class InitiativeNotDone(Conflict):
    """It was not ticked off."""

    title = "The initiative is not done."


class TooManyInitiatives(Conflict):
    """A goal has at most 100 initiatives."""

    title = "The goal has as many initiatives as it may have."


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


class AlignmentBusy(TryAgain):
    """Many goals are being set at once, so that none can be moved, archived or restored just now.
    Nothing was stored; the same request succeeds once that is done."""

    status, title = 409, "Goals are being set right now; try again in a moment."


class KeyResultArchived(Conflict):
    """An archived key result keeps its history and takes no more check-ins."""

    title = "The key result is archived."


class KeyResultHasHistory(Conflict):
    """A key result keeps its kind once there are check-ins: their values would mean something
    else. Remove it and add another one."""

    title = "There are check-ins on this key result."


class TooManyKeyResults(Conflict):
    """A goal has at most 50 key results that are not archived."""

    title = "The goal has as many key results as it may have."


class CycleClosed(Conflict):
    """A closed cycle stays as it is and takes no more goals."""

    title = "The cycle is closed."


constraint("ix_goals_carried_from", GoalCarriedOver)
constraint("ck_goals_not_its_own_parent", AlignmentCircular)
