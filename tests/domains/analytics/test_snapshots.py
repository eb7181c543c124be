from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.deliveries import SCHEDULES
from perfapi.core.history import happens_at
from perfapi.domains.analytics import service
from perfapi.domains.analytics.models import GoalSnapshot, GroupKind
from perfapi.domains.goals.models import GoalState, Visibility
from tests.domains.analytics.setting import Halden, organization_of, settled
from tests.factories.goals import a_cycle, noon, today_of


async def snapshots(session: AsyncSession) -> dict[tuple[GroupKind, Any], GoalSnapshot]:
    session.expunge_all()
    found = await session.scalars(select(GoalSnapshot))
    return {(one.group_kind, one.group_id): one for one in found}


class TestTakeSnapshot:
    async def test_keeps_the_numbers_of_every_group(
        self, session: AsyncSession, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people, reached="50")
        await halden.goals(session, *halden.sellers, *halden.sellers, reached="10")
        await settled(session)
        hour, job = SCHEDULES["analytics.keep_the_numbers_of_the_day"]

        await job(session, today_of(session))

        found = await snapshots(session)
        assert {key: one.goals for key, one in found.items()} == {
            (GroupKind.COMPANY, organization_of(session)): 12,
            (GroupKind.DEPARTMENT, halden.engineering.id): 6,
            (GroupKind.DEPARTMENT, halden.backend.id): 6,
            (GroupKind.DEPARTMENT, halden.sales.id): 6,
            (GroupKind.TEAM, halden.rockets.id): 6,
            (GroupKind.MANAGER, halden.ada.id): 12,
            (GroupKind.MANAGER, halden.mia.id): 6,
        }
        company = found[GroupKind.COMPANY, organization_of(session)]
        assert (company.on_track, company.off_track, company.owners) == (6, 6, 6)
        assert hour == 23

    async def test_is_the_same_if_it_is_taken_again(
        self, session: AsyncSession, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people)
        await settled(session)
        await service.take_snapshot(session, today_of(session))
        before = {key: one.goals for key, one in (await snapshots(session)).items()}
        await service.take_snapshot(session, today_of(session))

        assert {key: one.goals for key, one in (await snapshots(session)).items()} == before

    async def test_counts_only_what_everybody_can_see(
        self, session: AsyncSession, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people)
        for visibility in set(Visibility) - {Visibility.PUBLIC}:
            await halden.goals(session, *halden.people, visibility=visibility)
        await halden.goals(session, *halden.people, state=GoalState.DRAFT)
        await settled(session)

        await service.take_snapshot(session, today_of(session))

        assert {one.goals for one in (await snapshots(session)).values()} == {6}

    async def test_keeps_nothing_of_groups_that_are_small(
        self, session: AsyncSession, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, halden.people[0])
        await halden.goals(session, *halden.sellers[:2], *halden.sellers[:2], halden.sellers[0])
        await settled(session)

        await service.take_snapshot(session, today_of(session))

        kinds = {kind for kind, _ in await snapshots(session)}
        assert kinds == {GroupKind.COMPANY, GroupKind.MANAGER}

    async def test_looks_at_cycles_that_are_running_or_were_not_closed_for_two_weeks(
        self, session: AsyncSession, halden: Halden
    ) -> None:
        ended = {days: await a_cycle(session, began=days, days=1) for days in (14, 15)}
        closed = await a_cycle(session, closed_at=noon(today_of(session) - timedelta(days=1)))
        upcoming = await a_cycle(session, began=-1)
        for cycle in (*ended.values(), closed, upcoming, halden.cycle):
            await halden.goals(session, *halden.people, *halden.people, cycle_id=cycle.id)
        await settled(session)

        await service.take_snapshot(session, today_of(session))

        cycles = set(await session.scalars(select(GoalSnapshot.cycle_id)))
        assert cycles == {halden.cycle.id, ended[14].id}

    async def test_looks_back_at_what_goals_said_then(
        self, session: AsyncSession, halden: Halden
    ) -> None:
        day = today_of(session) - timedelta(days=10)
        await happens_at(session, noon(day))
        goals = await halden.goals(session, *halden.people, *halden.people)
        await happens_at(session, noon(day + timedelta(days=2)))
        goals[0].visibility = Visibility.PRIVATE
        goals[1].state = GoalState.CANCELLED
        await session.flush()

        before = day + timedelta(days=1)
        await service.take_snapshot(session, before, at=noon(before))

        company = (await snapshots(session))[GroupKind.COMPANY, organization_of(session)]
        assert (company.day, company.goals, company.active) == (before, 6, 6)
