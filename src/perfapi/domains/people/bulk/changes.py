from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypedDict, cast
from uuid import UUID


class PersonValues(TypedDict, total=False):
    """What is said of a person; what is left out stays as it is."""

    external_id: str | None
    given_name: str
    family_name: str
    email: str | None
    job_title: str | None
    department: str | None
    """By name; one that nobody has heard of is added at the top of the tree."""
    location: str | None
    status: Literal["active", "on_leave", "upcoming", "left"]
    hired_on: date | None
    left_on: date | None
    """With `left` the day of leaving (today if left out), else a day that is planned."""
    employment_type: str | None
    attributes: Mapping[str, str | None]
    """Merged; null takes one away."""


@dataclass(frozen=True, slots=True)
class ManagerChange:
    """The primary manager from today on; null: nobody."""

    manager_id: UUID | None


@dataclass(frozen=True, slots=True)
class PersonChange:
    """One person who is added under this id, or changed. `manager=None` leaves the line alone.

    The line of somebody new begins when both were hired, as far as that is known, and ends with
    who left first; of somebody known it begins today.
    """

    person_id: UUID
    is_new: bool = False
    values: PersonValues = field(default_factory=PersonValues)
    manager: ManagerChange | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    added: int
    changed: int
    left: int
    returned: int


def planned_change(
    person_id: UUID,
    fields: Iterable[tuple[str, str | None]],
    *,
    is_new: bool,
    manager_id: UUID | None = None,
) -> PersonChange:
    """Of what a plan says to write: pairs of field and text (`hired_on` in ISO format).

    `attributes.<key>` sets one attribute; `manager` says that the line leads to `manager_id`.
    """
    values: dict[str, Any] = {}
    attributes: dict[str, str | None] = {}
    manager = None
    for name, text in fields:
        if name == "manager":
            manager = ManagerChange(manager_id)
        elif name.startswith("attributes."):
            attributes[name.removeprefix("attributes.")] = text
        elif name in {"hired_on", "left_on"}:
            values[name] = date.fromisoformat(text) if text else None
        else:
            values[name] = text
    if attributes:
        values["attributes"] = attributes
    return PersonChange(person_id, is_new, cast("PersonValues", values), manager)
