from typing import Annotated
from uuid import UUID

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.documents import OUT_OF_SIGHT
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.domains.goals import queries
from perfapi.domains.goals.errors import (
    AgreementNotYours,
    AlignmentBusy,
    AlignmentTooDeep,
    GoalAlreadyProposed,
    GoalCarriedOver,
    GoalEnded,
    GoalIsPrivate,
    GoalNotActive,
    GoalNotArchived,
    GoalNotEnded,
    GoalNotProposed,
    GoalNotStarted,
    GoalNotYours,
    GoalNotYoursToNegotiate,
    GoalNotYoursToSet,
    GoalProposalChanged,
    NobodyToAgree,
    TooManyMembers,
)
from perfapi.domains.goals.nudges import service as nudges
from perfapi.domains.goals.nudges.errors import GoalIsNotQuiet, GoalIsYours, NewsAlreadyAsked
from perfapi.domains.goals.schemas import GoalDetail

from . import carrying, schemas, service

router = Router(prefix="/goals", tags=["goals"])

Writer = Annotated[Actor, requires("goals:write")]

_ANSWER = problems(
    NotFound,
    GoalNotYoursToNegotiate,
    AgreementNotYours,
    GoalEnded,
    GoalNotProposed,
    GoalProposalChanged,
)


@router.post("/{goal_id}/reopen", responses=problems(NotFound, GoalNotYours, GoalNotEnded))
async def reopen_goal(session: TenantSession, actor: Writer, goal_id: UUID) -> Json[GoalDetail]:
    """Make a closed or cancelled goal active again.

    Its note, score, retrospective and check-ins stay: see `closings`. One that was cancelled as a
    draft begins now.
    """
    await service.reopen_goal(session, actor, goal_id)
    return await queries.goal_after_change(session, goal_id)


@router.post(
    "/{goal_id}/archive", responses=problems(NotFound, GoalNotYours, GoalNotEnded, AlignmentBusy)
)
async def archive_goal(session: TenantSession, actor: Writer, goal_id: UUID) -> Json[GoalDetail]:
    """Put a closed or cancelled goal away.

    It leaves the tree, the lists unless they ask for it, and the progress of the goals above.
    Goals below it that have ended go along, as far as you may archive them yourself; the goal's
    `goes_along_count` tells how many. Those that are still active stay as they are.
    """
    await service.archive_goal(session, actor, goal_id)
    return await queries.goal_after_change(session, goal_id)


@router.post(
    "/{goal_id}/restore", responses=problems(NotFound, GoalNotYours, GoalNotArchived, AlignmentBusy)
)
async def restore_goal(session: TenantSession, actor: Writer, goal_id: UUID) -> Json[GoalDetail]:
    """Bring an archived goal back as it was, closed or cancelled.

    Goals below it that were archived with it come back too, as far as you may restore them
    yourself.
    """
    await service.restore_goal(session, actor, goal_id)
    return await queries.goal_after_change(session, goal_id)


@router.post(
    "/{goal_id}/carry-over",
    status_code=201,
    responses=problems(
        NotFound,
        GoalNotYours,
        GoalNotYoursToSet,
        GoalNotStarted,
        GoalNotActive,
        GoalCarriedOver,
        TooManyMembers,
        AlignmentTooDeep,
    )
    | OUT_OF_SIGHT,
)
async def carry_goal_over(
    session: TenantSession, actor: Writer, goal_id: UUID, body: Body[schemas.CarryOver]
) -> Json[GoalDetail]:
    """Go on with a goal in another cycle, as a new goal; the old one can be closed at once.

    The new goal has the same people, visibility, weight and open initiatives; with another owner,
    the old one stays on it as a contributor. Key results that are numbers or percents start where
    they stand now and keep their target; those that have reached it stay behind. It is aligned to
    the goal in which the parent goes on in that cycle, or else to the parent if that has not ended.
    Goals that are aligned to the old one stay there.
    """
    new_id = await carrying.carry_goal_over(session, actor, goal_id, body)
    answer = await queries.goal_after_change(session, new_id)
    return answer.created(f"/v1/goals/{new_id}")


@router.post(
    "/{goal_id}/propose",
    responses=problems(
        NotFound,
        GoalNotYoursToNegotiate,
        GoalEnded,
        GoalIsPrivate,
        NobodyToAgree,
        GoalAlreadyProposed,
    ),
)
async def propose_goal(
    session: TenantSession, actor: Writer, goal_id: UUID, body: Body[schemas.GoalProposal]
) -> Json[GoalDetail]:
    """Ask the other side to agree: the owner asks who manages them, managers ask the owner.

    From then on, a change of its title, its days, its ambition or its key results asks the other
    side (again). Whoever is on neither side and changes one of these withdraws it instead:
    co-owners, HR and administrators speak for nobody.
    """
    await service.propose_goal(session, actor, goal_id, body)
    return await queries.goal_after_change(session, goal_id)


@router.post("/{goal_id}/agree", responses=_ANSWER)
async def agree_to_goal(
    session: TenantSession, actor: Writer, goal_id: UUID, body: Body[schemas.GoalAgreement]
) -> Json[GoalDetail]:
    """Agree to a proposed goal, for the side that it `awaits`; nobody agrees with themself.

    If it was changed since the step that you name, you are asked to read it again.
    """
    await service.agree_to_goal(session, actor, goal_id, body)
    return await queries.goal_after_change(session, goal_id)


@router.post("/{goal_id}/request-changes", responses=_ANSWER)
async def request_goal_changes(
    session: TenantSession, actor: Writer, goal_id: UUID, body: Body[schemas.ChangesRequest]
) -> Json[GoalDetail]:
    """Send a proposed goal back, saying what should be different. It can be proposed again."""
    await service.request_goal_changes(session, actor, goal_id, body)
    return await queries.goal_after_change(session, goal_id)


@router.post(
    "/{goal_id}/ask-for-news",
    responses=problems(NotFound, GoalNotActive, GoalIsYours, GoalIsNotQuiet, NewsAlreadyAsked),
)
async def ask_for_news(session: TenantSession, actor: Writer, goal_id: UUID) -> Json[GoalDetail]:
    """Ask the owner of an active goal how it goes, once it was quiet for its rhythm.

    It waits among what needs them, with your name, until somebody checks in. While it waits nobody
    asks again.
    """
    await nudges.ask_for_news(session, actor, goal_id)
    return await queries.goal_after_change(session, goal_id)


@router.post("/{goal_id}/no-longer-ask-for-news", responses=problems(NotFound))
async def no_longer_ask_for_news(
    session: TenantSession, actor: Writer, goal_id: UUID
) -> Json[GoalDetail]:
    """Take back that you asked for news. 404 if you have not, or were answered."""
    await nudges.no_longer_ask_for_news(session, actor, goal_id)
    return await queries.goal_after_change(session, goal_id)
