"""Rows of a request in the words of the import engine, and its plan in those of the request."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from perfapi.core.ids import uuid7
from perfapi.domains.people.imports.planning import PlanTerms, plan_people
from perfapi.domains.people.imports.problems import RowProblem
from perfapi.domains.people.imports.records import (
    KnownPerson,
    ManagerReference,
    ParsedRow,
    PlannedRow,
    RejectedRow,
)

from .schemas import PersonUpsert

Row = tuple[str, PersonUpsert]

_MANAGERS: tuple[tuple[str, Literal["external_id", "email"]], ...] = (
    ("manager_external_id", "external_id"),
    ("manager_email", "email"),
)


def plan(rows: Sequence[Row], known: Iterable[KnownPerson], today: date) -> list[PlannedRow]:
    """One planned row per row of the request, in their order."""
    parsed = [_parsed(n, external_id, row, today) for n, (external_id, row) in enumerate(rows, 1)]
    terms = PlanTerms(today=today, new_id=uuid7, max_deactivations=Decimal(1))
    return list(plan_people(parsed, known, terms).rows())


def _parsed(
    number: int, external_id: str, row: PersonUpsert, today: date
) -> ParsedRow | RejectedRow:
    sent: dict[str, Any] = row.model_dump()
    hired_on, left_on = sent.get("hired_on"), sent.get("left_on")
    if hired_on and left_on and left_on < hired_on:
        detail = f"Gone from {left_on}, before being hired on {hired_on}."
        problem = RowProblem("left_before_hired", detail, "left_on")
        return RejectedRow(number, (problem,), external_id)
    attributes: dict[str, str | None] = sent.get("attributes", {})
    fields = {*sent, *(f"attributes.{key}" for key in attributes)}
    if fields & {name for name, _ in _MANAGERS}:
        fields.add("manager")
    return ParsedRow(
        row=number,
        fields=frozenset(fields),
        external_id=external_id,
        given_name=row.given_name,
        family_name=row.family_name,
        email=sent.get("email"),
        status=_status(sent.get("status", "active"), left_on, today),
        manager=_manager(sent),
        attributes=attributes,
        job_title=sent.get("job_title"),
        department=sent.get("department"),
        location=sent.get("location"),
        employment_type=sent.get("employment_type"),
        hired_on=hired_on,
        left_on=left_on,
    )


def _status(
    said: Literal["active", "on_leave", "left"], left_on: date | None, today: date
) -> Literal["active", "on_leave", "left"]:
    """The day of leaving decides: up to today they have left, before it they have not."""
    if left_on is None:
        return said
    if left_on <= today:
        return "left"
    return "active" if said == "left" else said


def _manager(sent: dict[str, Any]) -> ManagerReference | None:
    for field, by in _MANAGERS:
        if sent.get(field):
            return ManagerReference(by, sent[field], field)
    return None


def pointer(problem: RowProblem) -> str:
    """The field that a problem of the engine is about."""
    if problem.column:
        return f"/{problem.column}"
    if problem.code.startswith("email"):
        return "/email"
    if problem.code.startswith("left"):
        return "/left_on"
    return "/external_id"
