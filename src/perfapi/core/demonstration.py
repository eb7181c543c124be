"""The demo organization: every domain adds its part, through its own services.

A part names the parts it builds upon, so that people come before goals. All of it is one company
with a story, made anew relative to today, in an organization of its own. What belongs to a day of
that story is told as an act (`will_happen`): the acts of all parts are played in order.
"""

import random
import secrets
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from .db import Sessions, in_organization, know
from .discovery import modules
from .history import happens_at

SLUG = "halden"


# Who gives the organization its name in the end waits for the disk, and so for all before.
_WITHOUT_WAITING = text("SET LOCAL synchronous_commit TO off")


class DemoSignIn(NamedTuple):
    """Somebody whom a visitor can sign in as."""

    role: str
    email: str


# The four that the page is shown with; the people are in `people/demo.py`.
SIGN_INS = (
    DemoSignIn("admin", "jan.kowalski@halden.example.com"),
    DemoSignIn("hr", "beatrice.rinaldi@halden.example.com"),
    DemoSignIn("manager", "lena.fischer@halden.example.com"),
    DemoSignIn("employee", "anton.novak@halden.example.com"),
)


_WORDS = (
    "amber birch coral delta ember fjord glade heron inlet jade kelp linden maple north opal pine"
)


def new_password() -> str:
    """Easy to type, made anew for each installation."""
    words = [secrets.choice(_WORDS.split()) for _ in range(3)]
    return "-".join([*words, str(secrets.randbelow(9_000) + 1_000)])


@dataclass
class Demo:
    """What the parts share. `chance` is seeded: the company is the same each time."""

    sessions: Sessions
    password: str
    organization: UUID
    today: date
    chance: random.Random = field(default_factory=lambda: random.Random(90))
    ids: dict[str, UUID] = field(default_factory=dict)
    """Of people, departments and teams by their names, and of what is told by its key."""

    acts: list["Act"] = field(default_factory=list)

    def session(self, you: UUID | None = None) -> AbstractAsyncContextManager[AsyncSession]:
        return in_organization(self.sessions, self.organization, you=you)

    def will_happen(self, at: datetime, you: UUID, happens: "Happens") -> None:
        """Later on, when all that was collected is played."""
        self.acts.append(Act(at, you, happens))

    async def play(self) -> None:
        """In order, as versions are kept in order; acts of an instant in that of their telling.

        A day is one transaction, in which one person acts after the other: a transaction for each
        of them would take half as long again.
        """
        self.acts.sort(key=lambda act: act.at)
        for _, day in groupby(self.acts, key=lambda act: act.at.date()):
            async with self.session() as session:
                await session.execute(_WITHOUT_WAITING)
                for (at, you), acts in groupby(day, key=lambda act: (act.at, act.you)):
                    know(session, organization=self.organization, today=self.today, you=you)
                    await happens_at(session, at)
                    for act in acts:
                        await act.happens(session)
                    await session.flush()
                    session.expunge_all()
        self.acts.clear()


Happens = Callable[[AsyncSession], Awaitable[None]]


class Act(NamedTuple):
    at: datetime
    you: UUID
    happens: Happens


Part = Callable[[Demo], Awaitable[None]]

_PARTS: dict[str, tuple[tuple[str, ...], Part]] = {}


def demo(name: str, *, after: tuple[str, ...] = ()) -> Callable[[Part], Part]:
    """Registers a domain's part: `@demo("goals", after=("people",))` in its `demo.py`."""

    def register(part: Part) -> Part:
        _PARTS[name] = (after, part)
        return part

    return register


async def load(demo: Demo) -> None:
    """Lets every domain add its part, in order, and then what they told happen day by day."""
    list(modules("demo"))
    done: set[str] = set()
    while waiting := [name for name in _PARTS if name not in done]:
        ready = [name for name in waiting if done.issuperset(_PARTS[name][0])]
        if not ready:
            raise RuntimeError(f"the parts of the demo wait for each other: {waiting}")
        for name in ready:
            await _PARTS[name][1](demo)
            done.add(name)
    await demo.play()
