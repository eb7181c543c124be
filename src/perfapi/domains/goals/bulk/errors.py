from perfapi.core.errors import Conflict


class TooManyGoalsAtOnce(Conflict):
    """At most 5,000 goals and 10,000 key results are set at once: choose fewer people, or fewer
    goals."""

    title = "That would be more than 5,000 goals or 10,000 key results at once."
