"""Two quarters of goals: one that has ended, and one in the middle of its story."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from perfapi.core.demonstration import Demo, demo
from perfapi.domains.people.demo import actor_of, administrator_of, employees

from . import service
from .check_ins.schemas import CheckInCreate
from .check_ins.service import check_in
from .cycles.schemas import GoalCycleCreate
from .cycles.service import add_goal_cycle, close_goal_cycle
from .key_results.queries import ids_of_key_results, milestones_in_use
from .measuring import key_result_of, measured
from .models import Level
from .schemas import GoalClosing, GoalCreate
from .stories import (
    BAD_NEWS,
    CLOSING_NOTES,
    COMPANY,
    DEPARTMENTS,
    GOOD_NEWS,
    MIXED_NEWS,
    TASKS,
    TEAMS,
    Measure,
    Story,
)

DAYS = 90
ELAPSED = 54
SILENT_FOR = 23
# A visitor who signs in as one of these finds something to do.
FORGETFUL = {"Lena Fischer", "Anton Novak"}


@dataclass
class Quarter:
    """One cycle of the demo while its goals are set."""

    demo: Demo
    starts_on: date
    has_ended: bool
    cycle_id: UUID
    goals: dict[str, UUID] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        """The last day of which anybody can tell."""
        ends_on = self.starts_on + timedelta(days=DAYS - 1)
        return ends_on if self.has_ended else self.demo.today


@demo("goals", after=("people",))
async def add_goals(demo: Demo) -> None:
    starts_on = demo.today - timedelta(days=ELAPSED)
    shared = [*COMPANY, *DEPARTMENTS, *TEAMS]
    before = await _add_quarter(demo, starts_on - timedelta(days=DAYS), shared, has_ended=True)
    await _add_quarter(demo, starts_on, [*shared, *_personal(demo)], has_ended=False)
    await _close(before)


async def _add_quarter(
    demo: Demo, starts_on: date, stories: list[Story], *, has_ended: bool
) -> Quarter:
    middle = starts_on + timedelta(days=DAYS // 2)
    name = f"Q{(middle.month + 2) // 3} {middle.year}"
    admin = administrator_of(demo)
    async with demo.session(you=admin.person_id) as session:
        cycle = await add_goal_cycle(
            session, admin, GoalCycleCreate(name=name, starts_on=starts_on)
        )
    quarter = Quarter(demo, starts_on, has_ended, cycle.id)
    for story in stories:
        await _tell(quarter, story)
    return quarter


async def _tell(quarter: Quarter, story: Story) -> None:
    """Sets the goal of a story and lets its owner check in, week by week."""
    demo = quarter.demo
    owner = actor_of(demo, demo.ids[story.owner])
    setter = owner if story.level is Level.PERSON else administrator_of(demo)
    async with demo.session(you=setter.person_id) as session:
        goal_id = await service.set_goal(
            session,
            setter,
            GoalCreate(
                title=story.title,
                level=story.level,
                owner_id=owner.person_id,
                department_id=_unit(demo, story, Level.DEPARTMENT),
                team_id=_unit(demo, story, Level.TEAM),
                cycle_id=quarter.cycle_id,
                parent_id=quarter.goals[story.above] if story.above else None,
                driver=story.driver,
                weight=Decimal(story.weight),
                check_in_every_days=14 if story.level is Level.PERSON else 7,
                key_results=[key_result_of(measure) for measure in story.measures],
            ),
            at=_noon(quarter.starts_on),
        )
        quarter.goals[story.key] = demo.ids[f"goal {story.key}"] = goal_id
        key_results = await ids_of_key_results(session, goal_id)
    async with demo.session(you=owner.person_id) as session:
        for key_result_id, measure in zip(key_results, story.measures, strict=True):
            milestones = [step.id for step in await milestones_in_use(session, key_result_id)]
            for day in _days_of_check_ins(quarter, story):
                body = _check_in(quarter, story, measure, day, milestones)
                await check_in(session, owner, key_result_id, body, at=_noon(day))


def _unit(demo: Demo, story: Story, level: Level) -> UUID | None:
    return demo.ids[story.unit] if story.unit and story.level is level else None


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _days_of_check_ins(quarter: Quarter, story: Story) -> Iterator[date]:
    rhythm = 14 if story.level is Level.PERSON or quarter.has_ended else 7
    silent_for = SILENT_FOR if story.silent and not quarter.has_ended else 1
    until = quarter.last_day - timedelta(days=silent_for)
    day = quarter.starts_on + timedelta(days=quarter.demo.chance.randint(4, 9))
    while day <= until:
        yield day
        day += timedelta(days=rhythm + quarter.demo.chance.randint(-1, 1))


def _check_in(
    quarter: Quarter, story: Story, measure: Measure, day: date, milestones: list[UUID]
) -> CheckInCreate:
    chance = quarter.demo.chance
    passed = (day - quarter.starts_on).days / DAYS
    # Whoever checks in weekly tells of a few days ago: the pace is that of the last one.
    reached = min(max((passed + 0.04) * story.pace + chance.uniform(-0.03, 0.04), 0), 1.08)
    news = GOOD_NEWS if story.pace >= 0.95 else MIXED_NEWS if story.pace >= 0.75 else BAD_NEWS
    return CheckInCreate(
        **measured(measure, reached, milestones, chance),
        confidence=max(min(round(story.pace * 8) + chance.randint(-1, 1), 10), 1),
        comment=chance.choice(news) if chance.random() < 0.5 else None,
    )


def _personal(demo: Demo) -> Iterator[Story]:
    """Everybody in a team with tasks has one of them, and some have two."""
    for number, employee in enumerate(employees(demo.today)):
        tasks = [task for task in TASKS if task.unit == employee.unit]
        if employee.manager is None or not tasks or employee.title.startswith("Head"):
            continue
        for place in range(2 if number % 3 == 0 else 1):
            task = tasks[(number + place) % len(tasks)]
            yield Story(
                key=f"{employee.name} {place}",
                title=task.title,
                level=Level.PERSON,
                owner=employee.name,
                above=task.above,
                measures=(task.measure,),
                pace=demo.chance.choice((0.5, 0.7, 0.9, 1.0, 1.05, 1.1, 1.15, 1.2)),
                silent=employee.name in FORGETFUL or demo.chance.random() < 0.15,
            )


async def _close(quarter: Quarter) -> None:
    """The owners look back; those who are above last, so that nothing closes over open goals."""
    admin = administrator_of(quarter.demo)
    async with quarter.demo.session(you=admin.person_id) as session:
        for goal_id in reversed(quarter.goals.values()):
            score = Decimal(quarter.demo.chance.choice(("0.6", "0.7", "0.8", "0.9", "1")))
            note = quarter.demo.chance.choice(CLOSING_NOTES)
            await service.close_goal(session, admin, goal_id, GoalClosing(note=note, score=score))
        await close_goal_cycle(session, admin, quarter.cycle_id)
