"""What people of the demo say about their goals."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.demonstration import Demo, demo
from perfapi.domains.goals.reactions.models import ReactionKind
from perfapi.domains.goals.stories.calendar import Quarter, quarters
from perfapi.domains.goals.stories.words import Said
from perfapi.domains.people.demo import actor_of, employees

from .schemas import GoalCommentCreate
from .service import comment_on_goal, mark_comments_seen, react_to_comment


@demo("goal_conversations", after=("people", "goals"))
async def add_conversations(demo: Demo) -> None:
    names = [one.name for one in employees(demo.today)]
    for quarter in quarters(demo):
        for place, said in enumerate(quarter.told.said):
            _say(quarter, said.goal, said, f"said {quarter.place} {place}", names)


def _say(
    quarter: Quarter,
    goal: str,
    said: Said,
    key: str,
    names: list[str],
    answered: Said | None = None,
) -> None:
    demo = quarter.demo
    minute = sum(map(ord, said.text)) % 45
    # A reply, whose key ends with its place, comes an hour after what was said before it.
    hour = 14 if answered is None else 15 + int(key.rpartition(" ")[2])
    at = quarter.at(said.day, hour, minute)
    mentioned = [name for name in names if f"@{name}" in said.text]
    speaker = actor_of(demo, demo.ids[said.by])

    async def speak(session: AsyncSession) -> None:
        body = GoalCommentCreate(
            text=said.text,
            reply_to_id=demo.ids[key.rpartition(" ")[0]] if answered else None,
            mention_ids=[demo.ids[name] for name in mentioned],
        )
        goal_id = demo.ids[quarter.goal(goal)]
        demo.ids[key] = await comment_on_goal(session, speaker, goal_id, body, at=at)

    demo.will_happen(at, speaker.person_id, speak)
    for name, kind in said.cheers.items():
        _cheer(demo, key, name, kind, at + timedelta(minutes=5))
    if not said.is_new:
        owner = quarter.owner(quarter.stories[goal], said.day)
        concerned = {owner, *mentioned, *([answered.by] if answered else [])} - {said.by}
        for name in sorted(concerned):
            _look(quarter, goal, demo.ids[name], at + timedelta(minutes=10))
    for place, reply in enumerate(said.replies):
        _say(quarter, goal, reply, f"{key} {place}", names, said)


def _cheer(demo: Demo, key: str, name: str, kind: ReactionKind, at: datetime) -> None:
    you = actor_of(demo, demo.ids[name])

    async def cheer(session: AsyncSession) -> None:
        await react_to_comment(session, you, demo.ids[key], kind)

    demo.will_happen(at, you.person_id, cheer)


def _look(quarter: Quarter, goal: str, person_id: UUID, at: datetime) -> None:
    you = actor_of(quarter.demo, person_id)

    async def look(session: AsyncSession) -> None:
        await mark_comments_seen(session, you, quarter.demo.ids[quarter.goal(goal)])

    quarter.demo.will_happen(at, person_id, look)
