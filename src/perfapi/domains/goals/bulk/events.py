from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class GoalsSetInBulk(Event):
    """Beside the events of each goal."""

    topic: ClassVar[str] = "goals.goals_set_in_bulk"
    subject: ClassVar[str] = "operation_id"

    operation_id: UUID
    goals: int
    people: int


class GoalsTakenBack(Event):
    """Goals that were set in bulk by that operation; beside the events of each goal."""

    topic: ClassVar[str] = "goals.goals_taken_back"
    subject: ClassVar[str] = "operation_id"

    operation_id: UUID
    goals: int
