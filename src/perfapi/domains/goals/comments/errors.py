from perfapi.core.errors import Conflict, Forbidden


class GoalCommentNotYours(Forbidden):
    """A comment is edited and deleted by whoever wrote it, and by nobody else."""

    title = "You did not write this comment."


class GoalCommentDeleted(Conflict):
    """The comment was deleted. Its author brings it back by writing it again."""

    title = "This comment was deleted."


class TooManyReplies(Conflict):
    """A comment takes at most 200 replies; begin a new thread."""

    title = "The comment has as many replies as it may have."
