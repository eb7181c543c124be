"""How each operation is called so that nothing but a permission or a state can refuse it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.authorization.house import House

TODAY, SOON = date.today().isoformat(), (date.today() + timedelta(days=3)).isoformat()  # noqa: DTZ011
FILE = b"id,given,family\n77,Nora,New\n"
MAPPING = {"columns": {"external_id": "id", "given_name": "given", "family_name": "family"}}
VIEW: dict[str, Any] = {"name": "Now", "query": {}}
QUESTION: dict[str, Any] = {"respondent_ids": ["@spread"], "questions": ["What went well?"]}
GOAL = {"title": "Every customer renews"}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)


# By operation, or by operation and thing where what is sent makes the difference. "@name" is the
# id of a person or thing.
BODIES: dict[str, Any] = {
    "verify_event_log": {},
    "change_password": {"current_password": "wrong", "new_password": "Correct horse battery 7"},
    "invite_person person:peer": {"person_id": "@peer"},
    "invite_person person:hr": {"person_id": "@hr"},
    "invite_person person:leaver": {"person_id": "@leaver"},
    "mail_invitation person:peer": {"person_id": "@peer"},
    "mail_invitation person:hr": {"person_id": "@hr"},
    "mail_invitation person:leaver": {"person_id": "@leaver"},
    "set_goals_in_bulk": {
        "mode": "dry_run",
        "goals": [GOAL],
        "people": {"person_ids": ["@report"]},
    },
    "check_in": {"value": "2"},
    "comment_on_goal": {"text": "Well done"},
    "edit_goal_comment": {"text": "Very well done"},
    "add_goal_cycle": {"name": "Next", "starts_on": "2031-01-01"},
    "update_goal_cycle": {"name": "This one"},
    "add_initiative": {"title": "Call them"},
    "update_initiative": {"title": "Write to them"},
    "add_key_result": {"title": "Renewals", "target": "5"},
    "update_key_result": {"title": "Rate of renewals"},
    "carry_goal_over": {},
    "carry_goal_over for:stranger": {"owner_id": "@stranger"},
    "propose_goal": {},
    "agree_to_goal": {"step_id": "@step:proposed"},
    "agree_to_goal goal:proposed": {"step_id": "@step:proposed"},
    "agree_to_goal goal:countered": {"step_id": "@step:countered"},
    "agree_to_goal goal:proposed_by_skip": {"step_id": "@step:proposed_by_skip"},
    "request_goal_changes": {"step_id": "@step:proposed", "comment": "Smaller, please"},
    "request_goal_changes goal:proposed": {
        "step_id": "@step:proposed",
        "comment": "Smaller, please",
    },
    "request_goal_changes goal:countered": {
        "step_id": "@step:countered",
        "comment": "Smaller, please",
    },
    "request_goal_changes goal:proposed_by_skip": {
        "step_id": "@step:proposed_by_skip",
        "comment": "Smaller, please",
    },
    "set_goal_member": {"role": "owner"},
    "set_goal company": GOAL | {"level": "company"},
    "set_goal backend": GOAL | {"level": "department", "department_id": "@department:backend"},
    "set_goal backend_for_stranger": GOAL
    | {"level": "department", "department_id": "@department:backend", "owner_id": "@stranger"},
    "set_goal backend_for_peer": GOAL
    | {"level": "department", "department_id": "@department:backend", "owner_id": "@peer"},
    "set_goal sales": GOAL | {"level": "department", "department_id": "@department:sales"},
    "set_goal rockets": GOAL | {"level": "team", "team_id": "@team:rockets"},
    "set_goal rockets_for_lead": GOAL
    | {"level": "team", "team_id": "@team:rockets", "owner_id": "@lead"},
    "set_goal rockets_for_owner": GOAL
    | {"level": "team", "team_id": "@team:rockets", "owner_id": "@owner"},
    "set_goal rockets_for_stranger": GOAL
    | {"level": "team", "team_id": "@team:rockets", "owner_id": "@stranger"},
    "set_goal for_oneself": GOAL | {"level": "person"},
    "set_goal for_olivia": GOAL | {"level": "person", "owner_id": "@owner"},
    "update_goal": {"title": "Most customers renew"},
    "update_goal goal:private": {"description": "Why"},
    "close_goal": {"note": "Done"},
    "cancel_goal": {},
    "update_goal_settings": {"cycle_days": 80},
    "suggest_smart_hints": {"language": "en", "title": "Sell more"},
    "add_goal_template": {"function": "sales", "language": "en", "title": "Sell"},
    "update_goal_template": {"title": "Sell better"},
    "save_goal_view": VIEW,
    "save_goal_view shared": VIEW | {"is_shared": True},
    "update_goal_view": {"name": "Renamed"},
    "update_goal_view share:own": {"is_shared": True},
    "update_goal_view share:of_hr": {"is_shared": True},
    "give_feedback": {"receiver_ids": ["@spread"], "kind": "praise", "text": "Well done"},
    "advise_on_feedback": {"kind": "advice", "language": "en", "text": "You are always late."},
    "change_communication_style": {"style": "direct"},
    "change_feedback": {"text": "Very well done"},
    "make_goal_of_feedback": {"title": "Ask first"},
    "change_feedback_visibility": {"visibility": "recipient"},
    "comment_on_feedback": {"text": "When was that?"},
    "edit_feedback_comment": {"text": "When?"},
    "report_feedback": {"reason": "It is not kind."},
    "request_feedback": QUESTION,
    "request_feedback about:owner": QUESTION | {"about_id": "@owner", "visibility": "requester"},
    "answer_feedback_request": {"text": "You asked first."},
    "decline_feedback_request": {"reason": "We hardly work together."},
    "add_company_value": {"name": "Keep it simple"},
    "update_company_value": {"description": "And say so."},
    "update_feedback_settings": {"new_managers_read_older": True},
    "update_organization": {"name": "Acme & Sons"},
    "add_department": {"name": "Research"},
    "add_department below:backend": {"name": "Research", "parent_id": "@department:backend"},
    "update_department": {"name": "Renamed"},
    "suggest_import_mapping": {},
    "plan_import": {"mapping": json.dumps(MAPPING)},
    "add_reporting_line": {"manager_id": "@former", "valid_from": TODAY},
    "assign_role": {"person_id": "@peer", "role": "hr"},
    "add_person": {"given_name": "Nora"},
    "add_person in:backend": {"given_name": "Nora", "department_id": "@department:backend"},
    "add_person in:sales": {"given_name": "Nora", "department_id": "@department:sales"},
    "update_person": {"job_title": "Engineer"},
    "update_person email:hr": {"email": "other@example.com"},
    "update_person email:peer": {"email": "other@example.com"},
    "update_person placed:peer": {"department_id": "@department:sales"},
    "update_person moved:peer": {"manager_id": "@former"},
    "update_person moved:owner": {"manager_id": "@former"},
    "update_person moved:spread": {"manager_id": "@former"},
    "update_person moved:leaver": {"manager_id": "@former"},
    "record_leaving": {"left_on": TODAY},
    "record_return": {},
    "record_return to:leaver": {"manager_id": "@manager"},
    "record_return to:leaving": {"manager_id": "@manager"},
    "add_team": {"name": "Comets"},
    "update_team": {"name": "Comets"},
    "upsert_person": {"given_name": "Nora", "family_name": "New"},
    "batch_upsert_people": {
        "people": [{"external_id": "X1", "given_name": "Nora", "family_name": "New"}]
    },
}

PARAMETERS: dict[str, dict[str, str]] = {
    "get_communication_style person:owner": {"person_id": "@owner"},
    "get_communication_style person:leaver": {"person_id": "@leaver"},
    "find_goals_like": {"title": "Every customer renews"},
    "insights:backend": {"group": "department", "id": "@department:backend"},
    "insights:sales": {"group": "department", "id": "@department:sales"},
    "insights:rockets": {"group": "team", "id": "@team:rockets"},
    "insights:manager": {"group": "manager", "id": "@manager"},
    "insights:skip": {"group": "manager", "id": "@skip"},
    "insights:owner": {"group": "manager", "id": "@owner"},
}

VERSIONED = {
    "change_feedback_visibility",
    "agree_to_feedback_visibility",
    "decline_feedback_visibility",
    "close_feedback_request",
}
"""Changes by other methods that insist on a version, too."""

WORDS_IN_PATHS = {"kind": "heart", "external_id": "X1"}
"""Slots that take no id."""

RESOURCES = {
    "goal": "goals",
    "person": "people",
    "import": "people-imports",
    "feedback": "feedback",
    "request": "feedback-requests",
}

# Things that are another thing, with something else asked of it.
ALIASES = {
    "for:stranger": "goal:public",
    "about:owner": "-",
    "share:own": "view:own",
    "share:of_hr": "view:of_hr",
    "below:backend": "-",
    "email:hr": "person:hr",
    "email:peer": "person:peer",
    "in:backend": "-",
    "in:sales": "-",
    "placed:peer": "person:peer",
    "moved:peer": "person:peer",
    "moved:owner": "person:owner",
    "moved:spread": "person:spread",
    "moved:leaver": "person:leaver",
    "to:leaver": "person:leaver",
    "to:leaving": "person:leaving",
}


class Requests:
    """Of the operations of a document, in a house."""

    def __init__(self, document: dict[str, Any], house: House) -> None:
        self.house = house
        self.operations = {name: (method, path) for name, method, path in operations(document)}

    def make(self, operation: str, thing: str) -> Request:
        method, path = self.operations[operation]
        slots = self.house.things.get(ALIASES.get(thing, thing), {}) | WORDS_IN_PATHS
        if operation == "set_goal_member":
            slots = slots | {"person_id": self.house.peer.id}
        sent: dict[str, Any] = {}
        if (body := _about(BODIES, operation, thing)) is not None:
            sent["json"] = self._filled(body)
        if operation in {"suggest_import_mapping", "plan_import"}:
            sent = {"data": sent["json"], "files": {"file": ("people.csv", FILE)}}
        if operation in {"explain_access", "list_viewers"}:
            resource, _, _ = thing.partition(":")
            first = str(next(iter(slots.values())))
            sent["params"] = {"resource": RESOURCES[resource], "id": first}
        elif (parameters := _about(PARAMETERS, operation, thing)) is not None:
            sent["params"] = self._filled(parameters)
        headers = (
            {"If-Match": "*"} if method in {"PATCH", "DELETE"} or operation in VERSIONED else {}
        )
        return Request(method, path.format(**slots), headers, sent)

    def _filled(self, value: Any) -> Any:
        match value:
            case str() if value.startswith("@"):
                return self.house.id(value[1:])
            case dict():
                return {name: self._filled(part) for name, part in value.items()}
            case list():
                return [self._filled(part) for part in value]
            case _:
                return value


def _about(table: dict[str, Any], operation: str, thing: str) -> Any:
    return table.get(f"{operation} {thing}", table.get(thing, table.get(operation)))


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield operation["operationId"], method.upper(), path
