"""Whoever is nobody here: without a token, gone, of another organization, or without the scope."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI, Request
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from tests.authorization.asking import Asking
from tests.authorization.requests import Request as Asked
from tests.authorization.requests import Requests, operations
from tests.authorization.table import Line, everything, first_lines
from tests.test_architecture import WITHOUT_SCOPE

LINES = list(everything())
FIRST = first_lines(LINES)

# Whoever calls these has no token yet; what they send is worth nothing.
WITHOUT_TOKEN: dict[str, tuple[dict[str, Any] | None, str]] = {
    "create_session": ({"email": "nobody@example.com", "password": "wrong"}, "sign_in"),
    "refresh_session": (None, "sign_in"),
    "accept_invitation": ({"token": "x" * 43, "password": "Correct horse 7"}, "invalid"),
    "request_password_reset": ({"email": "nobody@example.com"}, "ok"),
    "complete_password_reset": ({"token": "x" * 43, "password": "Correct horse 7"}, "invalid"),
}


def test_every_operation_is_in_the_table_and_no_other(app: FastAPI) -> None:
    served = {name for name, _, _ in operations(app.openapi())}
    assert {line.operation for line in LINES} == served - WITHOUT_SCOPE
    assert WITHOUT_TOKEN.keys() == WITHOUT_SCOPE


def test_no_line_is_told_twice() -> None:
    told = [str(line) for line in LINES]
    assert sorted(told) == sorted(set(told))


OPEN = {
    # Lists and pictures of what one sees, and what is said of oneself.
    *("list_people", "get_org_chart", "list_departments", "list_teams", "list_role_assignments"),
    *("list_goals", "get_goal_tree", "export_goals", "find_goals_like", "find_key_results"),
    *("list_goal_cycles", "list_goal_templates", "list_goal_views", "list_imports"),
    *("get_me", "list_needs", "list_sessions", "sign_out", "change_password"),
    *("read_insight_groups", "stop_beginning_with_goal_view"),
    # What everybody sees: how the company is organized, and how goals work in it.
    *("get_organization", "get_department", "get_team", "list_team_members"),
    *("get_role_assignment", "get_goal_cycle", "get_goal_settings"),
    *("get_goal_template", "get_goal_template_library"),
    "get_company_value",
    "get_feedback_settings",
    # Lists of what one reads; and anybody may tell anybody what they think of their work.
    *("list_feedback", "list_feedback_requests", "list_company_values", "give_feedback"),
    # What is for oneself alone, or tells whom one may not set goals for.
    *("suggest_smart_hints", "set_goals_in_bulk"),
    *("advise_on_feedback", "change_communication_style"),
}
"""Open to everybody in the organization on everything that the tables know."""


def test_what_is_open_to_everybody_is_meant_to_be() -> None:
    """Every other operation refuses somebody something: it has a policy."""
    refusing = {line.operation for line in LINES if len(set(line.answers.values())) > 1}
    assert {line.operation for line in LINES} - refusing == OPEN


@pytest.mark.parametrize("line", FIRST, ids=str)
async def test_without_a_token_or_after_leaving_one_has_to_sign_in(
    asking: Asking, requests: Requests, line: Line
) -> None:
    asked = requests.make(line.operation, line.thing)
    assert [await asking.word(actor, asked) for actor in (None, "gone")] == ["sign_in"] * 2


@pytest.mark.parametrize("operation", WITHOUT_TOKEN)
async def test_what_needs_no_token_gives_nothing_away(
    asking: Asking, requests: Requests, operation: str
) -> None:
    method, path = requests.operations[operation]
    body, word = WITHOUT_TOKEN[operation]
    asked = Asked(method, path, sent={} if body is None else {"json": body})
    assert await asking.word(None, asked) == word


async def test_nothing_is_there_for_an_administrator_of_another_organization(
    asking: Asking, requests: Requests
) -> None:
    """Beside `tests/test_foreign_ids.py`, which goes through every slot: this one has states."""
    asked = 0
    for line in LINES:
        request = requests.make(line.operation, line.thing)
        if any(str(found) in request.path for found in _ids_of(asking, request)):
            asked += 1
            assert await asking.word("foreigner", request) == "hidden", line
    assert asked > 100


def _ids_of(asking: Asking, request: Asked) -> set[str]:
    return {
        str(found)
        for slots in asking.house.things.values()
        for found in slots.values()
        if str(found) in request.path
    }


class TestScopes:
    """Credentials of today have all of them; one for integrations will not."""

    @pytest.mark.parametrize("line", FIRST, ids=str)
    async def test_let_nobody_pass_who_lacks_it_and_need_no_other(
        self, app: FastAPI, asking: Asking, requests: Requests, line: Line
    ) -> None:
        needed = _scopes(app, line.operation)
        asked = requests.make(line.operation, line.thing)
        actor, word = next(iter(line.answers.items()))

        with _credential(app, lambda scopes: scopes - needed):
            without = await asking.answer(actor, asked)
        with _credential(app, lambda _: needed):
            alone = await asking.word(actor, asked)

        assert (without.status_code, without.json()["code"]) == (403, "scope_missing")
        assert alone == word


def _scopes(app: FastAPI, operation: str) -> frozenset[str]:
    for methods in app.openapi()["paths"].values():
        for found in methods.values():
            if found["operationId"] == operation:
                return frozenset(*(scopes for one in found["security"] for scopes in one.values()))
    raise AssertionError(operation)


class _credential:  # noqa: N801 - reads as what it is: `with _credential(...)`
    def __init__(self, app: FastAPI, has: Any) -> None:
        self.app, self.has = app, has

    def __enter__(self) -> None:
        self.real = self.app.state.authenticate

        async def authenticate(request: Request, session: AsyncSession) -> Actor:
            actor: Actor = await self.real(request, session)
            return replace(actor, scopes=frozenset(self.has(actor.scopes)))

        self.app.state.authenticate = authenticate

    def __exit__(self, *_: object) -> None:
        self.app.state.authenticate = self.real
