"""Imports are for those who manage all people: a file may touch anybody."""

from sqlalchemy import ColumnElement, and_, or_

from perfapi.core.access import Act, Rules
from perfapi.domains.people.relations import you_are_admin, you_are_hr_of_all

from .errors import ImportNotPlanned, ImportRunning
from .models import ImportStatus, PeopleImport

VISIBLE = Rules(
    "people-imports",
    PeopleImport,
    you_are_an_administrator=you_are_admin(),
    you_are_hr_of_all=you_are_hr_of_all(),
)


def _is(*states: ImportStatus) -> ColumnElement[bool]:
    return PeopleImport.status.in_(states)


_IS_REFUSED = PeopleImport.warnings.contains([{"code": "too_many_deactivations"}])

IS_PLANNED = Act(ImportNotPlanned, _is(ImportStatus.PLANNED))
MAY_DISCARD = Act(
    ImportRunning, _is(ImportStatus.PLANNED, ImportStatus.FAILED, ImportStatus.PLANNING)
)

NEEDS_REVIEW = and_(
    _is(ImportStatus.APPLIED),
    PeopleImport.reviewed_at.is_(None),
    or_(PeopleImport.warnings != [], PeopleImport.summary["error"].as_integer() > 0),
)

OPEN_TO_YOU: dict[str, Act | ColumnElement[bool]] = {
    "apply": and_(_is(ImportStatus.PLANNED), ~_IS_REFUSED),
    "discard": MAY_DISCARD,
    "review": NEEDS_REVIEW,
}
