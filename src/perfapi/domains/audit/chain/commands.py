"""`perfapi audit verify`: the operator looks whether the event log is what it was."""

import asyncio
from functools import partial
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import Progress

from perfapi.core.db import Sessions, create_engine, create_sessions, in_organization
from perfapi.domains.organizations.queries import find_organization

from . import service
from .checking import Break
from .schemas import Anchor, Verdict


class VerifyingFailed(Exception):
    """One line for whoever started the command."""


class _Kept(BaseModel):
    """A head as it was answered: what else it tells is not needed here."""

    model_config = ConfigDict(extra="ignore")

    count: int
    position: int
    chain: str


def run_verify(database_url: str, *, organization: str | None, anchor: Path | None) -> Verdict:
    """Walks along the chain of one organization and prints what it finds."""
    kept = None if anchor is None else _read_anchor(anchor)
    verdict = asyncio.run(_run(database_url, organization, kept))
    Console(soft_wrap=True).print("\n".join(sentences(verdict)), markup=False, highlight=False)
    return verdict


_BY = {
    Break.CHANGED: "an entry was changed, or put in another place",
    Break.REMOVED: "an entry before it was removed, or it is the end that is gone",
    Break.INSERTED: "an entry was inserted",
}


def sentences(verdict: Verdict) -> list[str]:
    told = [f"{verdict.count} entries are what they were, up to position {verdict.position}."]
    if verdict.erased:
        told.append(f"{verdict.erased} of them are erased: that they were there is proven.")
    if verdict.waiting:
        told.append(f"{verdict.waiting} entries are not chained yet.")
    if verdict.broken_by is None:
        return ["The event log is whole.", *told]
    by = _BY[verdict.broken_by]
    return [f"The event log is broken at entry {verdict.broken_at}: {by}.", *told]


def _read_anchor(file: Path) -> Anchor:
    try:
        kept = _Kept.model_validate_json(file.read_bytes())
        return Anchor.model_validate(kept.model_dump())
    except OSError as error:
        raise VerifyingFailed(f"{file}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise VerifyingFailed(f"{file}: {place + ': ' if place else ''}{first['msg']}") from error


async def _run(database_url: str, slug: str | None, anchor: Anchor | None) -> Verdict:
    engine = create_engine(database_url)
    try:
        sessions = create_sessions(engine)
        organization = await _find(sessions, slug)
        transaction = partial(in_organization, sessions, organization)
        console = Console(stderr=True)
        hidden = not console.is_terminal  # cron mails whatever is said
        with Progress(console=console, transient=True, disable=hidden) as progress:
            walking = progress.add_task("Verifying", total=None)

            async def tell(done: int, total: int) -> None:
                progress.update(walking, completed=done, total=total)

            return await service.verify(transaction, organization, anchor=anchor, tell=tell)
    finally:
        await engine.dispose()


async def _find(sessions: Sessions, slug: str | None) -> UUID:
    async with sessions.begin() as session:
        found = await find_organization(session, slug)
    if found is None:
        known = f'"{slug}" is no organization' if slug else "there is more than one, or none"
        raise VerifyingFailed(f"--organization: {known}; say its short name")
    return found
