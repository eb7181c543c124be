"""The plan: what a file would change, row by row, and whether that may be applied."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO
from uuid import UUID

from perfapi.domains.people.imports.comparing import Spellings, changes_of, changes_of_absent
from perfapi.domains.people.imports.deciding import Decision, KnownPeople, decide
from perfapi.domains.people.imports.mapping import Mapping, Mode
from perfapi.domains.people.imports.matching import Member, assign_managers
from perfapi.domains.people.imports.parsing import RowParser
from perfapi.domains.people.imports.problems import (
    MAX_EXAMPLES,
    MAX_ROWS_NAMED,
    Findings,
    PlanWarning,
)
from perfapi.domains.people.imports.reading import RawRow, open_table
from perfapi.domains.people.imports.records import (
    Change,
    KnownPerson,
    Outcome,
    ParsedRow,
    PlannedRow,
    RejectedRow,
    Summary,
)

ROWS_BETWEEN_REPORTS = 1_000
AT_WORK = frozenset({"active", "on_leave"})


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """How rows become a plan, whichever door they come through.

    `new_id` gives the ids of people to be created. `never_deactivate` are people whom a snapshot
    may lack without leaving, such as whoever runs the import.
    """

    today: date
    new_id: Callable[[], UUID]
    mode: Mode = "delta"
    max_deactivations: Decimal = Decimal("0.2")
    never_deactivate: Collection[UUID] = ()


class Plan:
    """Holds the rows compactly; `rows` spells them out one at a time, any number of times."""

    def __init__(self, decisions: list[Decision], known: KnownPeople, terms: PlanTerms) -> None:
        self._decisions = decisions
        self._known = known
        self._today = terms.today
        self._departments = Spellings(_departments(decisions, known))
        self._absent = _absent(decisions, known, terms) if terms.mode == "snapshot" else []
        self._members = _members(decisions, known, {person.id for person in self._absent})
        findings = Findings()
        current = {person.id: person.manager_id for person in known.by_id.values()}
        assign_managers(decisions, self._members, current, findings)
        _report_rows(decisions, findings)
        counts: Counter[Outcome] = Counter({"deactivate": len(self._absent)})
        leaving: list[tuple[int | None, KnownPerson]] = []
        for decision in decisions:
            outcome = self._outcome(decision)
            counts[outcome] += 1
            if outcome == "deactivate" and decision.known is not None:
                leaving.append((decision.row, decision.known))
        leaving.extend((None, person) for person in self._absent)
        self.summary = _summary(counts)
        self.refusal = _refusal(leaving, known, terms)
        """Why the plan may not be applied; also the first of the warnings."""
        refusals = () if self.refusal is None else (self.refusal,)
        self.warnings: tuple[PlanWarning, ...] = refusals + findings.warnings()

    def __len__(self) -> int:
        return len(self._decisions) + len(self._absent)

    @property
    def departments(self) -> tuple[str, ...]:
        """Names of all departments in the file, as they are to be spelled."""
        names = (it.parsed.department for it in self._decisions if it.parsed is not None)
        return tuple(sorted({self._departments.of(name) or "" for name in names} - {""}))

    def rows(self) -> Iterator[PlannedRow]:
        """Every data row once, in the file's order; then whom a snapshot lacks."""
        for decision in self._decisions:
            yield self._planned(decision)
        for person in self._absent:
            changes = changes_of_absent(person, self._today)
            yield PlannedRow(
                None, "deactivate", person.id, person.external_id, person.name, changes, None, ()
            )

    def _planned(self, decision: Decision) -> PlannedRow:
        source = decision.source
        return PlannedRow(
            row=source.row,
            outcome=self._outcome(decision),
            person_id=decision.person_id,
            external_id=source.external_id,
            name=source.name,
            changes=tuple(self._changes(decision)),
            manager_id=decision.manager_id if decision.settles_manager else None,
            problems=decision.errors + decision.warnings,
        )

    def _outcome(self, decision: Decision) -> Outcome:
        if decision.parsed is None:
            return "error"
        if decision.known is None:
            return "create"
        if decision.has_left and not decision.was_gone:
            return "deactivate"
        return "unchanged" if next(self._changes(decision), None) is None else "update"

    def _changes(self, decision: Decision) -> Iterator[Change]:
        return changes_of(decision, self._departments, self._name_of)

    def _name_of(self, person_id: UUID | None) -> str | None:
        if person_id is None:
            return None
        member = self._members.get(person_id)
        return member.name if member is not None else None


def plan_people(
    rows: Iterable[ParsedRow | RejectedRow], known: Iterable[KnownPerson], terms: PlanTerms
) -> Plan:
    """Compares rows, in any order of managers and reports, with the people already known."""
    people = KnownPeople(known)
    decisions = decide(rows, people, today=terms.today, new_id=terms.new_id)
    return Plan(decisions, people, terms)


def plan_file(
    file: BinaryIO,
    mapping: Mapping,
    known: Iterable[KnownPerson],
    *,
    today: date,
    new_id: Callable[[], UUID],
    never_deactivate: Collection[UUID] = (),
    on_progress: Callable[[int], None] | None = None,
) -> Plan:
    """Reads, parses and plans. Raises FileRefused if the file cannot be read by this mapping.

    `on_progress` is told the number of rows read, every thousand rows.
    """
    table = open_table(file, encoding=mapping.encoding, delimiter=mapping.delimiter)
    parser = RowParser(mapping, table.headers, today)
    rows = parser.parse_all(_reporting(table.rows(), on_progress))
    terms = PlanTerms(
        today=today,
        new_id=new_id,
        mode=mapping.mode,
        max_deactivations=mapping.max_deactivations,
        never_deactivate=never_deactivate,
    )
    return plan_people(rows, known, terms)


def _reporting(
    rows: Iterable[RawRow], on_progress: Callable[[int], None] | None
) -> Iterator[RawRow]:
    for count, row in enumerate(rows, 1):
        yield row
        if on_progress is not None and count % ROWS_BETWEEN_REPORTS == 0:
            on_progress(count)


def _summary(counts: Counter[Outcome]) -> Summary:
    return Summary(
        create=counts["create"],
        update=counts["update"],
        deactivate=counts["deactivate"],
        unchanged=counts["unchanged"],
        error=counts["error"],
    )


def _departments(decisions: Iterable[Decision], known: KnownPeople) -> Iterator[str | None]:
    yield from (person.department for person in known.by_id.values())
    yield from (it.parsed.department for it in decisions if it.parsed is not None)


def _absent(
    decisions: Iterable[Decision], known: KnownPeople, terms: PlanTerms
) -> list[KnownPerson]:
    """Who works here and is in no row, be it one that cannot be imported."""
    present = set(terms.never_deactivate)
    for decision in decisions:
        if decision.known is not None:
            present.add(decision.known.id)
        if decision.parsed is None:
            present.update(person.id for person in known.meant_by(decision.source))
    return [
        person
        for person in known.by_id.values()
        if person.status in AT_WORK and person.id not in present
    ]


def _members(
    decisions: Iterable[Decision], known: KnownPeople, leaving: set[UUID]
) -> dict[UUID, Member]:
    members = {
        person.id: Member(
            person.id,
            person.name,
            person.external_id,
            person.email.lower() if person.email is not None else None,
            has_left=person.status == "left" or person.id in leaving,
        )
        for person in known.by_id.values()
    }
    for decision in decisions:
        row = decision.parsed
        if row is None or decision.person_id is None:
            continue
        external_id = row.external_id or (decision.known.external_id if decision.known else None)
        members[decision.person_id] = Member(
            decision.person_id, row.name, external_id, decision.email, decision.has_left
        )
    return members


def _report_rows(decisions: Iterable[Decision], findings: Findings) -> None:
    """Problems of single rows; those about managers are reported where they are found."""
    for decision in decisions:
        own = decision.source.warnings if isinstance(decision.source, ParsedRow) else ()
        for problem in (*decision.errors, *(own if decision.parsed is not None else ())):
            findings.add(problem.code, decision.row, problem.detail)


def _refusal(
    leaving: list[tuple[int | None, KnownPerson]], known: KnownPeople, terms: PlanTerms
) -> PlanWarning | None:
    at_work = sum(person.status in AT_WORK for person in known.by_id.values())
    leavers = [(row, person) for row, person in leaving if person.status in AT_WORK]
    if len(leavers) <= terms.max_deactivations * at_work:
        return None
    share = Decimal(len(leavers)) / at_work
    return PlanWarning(
        code="too_many_deactivations",
        detail=(
            f"{share:.0%} of the people at work would leave ({len(leavers)} of {at_work});"
            f" max_deactivations allows {terms.max_deactivations:.0%}. The plan cannot be applied."
        ),
        count=len(leavers),
        examples=tuple(person.name for _, person in leavers[:MAX_EXAMPLES]),
        rows=tuple(row for row, _ in leavers if row is not None)[:MAX_ROWS_NAMED],
    )
