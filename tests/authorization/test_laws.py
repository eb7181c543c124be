"""What holds for everybody and everything, whatever the rules are."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from fastapi import FastAPI

from perfapi.core import access
from tests.authorization.asking import Asking
from tests.authorization.requests import Request, Requests
from tests.authorization.table import everything

# Where a resource is listed, all of it together, and what reads one.
LISTS: dict[str, tuple[list[str], str]] = {
    "goal": (["/v1/goals", "/v1/goals?state=archived"], "get_goal"),
    "person": (["/v1/people", "/v1/people?status=left"], "get_person"),
    "department": (["/v1/departments"], "get_department"),
    "team": (["/v1/teams"], "get_team"),
    "role": (["/v1/role-assignments"], "get_role_assignment"),
    "import": (["/v1/people/imports"], "get_import"),
    "cycle": (["/v1/goal-cycles"], "get_goal_cycle"),
    "template": (["/v1/goal-templates"], "get_goal_template"),
    "view": (["/v1/goal-views"], "get_goal_view"),
    "feedback": (["/v1/feedback"], "get_feedback"),
    "request": (["/v1/feedback-requests"], "get_feedback_request"),
    "value": (["/v1/company-values"], "get_company_value"),
}
PARTS: dict[str, tuple[str, str]] = {
    "key_result_id": ("/v1/goals/{goal_id}/key-results", "/v1/key-results"),
    "initiative_id": ("/v1/goals/{goal_id}/initiatives", "/v1/initiatives"),
    "goal_comment_id": ("/v1/goals/{goal_id}/comments", "/v1/goal-comments"),
}
"""What is listed with its goal and read by itself."""

# Of each resource: its name on the wire, and things of it that everybody sees differently.
RESOURCES: dict[str, list[str]] = {
    "goals": [
        "goal:team",
        "goal:draft_by_hr",
        "goal:private",
        "goal:unit_team",
        "goal:unit_department",
    ],
    "people": ["person:owner", "person:leaver"],
    "reporting-lines": ["line:now", "line:planned", "line:of_leaver"],
    "departments": ["department:backend"],
    "teams": ["team:rockets"],
    "role-assignments": ["role:hr"],
    "people-imports": ["import:planned"],
    "goal-cycles": ["cycle:open"],
    "goal-templates": ["template"],
    "goal-views": ["view:own", "view:shared"],
    "operations": ["operation"],
    "feedback": [
        "feedback:team",
        "feedback:recipient",
        "feedback:recipient_and_manager",
        "feedback:manager",
        "feedback:requester",
        "feedback:off_the_wall",
    ],
    "feedback-requests": ["request:open"],
    "company-values": ["value"],
}
READ = {"people-imports": "/v1/people/imports"}
"""Where it is not read under its name."""

# What a goal shows among its `permissions`, by the operation that does it.
OFFERED: dict[str, str] = {
    "update_goal": "edit",
    "add_key_result": "add_key_result",
    "check_in": "check_in",
    "activate_goal": "activate",
    "close_goal": "close",
    "cancel_goal": "cancel",
    "delete_goal": "delete",
    "reopen_goal": "reopen",
    "archive_goal": "archive",
    "restore_goal": "restore",
    "carry_goal_over": "carry_over",
    "propose_goal": "propose",
    "agree_to_goal": "agree",
    "request_goal_changes": "request_changes",
}


def page_of(address: str) -> Request:
    path, _, query = address.partition("?")
    return Request("GET", path, sent={"params": {"limit": "200"} | dict(parse_qsl(query))})


async def listed(asking: Asking, actor: str, path: str) -> set[str]:
    """The ids on all pages."""
    found: set[str] = set()
    cursor: str | None = None
    while True:
        asked = page_of(path)
        asked.sent["params"] |= {"cursor": cursor} if cursor else {}
        answer = await asking.answer(actor, asked)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        found |= {one["id"] for one in body["items"]}
        cursor = body.get("next_cursor")
        if not cursor:
            return found


@pytest.mark.parametrize("kind", LISTS)
async def test_a_list_holds_what_can_be_got(asking: Asking, kind: str) -> None:
    """`test_matrix.py` holds that things can be got as the table says; so are they listed."""
    path, getting = LISTS[kind]
    told = [line for line in everything() if line.operation == getting]
    ids = {line.thing: asking.house.id(line.thing) for line in told}
    for actor in asking.house.actors:
        in_list = set()
        for one in path:
            in_list |= await listed(asking, actor, one)
        may_get = {ids[line.thing] for line in told if line.answers[actor] == "ok"}
        assert in_list & set(ids.values()) == may_get, actor


@pytest.mark.parametrize("slot", PARTS)
async def test_what_belongs_to_a_goal_is_listed_where_it_can_be_got(
    asking: Asking, slot: str
) -> None:
    of_goal, by_itself = PARTS[slot]
    for name in ("goal:public", "goal:team", "goal:private", "goal:draft"):
        things = asking.house.things[name]
        for actor in asking.house.actors:
            answer = await asking.answer(actor, page_of(of_goal.format(**things)))
            found = answer.status_code == 200 and answer.json()["items"]
            got = await asking.word(actor, Request("GET", f"{by_itself}/{things[slot]}"))
            assert bool(found) == (got == "ok"), (name, actor)


@pytest.mark.parametrize("resource", RESOURCES)
async def test_whatever_can_be_got_is_explained_and_nothing_else(
    asking: Asking, resource: str
) -> None:
    names = {str(one.id): name for name, one in asking.house.actors.items()}
    for thing in RESOURCES[resource]:
        one = asking.house.id(thing)
        about = {"resource": resource, "id": one}
        got: set[str] = set()
        for actor in asking.house.actors:
            path = f"{READ.get(resource, f'/v1/{resource}')}/{one}"
            if await asking.word(actor, Request("GET", path)) == "ok":
                got.add(actor)
            asked = Request("GET", "/v1/access/explain", sent={"params": about})
            why = await asking.answer(actor, asked)
            assert (why.status_code == 200) == (actor in got), (thing, actor)
            assert actor not in got or why.json()["rules"], (thing, actor)
        asked = Request("GET", "/v1/access/viewers", sent={"params": about | {"limit": "200"}})
        viewers = await asking.answer(min(got), asked)
        people = {one["person"]["id"] for one in viewers.json()["items"]}
        assert {names[found] for found in people if found in names} == got, thing


async def test_what_a_goal_offers_is_what_is_done(asking: Asking, requests: Requests) -> None:
    """The page and the server do not disagree: `permissions` are held against the same table."""
    shown: dict[tuple[str, str], set[str]] = {}
    compared = 0
    for line in everything():
        if line.operation not in OFFERED or not line.thing.startswith("goal:"):
            continue
        act = OFFERED[line.operation]
        if line.thing == "goal:shelved":
            continue
        for actor, word in line.answers.items():
            if word == "hidden":
                continue
            if (line.thing, actor) not in shown:
                answer = await asking.answer(actor, requests.make("get_goal", line.thing))
                shown[line.thing, actor] = set(answer.json()["permissions"])
            compared += 1
            assert (act in shown[line.thing, actor]) == (word == "ok"), (line, actor)
    assert compared > 500


def test_every_resource_that_has_an_id_is_asked_for(app: FastAPI) -> None:
    """The rest is told with its goal, or in the tests of its domain."""
    with_goal = {"key-results", "check-ins", "initiatives", "goal-comments", "feedback-comments"}
    elsewhere = {"event-log", "deliveries", "sessions"}
    assert access.RESOURCES.keys() - with_goal - elsewhere == RESOURCES.keys()
