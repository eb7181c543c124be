from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.answers import Json
from perfapi.core.documents import documents, json_object
from perfapi.core.listings import Listing, page
from perfapi.domains.goals import policy
from perfapi.domains.goals import queries as goals
from perfapi.domains.goals.models import Goal, GoalState, KeyResult, KeyResultProgress

from . import schemas


def _says(text: Any) -> ColumnElement[bool]:
    return or_(
        *(
            func.strpos(func.lower(column), func.lower(text)) > 0
            for column in (KeyResult.title, Goal.title)
        )
    )


_FOUND = Listing(
    schemas.FoundKeyResultPage,
    documents(
        schemas.FoundKeyResult,
        KeyResult,
        goal=json_object(schemas.MeasuredGoal, Goal),
        progress=KeyResultProgress.progress,
        checked_in_at=KeyResultProgress.checked_in_at,
    )
    .select_from(KeyResult)
    .join(
        KeyResultProgress,
        and_(
            KeyResultProgress.organization_id == KeyResult.organization_id,
            KeyResultProgress.key_result_id == KeyResult.id,
        ),
    )
    .join(
        Goal, and_(Goal.organization_id == KeyResult.organization_id, Goal.id == KeyResult.goal_id)
    )
    .where(policy.VISIBLE, KeyResult.archived_at.is_(None), Goal.state != GoalState.ARCHIVED),
    schemas.KeyResultSearch,
    sorts={"title": (KeyResult.title, KeyResult.id)},
    person_id=lambda _: goals.GOALS.conditions["person_id"],
    state=lambda state: Goal.state == state,
    q=_says,
)


async def find_key_results(
    session: AsyncSession, filters: schemas.KeyResultSearch
) -> Json[schemas.FoundKeyResultPage]:
    return await page(session, _FOUND, filters)
