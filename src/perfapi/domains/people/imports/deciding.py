"""Who each row is: somebody known, somebody new, or nobody, because another row is them already."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perfapi.domains.people.imports.problems import RowProblem
from perfapi.domains.people.imports.records import KnownPerson, ParsedRow, RejectedRow


@dataclass(slots=True)
class Decision:
    """What the plan makes of one row, filled in step by step."""

    source: ParsedRow | RejectedRow
    known: KnownPerson | None = None
    person_id: UUID | None = None
    email: str | None = None
    status: str = "active"
    hired_on: date | None = None
    left_on: date | None = None
    # The manager's id where the row settles it; `settles_manager` is false where it does not.
    manager_id: UUID | None = None
    settles_manager: bool = False
    # Tuples: most rows have neither, and there are many rows.
    errors: tuple[RowProblem, ...] = ()
    warnings: tuple[RowProblem, ...] = ()

    @property
    def row(self) -> int:
        return self.source.row

    @property
    def parsed(self) -> ParsedRow | None:
        """The row, if it can be imported."""
        return self.source if isinstance(self.source, ParsedRow) and not self.errors else None

    def refuse(self, code: str, detail: str) -> None:
        self.errors += (RowProblem(code, detail),)

    def warn(self, problem: RowProblem) -> None:
        self.warnings += (problem,)

    @property
    def has_left(self) -> bool:
        return self.status == "left"

    @property
    def was_gone(self) -> bool:
        return self.known is not None and self.known.status == "left"


class KnownPeople:
    """The people of the organization, by what identifies them."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self.by_id = {person.id: person for person in people}
        self.by_external_id: dict[str, KnownPerson] = {}
        self.by_email: dict[str, KnownPerson] = {}
        for person in self.by_id.values():
            if person.external_id is not None:
                self.by_external_id[person.external_id] = person
            if person.email is not None:
                self.by_email[person.email.lower()] = person

    def meant_by(self, row: ParsedRow | RejectedRow) -> Iterator[KnownPerson]:
        """Everybody whom a row that cannot be imported may be about."""
        by_external_id = self.by_external_id.get(row.external_id or "")
        by_email = self.by_email.get(row.email or "")
        yield from (it for it in (by_external_id, by_email) if it is not None)


def decide(
    rows: Iterable[ParsedRow | RejectedRow],
    known: KnownPeople,
    *,
    today: date,
    new_id: Callable[[], UUID],
) -> list[Decision]:
    """One decision a row, in the rows' order, without managers."""
    decisions = [Decision(row) for row in rows]
    _identify(decisions, known, today)
    _Addresses(decisions, known).settle()
    for decision in decisions:
        if decision.known is not None:
            decision.person_id = decision.known.id
        elif decision.parsed is not None:
            decision.person_id = new_id()
    return decisions


def _identify(decisions: list[Decision], known: KnownPeople, today: date) -> None:
    first_rows: dict[str, int] = {}
    claimed: set[UUID] = set()
    by_address: list[tuple[Decision, ParsedRow]] = []
    for decision in decisions:
        row = decision.source
        if isinstance(row, RejectedRow):
            decision.errors = row.problems
            decision.known = next(known.meant_by(row), None)
            continue
        decision.warnings = row.warnings
        if row.external_id is None:
            by_address.append((decision, row))
            continue
        earlier = first_rows.setdefault(row.external_id, row.row)
        decision.known = known.by_external_id.get(row.external_id)
        if earlier != row.row:
            detail = f"Row {earlier} has the external id '{row.external_id}' as well."
            decision.refuse("external_id_duplicate", detail)
        elif decision.known is None:
            by_address.append((decision, row))
        else:
            _claim(decision, row, claimed, today)
    for decision, row in by_address:
        person = known.by_email.get(row.email or "")
        # If another row is this person and keeps the address, that comes out as a duplicate.
        is_free = person is not None and person.id not in claimed
        if is_free and (row.external_id is None or person is None or person.external_id is None):
            decision.known = person
        _claim(decision, row, claimed, today)


def _claim(decision: Decision, row: ParsedRow, claimed: set[UUID], today: date) -> None:
    """A row that is refused claims nobody: the next one may be that person."""
    _decide_employment(decision, row, today)
    if decision.known is not None and not decision.errors:
        claimed.add(decision.known.id)


def _decide_employment(decision: Decision, row: ParsedRow, today: date) -> None:
    """Status and days after the import. Who has left has a day, which is not to come."""
    known = decision.known
    decision.hired_on = row.hired_on if "hired_on" in row.fields or not known else known.hired_on
    decision.status = _status(row, known)
    said = row.left_on if "left_on" in row.fields else None
    if decision.status == "left":
        kept = known.left_on if known is not None and known.status == "left" else None
        decision.left_on = said or kept or today
    elif "left_on" in row.fields or known is None or known.status == "left":
        decision.left_on = said
    else:
        decision.left_on = known.left_on
    hired_on, left_on = decision.hired_on, decision.left_on
    if hired_on and left_on and left_on < hired_on and not decision.errors:
        detail = f"Gone from {left_on}, before being hired on {hired_on}."
        decision.refuse("left_before_hired", detail)
    is_told = known is None or not row.fields.isdisjoint({"status", "hired_on"})
    if decision.status != "left" and is_told:
        if hired_on is not None and hired_on > today:
            decision.status = "upcoming"
        elif decision.status == "upcoming":
            decision.status = "active"


def _status(row: ParsedRow, known: KnownPerson | None) -> str:
    if known is None or "status" in row.fields:
        return row.status
    if "left_on" in row.fields and (row.status == "left") != (known.status == "left"):
        return row.status
    return known.status


class _Addresses:
    """E-mail addresses after the import: each belongs to one person.

    Addresses may be handed over within one file. A row that is refused leaves its person with
    the address they had, which may refuse the row that wanted it, and so on.
    """

    def __init__(self, decisions: list[Decision], known: KnownPeople) -> None:
        self._decisions = decisions
        self._known = known
        self._holders: dict[str, Decision | KnownPerson] = {}

    def settle(self) -> None:
        moving: list[Decision] = []
        for decision in self._decisions:
            if decision.parsed is not None:
                decision.email = _wanted(decision.parsed, decision.known)
                if decision.email is not None and decision.email != _had(decision):
                    moving.append(decision)
        staying = {it.known.id: it for it in self._decisions if it.known and it.parsed}
        for address, person in self._known.by_email.items():
            decision_of = staying.get(person.id)
            if decision_of is None:
                self._holders[address] = person
            elif decision_of.email == address:
                self._holders[address] = decision_of
        for decision in moving:
            self._claim(decision)
        self._derive()

    def _claim(self, decision: Decision) -> None:
        assert decision.email is not None
        holder = self._holders.get(decision.email)
        if holder is None:
            self._holders[decision.email] = decision
        else:
            self._refuse(decision, holder)

    def _refuse(self, decision: Decision, holder: Decision | KnownPerson) -> None:
        while True:
            decision.errors += (_conflict(decision.email, holder),)
            had = _had(decision)
            decision.email = had
            if had is None or decision.known is None:
                return
            next_refused = self._holders.get(had)
            self._holders[had] = holder = decision.known
            if not isinstance(next_refused, Decision):
                return
            decision = next_refused

    def _derive(self) -> None:
        numbers: dict[str, int] = {}
        for decision in self._decisions:
            row = decision.parsed
            if row is None or row.derived_email is None or decision.email is not None:
                continue
            local, _, domain = row.derived_email.partition("@")
            address = row.derived_email
            number = numbers.get(address, 1)
            while address in self._holders:
                number += 1
                address = f"{local}{number}@{domain}"
            numbers[row.derived_email] = number
            decision.email = address
            self._holders[address] = decision


def _had(decision: Decision) -> str | None:
    known = decision.known
    return known.email.lower() if known is not None and known.email is not None else None


def _wanted(row: ParsedRow, known: KnownPerson | None) -> str | None:
    if "email" in row.fields:
        return row.email
    return known.email.lower() if known is not None and known.email is not None else None


def _conflict(address: str | None, holder: Decision | KnownPerson) -> RowProblem:
    if isinstance(holder, Decision):
        detail = f"Row {holder.row} has the address '{address}' as well."
        return RowProblem("email_duplicate", detail)
    return RowProblem("email_taken", f"The address '{address}' belongs to {holder.name}.")
