from perfapi.core.errors import Conflict


class GoalIsYours(Conflict):
    """News are asked of others: of a goal of yours you tell them."""

    title = "It is your own goal."


class GoalIsNotQuiet(Conflict):
    """There was news within the rhythm of the goal, or nothing on it is measured."""

    title = "There was news of this goal not long ago."


class NewsAlreadyAsked(Conflict):
    """Somebody has asked since the last check-in. Once is enough."""

    title = "Somebody has asked already."
