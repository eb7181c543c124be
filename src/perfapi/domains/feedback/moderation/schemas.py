from typing import Annotated

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Input, Output, Prose

Reason = Annotated[Prose, Field(min_length=1, max_length=500)]


class FeedbackReportCreate(Input):
    reason: Annotated[Reason, Field(description="What is wrong with it; moderators read it.")]


class FeedbackReport(Output):
    """Why somebody reported it. Who that was is told to nobody."""

    reason: str
    reported_at: AwareDatetime


class FeedbackReports(Output):
    items: Annotated[list[FeedbackReport], Field(description="The oldest first.")]
