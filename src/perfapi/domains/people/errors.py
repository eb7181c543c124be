from perfapi.core.errors import AlreadyExists, Conflict, Forbidden, Invalid
from perfapi.core.faults import constraint


class OnlyHr(Forbidden):
    """For HR partners of the person's department, HR partners of the whole, and administrators."""

    title = "Only HR may do this."


class OnlyAdministrators(Forbidden):
    """Roles are given and withdrawn by administrators."""

    title = "Only an administrator may do this."


class LineCircular(Invalid):
    """Somebody would report, over some steps, to themself."""

    title = "That would close a circle of reporting lines."


class LineOverlaps(Conflict):
    """A person has one primary manager at a time; another line covers some of these days."""

    title = "Another primary line covers some of these days."


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


constraint("uq_people_organization_id_external_id", ExternalIdTaken)
constraint("uq_people_organization_id_email", EmailTaken)
constraint("uq_departments_organization_id_name", NameTaken)
constraint("uq_teams_organization_id_name", NameTaken)
constraint("uq_role_assignments_organization_id_person_id_role_department_id", RoleHeld)
constraint("ex_reporting_lines_one_primary_manager", LineOverlaps)
constraint("ck_people_leaves_after_joining", Invalid)
