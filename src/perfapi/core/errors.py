"""Every failure that the API answers with is a Problem (RFC 9457)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema

MEDIA_TYPE = "application/problem+json"


class InvalidPart(BaseModel):
    """What is wrong with one part of the request: exactly one of the three places is given."""

    pointer: Annotated[
        str | SkipJsonSchema[None], Field(description="JSON Pointer into the body")
    ] = None
    parameter: Annotated[str | SkipJsonSchema[None], Field(description="Name in the address")] = (
        None
    )
    header: Annotated[str | SkipJsonSchema[None], Field(description="Name of the header")] = None
    code: Annotated[str, Field(description="Stable, for programs")]
    detail: Annotated[str, Field(description="For people")]


class ProblemDetails(BaseModel):
    """Why a request was not carried out (RFC 9457)."""

    type: Annotated[str, Field(description="Address of the page that explains this problem")]
    title: str
    status: int
    detail: Annotated[str | SkipJsonSchema[None], Field()] = None
    instance: Annotated[str, Field(description="The path that was asked for")]
    code: Annotated[str, Field(description="Stable, for programs")]
    request_id: Annotated[str, Field(description="Name it when you ask for help")]
    errors: Annotated[list[InvalidPart] | SkipJsonSchema[None], Field()] = None


class Problem(Exception):
    """Raise a subclass: its name is the code, its docstring is the page in the docs."""

    status: int = 500
    title: str = "Something went wrong on our side."

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Iterable[InvalidPart] = (),
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})
        self.members = members

    @classmethod
    def code(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def body(self, *, instance: str, request_id: str) -> dict[str, Any]:
        details = ProblemDetails(
            type=f"/docs/problems#{self.code()}",
            title=self.title,
            status=self.status,
            detail=self.detail,
            instance=instance,
            code=self.code(),
            request_id=request_id,
            errors=self.errors or None,
        )
        return details.model_dump(exclude_none=True) | self.members


class RequestRefused(Problem):
    """HTTP itself refuses the request; the status says why."""

    def __init__(self, status: int, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(headers=headers)
        self.status, self.title = status, HTTPStatus(status).phrase


class Unauthenticated(Problem):
    """No valid access token came with the request. Sign in, or refresh the session."""

    status, title = 401, "Sign in first."


class Forbidden(Problem):
    """You see the resource, but may not do this with it."""

    status, title = 403, "You may not do this."


class ScopeMissing(Forbidden):
    """The credential was not given the scope that the operation asks for."""

    title = "The credential lacks a scope."


class NotFound(Problem):
    """It does not exist, or it is not for your eyes: the answer is the same."""

    status, title = 404, "There is no such thing here."


class MethodNotAllowed(Problem):
    status, title = 405, "This address does not know that method."


class BodyMalformed(Problem):
    """The body is not JSON (RFC 8259) in UTF-8."""

    status, title = 400, "The body is not valid JSON."


class RequestMalformed(Problem):
    status, title = 400, "The request cannot be understood."


class CursorInvalid(Problem):
    """The cursor was not made by us, or for other filters, or for somebody else."""

    status, title = 400, "The cursor does not belong to this list."


class TooLarge(Problem):
    status, title = 413, "The body is too large."


class MediaTypeUnsupported(Problem):
    status, title = 415, "The body has a type that this operation does not read."


class Invalid(Problem):
    """Some part of the request is wrong; `errors` says which and why."""

    status, title = 422, "Some of this is not right."


class ReferenceUnknown(Invalid):
    """The request names something that does not exist (or not in your organization)."""

    title = "The request refers to something that does not exist."


class Conflict(Problem):
    status, title = 409, "The resource is in another state."


class AlreadyExists(Conflict):
    """Something with the same identity is there already."""

    title = "That exists already."


class StillReferenced(Conflict):
    """Other things refer to it; let go of them first."""

    title = "Other things still refer to it."


class TryAgain(Problem):
    """Two changes met. Nothing was stored; the same request will probably succeed now."""

    status, title = 503, "Two changes met; nothing was stored."

    MARK: ClassVar[str] = "perfapi-try-again"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "1", self.MARK: "1"})


class Unavailable(Problem):
    """A part of perfapi is out of reach or too slow. Nothing was stored, unless that part was lost
    in the very moment of storing: sent again with its `Idempotency-Key`, a request is done once."""

    status, title = 503, "perfapi cannot answer right now."

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "5"})


class TooManyRequests(Problem):
    """The limit of requests was reached; `Retry-After` says when to go on (seconds)."""

    status, title = 429, "Too many requests."


def invalid(pointer: str, code: str, detail: str) -> Invalid:
    """The problem of one field of the body."""
    return Invalid(errors=[InvalidPart(pointer=pointer, code=code, detail=detail)])


# What every operation may answer with, whatever else it names of that status.
_GENERAL: dict[int, type[Problem]] = {403: ScopeMissing, 422: Invalid}


def problems(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of an endpoint: which problems it may answer with."""
    by_status: dict[int | str, list[type[Problem]]] = {}
    for kind in kinds:
        general = [_GENERAL[kind.status]] if kind.status in _GENERAL else []
        named = by_status.setdefault(kind.status, general)
        if kind not in named:
            named.append(kind)
    return {status: _response(kinds) for status, kinds in by_status.items()}


def _response(kinds: Sequence[type[Problem]]) -> dict[str, Any]:
    return {
        "description": " ".join(f"`{kind.code()}`: {kind.title}" for kind in kinds),
        "model": ProblemDetails,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
    }


def every_problem() -> list[type[Problem]]:
    """All kinds that are imported by now, for the page that explains them."""
    found: dict[str, type[Problem]] = {}
    waiting = [Problem]
    while waiting:
        kind = waiting.pop()
        found.setdefault(kind.code(), kind)
        waiting += kind.__subclasses__()
    return [found[code] for code in sorted(found)]
