"""Facts about people: ids, days and names of fields, never what anybody wrote or is called."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from perfapi.core.events import Event


class _PersonEvent(Event):
    subject: ClassVar[str] = "person_id"

    person_id: UUID


class PersonAdded(_PersonEvent):
    topic: ClassVar[str] = "people.person_added"

    manager_id: UUID | None


class PersonChanged(_PersonEvent):
    topic: ClassVar[str] = "people.person_changed"

    fields: list[str]


class PersonMoved(_PersonEvent):
    """Somebody has another manager from now on, or none. Of those added, `PersonAdded` tells."""

    topic: ClassVar[str] = "people.person_moved"

    manager_id: UUID | None
    former_manager_id: UUID | None


class LeavingPlanned(_PersonEvent):
    topic: ClassVar[str] = "people.leaving_planned"

    left_on: date


class LeavingTakenBack(_PersonEvent):
    topic: ClassVar[str] = "people.leaving_taken_back"


class PersonLeft(_PersonEvent):
    """`manager_id` was their manager on the last day: open tasks go there."""

    topic: ClassVar[str] = "people.person_left"

    left_on: date
    manager_id: UUID | None


class PersonReturned(_PersonEvent):
    topic: ClassVar[str] = "people.person_returned"


class ReportingLineDrawn(_PersonEvent):
    """A dotted line, or a primary one of other days: `PersonMoved` tells when one takes effect."""

    topic: ClassVar[str] = "people.reporting_line_drawn"

    line_id: UUID
    manager_id: UUID
    kind: Literal["primary", "dotted"]
    valid_from: date


class ReportingLineEnded(_PersonEvent):
    """A dotted line that was ended, or a line that was taken back before it held."""

    topic: ClassVar[str] = "people.reporting_line_ended"

    line_id: UUID
    manager_id: UUID
    kind: Literal["primary", "dotted"]
    valid_to: date


class _DepartmentEvent(Event):
    subject: ClassVar[str] = "department_id"

    department_id: UUID


class DepartmentAdded(_DepartmentEvent):
    topic: ClassVar[str] = "people.department_added"


class DepartmentChanged(_DepartmentEvent):
    topic: ClassVar[str] = "people.department_changed"

    fields: list[str]


class DepartmentRemoved(_DepartmentEvent):
    topic: ClassVar[str] = "people.department_removed"


class _TeamEvent(Event):
    subject: ClassVar[str] = "team_id"

    team_id: UUID


class TeamAdded(_TeamEvent):
    topic: ClassVar[str] = "people.team_added"


class TeamChanged(_TeamEvent):
    topic: ClassVar[str] = "people.team_changed"

    fields: list[str]


class TeamRemoved(_TeamEvent):
    topic: ClassVar[str] = "people.team_removed"


class TeamJoined(_TeamEvent):
    topic: ClassVar[str] = "people.team_joined"

    person_id: UUID


class TeamParted(_TeamEvent):
    topic: ClassVar[str] = "people.team_parted"

    person_id: UUID


class _RoleEvent(Event):
    subject: ClassVar[str] = "person_id"

    person_id: UUID
    role_assignment_id: UUID
    role: Literal["admin", "hr"]
    department_id: UUID | None


class RoleAssigned(_RoleEvent):
    topic: ClassVar[str] = "people.role_assigned"


class RoleWithdrawn(_RoleEvent):
    topic: ClassVar[str] = "people.role_withdrawn"
