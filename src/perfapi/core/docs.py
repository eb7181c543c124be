"""The documents about the API: OpenAPI, its rendering, and a page that explains every problem."""

from html import escape
from inspect import cleandoc

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from pydantic_core import to_json

from .errors import every_problem
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

    @app.get("/docs/problems", include_in_schema=False)
    async def problems_explained() -> Response:
        return HTMLResponse(_problems_page(), headers=SECURITY_HEADERS)


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
