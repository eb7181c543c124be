"""Managers: found by id, address or name among all people after the import; circles opened."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from perfapi.domains.people.imports.deciding import Decision
from perfapi.domains.people.imports.names import key_of_reference, name_key
from perfapi.domains.people.imports.problems import Findings, RowProblem
from perfapi.domains.people.imports.records import ManagerReference

MAX_NAMED_IN_CIRCLE = 10


class Member(NamedTuple):
    """Somebody as they will be after the import."""

    id: UUID
    name: str
    external_id: str | None
    email: str | None
    has_left: bool


class ManagerFinder:
    """Finds everybody a reference may mean. Looks are remembered: managers repeat."""

    def __init__(self, members: Iterable[Member], *, family_first: bool) -> None:
        self._members = tuple(members)
        self._family_first = family_first
        self._found: dict[tuple[str, str], tuple[UUID, ...]] = {}
        self._by_name: _Names | None = None
        self._by: dict[str, dict[str, UUID]] = {
            "external_id": {it.external_id: it.id for it in self._members if it.external_id},
            "email": {it.email: it.id for it in self._members if it.email},
        }

    def find(self, reference: ManagerReference) -> tuple[UUID, ...]:
        key = (reference.by, reference.value)
        if key not in self._found:
            self._found[key] = self._find(reference)
        return self._found[key]

    def _find(self, reference: ManagerReference) -> tuple[UUID, ...]:
        if reference.by == "name":
            if self._by_name is None:
                self._by_name = _Names(self._members, family_first=self._family_first)
            return self._by_name.find(reference.value)
        person = self._by[reference.by].get(reference.value)
        return () if person is None else (person,)


class _Names:
    """Names from strict to lenient; a lenient look is taken only where the stricter found none."""

    def __init__(self, members: Iterable[Member], *, family_first: bool) -> None:
        self._full: defaultdict[str, list[UUID]] = defaultdict(list)
        self._short: defaultdict[str, list[tuple[frozenset[str], UUID]]] = defaultdict(list)
        self._turned: defaultdict[str, list[UUID]] = defaultdict(list)
        for member in members:
            key = name_key(member.name)
            self._full[key.full].append(member.id)
            self._short[key.short].append((key.extras, member.id))
            if family_first:
                self._turned[_unordered(key.full)].append(member.id)

    def find(self, name: str) -> tuple[UUID, ...]:
        key = key_of_reference(name)
        if key.full in self._full:
            return tuple(self._full[key.full])
        # 'Brandon R.' and 'Brandon' may be one, 'Brandon R.' and 'Brandon T.' are two.
        near = tuple(
            person
            for extras, person in self._short.get(key.short, ())
            if extras <= key.extras or key.extras <= extras
        )
        return near or tuple(self._turned.get(_unordered(key.full), ()))


def _unordered(words: str) -> str:
    return " ".join(sorted(words.split()))


def assign_managers(
    decisions: list[Decision],
    members: Mapping[UUID, Member],
    current: Mapping[UUID, UUID | None],
    findings: Findings,
) -> None:
    """Settles the manager of every row that names one, or warns and leaves the line as it is."""
    speaking = [it for it in decisions if it.parsed is not None and "manager" in it.parsed.fields]
    family_first = any(it.parsed is not None and it.parsed.family_first for it in speaking)
    finder = ManagerFinder(members.values(), family_first=family_first)
    for decision in speaking:
        _assign(decision, finder, members, findings)
    _open_circles(speaking, members, current, findings)
    _report_contradictions(speaking, findings)


def _assign(
    decision: Decision,
    finder: ManagerFinder,
    members: Mapping[UUID, Member],
    findings: Findings,
) -> None:
    row = decision.parsed
    assert row is not None
    if row.manager is None:
        decision.settles_manager = not _is_history(decision)
        return
    found = finder.find(row.manager)
    others = tuple(person for person in found if person != decision.person_id)
    if len(others) > 1 and row.manager_id_hint is not None:
        hinted = [it for it in others if members[it].external_id == row.manager_id_hint]
        others = tuple(hinted) if len(hinted) == 1 else others
    named = f"'{row.manager.value}'"
    if not found:
        _warn(decision, findings, "manager_not_found", f"Nobody is known as {named}.")
    elif not others:
        _warn(decision, findings, "manager_is_self", f"{named} is the person themself.")
    elif len(others) > 1:
        detail = f"{len(others)} people are called {named}."
        _warn(decision, findings, "manager_ambiguous", detail)
    elif members[others[0]].has_left and not decision.has_left:
        _warn(decision, findings, "manager_left", f"{named} has left.")
    elif not _is_history(decision):
        decision.manager_id = others[0]
        decision.settles_manager = True


def _is_history(decision: Decision) -> bool:
    """The lines of somebody known who leaves or has left: an import does not rewrite them."""
    return decision.known is not None and decision.has_left


def _warn(decision: Decision, findings: Findings, code: str, detail: str) -> None:
    row = decision.parsed
    assert row is not None
    assert row.manager is not None
    decision.warn(RowProblem(code, detail, row.manager.column))
    findings.add(code, row.row, row.manager.value)


def _open_circles(
    decisions: list[Decision],
    members: Mapping[UUID, Member],
    current: Mapping[UUID, UUID | None],
    findings: Findings,
) -> None:
    by_person = {it.person_id: it for it in decisions if it.person_id and it.settles_manager}
    wanted = {person: it.manager_id for person, it in by_person.items()}
    for circle in find_circles(wanted, current):
        names = [members[person].name for person in circle[:MAX_NAMED_IN_CIRCLE]]
        names.append("..." if len(circle) > MAX_NAMED_IN_CIRCLE else names[0])
        path = " \u2192 ".join(names)
        for decision in (by_person[person] for person in circle if person in by_person):
            row = decision.parsed
            assert row is not None
            column = row.manager.column if row.manager else None
            problem = RowProblem("manager_circle", f"Reports in a circle: {path}.", column)
            decision.warn(problem)
            decision.settles_manager = False
            findings.add("manager_circle", row.row, path)


def find_circles(
    wanted: Mapping[UUID, UUID | None], current: Mapping[UUID, UUID | None]
) -> list[list[UUID]]:
    """The circles that the wanted lines would close, together with the current ones.

    One walk up from everybody. Where it meets itself, the wanted lines of that circle fall back
    to the current ones and the walk goes on from there, since those may close another circle.
    """
    lines: dict[UUID, UUID | None] = {**current, **wanted}
    open_lines = set(wanted)
    settled: set[UUID] = set()
    circles: list[list[UUID]] = []
    for start in wanted:
        path: list[UUID] = []
        places: dict[UUID, int] = {}
        person: UUID | None = start
        while person is not None and person not in settled:
            place = places.get(person)
            if place is None:
                places[person] = len(path)
                path.append(person)
                person = lines.get(person)
                continue
            circle = path[place:]
            fallen = open_lines.intersection(circle)
            if not fallen:
                break
            circles.append(circle)
            open_lines -= fallen
            lines.update({it: current.get(it) for it in fallen})
            del path[place:]
            for member in circle:
                del places[member]
        settled.update(path)
    return circles


def _report_contradictions(decisions: list[Decision], findings: Findings) -> None:
    """A name that comes with several ids, an id with several names: the rarer ones are told."""
    told = [
        (decision, row.manager, row.manager_id_hint)
        for decision in decisions
        if (row := decision.parsed) is not None and row.manager is not None
    ]
    if not any(hint is not None for _, _, hint in told):
        return
    # Spellings of one name, with and without the middle initial, count as that name.
    spelled: dict[str, str] = {}
    spellings: dict[str, str] = {}
    for _, manager, _ in told:
        if manager.value not in spellings:
            short = key_of_reference(manager.value).short
            spellings[manager.value] = spelled.setdefault(short, manager.value)
    pairs = [(it, spellings[manager.value], hint or "") for it, manager, hint in told]
    _report_rare(pairs, "manager_ids_contradict", findings)
    turned = [(it, hint, name) for it, name, hint in pairs if hint]
    _report_rare(turned, "manager_names_contradict", findings)


def _report_rare(pairs: list[tuple[Decision, str, str]], code: str, findings: Findings) -> None:
    values: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, subject, value in pairs:
        values[subject][value] += 1
    examples: dict[str, tuple[str, str]] = {}
    for subject, seen in values.items():
        if len(seen) > 1:
            listed = [f"{value or 'none'} ({_rows(n)})" for value, n in seen.most_common(10)]
            examples[subject] = (seen.most_common(1)[0][0], f"{subject}: {', '.join(listed)}")
    for decision, subject, value in pairs:
        usual, example = examples.get(subject, (value, ""))
        if value != usual:
            row = decision.parsed
            column = row.manager.column if row is not None and row.manager is not None else None
            decision.warn(RowProblem(code, f"{example}.", column))
            findings.add(code, decision.row, example)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
