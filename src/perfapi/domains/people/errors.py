from perfapi.core.errors import AlreadyExists, Conflict, Forbidden, Invalid
from perfapi.core.faults import constraint


class OnlyHr(Forbidden):
    """For HR partners of the person's department, HR partners of the whole, and administrators."""

    title = "Only HR may do this."


class OnlyAdministrators(Forbidden):
    """Roles are given and withdrawn by administrators."""

    title = "Only an administrator may do this."


class OnlyHrOfReports(OnlyHr):
    """Whoever moves a manager moves everybody below them: some are outside your departments."""

    title = "Some of the people below them are outside your departments."


class LineCircular(Invalid):
    """Somebody would report, over some steps, to themself."""

    title = "That would close a circle of reporting lines."


class LineOverlaps(Conflict):
    """One primary manager at a time, and one dotted line to the same manager."""

    title = "Another line covers some of these days."


class LineEnded(Conflict):
    """The line is history, which stays as it was."""

    title = "The reporting line has ended."


class DepartmentCircular(Invalid):
    """A department cannot lie below itself."""

    title = "That would close a circle of departments."


class ExternalIdTaken(AlreadyExists):
    """Somebody else has this external id."""

    title = "Somebody else has this external id."


class EmailTaken(AlreadyExists):
    """Somebody else has this e-mail address."""

    title = "Somebody else has this e-mail address."


class NameTaken(AlreadyExists):
    """Another department or team has this name."""

    title = "That name is taken."


class RoleHeld(AlreadyExists):
    """The person has this role already."""

    title = "The person has this role already."


class LastAdministrator(Conflict):
    """Somebody must be able to administer the organization."""

    title = "This is the last administrator."


class HasLeft(Conflict):
    """The person has left the organization."""

    title = "The person has left."


class HasNotLeft(Conflict):
    """The person is here, and no leaving is planned."""

    title = "The person has not left."


class LeavesBeforeJoining(Invalid):
    """Nobody leaves before the day on which they joined."""

    title = "The day of leaving is before the day of joining."


constraint("uq_people_organization_id_external_id", ExternalIdTaken)
constraint("uq_people_organization_id_email", EmailTaken)
constraint("uq_departments_organization_id_name", NameTaken)
constraint("uq_teams_organization_id_name", NameTaken)
constraint("uq_role_assignments_held_once", RoleHeld)
constraint("ex_reporting_lines_one_primary_manager", LineOverlaps)
constraint("ex_reporting_lines_one_dotted_line_to_a_manager", LineOverlaps)
constraint("ck_people_leaves_after_joining", LeavesBeforeJoining)
