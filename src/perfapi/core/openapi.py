"""Makes the document of the API say what FastAPI leaves out."""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI

from .errors import (
    MEDIA_TYPE,
    BodyMalformed,
    CursorInvalid,
    MediaTypeUnsupported,
    Problem,
    ProblemDetails,
    RequestMalformed,
    TooLarge,
    problems,
)

METHODS = {"get", "post", "put", "patch", "delete"}


def describe(app: FastAPI) -> None:
    plain: Callable[[], dict[str, Any]] = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(plain())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}), ProblemDetails=problem)
    for name in ("ProblemDetails", "InvalidPart"):
        for member in schemas[name]["properties"].values():
            if member.get("default", ...) is None:  # it is left out, never null
                del member["default"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    document["servers"] = [{"url": "/"}]
    tags = set()
    for method, operation in _operations(document):
        tags.update(operation["tags"])
        _tell_in_words(operation)
        _leave_out_null(operation)
        _tell_of_what_is_everywhere(operation)
        _tell_headers(method, operation)
        operation.setdefault("security", [])  # open to everybody, said aloud
    document["tags"] = [{"name": name, "description": _TAGS[name]} for name in sorted(tags)]
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in document["paths"].values():
        for method, operation in path.items():
            if method in METHODS:
                yield method, operation


def _tell_in_words(operation: dict[str, Any]) -> None:
    """The first sentence of a docstring is the summary, the rest the description."""
    words: str = operation.get("description", "")
    first, _, rest = words.partition("\n\n")
    sentence, _, more = first.replace("\n", " ").partition(". ")
    operation["summary"] = sentence.rstrip(".")
    operation["description"] = "\n\n".join(part for part in (more, rest) if part) or words


def _leave_out_null(operation: dict[str, Any]) -> None:
    """A parameter that may be left out is left out; it is never sent as null."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
        if len(kinds) == 1:
            del schema["anyOf"]
            parameter["schema"] = kinds[0] | schema
        parameter["schema"].pop("title", None)
        parameter["schema"].pop("description", None)


def _tell_of_what_is_everywhere(operation: dict[str, Any]) -> None:
    """Every list may be sent a cursor that is not its own, and every body may be no JSON."""
    if "cursor" in {parameter["name"] for parameter in operation.get("parameters", ())}:
        _tell(operation, CursorInvalid)
    if body := operation.get("requestBody"):
        malformed = BodyMalformed if "application/json" in body["content"] else RequestMalformed
        _tell(operation, malformed, TooLarge, MediaTypeUnsupported)


def _tell(operation: dict[str, Any], *kinds: type[Problem]) -> None:
    for status, answer in problems(*kinds).items():
        told = operation["responses"].setdefault(str(status), {"description": ""})
        sentences = (told["description"], answer["description"])
        told["description"] = " ".join(dict.fromkeys(filter(None, sentences)))
        told["content"] = answer["content"]


def _tell_headers(method: str, operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        headers = {
            name: {"description": text, "schema": {"type": "string"}}
            for name, (where, text) in _HEADERS.items()
            if where(method, status)
        }
        if headers:
            answer["headers"] = answer.get("headers", {}) | headers
        if int(status) >= 400:
            content = answer["content"]
            answer["content"] = {MEDIA_TYPE: content[MEDIA_TYPE]}


_HEADERS: dict[str, tuple[Callable[[str, str], bool], str]] = {
    "ETag": (lambda _, status: status in {"200", "201"}, "The version of what is answered."),
    "Location": (
        lambda method, status: method == "post" and status in {"201", "202"},
        "Where the new resource, or the progress of the work, is found.",
    ),
    "Retry-After": (lambda _, status: status in {"429", "503"}, "Seconds to wait."),
}

_TAGS = {
    "access": "Why somebody sees something, and who does.",
    "analytics": "How the goals of a group stand, how that is counted, and how it was before.",
    "audit": "What has happened, and what was not carried out.",
    "auth": "Signing in and out, sessions, passwords, invitations.",
    "feedback": "Praise and advice, asking for it, and the wall.",
    "goals": "Cycles, goals, key results and check-ins.",
    "notifications": "What needs you now.",
    "operations": "Long work and its progress.",
    "organizations": "The organization you signed in to.",
    "people": "People, reporting lines, departments, teams, roles and imports.",
}
