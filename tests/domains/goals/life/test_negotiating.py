"""Who agrees on a goal, and who hears what: tables written by hand, not derived from the rules."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Goal, Level, MemberRole, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.company import EVERYBODY, Company
from tests.factories.goals import a_goal, a_member

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def company(session: AsyncSession) -> Company:
    company = Company()
    await company.found(session)
    return company


# Who agrees to what whom proposed: nobody with themself, nor with their own side. The mate, a
# co-owner, speaks for nobody.
AGREES: dict[str, set[str]] = {
    "owner": {"manager", "skip"},
    "manager": {"owner"},
    "skip": {"owner"},
}

# What becomes of a goal that is agreed, or that the owner proposed, if somebody changes it: who is
# asked then, or nobody if it is withdrawn.
ASKED_AFTER_CHANGE: dict[str, str | None] = {
    "owner": "manager",
    "manager": "owner",
    "skip": "owner",
    "mate": None,
    "hr": None,
    "admin": None,
}

READS_WHAT_WAS_SAID = {"owner", "manager", "skip"}


class TestNegotiating:
    @pytest.mark.parametrize("proposer", AGREES)
    async def test_takes_the_other_side(
        self, session: AsyncSession, company: Company, as_person: AsPerson, proposer: str
    ) -> None:
        goal = await a_goal(session, company.owner)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        await a_member(session, goal, company.stranger)
        path = f"/goals/{goal.id}"
        proposed = await as_person(company.people[proposer]).post(f"{path}/propose", json={})
        body = {"step_id": proposed.json()["last_step_id"]}

        shown = {}
        for name in EVERYBODY:
            document = (await as_person(company.people[name]).get(path)).json()
            shown[name] = {"agree", "request_changes"} & set(document["permissions"])

        assert {name for name, acts in shown.items() if acts} == AGREES[proposer]
        assert all(len(acts) in {0, 2} for acts in shown.values())
        refused = await as_person(company.people[proposer]).post(f"{path}/agree", json=body)
        assert (refused.status_code, refused.json()["code"]) == (403, "agreement_not_yours")
        for name in EVERYBODY - AGREES[proposer]:
            refused = await as_person(company.people[name]).post(f"{path}/agree", json=body)
            assert refused.status_code == 403, name

    async def test_as_a_manager_who_is_a_co_owner_too_is_for_the_managers_side_alone(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.owner)
        await a_member(session, goal, company.manager, MemberRole.OWNER)
        client, path = as_person(company.manager), f"/goals/{goal.id}"

        proposed = (await client.post(f"{path}/propose", json={})).json()
        body = {"step_id": proposed["last_step_id"]}
        refused = await client.post(f"{path}/agree", json=body)
        agreed = await as_person(company.owner).post(f"{path}/agree", json=body)

        assert (proposed["awaits"], refused.json()["code"]) == ("owner", "agreement_not_yours")
        assert agreed.json()["agreement"] == "agreed"

    async def test_asks_no_co_owner_in_the_owners_name(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.owner)
        for name in ("mate", "manager"):
            await a_member(session, goal, company.people[name], MemberRole.OWNER)
        path = f"/goals/{goal.id}"
        proposed = await as_person(company.skip).post(f"{path}/propose", json={})

        body = {"step_id": proposed.json()["last_step_id"]}
        refused = await as_person(company.manager).post(f"{path}/agree", json=body)
        asked = set()
        for name in EVERYBODY:
            needs = (await as_person(company.people[name]).get("/needs")).json()["items"]
            asked |= {name for one in needs if one["kind"] == "goal_to_agree"}

        assert refused.json()["code"] == "agreement_not_yours"
        assert asked == {"owner"}

    @pytest.mark.parametrize("name", ASKED_AFTER_CHANGE)
    @pytest.mark.parametrize("is_agreed", [False, True])
    async def test_goes_on_after_a_change_with_the_other_side_or_not_at_all(
        self,
        session: AsyncSession,
        company: Company,
        as_person: AsPerson,
        name: str,
        is_agreed: bool,
    ) -> None:
        goal = await a_goal(session, company.owner)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        path, owner = f"/goals/{goal.id}", as_person(company.owner)
        proposed = (await owner.post(f"{path}/propose", json={})).json()
        if is_agreed:
            body = {"step_id": proposed["last_step_id"]}
            await as_person(company.manager).post(f"{path}/agree", json=body)

        changed = await as_person(company.people[name]).patch(path, json={"title": "Other"})

        asked = ASKED_AFTER_CHANGE[name]
        found = changed.json()
        assert (found["agreement"], found["awaits"]) == ("proposed" if asked else "none", asked)
        last, *_ = (await owner.get(f"{path}/negotiations")).json()["items"]
        step = "changed" if asked else "withdrawn"
        assert (last["step"], last["by"]["id"]) == (step, str(company.people[name].id))
        assert last["id"] == found["last_step_id"]

    async def test_is_heard_by_the_two_sides_only(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.owner)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        await a_member(session, goal, company.stranger)
        said, path = "You missed the last one.", f"/goals/{goal.id}"
        await as_person(company.manager).post(f"{path}/propose", json={"comment": said})

        read = {}
        for name in EVERYBODY:
            listed = await as_person(company.people[name]).get(f"{path}/negotiations")
            [step] = listed.json()["items"]
            assert (step["step"], step["by"]["id"]) == ("proposed", str(company.manager.id))
            read[name] = step["comment"]

        assert {name for name, comment in read.items() if comment == said} == READS_WHAT_WAS_SAID
        assert {read[name] for name in EVERYBODY - READS_WHAT_WAS_SAID} == {None}

    @pytest.mark.parametrize("taker", ["mate", "hr", "admin"])
    async def test_is_not_heard_by_whoever_takes_the_goal_over(
        self, session: AsyncSession, company: Company, as_person: AsPerson, taker: str
    ) -> None:
        goal = await a_goal(session, company.owner)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        said, path = "You missed the last one.", f"/goals/{goal.id}"
        await as_person(company.manager).post(f"{path}/propose", json={"comment": said})
        client = as_person(company.people[taker])

        taken = await client.patch(path, json={"owner_id": str(company.people[taker].id)})

        assert taken.status_code == 200, taken.text
        steps = (await client.get(f"{path}/negotiations")).json()["items"]
        assert {step["comment"] for step in steps} == {None}
        steps = (await as_person(company.manager).get(f"{path}/negotiations")).json()["items"]
        assert said in {step["comment"] for step in steps}

    async def test_needs_somebody_who_sees_the_goal(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        hidden = await a_goal(session, company.owner, visibility=Visibility.PRIVATE)
        on_top = await a_goal(session, company.stranger)

        private = await as_person(company.owner).post(f"/goals/{hidden.id}/propose", json={})
        alone = await as_person(company.stranger).post(f"/goals/{on_top.id}/propose", json={})

        assert (private.json()["code"], alone.json()["code"]) == (
            "goal_is_private",
            "nobody_to_agree",
        )

    @pytest.mark.parametrize("level", [Level.TEAM, Level.DEPARTMENT])
    async def test_is_the_same_on_every_level(
        self, session: AsyncSession, company: Company, as_person: AsPerson, level: Level
    ) -> None:
        goal: Goal = await a_goal(session, company.owner, **company.target(level))
        await as_person(company.owner).post(f"/goals/{goal.id}/propose", json={})

        body = {"step_id": str(uuid4())}
        answer = await as_person(company.hr).post(f"/goals/{goal.id}/agree", json=body)

        assert answer.json()["code"] == "goal_not_yours_to_negotiate"
