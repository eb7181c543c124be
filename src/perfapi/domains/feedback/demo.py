"""A quarter of praise, advice and questions at Halden Optics."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.demonstration import Demo, demo
from perfapi.domains.people.demo import actor_of, administrator_of, employees

from .comments.schemas import FeedbackCommentCreate
from .comments.service import comment_on_feedback, mark_feedback_seen
from .reactions.models import FeedbackReactionKind
from .reactions.service import react_to_feedback
from .requests.schemas import FeedbackDecline, FeedbackRequestCreate
from .requests.service import answer_request, decline_request, request_feedback
from .schemas import FeedbackAnswer, FeedbackCreate
from .service import acknowledge_feedback, give_feedback, thank_for_feedback
from .stories import ADVICE, ASKED, PRAISE, VALUES, Asked, Told
from .values.schemas import CompanyValueCreate
from .values.service import add_company_value


@demo("feedback", after=("people", "goals"))
async def add_feedback(demo: Demo) -> None:
    admin = administrator_of(demo)
    async with demo.session(you=admin.person_id) as session:
        for name, description in VALUES.items():
            body = CompanyValueCreate(name=name, description=description)
            demo.ids[name] = await add_company_value(session, admin, body)
    for place, told in enumerate((*PRAISE, *ADVICE)):
        _tell(demo, f"feedback {place}", told)
    for place, asked in enumerate(ASKED):
        _ask(demo, f"request {place}", asked)


def _at(demo: Demo, ago: int, hour: int, minute: int = 0) -> datetime:
    day = demo.today - timedelta(days=ago)
    return datetime.combine(day, time(hour, minute), UTC)


def _tell(demo: Demo, key: str, told: Told) -> None:
    at = _at(demo, told.ago, 9 + len(told.text) % 5, len(told.text) % 60)
    giver = actor_of(demo, demo.ids[told.by])

    async def give(session: AsyncSession) -> None:
        body = FeedbackCreate(
            receiver_ids=_ids(demo, told.to),
            kind=told.kind,
            visibility=told.visibility,
            text=told.text,
            value_ids=_ids(demo, told.values),
            skills=list(told.skills),
        )
        demo.ids[key] = await give_feedback(session, giver, body, at=at)

    demo.will_happen(at, giver.person_id, give)
    _cheer(demo, key, told, at)
    for place, (name, text) in enumerate(told.answers):
        _answer(demo, key, name, text, at + timedelta(minutes=50 + 10 * place))
    for name in told.to:
        if not told.is_new:
            _receive(demo, key, demo.ids[name], at + timedelta(minutes=40), told.is_thanked)
    for name in (told.by, *told.to):
        _look(demo, key, demo.ids[name], at + timedelta(minutes=90))


def _ids(demo: Demo, names: Iterable[str]) -> list[UUID]:
    return [demo.ids[name] for name in names]


def _cheer(demo: Demo, key: str, told: Told, at: datetime) -> None:
    """By colleagues that are drawn, and never by those whom it is about."""
    others = [one.name for one in employees(demo.today) if one.name not in (told.by, *told.to)]
    for kind, count in told.cheers.items():
        for place, name in enumerate(demo.chance.sample(others, count)):
            _react(demo, key, demo.ids[name], kind, at + timedelta(minutes=5 + place))


def _react(demo: Demo, key: str, who: UUID, kind: FeedbackReactionKind, at: datetime) -> None:
    you = actor_of(demo, who)

    async def react(session: AsyncSession) -> None:
        await react_to_feedback(session, you, demo.ids[key], kind)

    demo.will_happen(at, who, react)


def _answer(demo: Demo, key: str, name: str, text: str, at: datetime) -> None:
    you = actor_of(demo, demo.ids[name])

    async def answer(session: AsyncSession) -> None:
        body = FeedbackCommentCreate(text=text)
        await comment_on_feedback(session, you, demo.ids[key], body, at=at)

    demo.will_happen(at, you.person_id, answer)


def _receive(demo: Demo, key: str, who: UUID, at: datetime, is_thanked: bool) -> None:
    you = actor_of(demo, who)

    async def receive(session: AsyncSession) -> None:
        act = thank_for_feedback if is_thanked else acknowledge_feedback
        await act(session, you, demo.ids[key], at=at)

    demo.will_happen(at, who, receive)


def _look(demo: Demo, key: str, who: UUID, at: datetime) -> None:
    you = actor_of(demo, who)

    async def look(session: AsyncSession) -> None:
        await mark_feedback_seen(session, you, demo.ids[key])

    demo.will_happen(at, who, look)


def _ask(demo: Demo, key: str, asked: Asked) -> None:
    at = _at(demo, asked.ago, 8, 30)
    requester = actor_of(demo, demo.ids[asked.by])

    async def ask(session: AsyncSession) -> None:
        body = FeedbackRequestCreate(
            about_id=demo.ids[asked.about] if asked.about else None,
            respondent_ids=_ids(demo, asked.to),
            questions=list(asked.questions),
            visibility=asked.visibility,
            due_on=demo.today + timedelta(days=asked.due_in) if asked.due_in else None,
        )
        demo.ids[key] = await request_feedback(session, requester, body, at=at)

    demo.will_happen(at, requester.person_id, ask)
    for name, text in asked.answers.items():
        _respond(demo, key, name, at + timedelta(hours=5), text=text)
    for name, reason in asked.declines.items():
        _respond(demo, key, name, at + timedelta(hours=6), reason=reason)


def _respond(
    demo: Demo, key: str, name: str, at: datetime, *, text: str = "", reason: str = ""
) -> None:
    you = actor_of(demo, demo.ids[name])

    async def respond(session: AsyncSession) -> None:
        if reason:
            await decline_request(session, you, demo.ids[key], FeedbackDecline(reason=reason))
        else:
            body = FeedbackAnswer(text=text, value_ids=[], skills=[])
            await answer_request(session, you, demo.ids[key], body, at=at)

    demo.will_happen(at, you.person_id, respond)
