"""The kinds of key results: what each is told by, and what makes no sense of it.

A range (number, percent, currency) goes from a start to a target, upwards or downwards. Yes or no,
milestones and a manual percent go a fixed way. A band has no way: it is kept or it is not.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfapi.core.errors import Problem, invalid
from perfapi.domains.goals.models import KeyResultKind as Kind

from .currencies import CURRENCIES

_RANGE = ("start", "target")
_BAND = ("lower", "upper", "tolerance")

_TOLD_BY: dict[Kind, tuple[str, ...]] = {
    Kind.NUMBER: ("unit", *_RANGE),
    Kind.PERCENT: _RANGE,
    Kind.CURRENCY: ("unit", *_RANGE),
    Kind.BINARY: (),
    Kind.MILESTONES: ("milestones",),
    Kind.MAINTAIN: ("unit", *_BAND),
    Kind.MANUAL: (),
}
_FIXED_WAY = {
    Kind.BINARY: (Decimal(0), Decimal(1)),
    Kind.MILESTONES: (Decimal(0), Decimal(1)),
    Kind.MANUAL: (Decimal(0), Decimal(100)),
}

COLUMNS = ("unit", *_RANGE, *_BAND)
"""Of the table; milestones have one of their own."""
TOLD = (*COLUMNS, "milestones")
"""Everything that some kind is told by."""


def told(kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields that a key result of this kind has."""
    return {name: fields[name] for name in _TOLD_BY[kind] if name in fields}


def is_range(kind: Kind) -> bool:
    """Goes from a start to a target that somebody chose."""
    return set(_RANGE) <= set(_TOLD_BY[kind])


def columns(
    kind: Kind, fields: Mapping[str, Any], *, pointer: str = "", changed: Collection[str] = TOLD
) -> dict[str, Any]:
    """What is stored of a key result that is told by these fields, if they make sense.

    `changed` are those that the caller has just sent: what they broke is pointed at there.
    """
    given = {name: fields[name] for name in TOLD if fields.get(name) not in (None, [])}
    for name in given:
        if name not in _TOLD_BY[kind]:
            detail = f"A key result of the kind {kind.value} has no {name}."
            raise invalid(f"{pointer}/{name}", "not_of_this_kind", detail)
    if is_range(kind):
        given.setdefault("start", Decimal(0))
        _ensure_way(given, changed, pointer)
    if kind is Kind.CURRENCY:
        _ensure_currency(given, pointer)
    if kind is Kind.MAINTAIN:
        _ensure_band(given, changed, pointer)
    if kind is Kind.MILESTONES:
        _ensure_milestones(given.get("milestones", []), pointer)
    stored = {name: given.get(name) for name in COLUMNS}
    if kind in _FIXED_WAY:
        stored["start"], stored["target"] = _FIXED_WAY[kind]
    return stored


def ensure_value(kind: Kind, value: Decimal) -> None:
    """Of a check-in."""
    if kind is Kind.BINARY and value not in (0, 1):
        raise invalid("/value", "not_yes_or_no", "Send 0 for no or 1 for yes.")
    if kind is Kind.MANUAL and not 0 <= value <= 100:
        raise invalid("/value", "not_a_percentage", "Send a percentage from 0 to 100.")


def missing(pointer: str, detail: str) -> Problem:
    return invalid(pointer, "missing", detail)


def _ensure_way(given: Mapping[str, Any], changed: Collection[str], pointer: str) -> None:
    if "target" not in given:
        raise missing(f"{pointer}/target", "Say where it should go.")
    if given["target"] == given["start"]:
        place = "start" if "start" in changed and "target" not in changed else "target"
        detail = "The target must differ from the start."
        raise invalid(f"{pointer}/{place}", "target_is_start", detail)


def _ensure_currency(given: Mapping[str, Any], pointer: str) -> None:
    if "unit" not in given:
        raise missing(f"{pointer}/unit", "Name the currency, like EUR.")
    if given["unit"] not in CURRENCIES:
        detail = "Name a currency by its code of ISO 4217, like EUR."
        raise invalid(f"{pointer}/unit", "currency_unknown", detail)


def _ensure_band(given: Mapping[str, Any], changed: Collection[str], pointer: str) -> None:
    lower, upper = given.get("lower"), given.get("upper")
    if lower is None and upper is None:
        raise missing(f"{pointer}/lower", "Say at least how much, at most how much, or both.")
    if lower is not None and upper is not None and lower > upper:
        place = "lower" if "lower" in changed and "upper" not in changed else "upper"
        raise invalid(f"{pointer}/{place}", "band_upside_down", "It ends below where it begins.")
    if given.get("tolerance") == 0:
        detail = "A tolerance is above 0; leave it out for none."
        raise invalid(f"{pointer}/tolerance", "tolerance_is_zero", detail)


def _ensure_milestones(milestones: Sequence[Mapping[str, Any]], pointer: str) -> None:
    if not milestones:
        raise missing(f"{pointer}/milestones", "Name at least one milestone.")
    if all(milestone["weight"] == 0 for milestone in milestones):
        detail = "At least one milestone needs a weight above 0."
        raise invalid(f"{pointer}/milestones", "weightless", detail)
