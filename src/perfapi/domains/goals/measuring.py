"""How the key results of the demo are told, and what they measure on the way; see `stories.py`."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from .key_results.schemas import KeyResultCreate, MilestoneCreate
from .models import KeyResultKind as Kind
from .stories import Measure

_OF_NO_RANGE = {Kind.BINARY, Kind.MILESTONES, Kind.MANUAL}


def key_result_of(measure: Measure) -> KeyResultCreate:
    told: dict[str, Any] = {"title": measure.title, "kind": measure.kind, "unit": measure.unit}
    if measure.kind is Kind.MAINTAIN:
        told |= {"lower": Decimal(measure.start), "upper": Decimal(measure.target)}
        told["tolerance"] = Decimal(measure.tolerance) if measure.tolerance else None
    elif measure.kind is Kind.MILESTONES:
        told["milestones"] = [
            MilestoneCreate(title=title, weight=Decimal(weight))
            for title, weight in measure.milestones
        ]
    elif measure.kind not in _OF_NO_RANGE:
        told |= {"start": Decimal(measure.start), "target": Decimal(measure.target)}
    return KeyResultCreate(**told)


def measured(
    measure: Measure, reached: float, milestones: Sequence[UUID], chance: Random
) -> dict[str, Any]:
    """What a check-in says of it when this share of the way is made."""
    if measure.kind is Kind.MILESTONES:
        return {"done_milestone_ids": _done(measure, reached, milestones)}
    if measure.kind is Kind.BINARY:
        return {"value": Decimal(reached > 0.95)}
    if measure.kind is Kind.MANUAL:
        return {"value": Decimal(min(round(reached * 20), 20) * 5)}
    start, target = Decimal(measure.start), Decimal(measure.target)
    if measure.kind is Kind.MAINTAIN:
        # Mostly inside, now and then a little below.
        value = start + (target - start) * Decimal(f"{chance.uniform(-0.2, 0.9):.4f}")
        return {"value": value.quantize(Decimal("0.01"))}
    value = start + (target - start) * Decimal(f"{reached:.4f}")
    is_whole = abs(target - start) > 12
    return {"value": value.quantize(Decimal(1) if is_whole else Decimal("0.1"))}


def _done(measure: Measure, reached: float, milestones: Sequence[UUID]) -> list[UUID]:
    """One after the other, each when the way that it stands for is made."""
    weights = [float(weight) for _, weight in measure.milestones]
    shares = [sum(weights[: place + 1]) / sum(weights) for place in range(len(weights))]
    return [step for step, share in zip(milestones, shares, strict=True) if share <= reached + 0.02]
