"""What becomes of the goals of the demo: agreed on, shared, worked on, corrected, and ended."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.demonstration import Demo, demo
from perfapi.domains.goals.check_ins.service import cheer_check_in
from perfapi.domains.goals.closings.schemas import RetrospectiveInput
from perfapi.domains.goals.cycles.service import close_goal_cycle
from perfapi.domains.goals.initiatives.schemas import InitiativeCreate
from perfapi.domains.goals.initiatives.service import add_initiative, complete_initiative
from perfapi.domains.goals.key_results.schemas import KeyResultUpdate
from perfapi.domains.goals.key_results.service import update_key_result
from perfapi.domains.goals.members.service import set_goal_member
from perfapi.domains.goals.negotiations.queries import find_last_step
from perfapi.domains.goals.schemas import GoalCancellation, GoalClosing, GoalUpdate
from perfapi.domains.goals.service import activate_goal, cancel_goal, close_goal, update_goal
from perfapi.domains.goals.stories import words
from perfapi.domains.goals.stories.calendar import DAYS, Quarter, quarters
from perfapi.domains.people.demo import actor_of, administrator_of, employees

from .carrying import carry_goal_over
from .queries import key_results_to_carry
from .schemas import CarryOver, ChangesRequest, GoalAgreement, GoalProposal
from .service import agree_to_goal, archive_goal, propose_goal, request_goal_changes

Does = Callable[[AsyncSession, Actor, UUID, datetime], Awaitable[object]]
"""Something to a goal, at an instant."""

AGREED_ON, ENDED_ON, ARCHIVED_ON = 4, DAYS + 7, 12
"""Days: managers say yes, the cycle is closed, and (of the running one) the oldest is put away."""


@demo("goal_life", after=("goals",))
async def let_goals_live(demo: Demo) -> None:
    managers = {one.name: one.manager or "" for one in employees(demo.today)}
    told = quarters(demo)
    for quarter in told:
        for story in quarter.stories.values():
            if story.agreed:
                _agree(quarter, story, managers[story.owner])
        for turn in quarter.told.turns:
            _turn(quarter, turn, managers)
    for quarter, following in pairwise(told):
        _end(quarter, following)
    _archive(told[0], told[-1])


def _on(quarter: Quarter, key: str, by: str, at: datetime, does: Does) -> None:
    demo = quarter.demo
    you = actor_of(demo, demo.ids[by])

    async def happens(session: AsyncSession) -> None:
        await does(session, you, demo.ids[quarter.goal(key)], at)

    demo.will_happen(at, you.person_id, happens)


def _agree(quarter: Quarter, story: words.Story, manager: str) -> None:
    """Proposed at once; some days later the manager says yes to all that wait."""

    async def propose(session: AsyncSession, you: Actor, goal_id: UUID, at: datetime) -> None:
        await propose_goal(session, you, goal_id, GoalProposal(), at=at)

    async def agree(session: AsyncSession, you: Actor, goal_id: UUID, at: datetime) -> None:
        agreed = GoalAgreement(step_id=await _what_was_read(session, goal_id))
        await agree_to_goal(session, you, goal_id, agreed, at=at)
        await activate_goal(session, you, goal_id, at=at)

    _on(quarter, story.key, story.owner, quarter.set_at(story), propose)
    _on(quarter, story.key, manager, quarter.at(AGREED_ON, 16), agree)


def _turn(quarter: Quarter, turn: words.Turn, managers: Mapping[str, str]) -> None:
    owner = quarter.owner(quarter.stories[turn.goal], turn.day - 1)
    by, does = _of_turn(quarter, turn, owner)
    _on(quarter, turn.goal, by, quarter.at(turn.day, 14), does)
    if isinstance(turn, words.Negotiated) and turn.answer is not None:
        _on(quarter, turn.goal, managers[owner], quarter.at(turn.day + 1, 16), _answer(turn))
    if isinstance(turn, words.Did) and turn.done is not None:
        _on(quarter, turn.goal, turn.by, quarter.at(turn.done, 15), _complete(quarter, turn))


def _of_turn(quarter: Quarter, turn: words.Turn, owner: str) -> tuple[str, Does]:
    """Who does what."""
    ids = quarter.demo.ids
    match turn:
        case words.Cheered():
            return turn.by, lambda session, you, _, at: cheer_check_in(
                session, you, ids[quarter.check_in(turn.goal)], turn.kind
            )
        case words.Joined():
            return owner, lambda session, you, goal_id, at: set_goal_member(
                session, you, goal_id, ids[turn.name], turn.role, at=at
            )
        case words.Corrected():
            return owner, _correct(turn)
        case words.HandedOver():
            to = GoalUpdate(owner_id=ids[turn.to])
            return owner, lambda session, you, goal_id, at: update_goal(
                session, you, goal_id, to, None
            )
        case words.Judged():
            status = GoalUpdate(manual_status=turn.status)
            return owner, lambda session, you, goal_id, at: update_goal(
                session, you, goal_id, status, None
            )
        case words.Did():
            return owner, _begin(quarter, turn)
        case words.CalledOff():
            note = GoalCancellation(note=turn.note)
            return owner, lambda session, you, goal_id, at: cancel_goal(
                session, you, goal_id, note, at=at
            )
        case words.Negotiated():
            proposal = GoalProposal(comment=turn.comment)
            return owner, lambda session, you, goal_id, at: propose_goal(
                session, you, goal_id, proposal, at=at
            )


def _correct(turn: words.Corrected) -> Does:
    async def correct(session: AsyncSession, you: Actor, goal_id: UUID, at: datetime) -> None:
        body = KeyResultUpdate(target=Decimal(turn.target))
        for key_result, _, _ in await key_results_to_carry(session, goal_id):
            if key_result.title == turn.measure:
                await update_key_result(session, you, key_result.id, body, None)

    return correct


def _begin(quarter: Quarter, turn: words.Did) -> Does:
    due_on = turn.due and quarter.starts_on + timedelta(days=turn.due)
    by = quarter.demo.ids[turn.by]
    body = InitiativeCreate(title=turn.title, owner_id=by, due_on=due_on or None)

    async def begin(session: AsyncSession, you: Actor, goal_id: UUID, at: datetime) -> None:
        quarter.demo.ids[turn.title] = await add_initiative(session, you, goal_id, body)

    return begin


def _complete(quarter: Quarter, turn: words.Did) -> Does:
    return lambda session, you, _, at: complete_initiative(
        session, you, quarter.demo.ids[turn.title], at=at
    )


def _answer(turn: words.Negotiated) -> Does:
    async def answer(session: AsyncSession, you: Actor, goal_id: UUID, at: datetime) -> None:
        step_id = await _what_was_read(session, goal_id)
        if turn.agrees:
            agreed = GoalAgreement(step_id=step_id, comment=turn.answer)
            await agree_to_goal(session, you, goal_id, agreed, at=at)
        else:
            changes = ChangesRequest(step_id=step_id, comment=turn.answer or "")
            await request_goal_changes(session, you, goal_id, changes, at=at)

    return answer


async def _what_was_read(session: AsyncSession, goal_id: UUID) -> UUID:
    step_id = await find_last_step(session, goal_id)
    if step_id is None:
        raise RuntimeError("the demo answers what was not proposed")
    return step_id


def _end(quarter: Quarter, following: Quarter) -> None:
    """The owners look back, and some goals go on."""
    demo, admin = quarter.demo, administrator_of(quarter.demo)
    heirs = {story.goes_on: story for story in following.stories.values() if story.goes_on}
    for story in quarter.stories.values():
        if quarter.called_off(story) is not None:
            continue
        heir = heirs.get(story.key)
        at = quarter.closed_at(story, goes_on=heir is not None)
        body = _closing(story)
        does = _close(body) if heir is None else _carry(following, heir, body)
        _on(quarter, story.key, quarter.owner(story, DAYS), at, does)
    at = quarter.at(ENDED_ON, 9)

    async def close(session: AsyncSession) -> None:
        await close_goal_cycle(session, admin, demo.ids[quarter.cycle], at=at)

    demo.will_happen(at, admin.person_id, close)


def _closing(story: words.Story) -> GoalClosing:
    if (ending := story.ending) is None:
        raise ValueError(f"nobody looks back at {story.title!r}")
    return GoalClosing(
        note=ending.note,
        score=Decimal(ending.score),
        retrospective=RetrospectiveInput(
            went_well=ending.went_well,
            went_badly=ending.went_badly,
            next_time=ending.next_time,
        ),
    )


def _close(body: GoalClosing) -> Does:
    return lambda session, you, goal_id, at: close_goal(session, you, goal_id, body, at=at)


def _carry(following: Quarter, heir: words.Story, closing: GoalClosing) -> Does:
    """Where it goes on, it serves another goal of its level above."""
    ids = following.demo.ids

    async def carry(session: AsyncSession, you: Actor, goal_id: UUID, at: datetime) -> None:
        body = CarryOver(cycle_id=ids[following.cycle], close=closing)
        carried = await carry_goal_over(session, you, goal_id, body, at=at)
        ids[following.goal(heir.key)] = carried
        above = ids[following.goal(heir.above)] if heir.above else None
        changes = GoalUpdate(parent_id=above, check_in_every_days=7 if following.is_running else 14)
        await update_goal(session, you, carried, changes, None)

    return carry


def _archive(oldest: Quarter, running: Quarter) -> None:
    at = running.at(ARCHIVED_ON, 9)
    admin = administrator_of(oldest.demo)
    for story in oldest.stories.values():
        if story.above is not None:
            continue  # it goes along

        async def archive(session: AsyncSession, key: str = story.key) -> None:
            await archive_goal(session, admin, oldest.demo.ids[oldest.goal(key)], at=at)

        oldest.demo.will_happen(at, admin.person_id, archive)
