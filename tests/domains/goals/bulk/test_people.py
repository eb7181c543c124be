from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import GoalState, Visibility
from tests.factories.goals import a_cycle, a_goal
from tests.factories.people import a_leaver

from .company import GOAL, AsPerson, Company, bulk, carried_out


async def plan(
    session: AsyncSession, as_person: AsPerson, company: Company, **people: Any
) -> dict[str, Any]:
    body = bulk("dry_run", **people)
    result, _ = await carried_out(session, as_person(company.admin), company.admin, body)
    return result


def names(result: dict[str, Any]) -> list[str]:
    return [person["name"] for person in result["chosen_people"]]


class TestPickedPeople:
    async def test_come_along_whatever_the_filter_says(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        gone = await a_leaver(session, "Gil Gone")
        also = [str(company.ben.id), str(company.ann.id), str(gone.id)]

        both = await plan(
            session, as_person, company, team_id=company.rockets.id, also_person_ids=also
        )
        alone = await plan(session, as_person, company, also_person_ids=also)

        assert names(both) == ["Ann", "Ben", "Cleo"]
        assert names(alone) == ["Ann", "Ben"]
        assert [one["reason"] for one in alone["left_out_people"]] == ["has_left"]

    async def test_are_left_out_whatever_the_rest_says(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        result = await plan(
            session,
            as_person,
            company,
            team_id=company.rockets.id,
            also_person_ids=[str(company.ben.id)],
            except_person_ids=[str(company.ann.id), str(company.ben.id)],
        )

        assert (names(result), result["left_out"]) == (["Cleo"], 0)


class TestWhoHasOneAlready:
    async def test_is_skipped_if_that_is_wanted(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.boss)
        other = GOAL | {"title": "Something else"}
        await a_goal(session, company.ann, GOAL["title"].upper())
        await a_goal(session, company.ben, GOAL["title"])
        await a_goal(session, company.ben, "Something else")
        body = bulk("apply", [GOAL, other], manager_id=company.boss.id)

        result, _ = await carried_out(
            session, client, company.boss, body | {"skip_who_has_one": True}, times=2
        )

        assert (result["goals"], result["people"]) == (1, 1)
        assert result["chosen_people"] == [{"id": str(company.ann.id), "name": "Ann", "goals": 1}]
        assert result["left_out_people"] == [
            {"id": str(company.ben.id), "name": "Ben", "reason": "has_one_already"}
        ]
        found = (await client.get("/goals", params={"owner_id": str(company.ann.id)})).json()
        assert len(found["items"]) == 2

    async def test_has_it_in_this_cycle_still_open_and_in_sight(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        cycle = await a_cycle(session)
        title = GOAL["title"]
        await a_goal(session, company.ann, title, cycle_id=cycle.id)
        await a_goal(session, company.ann, title, state=GoalState.CLOSED)
        await a_goal(session, company.ben, title, visibility=Visibility.PRIVATE)
        body = bulk("dry_run", manager_id=company.boss.id) | {"skip_who_has_one": True}

        result, _ = await carried_out(session, as_person(company.boss), company.boss, body)

        assert (names(result), result["left_out"]) == (["Ann", "Ben"], 0)
