"""The demo organization itself, and when it is there."""

from perfapi.core import demonstration
from perfapi.core.db import Sessions, facts, in_organization
from perfapi.core.demonstration import SLUG, Demo
from perfapi.core.ids import uuid7
from perfapi.core.statistics import look_at

from . import queries, service

LOADING = "loading-"
"""How the short name of the demo begins until it is complete; see `has_organizations`."""


async def is_loaded(sessions: Sessions) -> bool:
    async with sessions.begin() as session:
        return await queries.find_organization(session, SLUG) is not None


async def is_wanted(sessions: Sessions) -> bool:
    """On the first start, when nobody has founded an organization yet."""
    async with sessions.begin() as session:
        return not await queries.has_organizations(session)


async def load(sessions: Sessions, password: str) -> None:
    """Only what is complete bears the demo's name: a load that was cut off is left aside."""
    async with sessions.begin() as session:
        organization_id = await service.found_organization(
            session,
            name="Halden Optics",
            slug=f"{LOADING}{uuid7().hex}",
            time_zone="Europe/Berlin",
        )
        today = facts(session)["today"]
    await demonstration.load(Demo(sessions, password, organization_id, today))
    async with sessions.begin() as session:
        await look_at(session)
    async with in_organization(sessions, organization_id) as session:
        (await queries.get_organization(session)).slug = SLUG
