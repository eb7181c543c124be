"""Who may see and change people. The directory is open; what concerns the employment is not."""

from sqlalchemy import and_, or_, true

from perfapi.core.access import Act, Rules, everywhere
from perfapi.core.binds import YOU

from .errors import HasLeft, OnlyAdministrators, OnlyHr
from .models import Department, Person, RoleAssignment, Status, Team
from .relations import (
    you_are_admin,
    you_are_hr_of,
    you_are_hr_of_all,
    you_are_hr_of_department,
    you_manage,
)

_YOU_ARE_HR_OR_ADMIN = or_(you_are_admin(), you_are_hr_of(Person.id))

VISIBLE = Rules(
    "people",
    Person,
    they_work_here=Person.status != Status.LEFT,
    it_is_you=Person.id == YOU,
    you_manage_them=you_manage(Person.id),
    you_are_their_hr_partner=you_are_hr_of(Person.id),
    you_are_an_administrator=you_are_admin(),
)

# Dates, contract and custom attributes.
EMPLOYMENT_IS_FOR_YOU = or_(Person.id == YOU, you_manage(Person.id), _YOU_ARE_HR_OR_ADMIN)

MAY_EDIT = Act(OnlyHr, _YOU_ARE_HR_OR_ADMIN)
MAY_CHANGE_MANAGER = Act(OnlyHr, _YOU_ARE_HR_OR_ADMIN)
MAY_RECORD_LEAVING = Act(OnlyHr, _YOU_ARE_HR_OR_ADMIN)
STILL_HERE = Act(HasLeft, Person.status != Status.LEFT)

MANAGE_PEOPLE = everywhere("manage_people", Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_all())))
IMPORT_PEOPLE = everywhere("import_people", Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_all())))
MANAGE_ROLES = everywhere("manage_roles", Act(OnlyAdministrators, you_are_admin()))

DEPARTMENTS = Rules("departments", Department, everybody_sees_departments=true())
TEAMS = Rules("teams", Team, everybody_sees_teams=true())
MAY_EDIT_DEPARTMENT = Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_department(Department.id)))
MAY_EDIT_TEAM = Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_all(), Team.lead_id == YOU))

ROLES = Rules(
    "role-assignments",
    RoleAssignment,
    everybody_knows_who_administers=true(),
)
MAY_WITHDRAW_ROLE = Act(OnlyAdministrators, and_(you_are_admin()))
