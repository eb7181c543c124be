from typing import Annotated
from uuid import UUID

from pydantic import MISSING, AwareDatetime, Field

from perfapi.core.schema import Input, Output, Page, PageQuery, Prose, Query, Resource, Search
from perfapi.domains.goals.reactions.schemas import Reactions
from perfapi.domains.people.schemas import PersonRef

Text = Annotated[Prose, Field(min_length=1, description="Markdown.")]
MentionIds = Annotated[
    list[UUID],
    Field(
        max_length=20,
        description="Whom the text speaks to: people who see the goal. Each finds the comment "
        "among what needs them.",
    ),
]


class GoalComment(Resource):
    """What somebody said about a goal, to everybody who sees it."""

    goal_id: UUID
    reply_to_id: Annotated[UUID | None, Field(description="The comment that it answers.")]
    author: PersonRef
    text: Annotated[str | None, Field(description="Markdown; null if it was deleted.")]
    mentions: list[PersonRef]
    reactions: Reactions
    edited_at: AwareDatetime | None
    deleted_at: AwareDatetime | None
    is_new: Annotated[bool, Field(description="It waits for you, and you have not looked yet.")]
    permissions: Annotated[
        list[str], Field(description="What you may do: `edit`, `delete`, `reply`, `react`.")
    ]


class GoalCommentThread(GoalComment):
    """A comment and the last that was answered to it."""

    reply_count: Annotated[int, Field(description="Without deleted ones.")]
    has_new_replies: Annotated[bool, Field(description="One of them waits for you.")]
    replies: Annotated[
        list[GoalComment],
        Field(description="The newest 3, the newest first, as the list of all replies begins."),
    ]


class GoalReplyPage(Page[GoalComment]):
    pass


class GoalReplyFilter(PageQuery):
    pass


class GoalCommentPage(Page[GoalCommentThread]):
    pass


class GoalCommentFilter(PageQuery):
    pass


class MentionablePeople(Output):
    """People who see a goal, and so can be spoken to in a comment on it."""

    items: Annotated[list[PersonRef], Field(description="At most 20, by name.")]


class MentionablePeopleFilter(Query):
    q: Annotated[Search | None, Field(description="Words that all occur in the name.")] = None


class GoalCommentCreate(Input):
    text: Text
    reply_to_id: Annotated[
        UUID | None, Field(description="A comment on the same goal that is no reply itself.")
    ] = None
    mention_ids: Annotated[MentionIds, Field(default_factory=list)]


class GoalCommentUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    text: Text | MISSING = MISSING
    mention_ids: MentionIds | MISSING = MISSING
