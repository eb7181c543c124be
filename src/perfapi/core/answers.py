"""Finished JSON bodies on their way out: status, ETag and 304."""

from hashlib import blake2b
from typing import Any, Generic, Self, TypeVar, get_args

from fastapi import Response
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

T = TypeVar("T")


class Json(Response, Generic[T]):
    """A body that conforms to T, written by PostgreSQL.

    No document means that there is nothing to show (204). OpenAPI shows T; the tests hold every
    body to it. A new resource says where it lives: `answer.created("/v1/goals/...")`.
    """

    media_type = "application/json"

    def __init__(self, document: str | bytes | None, *, version: int | None = None) -> None:
        super().__init__(document, status_code=204 if document is None else 200)
        self.headers["Cache-Control"] = "private, no-cache"
        if document is not None:
            digest = blake2b(self.body, digest_size=8).hexdigest()
            tag = digest if version is None else f"{version}-{digest}"
            self.headers["ETag"] = f'"{tag}"'

    def created(self, location: str) -> Self:
        return self._with(201, location)

    def accepted(self, location: str) -> Self:
        """The work goes on; `location` shows its progress."""
        return self._with(202, location)

    def _with(self, status: int, location: str) -> Self:
        if self.status_code == 200:
            self.status_code = status
        self.headers["Location"] = location
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: Response = self
        if scope["method"] == "GET" and self._is_known_to(Headers(scope=scope)):
            kept = {name: self.headers[name] for name in ("ETag", "Cache-Control")}
            answer = Response(status_code=304, headers=kept)
        await Response.__call__(answer, scope, receive, send)

    def _is_known_to(self, headers: Headers) -> bool:
        tags = {
            tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")
        }
        return self.status_code == 200 and bool(tags & {self.headers["ETag"], "*"})

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(get_args(source)[0])
