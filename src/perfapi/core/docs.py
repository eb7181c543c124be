"""The documents about the API: OpenAPI, its rendering, and a page that explains every problem."""

from html import escape
from importlib.util import find_spec
from inspect import cleandoc
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from pydantic_core import to_json

from .errors import NotFound, every_problem
from .openapi import describe
from .page import SECURITY_HEADERS

INTRODUCTION = """\
Everything that the page of perfapi does, it does by this API.

**Signing in**: `POST /v1/auth/sessions` with `email` and `password` answers with an
`access_token`; send it as `Authorization: Bearer ...`. It is valid for ten minutes.

**Lists** answer `{"items": [...], "next_cursor": "..."}`. Send `cursor` for the next page.

**Changes**: every resource answers an `ETag`; `PATCH` and `DELETE` want it back as `If-Match`.
Send an `Idempotency-Key` with a `POST` and repeat it without fear.

**Problems** are `application/problem+json` (RFC 9457) with a stable `code`; each one is explained
at [/docs/problems](/docs/problems).

Numbers with decimals travel as strings, instants in UTC, dates as `2026-01-31`.
"""


def install(app: FastAPI) -> None:
    describe(app)

    @app.get("/openapi.json", include_in_schema=False)
    async def openapi_document(request: Request) -> Response:
        headers = {"Cache-Control": "no-cache"}
        return Response(to_json(request.app.openapi()), 200, headers, "application/json")

    @app.get("/docs", include_in_schema=False)
    async def api_reference() -> Response:
        return HTMLResponse(_REFERENCE, headers=SECURITY_HEADERS)

    @app.get("/docs/assets/{name}", include_in_schema=False)
    async def reference_asset(name: str) -> Response:
        caching = {"Cache-Control": "public, max-age=86400"} | SECURITY_HEADERS
        if name == "start.js":
            return Response(_START, 200, caching, "text/javascript")
        if name not in {"swagger-ui-bundle.js", "swagger-ui.css"}:
            raise NotFound()
        return FileResponse(_swagger_ui() / name, headers=caching)

    @app.get("/docs/problems", include_in_schema=False)
    async def problems_explained() -> Response:
        return HTMLResponse(_problems_page(), headers=SECURITY_HEADERS)


def _swagger_ui() -> Path:
    """The wheel `fastapi-offline` ships the files of Swagger UI; nothing else of it is used."""
    found = find_spec("fastapi_offline")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "static"


_REFERENCE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>The API of perfapi</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/assets/swagger-ui.css">'
    '<main id="reference"></main><script src="/docs/assets/swagger-ui-bundle.js"></script>'
    '<script src="/docs/assets/start.js"></script></html>'
)
_START = """\
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "none",
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
})
"""


def _problems_page() -> str:
    rows = "".join(
        f'<dt id="{kind.code()}"><code>{kind.code()}</code> <small>{kind.status}</small></dt>'
        f"<dd><strong>{escape(kind.title)}</strong> {escape(_explained(kind))}</dd>"
        for kind in every_problem()
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Problems of perfapi</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        "<style>body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:3rem auto;"
        "padding:0 1rem}dt{margin-top:1.5rem}dd{margin:0}:target{outline:2px solid}</style>"
        "<main><h1>Problems</h1><p>What the API answers when it does not do what was asked: "
        "<code>application/problem+json</code> (RFC 9457). <code>code</code> is stable.</p>"
        f"<dl>{rows}</dl></main></html>"
    )


def _explained(kind: type) -> str:
    own = kind.__dict__.get("__doc__")
    return cleandoc(own) if own else ""
