"""How failures become problems, and how OpenAPI tells of them."""

import errno
import logging
from socket import gaierror
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import iter_route_contexts
from pydantic_core import to_json
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match

from .errors import (
    MEDIA_TYPE,
    BodyMalformed,
    Invalid,
    InvalidPart,
    MethodNotAllowed,
    NotFound,
    Problem,
    RequestMalformed,
    RequestRefused,
    TooLarge,
    Unavailable,
)
from .faults import problem_of

log = logging.getLogger(__name__)


def install(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _answer_problem)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(DBAPIError, _answer_database)
    app.add_exception_handler(PoolTimeout, _answer_overload)
    app.add_exception_handler(OSError, _answer_lost_connection)
    app.add_exception_handler(Exception, _answer_crash)


def pointer(*path: object) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def answer(request: Request, problem: Problem) -> Response:
    path: str = request.scope["path"]
    # Some servers hand over bytes that are no UTF-8 as lone surrogates.
    instance = path[:500].encode("utf-8", "replace").decode()
    body = problem.body(instance=instance, request_id=getattr(request.state, "request_id", ""))
    headers = {"Cache-Control": "no-store"} | problem.headers
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    content = to_json(body, inf_nan_mode="null")
    return Response(content, problem.status, headers, media_type=MEDIA_TYPE)


async def _answer_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return answer(request, error)


async def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    for part in found:
        if part["type"] == "json_invalid":
            return answer(request, BodyMalformed(part.get("ctx", {}).get("error")))
    return answer(request, Invalid(errors=[_part(part) for part in found[:100]]))


def _part(error: dict[str, Any]) -> InvalidPart:
    place, *path = error["loc"] or ("body",)
    code, detail = error["type"], error["msg"]
    match place:
        case "query":
            return InvalidPart(parameter=str(path[0]) if path else "", code=code, detail=detail)
        case "path":
            return InvalidPart(parameter=str(path[0]), code=code, detail=detail)
        case "header":
            return InvalidPart(header=str(path[0]), code=code, detail=detail)
        case "cookie":
            return InvalidPart(header="Cookie", code=code, detail=detail)
        case _:
            return InvalidPart(pointer=pointer(*path)[:300], code=code, detail=detail)


async def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        return answer(request, MethodNotAllowed(headers=_allowed(request)))
    kinds: dict[int, type[Problem]] = {400: RequestMalformed, 404: NotFound, 413: TooLarge}
    if kind := kinds.get(error.status_code):
        return answer(request, kind(headers=error.headers))
    return answer(request, RequestRefused(error.status_code, error.headers))


def _allowed(request: Request) -> dict[str, str]:
    """The methods of every route at this address; each route knows its own alone."""
    methods: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        if route.matches(request.scope)[0] is not Match.NONE:
            methods.update(route.methods or ())
    return {"Allow": ", ".join(sorted(methods))}


async def _answer_database(request: Request, error: Exception) -> Response:
    assert isinstance(error, DBAPIError)
    problem = problem_of(error)
    if problem is None:
        return await _answer_crash(request, error)
    if problem.status >= 500:
        log.warning("database: %s", type(error.orig).__name__)
    return answer(request, problem)


async def _answer_overload(request: Request, _: Exception) -> Response:
    return answer(request, Unavailable("Too many requests are waiting for the database."))


async def _answer_lost_connection(request: Request, error: Exception) -> Response:
    assert isinstance(error, OSError)
    if not _is_of_network(error):
        return await _answer_crash(request, error)
    log.warning("connection lost: %s", type(error).__name__)
    return answer(request, Unavailable())


def _is_of_network(error: OSError) -> bool:
    """Whether somebody is out of reach; of several addresses, asyncio sums the failures up."""
    return isinstance(error, ConnectionError | TimeoutError | gaierror) or error.errno in {
        None,
        errno.ENETUNREACH,
        errno.EHOSTUNREACH,
    }


async def _answer_crash(request: Request, error: Exception) -> Response:
    """Nothing about the cause: that is for the log."""
    log.error("unexpected failure", exc_info=error)
    return answer(request, Problem())
