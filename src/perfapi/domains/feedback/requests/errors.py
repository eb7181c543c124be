from perfapi.core.errors import Conflict, Forbidden


class RequestNotYours(Forbidden):
    """A request is changed and closed by whoever asked."""

    title = "You did not ask for this."


class RequestNotToYou(Forbidden):
    """Only those who were asked answer or decline."""

    title = "You were not asked."


class RequestAnswered(Conflict):
    """You answered it, or declined, already."""

    title = "You answered it already."


class RequestClosed(Conflict):
    """Whoever asked waits for no more answers."""

    title = "The request is closed."


class NotYoursToAskAbout(Forbidden):
    """Ask about yourself or about people who report to you; for a colleague, answers go to them
    alone (`recipient`)."""

    title = "You may not ask so about this person."
