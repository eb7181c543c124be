from perfapi.core.errors import Conflict, Forbidden


class FeedbackCommentNotYours(Forbidden):
    """A comment is edited and deleted by whoever wrote it, and by nobody else."""

    title = "You did not write this comment."


class TooManyFeedbackComments(Conflict):
    """Feedback takes at most 200 comments; talk about it in person."""

    title = "There are as many comments as there may be."
