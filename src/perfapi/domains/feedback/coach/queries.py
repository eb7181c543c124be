import asyncio
from collections.abc import Collection
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.answers import Json
from perfapi.domains.feedback import customs
from perfapi.domains.organizations import queries as organizations
from perfapi.domains.people.queries import among, get_visible_person
from perfapi.domains.writing.coach import advise
from perfapi.domains.writing.documents import advice_document
from perfapi.domains.writing.remarks import CoachRule, Purpose
from perfapi.domains.writing.schemas import CoachAdvice
from perfapi.domains.writing.styles import SpeakingStyle

from . import schemas
from .models import CommunicationStyle


async def advise_on_feedback(
    session: AsyncSession, body: schemas.FeedbackDraft
) -> Json[CoachAdvice]:
    settings = customs.DEFAULTS | await organizations.read_section(session, customs.SECTION)
    style = await _style_of_all(session, body.receiver_ids)
    # In a thread: a long text takes longer than others should wait.
    advice = await asyncio.to_thread(
        advise,
        body.text,
        language=body.language,
        purpose=Purpose(body.kind.value),
        style=style,
        off=[CoachRule(rule) for rule in settings["coach_off"]],
    )
    return Json(to_json(advice_document(body.text, advice)))


async def read_communication_style(
    session: AsyncSession, person_id: UUID
) -> Json[schemas.CommunicationStyle]:
    await get_visible_person(session, person_id)
    style = await find_style(session, person_id)
    return Json(to_json({"style": style.style if style else None}))


async def find_style(session: AsyncSession, person_id: UUID) -> CommunicationStyle | None:
    found = select(CommunicationStyle).where(CommunicationStyle.person_id == person_id)
    return (await session.scalars(found)).one_or_none()


async def _style_of_all(session: AsyncSession, people: Collection[UUID]) -> SpeakingStyle | None:
    found = select(CommunicationStyle.person_id, CommunicationStyle.style).where(
        among(CommunicationStyle.person_id, people)
    )
    styles = {person_id: style for person_id, style in await session.execute(found)}
    preferred = {styles.get(person_id) for person_id in people}
    return preferred.pop() if len(preferred) == 1 else None
