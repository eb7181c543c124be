from perfapi.core.errors import Conflict


class TooManyGoalsAtOnce(Conflict):
    """At most 5,000 goals and 10,000 key results are set at once: choose fewer people, or fewer
    goals."""

    title = "That would be more than 5,000 goals or 10,000 key results at once."


class TooManyMilestonesAtOnce(Conflict):
    """At most 50,000 milestones are set at once: choose fewer people or fewer milestones."""

    title = "That would be more than 50,000 milestones at once."


class NothingToTakeBack(Conflict):
    """Only goals that were set are taken back: not a dry run, nor what is not done yet."""

    title = "There is nothing to take back."
