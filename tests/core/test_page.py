"""The built page beside the API: files from one folder and from nowhere else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from fastapi import FastAPI

from perfapi.core import http, page, telemetry
from perfapi.core.page import SECURITY_HEADERS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html>the page")
    (built / "assets" / "index-4f2a.js").write_text("code")
    (built / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("not for you")
    (tmp_path / "dist-other").mkdir()
    (tmp_path / "dist-other" / "secret.txt").write_text("not for you")
    (built / "link.txt").symlink_to(tmp_path / "secret.txt")
    return built


def an_app(folder: Path) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    http.install(app)
    telemetry.install(app)

    @app.get("/v1/things")
    async def list_things() -> dict[str, str]:
        return {"things": "none"}

    page.install(app, folder)
    return app


@pytest.fixture
async def client(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(an_app(folder), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/people", "/people/0192-abc", "/v1x", "/docsy", "/a" * 200, "/" + "a" * 300]
)
@pytest.mark.parametrize("accept", ["text/html,*/*;q=0.8", "*/*", None])
async def test_every_place_of_the_page_is_its_start(
    client: httpx.AsyncClient, path: str, accept: str | None
) -> None:
    client.headers.pop("accept")
    response = await client.get(path, headers={} if accept is None else {"Accept": accept})

    assert (response.status_code, response.text) == (200, "<!doctype html>the page")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/assets/index-4f2a.js", "/favicon.svg"])
async def test_everything_carries_the_policy(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers

    assert headers.items() >= {k.lower(): v for k, v in SECURITY_HEADERS.items()}.items()
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy, "nobody else's server"


async def test_files_with_a_hash_in_their_name_are_kept_for_ever(client: httpx.AsyncClient) -> None:
    hashed = await client.get("/assets/index-4f2a.js")
    plain = await client.get("/favicon.svg")

    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashed.headers["Content-Type"].startswith("text/javascript")
    assert plain.headers["Cache-Control"] == "no-cache"


async def test_a_known_file_is_not_sent_again(client: httpx.AsyncClient) -> None:
    tag = (await client.get("/")).headers["ETag"]
    assert (await client.get("/", headers={"If-None-Match": tag})).status_code in {200, 304}


async def test_head_has_the_headers_alone(client: httpx.AsyncClient) -> None:
    response = await client.head("/people")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone.js",
        "/gone.png",
        "/assets/index-4f2a.js/x.js",
        "/link.txt",  # leads out of the folder
        "/%00",
        "/favicon.svg%00",
    ],
)
async def test_files_that_are_not_there_are_404(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "/../dist-other/secret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/./../secret.txt",
        "/....//secret.txt",
        "/assets/..%00/secret.txt",
    ],
)
async def test_nothing_outside_of_the_folder_is_served(folder: Path, path: str) -> None:
    """As servers hand paths over: decoded, and not normalised."""
    body = await _ask(an_app(folder), unquote(path))
    assert b"not for you" not in body
    assert b"root:" not in body


async def _ask(app: FastAPI, path: str) -> bytes:
    body, received = bytearray(), iter(["http.request"])

    async def receive() -> dict[str, Any]:
        return {"type": next(received, "http.disconnect")}

    async def send(message: Any) -> None:
        body.extend(message.get("body", b""))

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": b"/", "query_string": b"",
        "headers": [], "http_version": "1.1", "scheme": "http", "root_path": "",
        "server": ("test", 80), "client": ("test", 1),
    }  # fmt: skip
    await app(scope, receive, send)
    return bytes(body)


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/", "/v1/people", "/v1/things/", "/scim/v2/Users", "/docs/x", "/scim"]
)
async def test_paths_of_the_api_are_never_answered_with_the_page(
    client: httpx.AsyncClient, path: str
) -> None:
    response = await client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


async def test_who_wants_json_is_not_answered_with_the_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/people", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
async def test_the_page_is_only_read(client: httpx.AsyncClient, method: str) -> None:
    response = await client.request(method, "/people")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


async def test_a_page_that_was_not_built_says_so(tmp_path: Path) -> None:
    transport = httpx.ASGITransport(an_app(tmp_path / "nowhere"))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        response = await client.get("/")
    assert (response.status_code, response.text) == (503, "The page is not built. Run: make run")


async def test_there_are_no_websockets(folder: Path) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "websocket", "path": "/", "raw_path": b"/", "query_string": b"", "headers": [],
        "http_version": "1.1", "scheme": "ws", "root_path": "", "server": ("test", 80),
        "client": ("test", 1), "subprotocols": [],
    }  # fmt: skip
    await an_app(folder)(scope, receive, send)
    assert (sent[0]["type"], sent[0]["status"]) == ("websocket.http.response.start", 404)


class TestPacking:
    async def test_code_leaves_packed_for_those_who_take_it(
        self, client: httpx.AsyncClient, folder: Path
    ) -> None:
        (folder / "assets" / "index-4f2a.js").write_text("code " * 500)
        plain = await client.get("/assets/index-4f2a.js", headers={"accept-encoding": "identity"})
        packed = await client.get("/assets/index-4f2a.js", headers={"accept-encoding": "br, gzip"})

        assert packed.text == plain.text == "code " * 500
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers["content-length"]) < 100
        assert "content-encoding" not in plain.headers
        for answer in (packed, plain):
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert answer.headers["content-type"].startswith("text/javascript")
            assert answer.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize(
        "headers",
        [
            {"accept-encoding": "gzip;q=0, br"},
            {"accept-encoding": "gzip", "range": "bytes=0-3"},
            {"accept-encoding": ""},
        ],
    )
    async def test_whoever_wants_the_file_itself_gets_it(
        self, client: httpx.AsyncClient, headers: dict[str, str]
    ) -> None:
        answer = await client.get("/assets/index-4f2a.js", headers=headers)
        assert answer.text == "code"
        assert "content-encoding" not in answer.headers

    async def test_a_new_version_of_a_file_is_packed_anew(
        self, client: httpx.AsyncClient, folder: Path
    ) -> None:
        before = await client.get("/favicon.svg", headers={"accept-encoding": "gzip"})
        (folder / "favicon.svg").write_text("<svg></svg>")
        after = await client.get("/favicon.svg", headers={"accept-encoding": "gzip"})
        assert (before.text, after.text) == ("<svg/>", "<svg></svg>")
