"""Serves the built page: same origin as the API, so that its cookies and its policy are strict."""

import gzip
import os
import re
from functools import lru_cache
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

BUILT = Path(__file__).parents[3] / "frontend" / "dist"

API_PATHS = ("/v1", "/scim", "/openapi.json", "/docs")

_PACKED = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

# Mantine sets positions and colours by style attributes; scripts come from files only.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def install(app: FastAPI, folder: Path | None = None) -> None:
    """Whatever no route knows is a place on the page, except below the API's own paths."""
    app.router.default = Page(folder or BUILT)


class Page:
    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise HTTPException(404)
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        path: str = scope["path"]
        if scope["method"] not in {"GET", "HEAD"} or _is_api(path):
            raise HTTPException(404)
        if "\x00" in path:
            raise HTTPException(404)
        file = (self.folder / path.lstrip("/")).resolve()
        # Not `file.is_file()`, which raises for names longer than the file system's.
        if file.is_relative_to(self.folder) and os.path.isfile(file):
            if _is_worth_packing(file) and _takes_packed(scope):
                return self._packed(file)
            return self._file(file)
        if Path(path).suffix or "text/html" not in Headers(scope=scope).get(
            "accept", "*/*"
        ).replace("*/*", "text/html"):
            raise HTTPException(404)
        index = self.folder / "index.html"
        if not index.is_file():
            return PlainTextResponse("The page is not built. Run: make run", 503)
        return self._file(index)

    def _packed(self, file: Path) -> Response:
        content = _gzipped(file, file.stat().st_mtime_ns)
        headers = self._headers(file) | {"Content-Encoding": "gzip"}
        return Response(content, headers=headers, media_type=_PACKED[file.suffix])

    def _file(self, file: Path) -> Response:
        return FileResponse(file, headers=self._headers(file))

    def _headers(self, file: Path) -> dict[str, str]:
        is_hashed = file.is_relative_to(self.folder / "assets")
        caching = "public, max-age=31536000, immutable" if is_hashed else "no-cache"
        headers = {**SECURITY_HEADERS, "Cache-Control": caching}
        return headers | ({"Vary": "Accept-Encoding"} if _is_worth_packing(file) else {})


def _is_worth_packing(file: Path) -> bool:
    return file.suffix in _PACKED


def _takes_packed(scope: Scope) -> bool:
    """Who asks for a part of a file, or for its size only, means the file as it is."""
    headers = Headers(scope=scope)
    takes_gzip = re.search(
        r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", headers.get("accept-encoding", "")
    )
    return scope["method"] == "GET" and "range" not in headers and takes_gzip is not None


@lru_cache(maxsize=500)
def _gzipped(file: Path, _: int) -> bytes:
    """Once for each version of a file: it is a third of it, and takes some ten milliseconds."""
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)


def _is_api(path: str) -> bool:
    return any(path == prefix or path.startswith(prefix + "/") for prefix in API_PATHS)
