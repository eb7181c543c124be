from perfapi.core.errors import Conflict


class TooManyGoalsAtOnce(Conflict):
    """At most 5,000 goals are set at once: choose fewer people or fewer goals."""

    title = "That would be more than 5,000 goals at once."
