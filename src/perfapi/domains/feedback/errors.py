from perfapi.core.errors import Conflict, Forbidden


class FeedbackNotYours(Forbidden):
    """Feedback is changed and withdrawn by whoever gave it, and by nobody else."""

    title = "You did not give this feedback."


class FeedbackNotToYou(Forbidden):
    """Thanks, and what becomes of feedback, are up to whoever received it."""

    title = "This feedback was not given to you."


class FeedbackNotBetweenYou(Forbidden):
    """Who else reads feedback is between its giver and its receivers."""

    title = "You neither gave nor received this feedback."


class AlreadyThanked(Conflict):
    """You said thank you already."""

    title = "You said thank you already."


class AlreadyAcknowledged(Conflict):
    """You said already that you have read it."""

    title = "You acknowledged it already."


class NothingProposed(Conflict):
    """Nobody proposes to let others read this, or you agreed already."""

    title = "Nothing waits for your agreement."


class ReceiversDoNotReadIt(Conflict):
    """Those whom it is about cannot agree to others reading what they do not read themselves.
    Let them read it first."""

    title = "The receivers do not read it themselves."


class AlreadyAGoal(Conflict):
    """You made a goal of this feedback already."""

    title = "You made a goal of it already."


class FeedbackHidden(Conflict):
    """A moderator took it off the wall. Nobody reacts to it or comments on it there."""

    title = "It was taken off the wall."


class FeedbackNotPublic(Conflict):
    """Only what everybody reads is reported and taken off the wall."""

    title = "It is not public."


class FeedbackNotHidden(Conflict):
    """It is on the wall already."""

    title = "It was not taken off the wall."


class FeedbackIsYours(Conflict):
    """What you gave yourself you withdraw; it is others' that you report."""

    title = "You gave it yourself."


class AlreadyReported(Conflict):
    """You reported it already; those who moderate have been told."""

    title = "You reported it already."


class OnlyModerators(Forbidden):
    """HR of the whole organization and administrators moderate the wall."""

    title = "Only HR and administrators may do this."


class OnlyHrKeepsValues(Forbidden):
    """HR of the whole organization and administrators keep the company's values."""

    title = "Only HR and administrators may do this."


class OnlyAdministratorsConfigure(Forbidden):
    """How feedback works is configured by administrators."""

    title = "Only administrators may do this."
