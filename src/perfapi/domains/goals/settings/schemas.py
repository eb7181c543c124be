from decimal import Decimal
from typing import Annotated

from pydantic import MISSING, Field

from perfapi.core.schema import Input, Resource
from perfapi.domains.goals.quantities import Share


class GoalSettings(Resource):
    """How goals work in this organization."""

    cycle_days: Annotated[int, Field(description="How long a new cycle is.")]
    check_in_every_days: Annotated[int, Field(description="The rhythm of a new goal.")]
    on_track_from: Annotated[
        Decimal, Field(description="On track is who has this share of the expected progress.")
    ]
    at_risk_from: Annotated[
        Decimal, Field(description="At risk is who has this share of it; below is off track.")
    ]
    permissions: Annotated[list[str], Field(description="What you may do: `edit`.")]


class GoalSettingsUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    cycle_days: Annotated[int, Field(ge=1, le=1_000)] | MISSING = MISSING
    check_in_every_days: Annotated[int, Field(ge=1, le=365)] | MISSING = MISSING
    on_track_from: Share | MISSING = MISSING
    at_risk_from: Share | MISSING = MISSING
