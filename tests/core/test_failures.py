"""What is our fault: the caller hears a problem without causes, the log holds the rest."""

import errno
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from perfapi.core import http, telemetry
from perfapi.core.errors import Conflict, Problem, every_problem, problems
from perfapi.core.retries import TriedAgain

SECRET = "ada@example.com"


@pytest.fixture
def raised() -> list[Exception]:
    return []


@pytest.fixture
def client(raised: list[Exception]) -> httpx.AsyncClient:
    """Of an app that answers every request by raising what the test put in `raised`."""
    app = FastAPI()
    http.install(app)
    app.add_middleware(TriedAgain)
    telemetry.install(app)

    @app.get("/{rest:path}")
    async def fail(request: Request) -> None:
        raise raised[0]

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_crashes_are_500_and_say_nothing_about_the_cause(
    client: httpx.AsyncClient, raised: list[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    raised.append(RuntimeError(SECRET))

    response = await client.get("/people")

    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "/docs/problems#problem",
        "title": "Something went wrong on our side.",
        "status": 500,
        "instance": "/people",
        "code": "problem",
        "request_id": response.headers["X-Request-Id"],
    }
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (HTTPException(400, SECRET), 400, "request_malformed"),
        (HTTPException(404), 404, "not_found"),
        (HTTPException(405, headers={"Allow": "GET"}), 405, "method_not_allowed"),
        (HTTPException(413), 413, "too_large"),
        (HTTPException(418, SECRET), 418, "request_refused"),
        (HTTPException(503, SECRET), 503, "request_refused"),
        (PoolTimeout(SECRET), 503, "unavailable"),
        (ConnectionRefusedError(SECRET), 503, "unavailable"),
        (OSError(SECRET), 503, "unavailable"),
        (OSError(errno.EHOSTUNREACH, SECRET), 503, "unavailable"),
        (OSError(errno.ENOSPC, SECRET), 500, "problem"),
        (TimeoutError(SECRET), 503, "unavailable"),
        (FileNotFoundError(errno.ENOENT, SECRET), 500, "problem"),
        (PermissionError(errno.EACCES, SECRET), 500, "problem"),
        (KeyError(SECRET), 500, "problem"),
        (RecursionError(SECRET), 500, "problem"),
    ],
)
async def test_every_failure_is_a_problem(
    client: httpx.AsyncClient, raised: list[Exception], error: Exception, status: int, code: str
) -> None:
    raised.append(error)

    response = await client.get("/x")

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert SECRET not in response.text
    assert response.json()["request_id"] == response.headers["X-Request-Id"]


async def test_a_rare_status_has_its_own_title_and_keeps_its_headers(
    client: httpx.AsyncClient, raised: list[Exception]
) -> None:
    raised.append(HTTPException(426, headers={"Upgrade": "h2c"}))
    response = await client.get("/x")
    assert (response.json()["title"], response.headers["Upgrade"]) == ("Upgrade Required", "h2c")


async def test_malformed_json_is_told_whatever_else_is_wrong(
    client: httpx.AsyncClient, raised: list[Exception]
) -> None:
    parts: list[dict[str, Any]] = [
        {
            "type": "value_error",
            "loc": ("header", "x"),
            "msg": "no",
            "ctx": {"error": ValueError(SECRET)},
        },
        {"type": "json_invalid", "loc": ("body",), "msg": "no", "ctx": {"error": "EOF"}},
    ]
    raised.append(RequestValidationError(parts))

    response = await client.get("/x")

    assert (response.status_code, response.json()["code"]) == (400, "body_malformed")
    assert response.json()["detail"] == "EOF"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("query", "limit"), {"parameter": "limit"}),
        (("query",), {"parameter": ""}),
        (("path", "id"), {"parameter": "id"}),
        (("header", "if-match"), {"header": "if-match"}),
        (("cookie", "perfapi_refresh"), {"header": "Cookie"}),
        (("body", "a", 0, "b/c"), {"pointer": "/a/0/b~1c"}),
        ((), {"pointer": ""}),
    ],
)
async def test_every_place_of_a_request_has_a_name(
    client: httpx.AsyncClient,
    raised: list[Exception],
    place: tuple[object, ...],
    expected: dict[str, str],
) -> None:
    raised.append(RequestValidationError([{"type": "wrong", "loc": place, "msg": "No."}]))

    response = await client.get("/x")

    assert response.json()["errors"] == [{**expected, "code": "wrong", "detail": "No."}]


async def test_a_problem_carries_its_members_and_headers(
    client: httpx.AsyncClient, raised: list[Exception]
) -> None:
    raised.append(Conflict("Two of them.", headers={"Retry-After": "7"}, choices=[1, 2]))

    response = await client.get("/x")

    assert (response.status_code, response.headers["Retry-After"]) == (409, "7")
    assert response.json()["detail"] == "Two of them."
    assert response.json()["choices"] == [1, 2]


@pytest.mark.parametrize("path", ["/\udcff", "/a\ud800b", "/\x00"])
async def test_paths_that_are_no_text_are_told_all_the_same(
    client: httpx.AsyncClient, raised: list[Exception], path: str
) -> None:
    """What servers make of bytes that are no UTF-8 differs; some hand over lone surrogates."""
    raised.append(Conflict())
    sent: list[Any] = []
    app = client._transport.app  # type: ignore[attr-defined]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": b"/", "query_string": b"",
        "headers": [], "http_version": "1.1", "scheme": "http", "root_path": "",
        "server": ("test", 80), "client": ("test", 1),
    }  # fmt: skip
    await app(scope, receive, send)

    assert sent[0]["status"] == 409


def test_problems_that_share_a_status_share_a_description() -> None:
    class Odd(Conflict):
        title = "Odd."

    class Even(Conflict):
        title = "Even."

    assert problems(Odd, Even)[409]["description"] == "`odd`: Odd. `even`: Even."


def test_every_problem_has_a_code_of_its_own_and_a_word_for_people() -> None:
    kinds = every_problem()
    assert len({kind.code() for kind in kinds}) == len(kinds)
    assert all(kind.title and 400 <= kind.status < 600 for kind in kinds)
    assert str(Problem()) == "Something went wrong on our side."
