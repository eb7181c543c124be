"""How the key results of the demo are told, and what they measure on the way; see `stories/`."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from .key_results.schemas import KeyResultCreate, MilestoneCreate
from .models import KeyResult, Milestone
from .models import KeyResultKind as Kind
from .stories.words import Course, Measure

_NOT_COUNTED = {"hours", "seconds", "µm", "W", "people"}
_RANGES = {Kind.NUMBER, Kind.PERCENT, Kind.CURRENCY}


def key_result_of(measure: Measure) -> KeyResultCreate:
    told: dict[str, Any] = {"title": measure.title, "kind": measure.kind, "unit": measure.unit}
    first, last = (None if one is None else Decimal(one) for one in (measure.start, measure.target))
    if measure.kind is Kind.MAINTAIN:
        told |= {"lower": first, "upper": last}
        told["tolerance"] = Decimal(measure.tolerance) if measure.tolerance else None
    elif measure.kind is Kind.MILESTONES:
        told["milestones"] = [
            MilestoneCreate(title=title, weight=Decimal(weight))
            for title, weight in measure.milestones
        ]
    elif measure.kind in _RANGES:
        told |= {"start": first, "target": last}
    return KeyResultCreate(**told)


def way_made(course: Course, share: float) -> float:
    """At this share of the quarter, between two steps of the course as the crow flies."""
    place = min(max(share, 0), 1) * (len(course) - 1)
    before = min(int(place), len(course) - 2)
    return course[before] + (course[before + 1] - course[before]) * (place - before)


def measured(
    key_result: KeyResult,
    current: Decimal | None,
    reached: float,
    milestones: Sequence[Milestone],
) -> dict[str, Any]:
    """What a check-in says of it when this share of the way is made. Not of a band."""
    if key_result.kind is Kind.MILESTONES:
        return {"done_milestone_ids": _done(reached, milestones)}
    if key_result.kind is Kind.BINARY:
        return {"value": Decimal(reached > 0.95)}
    if key_result.kind is Kind.MANUAL:
        return {"value": Decimal(min(round(reached * 20), 20) * 5)}
    start, target = key_result.start or Decimal(0), key_result.target or Decimal(0)
    way = abs(target - start)
    value = start + (target - start) * Decimal(f"{reached:.4f}")
    if key_result.kind is Kind.CURRENCY:
        value = round(value / 10, 0) * 10 if way > 1_000 else round(value, 0)
    else:
        is_fine = key_result.kind is Kind.PERCENT or key_result.unit in _NOT_COUNTED
        value = round(value, 1 if is_fine and way <= 12 else 0)
    if start == 0 and current is not None:  # counted: what is signed stays signed
        value = max(value, current)
    return {"value": max(value, Decimal(0)) if start >= 0 and target >= 0 else value}


def _done(reached: float, milestones: Sequence[Milestone]) -> list[Any]:
    """One after the other, each when the way that it stands for is made."""
    total = sum(step.weight for step in milestones)
    made, done = Decimal(0), []
    for step in milestones:
        made += step.weight
        if made <= total * Decimal(f"{reached + 0.02:.4f}"):
            done.append(step.id)
    return done
