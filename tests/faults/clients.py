"""Clients that insist: each act is sent under one Idempotency-Key until it is acknowledged, and
everything is written down, to be compared with what is stored."""

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from .company import Company

LONGEST_ANSWER = 30.0
"""Seconds after which a request without an answer counts as one that hangs."""
INVITES_RETRY = {429, 503}


@dataclass
class Act:
    """One thing that a client wants done, once."""

    kind: str
    key: str
    client: int
    about: str = ""
    """The key of the act that it follows from, of applying an import."""
    acknowledged: dict[str, Any] | None = None
    refused: str | None = None
    """The code of the problem, for good."""
    sent: int = 0


@dataclass
class Ledger:
    """What the clients know."""

    acts: list[Act] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Answers that nobody should get."""
    invited_to_retry: int = 0
    cut: int = 0

    def of(self, kind: str) -> list[Act]:
        return [act for act in self.acts if act.kind == kind]

    def acknowledged(self, kind: str) -> list[Act]:
        return [act for act in self.of(kind) if act.acknowledged is not None]


@dataclass
class Client:
    http: httpx.AsyncClient
    ledger: Ledger
    number: int = 0
    expected: frozenset[str] = frozenset()
    """Codes of problems that end an act, besides those that invite to send it again."""

    def begin(self, kind: str, about: str = "") -> Act:
        act = Act(kind, uuid4().hex, self.number, about)
        self.ledger.acts.append(act)
        return act

    async def insist(
        self,
        kind: str,
        path: str,
        *,
        act: Act | None = None,
        about: str = "",
        patience: float = 120,
        **content: Any,
    ) -> Act:
        """Sends it until it is acknowledged or refused; `{key}` in the content is its key."""
        act = act or self.begin(kind, about)
        content = json.loads(json.dumps(content).replace("{key}", act.key))
        files = {name: tuple(parts) for name, parts in content.pop("files", {}).items()}
        deadline = time.monotonic() + patience
        while act.acknowledged is None and act.refused is None and time.monotonic() < deadline:
            await self._send(act, path, files=files or None, **content)
            if act.acknowledged is None and act.refused is None:
                await asyncio.sleep(0.1)
        return act

    async def _send(self, act: Act, path: str, **content: Any) -> None:
        act.sent += 1
        headers = {"Idempotency-Key": act.key, "Connection": "close"}
        try:
            answer = await self.http.post(path, headers=headers, **content)
        except httpx.ReadTimeout:
            self.ledger.wrong.append(f"{path} hung for {LONGEST_ANSWER:g} s")
        except httpx.TransportError:
            self.ledger.cut += 1
        else:
            self._note(act, path, answer)

    def _note(self, act: Act, path: str, answer: httpx.Response) -> None:
        if answer.is_success:
            act.acknowledged = answer.json()
            return
        is_problem = answer.headers.get("content-type") == "application/problem+json"
        code = answer.json().get("code") if is_problem else None
        if code == "still_running" or (answer.status_code in INVITES_RETRY and is_problem):
            self.ledger.invited_to_retry += 1
            if "retry-after" not in answer.headers:
                self.ledger.wrong.append(f"{path} does not say when to ask again: {answer.text}")
        elif code in self.expected:
            act.refused = code
        else:
            act.refused = code or str(answer.status_code)
            self.ledger.wrong.append(f"{path} was answered {answer.status_code}: {answer.text}")


Stream = Callable[[Client, Company, asyncio.Event], Coroutine[Any, Any, None]]


async def check_ins(client: Client, company: Company, over: asyncio.Event) -> None:
    value = 0
    key_result = company.key_results[client.number % len(company.key_results)]
    while not over.is_set():
        value += 1
        await client.insist(
            "check_in",
            f"/v1/key-results/{key_result}/check-ins",
            json={"value": str(value), "comment": "{key}"},
        )


async def goals_in_bulk(client: Client, company: Company, over: asyncio.Event) -> None:
    """Three goals with two key results each for everybody, under the goal at the top."""
    measures = [{"title": f"Measure {n}", "target": "10"} for n in range(2)]
    goals = [
        {"title": f"{{key}} {n}", "parent_id": str(company.top), "key_results": measures}
        for n in range(company.BULK_GOALS)
    ]
    people = {"person_ids": [str(person) for person in company.members]}
    while not over.is_set():
        body = {"mode": "apply", "goals": goals, "people": people}
        await client.insist("bulk", "/v1/goals/bulk", json=body)
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), 0.5)


MAPPING = {"columns": {"external_id": "id", "given_name": "given", "family_name": "family"}}
NEW_PEOPLE = 4


async def imports(client: Client, company: Company, over: asyncio.Event) -> None:
    """A file of new people, planned and then applied by the worker."""
    client.expected = frozenset({"import_outdated", "import_not_planned"})
    while not over.is_set():
        lines = [f"{{key}}-{n},Nia,New {n}" for n in range(NEW_PEOPLE)]
        content = "\n".join(["id,given,family", *lines, ""])
        planned = await client.insist(
            "import",
            "/v1/people/imports",
            files={"file": ["people.csv", content]},
            data={"mapping": json.dumps(MAPPING)},
        )
        if planned.acknowledged is None:
            return
        path = f"/v1/people/imports/{planned.acknowledged['id']}"
        await client.insist("apply", f"{path}/apply", about=planned.key)
        while not over.is_set():  # another plan would be outdated by this one
            with suppress(httpx.TransportError):
                found = await client.http.get(path)
                if found.is_success and found.json()["status"] in {"applied", "failed"}:
                    break
            await asyncio.sleep(0.2)


async def invitations(client: Client, company: Company, over: asyncio.Event) -> None:
    """One by mail for each member."""
    for person in company.members:
        if over.is_set():
            return
        await client.insist(
            "invitation", "/v1/auth/invitations/mail", json={"person_id": str(person)}
        )
        await asyncio.sleep(0.3)


ALL = [check_ins, check_ins, check_ins, goals_in_bulk, imports, invitations]


async def twenty_at_once(
    http: httpx.AsyncClient, company: Company, key: str
) -> list[httpx.Response]:
    path = f"/v1/key-results/{company.key_results[0]}/check-ins"
    body = {"value": "7", "comment": key}
    same = [http.post(path, json=body, headers={"Idempotency-Key": key}) for _ in range(20)]
    return await asyncio.gather(*same)
