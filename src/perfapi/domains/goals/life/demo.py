"""Goals that are shared, worked on and talked about."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.demonstration import Demo, demo
from perfapi.domains.goals.initiatives.schemas import InitiativeCreate
from perfapi.domains.goals.initiatives.service import add_initiative, complete_initiative
from perfapi.domains.goals.members.service import set_goal_member
from perfapi.domains.goals.models import Ambition, MemberRole
from perfapi.domains.goals.schemas import GoalUpdate
from perfapi.domains.goals.service import update_goal
from perfapi.domains.people.demo import actor_of

from . import queries
from .schemas import GoalProposal
from .service import propose_goal

# The title of a goal, who answers for it, who has it with them, and what they do.
SHARED: tuple[tuple[str, str, dict[str, MemberRole], tuple[str, ...]], ...] = (
    (
        "Bring Aurora to the market",
        "Ingrid Halvorsen",
        {"Tobias Brandt": MemberRole.OWNER, "Camille Laurent": MemberRole.CONTRIBUTOR},
        ("Show Aurora at the spring fair", "Name a price that customers understand"),
    ),
    (
        "Every Aurora talks to the cloud",
        "Lena Fischer",
        {"Lukas Gruber": MemberRole.OWNER, "Anton Novak": MemberRole.CONTRIBUTOR},
        ("Field test with three customers", "Move the gateway to the new region"),
    ),
)
PROPOSER = "Anton Novak"


@demo("goal_life", after=("goals",))
async def let_goals_live(demo: Demo) -> None:
    for title, owner_name, people, tasks in SHARED:
        owner = actor_of(demo, demo.ids[owner_name])
        async with demo.session(you=owner.person_id) as session:
            goal_id = await _running(session, title)
            await update_goal(
                session, owner, goal_id, GoalUpdate(ambition=Ambition.ASPIRATIONAL), None
            )
            for name, role in people.items():
                await set_goal_member(session, owner, goal_id, demo.ids[name], role)
            added = [
                await add_initiative(session, owner, goal_id, InitiativeCreate(title=task))
                for task in tasks
            ]
            await session.flush()
            await complete_initiative(session, owner, added[0])
    proposer = actor_of(demo, demo.ids[PROPOSER])
    async with demo.session(you=proposer.person_id) as session:
        [goal_id, *_] = await queries.running_goals_of(session, proposer.person_id)
        body = GoalProposal(comment="Is this the right size for a quarter?")
        await propose_goal(session, proposer, goal_id, body)


async def _running(session: AsyncSession, title: str) -> UUID:
    [goal_id] = await queries.running_goals_titled(session, title)
    return goal_id
