from perfapi.core.errors import Conflict, Invalid


class FileUnreadable(Invalid):
    """The file is not a table that can be imported; `errors` says why, with the row."""

    title = "The file cannot be read."


class MappingInvalid(Invalid):
    """The mapping does not fit: it is incomplete, contradicts itself, or names missing columns."""

    title = "The mapping is not right."


class ImportNotPlanned(Conflict):
    """Only a plan that is ready, and that was not applied or discarded, can be applied."""

    title = "The import is not waiting to be applied."


class ImportOutdated(Conflict):
    """People were changed since the plan was made. Upload the file again for a new plan."""

    title = "People have changed since this plan was made."


class ImportRefused(Conflict):
    """More people would leave than `max_deactivations` of the mapping allows."""

    title = "Too many people would leave."


class ImportRunning(Conflict):
    """Wait until it is planned or applied."""

    title = "The import is being worked on."
