from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class GoalNewsAsked(Event):
    topic: ClassVar[str] = "goals.news_asked"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalNewsNoLongerAsked(Event):
    topic: ClassVar[str] = "goals.news_no_longer_asked"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
