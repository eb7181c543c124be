"""Two changes met (a deadlock, a lost race): the request is tried once more, from the start.

Nothing of the first try is left, since one request is one transaction; so this is safe for every
method. Requests with large bodies are not kept in memory for it: their client tries again.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import TryAgain

LARGEST_KEPT = 1 << 20


class TriedAgain:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _size(scope) > LARGEST_KEPT:
            await self.app(scope, receive, send)
            return
        received: list[Message] = []
        lost = False

        async def keeping() -> Message:
            message = await receive()
            received.append(message)
            return message

        async def sending(message: Message) -> None:
            nonlocal lost
            if message["type"] == "http.response.start":
                lost = TryAgain.MARK in Headers(raw=message["headers"])
            if not lost:
                await send(message)

        state = dict(scope.get("state", {}))
        await self.app(scope, keeping, sending)
        if not lost:
            return

        async def replaying() -> Message:
            return received.pop(0) if received else await receive()

        await self.app({**scope, "state": state}, replaying, send)


def _size(scope: Scope) -> int:
    """Bodies without a length count as large."""
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers:
        return LARGEST_KEPT + 1
    length = headers.get("content-length", "0")
    return int(length) if length.isdecimal() else LARGEST_KEPT + 1
