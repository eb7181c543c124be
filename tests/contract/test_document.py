"""The document of the API by itself: complete, bounded, and what the repository says it is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from jsonschema_rs import Draft202012Validator

from perfapi.core.errors import MEDIA_TYPE
from perfapi.core.openapi import METHODS

NEVER_UNKNOWN = {"upsert_person"}
"""What the path names is made if it is not there."""

COMMITTED = Path(__file__).parents[2] / "openapi" / "openapi.json"


@pytest.fixture
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                yield path, method, operation


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        schema = document["components"]["schemas"][name]
    return schema


def test_is_the_committed_one(document: dict[str, Any]) -> None:
    committed = json.loads(COMMITTED.read_text())
    assert committed == document, "run `make client`"


def test_every_operation_documents_its_problems(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        name, answers = operation["operationId"], operation["responses"]
        expected = {"422", "429", "503"}
        if operation["security"]:
            expected |= {"401", "403"}
        if "{" in path and name not in NEVER_UNKNOWN:
            expected |= {"404"}
        if "requestBody" in operation:
            expected |= {"400", "413", "415"}
        parameters = {one["name"] for one in operation.get("parameters", ())}
        if "cursor" in parameters:
            expected |= {"400"}
        if "if-match" in parameters:
            expected |= {"400", "412", "428"}
        if "idempotency-key" in parameters:
            expected |= {"409"}
        assert expected <= answers.keys(), f"{name} lacks {sorted(expected - answers.keys())}"
        for status, answer in answers.items():
            if int(status) >= 400:
                assert list(answer["content"]) == [MEDIA_TYPE], name
                assert answer["description"].startswith("`"), f"{name} {status} names no code"
        assert method != "get" or "200" in answers, name


def test_what_people_send_is_bounded(document: dict[str, Any]) -> None:
    """Every text has a longest, every list a most, every number a range."""
    unbounded = set()
    for _, _, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            unbounded |= set(_unbounded(document, parameter["schema"], parameter["name"]))
        for content in operation.get("requestBody", {}).get("content", {}).values():
            unbounded |= set(_unbounded(document, content["schema"], operation["operationId"]))
    assert unbounded == set()


def _unbounded(document: dict[str, Any], schema: dict[str, Any], place: str) -> Iterator[str]:
    schema = resolved(document, schema)
    assert place.count(".") < 20, place
    if not _is_bounded(schema):
        yield place
    for inner, name in _parts(schema):
        yield from _unbounded(document, inner, f"{place}.{name}")


def _is_bounded(schema: dict[str, Any]) -> bool:
    said = schema.keys()
    match schema.get("type"):
        case "string":
            return bool(
                {"enum", "const", "format", "pattern", "maxLength", "contentMediaType"} & said
            )
        case "integer" | "number":
            return bool(
                {"minimum", "exclusiveMinimum"} & said and {"maximum", "exclusiveMaximum"} & said
            )
        case "array":
            return "maxItems" in said
        case "object":
            return not schema.get("additionalProperties") or "maxProperties" in said
        case _:
            return True


def _parts(schema: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for kind in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(kind, ()):
            yield one, kind
    for name, member in schema.get("properties", {}).items():
        yield member, name
    for kind in ("items", "additionalProperties"):
        if isinstance(schema.get(kind), dict):
            yield schema[kind], kind


def test_bodies_say_that_nothing_else_is_read(document: dict[str, Any]) -> None:
    for _, _, operation in operations(document):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if kind == "application/json":
                schema = resolved(document, content["schema"])
                assert schema["additionalProperties"] is False, operation["operationId"]


def test_examples_are_valid(document: dict[str, Any]) -> None:
    count = 0
    for place, schema in _schemas(document):
        validator = Draft202012Validator({**schema, "components": document["components"]})
        for example in schema.get("examples", ()):
            count += 1
            assert validator.is_valid(example), f"{place}: {example}"
    assert count > 3


def _schemas(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of every parameter and of every member of a named schema, with the examples beside it."""
    for _, _, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            beside = {"examples": parameter["examples"]} if "examples" in parameter else {}
            yield f"{operation['operationId']}.{parameter['name']}", parameter["schema"] | beside
    for name, schema in document["components"]["schemas"].items():
        yield name, schema
        for member, inner in schema.get("properties", {}).items():
            yield f"{name}.{member}", inner


def test_resources_and_inputs_are_named_in_the_trades_own_words(document: dict[str, Any]) -> None:
    for name in document["components"]["schemas"]:
        assert "__" not in name, f"{name} was made up by a generator"
        assert not name.endswith(("-Input", "-Output")), f"{name} is two things"


def test_descriptions_end_as_sentences_do(document: dict[str, Any]) -> None:
    for _, _, operation in operations(document):
        assert not operation["summary"].endswith("."), operation["operationId"]
        for line in (operation["description"],):
            assert line.rstrip().endswith((".", ":", "`", ")")), operation["operationId"]
