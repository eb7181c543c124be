"""What is told of sums: shares with what they were counted from, and nothing of small groups."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, NamedTuple
from uuid import UUID

FEWEST_GOALS, FEWEST_OWNERS = 5, 3
_PLACES = Decimal("0.000001")

DEFINITIONS: Mapping[str, tuple[str, Sequence[str]]] = {
    "status": (
        "Active goals: as somebody decided, or else by progress against the expected.",
        ("progress", "starts_on", "due_on", "manual_status"),
    ),
    "states": ("Goals that were active at some time, by what became of them.", ("state",)),
    "progress": (
        "The mean progress of active goals that have a number, next to what was expected of the "
        "same goals by today.",
        ("progress", "starts_on", "due_on"),
    ),
    "cadence": (
        "The share of active goals with a check-in within their rhythm, among those that wait "
        "for check-ins.",
        ("checked_in_at", "check_in_every_days", "activated_at"),
    ),
    "staleness": (
        "The share of active goals without a check-in for twice their rhythm, among those that "
        "wait for check-ins.",
        ("checked_in_at", "check_in_every_days", "activated_at"),
    ),
    "alignment": (
        "The share of active and closed goals that serve another goal; those of the company "
        "serve nobody and do not count.",
        ("parent_id", "level", "state"),
    ),
}


class Sums(NamedTuple):
    """What PostgreSQL counted of a group or of a part of it."""

    goals: int = 0
    owners: int = 0
    active: int = 0
    closed: int = 0
    cancelled: int = 0
    archived: int = 0
    on_track: int = 0
    at_risk: int = 0
    off_track: int = 0
    no_number: int = 0
    measured: int = 0
    progress: Decimal | None = None
    expected: Decimal | None = None
    waiting: int = 0
    in_rhythm: int = 0
    stale: int = 0
    could_serve: int = 0
    serving: int = 0

    @property
    def is_small(self) -> bool:
        return self.goals < FEWEST_GOALS or self.owners < FEWEST_OWNERS


class Part(NamedTuple):
    id: UUID | None
    name: str | None
    may_open: bool
    sums: Sums


def withheld(parts: Sequence[Part]) -> set[int]:
    """The places of parts of which nothing is told: the small ones, and if that is exactly one,
    the next smallest too, since the whole less all others would be that one."""
    hidden = {place for place, part in enumerate(parts) if part.sums.is_small}
    others = [place for place in range(len(parts)) if place not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda place: (parts[place].sums.goals, place)))
    return hidden


def numbers(sums: Sums) -> dict[str, Any]:
    return {
        "goals": sums.goals,
        "owners": sums.owners,
        "status": {
            "n": sums.active,
            "on_track": sums.on_track,
            "at_risk": sums.at_risk,
            "off_track": sums.off_track,
            "no_number": sums.no_number,
        },
        "states": {
            "n": sums.goals,
            "active": sums.active,
            "closed": sums.closed,
            "cancelled": sums.cancelled,
            "archived": sums.archived,
        },
        "progress": {
            "n": sums.measured,
            "average": in_words(sums.progress),
            "expected": in_words(sums.expected),
        },
        "cadence": _share(sums.in_rhythm, sums.waiting),
        "staleness": _share(sums.stale, sums.waiting),
        "alignment": _share(sums.serving, sums.could_serve),
    }


def _share(count: int, n: int) -> dict[str, Any]:
    return {"n": n, "count": count, "share": in_words(Decimal(count) / n) if n else None}


def in_words(value: Decimal | None) -> str | None:
    """Decimals travel as strings without idle zeros."""
    if value is None:
        return None
    rounded = value.quantize(_PLACES, ROUND_HALF_EVEN)
    return f"{rounded.normalize():f}"


def parts(whole: Sums, found: Sequence[Part], kind: str) -> list[dict[str, Any]]:
    """Of a group of which nothing is told, its parts are not told either."""
    if whole.is_small:
        return []
    hidden = withheld(found)
    return [
        {
            "group": {"kind": kind, "id": part.id, "name": part.name},
            "may_open": part.may_open,
            "numbers": None if place in hidden else numbers(part.sums),
        }
        for place, part in enumerate(found)
    ]


def definitions() -> list[dict[str, Any]]:
    return [
        {"key": key, "sentence": sentence, "inputs": list(inputs)}
        for key, (sentence, inputs) in DEFINITIONS.items()
    ]
