from perfapi.core.errors import Conflict, Forbidden


class OnlyAdministrators(Forbidden):
    """What has happened in the whole organization is for administrators to look into."""

    title = "Only administrators may look into this."


class DeliveryNotDead(Conflict):
    """It is done, or still being tried: only what was given up can be tried again."""

    title = "This was not given up."
