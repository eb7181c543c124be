"""When the quarters of the demo are, and who tells what in them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random

from perfapi.core.demonstration import Demo
from perfapi.domains.goals.models import Level

from . import (
    first,
    first_days,
    former_persons,
    fourth,
    fourth_days,
    second,
    second_days,
    third,
    third_days,
)
from .persons import personal_stories
from .words import CalledOff, HandedOver, Story, Told

DAYS = 90
ELAPSED = 54
"""Of the running quarter."""
TOLD = (
    Told((*first.GOALS, *former_persons.FIRST), first_days.TURNS, first_days.SAID),
    Told((*second.GOALS, *former_persons.SECOND), second_days.TURNS, second_days.SAID),
    Told((*third.GOALS, *former_persons.THIRD), third_days.TURNS, third_days.SAID),
    Told(fourth.GOALS, fourth_days.TURNS, fourth_days.SAID),
)

_SET_AT = {Level.COMPANY: 8, Level.DEPARTMENT: 10, Level.TEAM: 13, Level.PERSON: 15}
_DAYS_TO_CLOSE = {Level.PERSON: 1, Level.TEAM: 2, Level.DEPARTMENT: 3, Level.COMPANY: 5}


@dataclass(frozen=True)
class Quarter:
    demo: Demo
    place: int

    @property
    def starts_on(self) -> date:
        ago = ELAPSED + DAYS * (len(TOLD) - 1 - self.place)
        return self.demo.today - timedelta(days=ago)

    @property
    def name(self) -> str:
        middle = self.starts_on + timedelta(days=DAYS // 2)
        return f"Q{(middle.month + 2) // 3} {middle.year}"

    @property
    def is_running(self) -> bool:
        return self.place == len(TOLD) - 1

    @property
    def told(self) -> Told:
        return TOLD[self.place]

    @cached_property
    def stories(self) -> dict[str, Story]:
        """By their keys, those above before those below."""
        persons = personal_stories(self.demo.today, Random(4)) if self.is_running else ()
        order = list(Level)
        told = sorted((*self.told.goals, *persons), key=lambda story: order.index(story.level))
        return {story.key: story for story in told}

    @property
    def cycle(self) -> str:
        """As `Demo.ids` knows it, like the following."""
        return f"cycle {self.place}"

    def goal(self, key: str) -> str:
        return f"goal {self.place} {key}"

    def check_in(self, key: str) -> str:
        """The last one on that goal."""
        return f"check-in {self.place} {key}"

    def day(self, number: int) -> date:
        """On a day of work of the quarter (or after it), and never after yesterday."""
        day = self.starts_on + timedelta(days=number)
        weekend = max(day.weekday() - 4, 0)
        if weekend and 0 < DAYS - number <= 3 - weekend:
            day -= timedelta(days=weekend)
        elif weekend:
            day += timedelta(days=3 - weekend)
        return min(day, self.demo.today - timedelta(days=1))

    def at(self, number: int, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(self.day(number), time(hour, minute), UTC)

    def set_at(self, story: Story) -> datetime:
        """One level after the other; persons within the first days."""
        number = 1 + _spread(story, 3) if story.level is Level.PERSON else 0
        return self.at(number, _SET_AT[story.level])

    def closed_at(self, story: Story, *, goes_on: bool) -> datetime:
        """Those below first. What goes on does so when the goals of the next quarter are set."""
        if goes_on:
            return self.at(DAYS, _SET_AT[story.level])
        hour = 9 + _spread(story, 6)
        return self.at(DAYS + _DAYS_TO_CLOSE[story.level], hour, _spread(story, 11) * 5)

    def owner(self, story: Story, number: int) -> str:
        """Who answers for it when that day begins."""
        owner = story.owner
        for turn in self.told.turns:
            if isinstance(turn, HandedOver) and turn.goal == story.key:
                owner = turn.to if self.day(turn.day) < self.day(number) else owner
        return owner

    def called_off(self, story: Story) -> CalledOff | None:
        for turn in self.told.turns:
            if isinstance(turn, CalledOff) and turn.goal == story.key:
                return turn
        return None


def quarters(demo: Demo) -> list[Quarter]:
    return [Quarter(demo, place) for place in range(len(TOLD))]


def _spread(story: Story, over: int) -> int:
    """The same for the same story, each time."""
    return sum(map(ord, story.key)) % over
