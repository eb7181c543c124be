"""Whatever another organization has does not exist here: in no slot of any operation.

Every operation of the served document is called with ids of a twin organization and with ids that
nobody has, in its path, its query and its body, one slot at a time. The answers must not differ.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.ids import uuid7
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.twins import Twin, a_twin

AsPerson = Callable[[Person], Client]
Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture
async def twins(session: AsyncSession) -> tuple[Twin, Twin]:
    """Ours, in which the session stays, and theirs, alike in everything but the ids."""
    theirs = await a_twin(session, "Theirs")
    ours = await a_twin(session, "Ours")
    return ours, theirs


async def test_no_slot_tells_that_something_exists_elsewhere(
    app: FastAPI, as_person: AsPerson, twins: tuple[Twin, Twin]
) -> None:
    ours, theirs = twins
    document = app.openapi()
    client = as_person(ours.admin)
    slots = 0

    for method, path, operation in _operations(document):
        for slot, request in _requests(document, path, operation, ours):
            name = slot.rpartition("/")[2]
            foreign = await _send(client, method, request(theirs.id_for(name)))
            unknown = await _send(client, method, request(uuid7()))
            slots += 1
            assert _told(foreign) == _told(unknown), (method, path, slot, foreign.text)
            if slot.startswith("path"):
                assert foreign.status_code >= 400, (method, path, slot, foreign.text)
    assert slots > 40


def _told(response: httpx.Response) -> tuple[object, ...]:
    """Everything that an answer tells, without what differs between any two requests."""
    if response.status_code < 400:
        return (response.status_code,)
    body = response.json()
    errors = [tuple(sorted(part.items())) for part in body.get("errors", ())]
    return response.status_code, body["code"], body.get("detail"), errors


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if not path.startswith("/v1/auth/") or "{" in path:
                yield method.upper(), path.removeprefix("/v1"), operation


Request = dict[str, Any]


def _requests(
    document: dict[str, Any], path: str, operation: dict[str, Any], ours: Twin
) -> Iterator[tuple[str, Callable[[UUID], Request]]]:
    """One request per slot that takes an id; the other slots hold ids of ours."""
    parameters = operation.get("parameters", [])
    in_path = [p["name"] for p in parameters if p["in"] == "path" and _is_id(p["schema"])]
    words = {p["name"]: "X1" for p in parameters if p["in"] == "path" and not _is_id(p["schema"])}
    in_query = [p for p in parameters if p["in"] == "query" and _is_id(p["schema"])]
    required = {
        p["name"]: str(ours.id_for(p["name"])) if _is_id(p["schema"]) else _word(p["name"])
        for p in parameters
        if p["in"] == "query" and p.get("required")
    }
    body = _body(document, operation, ours)
    here = words | {name: str(ours.id_for(name)) for name in in_path}

    def at(values: dict[str, str], query: dict[str, str], sent: Any) -> Request:
        return {"path": path.format(**values), "params": query, "json": sent}

    def in_the_path(name: str) -> Callable[[UUID], Request]:
        return lambda found: at({**here, name: str(found)}, required, body)

    def in_the_query(name: str) -> Callable[[UUID], Request]:
        return lambda found: at(here, {**required, name: str(found)}, body)

    def in_the_body(name: str) -> Callable[[UUID], Request]:
        return lambda found: at(here, required, {**body, name: str(found)})

    for name in in_path:
        yield f"path/{name}", in_the_path(name)
    for parameter in in_query:
        yield f"query/{parameter['name']}", in_the_query(parameter["name"])
    for name in _id_fields(document, operation):
        yield f"body/{name}", in_the_body(name)


def _word(name: str) -> str:
    return "goals" if name == "resource" else "X1"


async def _send(client: Client, method: str, request: Request) -> httpx.Response:
    given = {"params": request["params"]}
    if request["json"] is not None:
        given["json"] = request["json"]
    headers = {"If-Match": "*"} if method in {"PATCH", "DELETE"} else {}
    return await client.request(method, request["path"], headers=headers, **given)


def _schema_of_body(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    return _resolved(document, content["application/json"]["schema"])


def _id_fields(document: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    schema = _schema_of_body(document, operation) or {}
    return [n for n, field in schema.get("properties", {}).items() if _is_id(field)]


def _body(document: dict[str, Any], operation: dict[str, Any], ours: Twin) -> Any:
    schema = _schema_of_body(document, operation)
    return None if schema is None else _example(document, schema, "", ours)


def _example(document: dict[str, Any], schema: dict[str, Any], name: str, ours: Twin) -> Any:
    """The least that the schema asks for."""
    schema = _resolved(document, schema)
    if _is_id(schema):
        return str(ours.id_for(name))
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if kinds := schema.get("anyOf"):
        return _example(document, kinds[0], name, ours)
    match schema.get("type"):
        case "object":
            needed = schema.get("required", [])
            fields = schema.get("properties", {})
            return {field: _example(document, fields[field], field, ours) for field in needed}
        case "array":
            return []
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case _:
            return _TEXTS.get(schema.get("format", ""), "1" if "pattern" in schema else "Example")


_TEXTS = {"date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z", "email": "new@example.com"}


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while reference := schema.get("$ref"):
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    return schema


def _is_id(schema: dict[str, Any]) -> bool:
    kinds = [schema, *schema.get("anyOf", ())]
    return any(kind.get("format") == "uuid" for kind in kinds)
