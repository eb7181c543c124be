"""Field by field: a person before and after."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from uuid import UUID

from perfapi.domains.people.imports.deciding import Decision
from perfapi.domains.people.imports.records import TEXTS, Change, KnownPerson, ParsedRow

NameOf = Callable[[UUID | None], str | None]


class Spellings:
    """One spelling for departments that differ in upper and lower case: the first one met."""

    def __init__(self, names: Iterable[str | None]) -> None:
        self._by_key: dict[str, str] = {}
        for name in names:
            if name is not None:
                self._by_key.setdefault(name.casefold(), name)

    def of(self, name: str | None) -> str | None:
        return None if name is None else self._by_key.get(name.casefold(), name)


def changes_of(decision: Decision, departments: Spellings, name_of: NameOf) -> Iterator[Change]:
    """What applying a row writes. For somebody new: every field with a value."""
    row = decision.parsed
    if row is None:
        return
    known = decision.known
    for field, before, after in _fields(decision, row, known, departments):
        if before != after and (known is not None or after):
            yield Change(field, before, after)
    if decision.settles_manager:
        before_id = known.manager_id if known is not None else None
        if before_id != decision.manager_id:
            yield Change("manager", name_of(before_id), name_of(decision.manager_id))


def changes_of_absent(person: KnownPerson, today: date) -> tuple[Change, ...]:
    """Somebody whom a snapshot lacks leaves today."""
    last_day = max(today, person.hired_on or today)
    return (
        Change("status", person.status, "left"),
        Change("left_on", _day(person.left_on), _day(last_day)),
    )


def _fields(
    decision: Decision, row: ParsedRow, known: KnownPerson | None, departments: Spellings
) -> Iterator[tuple[str, str | None, str | None]]:
    # An id once given is never taken away: the next import would take the person for a new one.
    external_id = row.external_id or (known.external_id if known else None)
    yield "external_id", known.external_id if known else None, external_id
    if "given_name" in row.fields:
        yield "given_name", known.given_name if known else None, row.given_name
        yield "family_name", known.family_name if known else None, row.family_name
    yield "email", _address(known), decision.email
    for field in TEXTS:
        if field in row.fields:
            after: str | None = getattr(row, field)
            if field == "department":
                after = departments.of(after)
            yield field, getattr(known, field, None), after
    yield "status", known.status if known else None, decision.status
    yield "hired_on", _day(known.hired_on) if known else None, _day(decision.hired_on)
    yield "left_on", _day(known.left_on) if known else None, _day(decision.left_on)
    for key, value in row.attributes.items():
        before = known.attributes.get(key) if known else None
        yield f"attributes.{key}", before, value


def _address(known: KnownPerson | None) -> str | None:
    return known.email.lower() if known is not None and known.email is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
