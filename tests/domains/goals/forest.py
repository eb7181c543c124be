"""Random histories of a forest of goals, carried out through the commands."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.errors import Problem
from perfapi.domains.goals import service
from perfapi.domains.goals.check_ins.schemas import CheckInCreate
from perfapi.domains.goals.check_ins.service import check_in
from perfapi.domains.goals.key_results.queries import milestones_in_use
from perfapi.domains.goals.key_results.schemas import (
    KeyResultCreate,
    KeyResultUpdate,
    MilestoneCreate,
    MilestoneUpdate,
)
from perfapi.domains.goals.key_results.service import (
    add_key_result,
    remove_key_result,
    update_key_result,
)
from perfapi.domains.goals.models import Driver, GoalState, KeyResult, KeyResultKind, Level
from perfapi.domains.goals.schemas import (
    GoalCancellation,
    GoalClosing,
    GoalCreate,
    GoalUpdate,
)

small = st.decimals(-20, 20, places=2)
tolerances = st.decimals(0, 20, places=2)
weights = st.sampled_from([Decimal(w) for w in ("1", "1", "2", "0.333333", "0", "999999")])
drivers = st.sampled_from(Driver)
whichever = st.integers(0, 7)
ticks = st.sets(st.integers(0, 3))
"""Which milestones are done, by their place."""
maybe = st.none() | small


def measured(kind: KeyResultKind, **told: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"kind": st.just(kind), **told})


# Often the same, often without sense: what is refused may change nothing.
measures = st.one_of(
    measured(KeyResultKind.NUMBER, start=small, target=small),
    measured(KeyResultKind.PERCENT, start=small, target=small),
    measured(KeyResultKind.CURRENCY, start=small, target=small, unit=st.just("EUR")),
    measured(KeyResultKind.BINARY),
    measured(KeyResultKind.MANUAL),
    measured(KeyResultKind.MAINTAIN, lower=maybe, upper=maybe, tolerance=st.none() | tolerances),
    measured(KeyResultKind.MILESTONES, milestones=st.lists(weights, max_size=4)),
)


class Step(NamedTuple):
    act: str
    which: int
    other: int = 0
    first: Any = None
    second: Any = None


def step(act: str, *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(whichever, *parts).map(lambda given: Step(act, *given))


steps = st.one_of(
    step("set", whichever, drivers, weights),
    step("draft", whichever, drivers, weights),
    step("measure", whichever, measures, weights),
    step("check_in", whichever, small, ticks),
    step("check_in", whichever, small, ticks),
    step("reweigh_goal", whichever, weights),
    step("reweigh_key_result", whichever, weights),
    step("retarget", whichever, measures),
    step("drive", whichever, drivers),
    step("move", whichever),
    step("detach"),
    step("activate"),
    step("close"),
    step("cancel"),
    step("remove"),
    step("delete"),
)


def told(measure: dict[str, Any], stay: Sequence[UUID] = ()) -> dict[str, Any]:
    """As the API takes it; milestones are drawn as their weights, and may keep their ids."""
    if "milestones" not in measure:
        return measure
    milestones: list[MilestoneCreate] = [
        MilestoneUpdate(title="A step", weight=weight, id=stay[place])
        if place < len(stay)
        else MilestoneUpdate(title="A step", weight=weight)
        for place, weight in enumerate(measure["milestones"])
    ]
    return measure | {"milestones": milestones}


def stories(fewest: int, most: int) -> st.SearchStrategy[list[Step]]:
    """A forest with something to measure first, so that what happens to it matters."""
    return st.tuples(
        st.lists(step("set", whichever, drivers, weights), min_size=5, max_size=6),
        st.lists(step("measure", whichever, measures, weights), min_size=6, max_size=8),
        st.lists(step("check_in", whichever, small, ticks), min_size=3, max_size=6),
        st.lists(steps, min_size=fewest, max_size=most),
    ).map(lambda parts: [step for part in parts for step in part])


class Forest:
    """Carries out steps through the commands, as the one person who may do everything."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session, self.actor = session, actor
        self.organization = actor.organization_id
        self.goals: list[UUID] = []
        self.key_results: list[UUID] = []

    async def take(self, step: Step) -> None:
        act: Callable[[Step], Any] = getattr(self, step.act)
        needs_key_result = step.act in {"check_in", "reweigh_key_result", "retarget", "remove"}
        if not (self.key_results if needs_key_result else self.goals or step.act == "set"):
            return
        try:
            async with self.session.begin_nested():
                await act(step)
                await self.session.flush()
        except Problem:
            pass  # refused: nothing may have changed, which the comparison sees too
        self.session.expunge_all()

    def goal(self, place: int) -> UUID:
        return self.goals[place % len(self.goals)]

    def key_result(self, place: int) -> UUID:
        return self.key_results[place % len(self.key_results)]

    async def set(self, step: Step, state: Any = GoalState.ACTIVE) -> None:
        place = step.other % (len(self.goals) + 1)
        body = GoalCreate(
            title="A goal",
            level=Level.PERSON,
            driver=step.first,
            weight=step.second,
            state=state,
            key_results=[],
            parent_id=None if place == len(self.goals) else self.goals[place],
        )
        self.goals.append(await service.set_goal(self.session, self.actor, body))

    async def draft(self, step: Step) -> None:
        await self.set(step, GoalState.DRAFT)

    async def measure(self, step: Step) -> None:
        body = KeyResultCreate(title="A result", weight=step.second, **told(step.first))
        goal_id = self.goal(step.which)
        self.key_results.append(await add_key_result(self.session, self.actor, goal_id, body))

    async def check_in(self, step: Step) -> None:
        """What fits its kind: a small number, yes or no, a percentage, or some milestones."""
        key_result_id = self.key_result(step.which)
        key_result = await self.session.get(KeyResult, (self.organization, key_result_id))
        steps = await milestones_in_use(self.session, key_result_id)
        match key_result and key_result.kind:
            case KeyResultKind.MILESTONES:
                done = [each.id for each in steps if each.position in step.second]
                body = CheckInCreate(done_milestone_ids=done)
            case KeyResultKind.BINARY:
                body = CheckInCreate(value=Decimal(step.first > 0))
            case KeyResultKind.MANUAL:
                body = CheckInCreate(value=abs(step.first) * 5)
            case _:
                body = CheckInCreate(value=step.first)
        await check_in(self.session, self.actor, key_result_id, body)

    async def reweigh_goal(self, step: Step) -> None:
        await self.update(step, GoalUpdate(weight=step.first))

    async def drive(self, step: Step) -> None:
        await self.update(step, GoalUpdate(driver=step.first))

    async def move(self, step: Step) -> None:
        await self.update(step, GoalUpdate(parent_id=self.goal(step.other)))

    async def detach(self, step: Step) -> None:
        await self.update(step, GoalUpdate(parent_id=None))

    async def update(self, step: Step, body: GoalUpdate) -> None:
        await service.update_goal(self.session, self.actor, self.goal(step.which), body, None)

    async def reweigh_key_result(self, step: Step) -> None:
        await self.change(step, KeyResultUpdate(weight=step.first))

    async def retarget(self, step: Step) -> None:
        """Another measure, mostly of another kind; of milestones, the first half stays."""
        steps = await milestones_in_use(self.session, self.key_result(step.which))
        stay = [each.id for each in steps if each.position < 2]
        await self.change(step, KeyResultUpdate(**told(step.first, stay)))

    async def change(self, step: Step, body: KeyResultUpdate) -> None:
        key_result_id = self.key_result(step.which)
        await update_key_result(self.session, self.actor, key_result_id, body, None)

    async def activate(self, step: Step) -> None:
        await service.activate_goal(self.session, self.actor, self.goal(step.which))

    async def close(self, step: Step) -> None:
        body = GoalClosing(note="Done.")
        await service.close_goal(self.session, self.actor, self.goal(step.which), body)

    async def cancel(self, step: Step) -> None:
        await service.cancel_goal(
            self.session, self.actor, self.goal(step.which), GoalCancellation()
        )

    async def remove(self, step: Step) -> None:
        await remove_key_result(self.session, self.actor, self.key_result(step.which), None)

    async def delete(self, step: Step) -> None:
        await service.delete_goal(self.session, self.actor, self.goal(step.which), None)
