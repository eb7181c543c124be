"""Four quarters of goals: three that have ended, and one in the middle of its story.

Here are the cycles, the goals and their check-ins; `life/demo.py` tells what becomes of them, and
`comments/demo.py` what people say. The stories themselves are in `stories/`.
"""

from collections.abc import Iterator
from decimal import Decimal
from math import ceil
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.demonstration import Demo, demo
from perfapi.domains.people.demo import actor_of, administrator_of

from . import service
from .check_ins.schemas import CheckInCreate
from .check_ins.service import check_in
from .cycles.schemas import GoalCycleCreate
from .cycles.service import add_goal_cycle
from .key_results.queries import milestones_in_use
from .life.queries import key_results_to_carry
from .measuring import key_result_of, measured, way_made
from .models import GoalState, KeyResultKind, Level
from .schemas import GoalCreate
from .stories.calendar import DAYS, Quarter, quarters
from .stories.words import Measure, Story

SILENT_FOR = 23


@demo("goals", after=("people",))
async def add_goals(demo: Demo) -> None:
    for quarter in quarters(demo):
        _begin(quarter)
        for story in quarter.stories.values():
            if story.goes_on is None:
                _set(quarter, story)
            _check_in(quarter, story)


def _begin(quarter: Quarter) -> None:
    demo, admin = quarter.demo, administrator_of(quarter.demo)

    async def happens(session: AsyncSession) -> None:
        body = GoalCycleCreate(name=quarter.name, starts_on=quarter.starts_on)
        demo.ids[quarter.cycle] = (await add_goal_cycle(session, admin, body)).id

    demo.will_happen(quarter.at(-7, 9), admin.person_id, happens)


def _set(quarter: Quarter, story: Story) -> None:
    """By its owner; the administrator sets those of the company."""
    demo, at = quarter.demo, quarter.set_at(story)
    owner = actor_of(demo, demo.ids[story.owner])
    setter = administrator_of(demo) if story.level is Level.COMPANY else owner

    async def happens(session: AsyncSession) -> None:
        body = GoalCreate(
            title=story.title,
            description=story.description,
            level=story.level,
            owner_id=owner.person_id,
            department_id=_unit(demo, story, Level.DEPARTMENT),
            team_id=_unit(demo, story, Level.TEAM),
            cycle_id=demo.ids[quarter.cycle],
            parent_id=demo.ids[quarter.goal(story.above)] if story.above else None,
            ambition=story.ambition,
            purpose=story.purpose,
            visibility=story.visibility,
            driver=story.driver,
            weight=Decimal(story.weight),
            check_in_every_days=_rhythm(quarter, story),
            state=GoalState.DRAFT if story.agreed else GoalState.ACTIVE,
            key_results=[key_result_of(measure) for measure in story.measures],
        )
        demo.ids[quarter.goal(story.key)] = await service.set_goal(session, setter, body, at=at)

    demo.will_happen(at, setter.person_id, happens)


def _unit(demo: Demo, story: Story, level: Level) -> UUID | None:
    return demo.ids[story.unit] if story.unit and story.level is level else None


def _rhythm(quarter: Quarter, story: Story) -> int:
    """Halden looked at its goals every two weeks at first; by now teams do so every week."""
    return 7 if quarter.is_running and story.level is not Level.PERSON else 14


def _check_in(quarter: Quarter, story: Story) -> None:
    days = list(_days_of_check_ins(quarter, story))
    # The news are spread over the check-ins, in their order; the last one is told with the last.
    news = {ceil((n + 1) * len(days) / len(story.news)) - 1: n for n in range(len(story.news))}
    for number, day in enumerate(days):
        said = story.news[news[number]] if number in news else None
        _report(quarter, story, number, day, said)


def _days_of_check_ins(quarter: Quarter, story: Story) -> Iterator[int]:
    """From the first days on; where the quarter has ended, its last day brings the last word."""
    chance, rhythm = quarter.demo.chance, _rhythm(quarter, story)
    end = DAYS - 1
    if quarter.is_running:
        end = (quarter.demo.today - quarter.starts_on).days - (SILENT_FOR if story.silent else 1)
    if (called_off := quarter.called_off(story)) is not None:
        end = called_off.day - 1
    day = 7 + chance.randint(0, 3)
    while day <= end - (0 if quarter.is_running else rhythm // 2):
        yield day
        day += rhythm + chance.randint(-1, 1)
    if not quarter.is_running:
        yield end


def _report(quarter: Quarter, story: Story, number: int, day: int, said: str | None) -> None:
    demo, chance = quarter.demo, quarter.demo.chance
    by = actor_of(demo, demo.ids[quarter.owner(story, day)])
    at = quarter.at(day, chance.randint(7, 12), chance.randrange(0, 60, 5))
    share = day / (DAYS - 1)
    noise = 0.02 if share < 1 else 0

    async def happens(session: AsyncSession) -> None:
        goal_id = demo.ids[quarter.goal(story.key)]
        told = {measure.title: measure for measure in story.measures}
        comment = said
        for key_result, current, _ in await key_results_to_carry(session, goal_id):
            measure = told[key_result.title]
            reached = way_made(measure.course or story.course, share)
            if key_result.kind is KeyResultKind.MAINTAIN:
                place = min(int(share * len(measure.values)), len(measure.values) - 1)
                value: dict[str, Any] = {"value": Decimal(measure.values[place])}
            else:
                steps = (
                    await milestones_in_use(session, key_result.id)
                    if key_result.kind is KeyResultKind.MILESTONES
                    else ()
                )
                value = measured(
                    key_result, current, reached + chance.uniform(-noise, noise), steps
                )
            if comment is not None and "{}" in comment:
                comment = comment.format(f"{value['value'].normalize():f}")
            sure = _confidence(quarter, measure, reached, share)
            body = CheckInCreate(**value, confidence=sure, comment=comment)
            check_in_id = await check_in(session, by, key_result.id, body, at=at)
            if comment is not None or number == 0:
                demo.ids[quarter.check_in(story.key)] = check_in_id
            comment = None

    demo.will_happen(at, by.person_id, happens)


def _confidence(quarter: Quarter, measure: Measure, reached: float, share: float) -> int:
    """Who lags behind is less sure; nobody is sure of everything."""
    if measure.kind is KeyResultKind.MAINTAIN:
        return quarter.demo.chance.randint(6, 9)
    pace = reached / share if share else 1
    return max(min(round(pace * 8) + quarter.demo.chance.randint(-1, 1), 10), 1)
