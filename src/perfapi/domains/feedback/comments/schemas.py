from typing import Annotated
from uuid import UUID

from pydantic import MISSING, AwareDatetime, Field

from perfapi.core.schema import Input, Page, PageQuery, Prose, Resource
from perfapi.domains.people.schemas import PersonRef

Text = Annotated[Prose, Field(min_length=1, max_length=2_000, description="Markdown.")]


class FeedbackComment(Resource):
    """Something that a reader of feedback says about it."""

    feedback_id: UUID
    author: PersonRef
    text: Annotated[str, Field(description="Markdown.")]
    edited_at: AwareDatetime | None
    permissions: Annotated[list[str], Field(description="What you may do: `edit`, `delete`.")]


class FeedbackCommentPage(Page[FeedbackComment]):
    pass


class FeedbackCommentFilter(PageQuery):
    pass


class FeedbackCommentCreate(Input):
    text: Text


class FeedbackCommentUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    text: Text | MISSING = MISSING
