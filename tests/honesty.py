"""Holds every JSON body to the model that its route declares: strictly, and nothing extra."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Honest:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, status = bytearray(), 0

        async def listening(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            body.extend(message.get("body", b""))
            await send(message)

        await self.app(scope, receive, listening)
        model = getattr(scope.get("route"), "response_model", None)
        if model is not None and status in {200, 201, 202} and body:
            _adapter(model).validate_json(bytes(body), strict=True, extra="forbid")


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)
