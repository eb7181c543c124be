"""Everybody in the demo organization can sign in, with one password."""

from perfapi.core.demonstration import Demo, demo

from . import queries, service
from .passwords import Hasher


@demo("auth", after=("people", "goals"))
async def add_accounts(demo: Demo) -> None:
    hasher = Hasher()
    try:
        hashed = await hasher.hash(demo.password)
    finally:
        hasher.close()
    async with demo.session() as session:
        for person in await queries.people_with_address(session):
            await service.join_account(session, person, hashed)
