"""Compares what clients know with what is stored, delivered and audited."""

import asyncio
import time
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import discovery
from perfapi.core.db import Sessions, in_organization
from perfapi.core.events import subscriptions
from perfapi.core.operations import KINDS, Work
from perfapi.domains.audit.chain import queries as audit

from . import laws
from .clients import NEW_PEOPLE, Act, Ledger
from .company import Company
from .house import RECOVERY, House

_MARKS = ("goals.checked_in", "marks.leave_a_mark")
_LETTERS = "auth.mail_invitation"
_MOST_TOLD = 5


async def find_faults(house: House, company: Company, ledger: Ledger) -> list[str]:
    """A sentence for each thing that is not as it should be, once nothing waits any more."""
    list(discovery.modules("jobs"))
    found = list(ledger.wrong)
    # A worker ends a while after its Valkey, and is started again by then, too.
    async with house.mended():
        found += await _until_nothing_waits(house)
    found += await _against_the_ledger(house, company, ledger)
    found += await _against_the_laws(house, company)
    found += await _letters(house, company)
    found += await _order(house, ledger)
    async with house.sessions() as sessions:
        found += await _recomputed(sessions, company.organization)
        found += await _audited(sessions, company.organization)
    return found + _leftovers(house)


async def _until_nothing_waits(house: House) -> list[str]:
    deadline = time.monotonic() + RECOVERY
    while left := [row[0] for row in await house.fetch(laws.STILL_WAITING)]:
        if time.monotonic() > deadline:
            return _told(f"after {RECOVERY:g} s there still waits", left)
        await asyncio.sleep(0.3)
    return []


async def _against_the_ledger(house: House, company: Company, ledger: Ledger) -> list[str]:
    async def counts(marker: str, table: str, where: str = "true") -> dict[str, int]:
        counted = (
            f"SELECT {marker} AS marker, count(*) FROM {table} "
            f"WHERE organization_id = $1 AND {where} GROUP BY 1"
        )
        return dict(await house.fetch(counted, company.organization))

    async def stored(table: str, where: str = "true") -> set[UUID]:
        found = f"SELECT id FROM {table} WHERE organization_id = $1 AND {where}"
        return {row[0] for row in await house.fetch(found, company.organization)}

    goals = await counts("split_part(title, ' ', 1)", "goals", "owner_id <> created_by_id")
    people = await counts("split_part(external_id, '-', 1)", "people", "external_id IS NOT NULL")
    bulk = len(company.members) * company.BULK_GOALS
    by_plan = [
        Act(act.kind, act.about, act.client, "", act.acknowledged) for act in ledger.of("apply")
    ]
    return [
        *_compare("check-in", ledger.of("check_in"), await counts("comment", "check_ins"), 1),
        *_compare("bulk of goals", ledger.of("bulk"), goals, bulk),
        *_compare("import", by_plan, people, NEW_PEOPLE),
        *_identify("plan", ledger.of("import"), await stored("people_imports")),
        *_identify("invitation", ledger.of("invitation"), await stored("invitations")),
        *_identify(
            "operation",
            ledger.of("bulk"),
            await stored("operations", "kind = 'set_goals_in_bulk'"),
        ),
    ]


def _compare(what: str, acts: Iterable[Act], counts: dict[str, int], whole: int) -> list[str]:
    """By a mark that the client left in what it sent."""
    found = []
    left = dict(counts)
    for act in acts:
        count = left.pop(act.key, 0)
        if act.acknowledged is not None and count == 0:
            found.append(f"an acknowledged {what} is lost: {act.key}")
        elif count > whole:
            found.append(f"a {what} is stored {count} times instead of {whole}: {act.key}")
        elif 0 < count < whole:
            found.append(f"a {what} is half done, {count} of {whole}: {act.key}")
        elif count and act.refused:
            found.append(f"a {what} is stored that was refused: {act.key}")
    return found + [f"a {what} is stored that nobody asked for: {key}" for key in left]


def _identify(what: str, acts: list[Act], stored: set[UUID]) -> list[str]:
    """By the id in the answer."""
    known = {UUID(act.acknowledged["id"]) for act in acts if act.acknowledged is not None}
    in_doubt = sum(act.acknowledged is None and act.refused is None for act in acts)
    found = [f"an acknowledged {what} is lost: {one}" for one in known - stored]
    if len(stored - known) > in_doubt:
        found.append(f"{len(stored - known)} of {what} too many for {in_doubt} in doubt")
    if len(known) < sum(act.acknowledged is not None for act in acts):
        found.append(f"two acts were answered with the same {what}")
    return found


async def _against_the_laws(house: House, company: Company) -> list[str]:
    found = []
    heard = [*subscriptions(), _MARKS]
    for law, statement in laws.LAWS.items():
        given: list[object] = [company.organization]
        if "neighbour" in law:
            given = [company.neighbour]
        if "$2" in statement:
            given += [[topic for topic, _ in heard], [name for _, name in heard]]
        found += _told(law, [row[0] for row in await house.fetch(statement, *given)])
    for law, statement in laws.OF_ALL.items():
        found += _told(law, [row[0] for row in await house.fetch(statement)])
    return found


async def _letters(house: House, company: Company) -> list[str]:
    """One for each invitation by mail, named after its event."""
    asked = "SELECT event_id::text, organization_id FROM deliveries WHERE subscriber = $1"
    wanted = await house.fetch(asked, _LETTERS)
    own = {event for event, organization in wanted if organization == company.organization}
    there = {letter.stem for letter in (house.home / "mail").glob("*.eml")}
    return [
        *_told("a letter was not written", sorted(own - there)),
        *_told("a letter was written of nothing", sorted(there - {event for event, _ in wanted})),
    ]


async def _order(house: House, ledger: Ledger) -> list[str]:
    """What a client sent after it had the answer to something else comes later in the log."""
    asked = (
        "SELECT c.comment, e.position FROM event_log e JOIN check_ins c "
        "ON c.organization_id = e.organization_id AND c.id::text = e.payload->>'check_in_id'"
    )
    places = dict(await house.fetch(asked))
    found = []
    for client in {act.client for act in ledger.acts}:
        mine = [a for a in ledger.of("check_in") if a.client == client and a.acknowledged]
        placed = (places.get(act.key) for act in mine)
        order = [place for place in placed if place is not None]
        if order != sorted(order):
            found.append(f"the log tells of the check-ins of client {client} in another order")
    return found


async def _recomputed(sessions: Sessions, organization: UUID) -> list[str]:
    """Aggregates as they stand against all of it reckoned anew."""
    found = []
    for kind in ("recompute_goals", "recompute_analytics"):
        work = Work(sessions, organization, uuid4(), None, {}, _renew)
        drift = (await KINDS[kind](work))["drift"]
        if drift:
            found.append(f"{kind} finds a drift of {drift}")
    return found


async def _renew() -> None: ...


async def _audited(sessions: Sessions, organization: UUID) -> list[str]:
    def transaction() -> AbstractAsyncContextManager[AsyncSession]:
        return in_organization(sessions, organization)

    verdict = await audit.verify(transaction, organization)
    if verdict.outcome == "whole" and verdict.waiting == 0:
        return []
    return [f"the chain is {verdict.outcome}, by {verdict.broken_by} at {verdict.broken_at}"]


def _leftovers(house: House) -> list[str]:
    file = house.folder / "leftovers"
    left = sorted(set(file.read_text().splitlines())) if file.exists() else []
    return _told("a connection was handed on with a setting of who had it before", left)


def _told(law: str, offenders: list[str]) -> list[str]:
    more = len(offenders) - _MOST_TOLD
    named = [f"{law}: {one}" for one in offenders[:_MOST_TOLD]]
    return [*named, f"{law}: {more} more"] if more > 0 else named
