from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Search
from perfapi.domains.goals.key_results.schemas import KeyResultBrief
from perfapi.domains.goals.models import GoalState
from perfapi.domains.goals.schemas import GoalsWanted


class ExportRows(StrEnum):
    """What a line is about."""

    GOALS = "goals"
    KEY_RESULTS = "key_results"


class ExportedKeyResult(KeyResultBrief):
    goal_id: UUID
    weight: Decimal
    confidence: int | None
    checked_in_at: AwareDatetime | None


class ExportFilter(GoalsWanted):
    """As the list, and as the page shows goals."""

    state: Annotated[
        GoalState | None, Field(description="By default all but cancelled and archived ones.")
    ] = None
    q: Annotated[Search | None, Field(description="Some of the title or of its owner's name.")] = (
        None
    )


class GoalExportQuery(ExportFilter):
    rows: Annotated[
        ExportRows, Field(description="A line for each goal, or for each of their key results.")
    ] = ExportRows.GOALS
    bom: Annotated[
        bool, Field(description="Begins with a byte order mark, by which Excel knows UTF-8.")
    ] = False
