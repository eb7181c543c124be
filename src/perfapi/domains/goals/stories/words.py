"""The words in which the quarters of the demo are told.

A *course* is the share of the way that is made at equal steps through the quarter, its first day
and its last included: (0, 0.2, 1) is slow at first and there in the end. Days are counted from the
first day of the quarter, which is day 0.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from perfapi.domains.goals.models import (
    Ambition,
    Driver,
    GoalStatus,
    KeyResultKind,
    Level,
    MemberRole,
    Purpose,
    Visibility,
)
from perfapi.domains.goals.reactions.models import ReactionKind

Course = tuple[float, ...]


class Measure(NamedTuple):
    title: str
    start: str | None = "0"
    target: str | None = "1"
    """Of a band: from where to where it may be, none for a side that it does not have."""
    unit: str | None = None
    kind: KeyResultKind = KeyResultKind.NUMBER
    tolerance: str | None = None
    milestones: tuple[tuple[str, str], ...] = ()
    """Titles and weights, in the order in which they are reached."""
    course: Course = ()
    """Of its own; otherwise it goes as the goal goes."""
    values: tuple[str, ...] = ()
    """What it measures from check-in to check-in, of a band."""


class Ending(NamedTuple):
    """How the owner looks back."""

    score: str
    note: str
    went_well: str
    went_badly: str
    next_time: str


class Story(NamedTuple):
    key: str
    title: str
    level: Level
    owner: str
    """The name of the person."""
    above: str | None
    measures: tuple[Measure, ...]
    course: Course = (0, 1)
    news: tuple[str, ...] = ()
    """Said with check-ins, in this order; `{}` is what the first key result measures then."""
    ending: Ending | None = None
    unit: str | None = None
    """Of a goal of a department or team: its name."""
    driver: Driver = Driver.KEY_RESULTS
    weight: str = "1"
    description: str = ""
    ambition: Ambition = Ambition.COMMITTED
    purpose: Purpose = Purpose.BUSINESS
    visibility: Visibility = Visibility.PUBLIC
    goes_on: str | None = None
    """The goal of the quarter before that goes on in this one."""
    silent: bool = False
    """There was no check-in for weeks; somebody should ask."""
    agreed: bool = False
    """A draft at first, until its owner and their manager agreed."""


class Said(NamedTuple):
    goal: str
    day: int
    by: str
    text: str
    """Whoever it names with an "@" is mentioned."""
    cheers: Mapping[str, ReactionKind] = MappingProxyType({})
    replies: tuple["Said", ...] = ()
    """These name no goal."""
    is_new: bool = False
    """Whoever it concerns has not looked yet."""


class Cheered(NamedTuple):
    """The last check-in until then."""

    goal: str
    day: int
    by: str
    kind: ReactionKind


class Joined(NamedTuple):
    goal: str
    day: int
    name: str
    role: MemberRole = MemberRole.OWNER


class Corrected(NamedTuple):
    """A target that turned out to be another."""

    goal: str
    day: int
    measure: str
    target: str


class HandedOver(NamedTuple):
    goal: str
    day: int
    to: str


class Judged(NamedTuple):
    """By hand; none: as progress says."""

    goal: str
    day: int
    status: GoalStatus | None


class Did(NamedTuple):
    goal: str
    day: int
    by: str
    title: str
    done: int | None = None
    due: int | None = None


class CalledOff(NamedTuple):
    goal: str
    day: int
    note: str


class Negotiated(NamedTuple):
    """Proposed by the owner, changes asked for by the manager, and so on, until one agrees."""

    goal: str
    day: int
    comment: str
    answer: str | None = None
    """The manager's, a day later; none: it waits."""
    agrees: bool = True


Turn = Cheered | Joined | Corrected | HandedOver | Judged | Did | CalledOff | Negotiated


class Told(NamedTuple):
    """A quarter."""

    goals: tuple[Story, ...]
    turns: tuple[Turn, ...] = ()
    said: tuple[Said, ...] = ()


def percent(title: str, start: str, target: str, course: Course = ()) -> Measure:
    return Measure(title, start, target, None, KeyResultKind.PERCENT, course=course)


def money(
    title: str, start: str, target: str, course: Course = (), currency: str = "EUR"
) -> Measure:
    return Measure(title, start, target, currency, KeyResultKind.CURRENCY, course=course)


def steps(title: str, *milestones: tuple[str, str], course: Course = ()) -> Measure:
    return Measure(title, kind=KeyResultKind.MILESTONES, milestones=milestones, course=course)


def yes_or_no(title: str, course: Course = ()) -> Measure:
    return Measure(title, kind=KeyResultKind.BINARY, course=course)


def judged(title: str, course: Course = ()) -> Measure:
    return Measure(title, "0", "100", kind=KeyResultKind.MANUAL, course=course)


def kept(
    title: str,
    lower: str | None,
    upper: str | None,
    unit: str,
    tolerance: str,
    values: tuple[str, ...],
) -> Measure:
    kind = KeyResultKind.MAINTAIN
    return Measure(title, lower, upper, unit, kind, tolerance, values=values)


def number(title: str, start: str, target: str, unit: str, course: Course = ()) -> Measure:
    return Measure(title, start, target, unit, course=course)
