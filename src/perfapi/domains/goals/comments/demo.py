"""What people of the demo say about their goals."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from perfapi.core.clock import utcnow
from perfapi.core.demonstration import Demo, demo
from perfapi.domains.goals.reactions.models import ReactionKind
from perfapi.domains.people.demo import actor_of

from .schemas import GoalCommentCreate
from .service import comment_on_goal, mark_comments_seen, react_to_comment

MENTIONED = ("Anton Novak", "Lena Fischer")


class Said(NamedTuple):
    by: str
    days_ago: float
    text: str
    """Whoever it names with an "@" is mentioned."""
    cheered_by: Mapping[str, ReactionKind] = MappingProxyType({})
    replies: tuple["Said", ...] = ()


CONVERSATIONS: dict[str, tuple[Said, ...]] = {
    "aurora": (
        Said(
            "Lena Fischer",
            9,
            "The first series left the hall on Tuesday. **All 12 passed the drop test.**",
            {
                "Ingrid Halvorsen": ReactionKind.CELEBRATE,
                "Anton Novak": ReactionKind.CELEBRATE,
                "Beatrice Rinaldi": ReactionKind.HEART,
            },
            (
                Said("Ingrid Halvorsen", 8, "Wonderful. Please thank the whole team from me."),
                Said(
                    "Anton Novak",
                    8,
                    "Will do! Two of the customers asked for a demo already.",
                    {"Lena Fischer": ReactionKind.THUMBS_UP},
                ),
            ),
        ),
        Said(
            "Ingrid Halvorsen",
            1,
            "@Anton Novak, @Lena Fischer what would help you most to reach the next ten orders?",
            {"Beatrice Rinaldi": ReactionKind.EYES},
        ),
    ),
    "easy": (
        Said(
            "Beatrice Rinaldi",
            4,
            "Three things that customers praised last week:\n\n"
            "1. somebody answers at once\n2. the manuals\n3. that we call back",
            {"Ingrid Halvorsen": ReactionKind.THANKS},
        ),
    ),
}


@demo("goal_conversations", after=("people", "goals"))
async def add_conversations(demo: Demo) -> None:
    for key, conversation in CONVERSATIONS.items():
        for said in conversation:
            await _say(demo, f"goal {key}", said)
    owner = actor_of(demo, demo.ids["Ingrid Halvorsen"])
    async with demo.session(you=owner.person_id) as session:
        for key in CONVERSATIONS:
            await mark_comments_seen(session, owner, demo.ids[f"goal {key}"])


async def _say(demo: Demo, goal: str, said: Said, reply_to_id: UUID | None = None) -> None:
    speaker = actor_of(demo, demo.ids[said.by])
    body = GoalCommentCreate(
        text=said.text,
        reply_to_id=reply_to_id,
        mention_ids=[demo.ids[name] for name in MENTIONED if f"@{name}" in said.text],
    )
    at = utcnow() - timedelta(days=said.days_ago)
    async with demo.session(you=speaker.person_id) as session:
        comment_id = await comment_on_goal(session, speaker, demo.ids[goal], body, at=at)
    for name, kind in said.cheered_by.items():
        cheerer = actor_of(demo, demo.ids[name])
        async with demo.session(you=cheerer.person_id) as session:
            await react_to_comment(session, cheerer, comment_id, kind)
    for reply in said.replies:
        await _say(demo, goal, reply, comment_id)
