"""A company in memory, to which plans are applied the way the service does: change by change."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any
from uuid import UUID

from perfapi.domains.people.imports.mapping import Mapping
from perfapi.domains.people.imports.planning import Plan, plan_file
from perfapi.domains.people.imports.records import KnownPerson, PlannedRow

TODAY = date(2026, 3, 2)

COLUMNS = {
    "external_id": "Id",
    "name": "Name",
    "email": "Email",
    "job_title": "Title",
    "department": "Department",
    "status": "Status",
    "hired_on": "Hired",
    "left_on": "Left",
    "manager_name": "Manager",
}


def a_mapping(columns: dict[str, str] | None = None, **more: Any) -> Mapping:
    document = {"columns": COLUMNS if columns is None else columns, **more}
    return Mapping.model_validate_json(json.dumps(document))


def a_file(text: str) -> BytesIO:
    return BytesIO(text.encode())


def ids() -> Callable[[], UUID]:
    numbers = count(1)
    return lambda: UUID(int=next(numbers))


def a_person(number: int = 1, **differs: Any) -> KnownPerson:
    return KnownPerson(
        **{
            "id": UUID(int=1_000_000 + number),
            "external_id": f"E{number}",
            "given_name": "Ada",
            "family_name": f"Number{number}",
            "email": f"ada{number}@example.com",
            "job_title": None,
            "department": None,
            "location": None,
            "status": "active",
            "hired_on": None,
            "left_on": None,
            "manager_id": None,
            "employment_type": None,
            "attributes": {},
            **differs,
        }
    )


@dataclass
class Company:
    people: dict[UUID, KnownPerson] = field(default_factory=dict)
    new_id: Callable[[], UUID] = field(default_factory=ids)
    today: date = TODAY

    @classmethod
    def of(cls, *people: KnownPerson) -> "Company":
        return cls({person.id: person for person in people})

    def plan(self, text: str | bytes, mapping: Mapping) -> Plan:
        content = text.encode() if isinstance(text, str) else text
        return plan_file(
            BytesIO(content), mapping, self.people.values(), today=self.today, new_id=self.new_id
        )

    def apply(self, plan: Plan) -> None:
        for planned in plan.rows():
            if planned.outcome in ("create", "update", "deactivate"):
                self._write(planned)
        self.check()

    def _write(self, planned: PlannedRow) -> None:
        assert planned.person_id is not None
        values: dict[str, Any] = {
            "given_name": "", "family_name": "", "email": None, "job_title": None,
            "department": None, "location": None, "status": None, "hired_on": None,
            "left_on": None, "manager_id": None, "employment_type": None, "attributes": {},
            "external_id": None,
        }  # fmt: skip
        if planned.outcome != "create":
            values = self.people[planned.person_id]._asdict()
            values["attributes"] = dict(values["attributes"])
        for name, before, after in planned.changes:
            if name == "manager":
                values["manager_id"] = planned.manager_id
            elif name.startswith("attributes."):
                key = name.removeprefix("attributes.")
                assert values["attributes"].get(key) == before
                values["attributes"].pop(key, None)
                if after is not None:
                    values["attributes"][key] = after
            else:
                is_day = name in ("hired_on", "left_on")
                values[name] = date.fromisoformat(after) if is_day and after else after
        values["id"] = planned.person_id
        self.people[planned.person_id] = KnownPerson(**values)

    def check(self) -> None:
        """What the database would refuse."""
        people = self.people.values()
        _assert_unique(person.external_id for person in people)
        _assert_unique(person.email.lower() if person.email else None for person in people)
        for person in people:
            assert person.given_name
            is_gone = person.left_on is not None and person.left_on <= self.today
            assert (person.status == "left") == is_gone, person
            if person.left_on and person.hired_on:
                assert person.left_on >= person.hired_on
            above = person.manager_id
            for _ in people:
                assert above != person.id, "a circle"
                above = self.people[above].manager_id if above else None

    def named(self, name: str) -> KnownPerson:
        return next(person for person in self.people.values() if person.name == name)

    def manager_of(self, name: str) -> str | None:
        manager_id = self.named(name).manager_id
        return self.people[manager_id].name if manager_id else None


def _assert_unique(values: Iterable[str | None]) -> None:
    present = [value for value in values if value is not None]
    assert len(present) == len(set(present))
