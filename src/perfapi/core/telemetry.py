"""One middleware around everything: request id, log line, numbers for Prometheus.

The log holds no personal data: the route's template instead of the path, no query, no names.
"""

import re
import time
from uuid import UUID

import structlog
from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .ids import uuid7

log = structlog.stdlib.get_logger("perfapi.requests")

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "perfapi_requests_total", "Requests by route and status.", ["method", "route", "status"],
    registry=REGISTRY,
)  # fmt: skip
SECONDS = Histogram(
    "perfapi_request_seconds", "Seconds from request to the last byte.", ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10), registry=REGISTRY,
)  # fmt: skip
RUNNING = Gauge("perfapi_requests_running", "Requests under way.", registry=REGISTRY)

_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{8,80}")


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def install(app: FastAPI) -> None:
    """Around all of it, the handler of crashes included: middleware would be inside of that."""
    plain = app.build_middleware_stack
    app.build_middleware_stack = lambda: Observed(plain())  # type: ignore[method-assign]


class Observed:
    """Outermost: what it does not see has not happened."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = self._request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers.update(scope["state"].get("answer_headers", {}))
            await send(message)

        RUNNING.inc()
        try:
            with structlog.contextvars.bound_contextvars(request_id=request_id):
                await self.app(scope, receive, sending)
        finally:
            RUNNING.dec()
            self._record(scope, status, time.perf_counter() - started, request_id)

    def _request_id(self, scope: Scope) -> str:
        sent = Headers(scope=scope).get("x-request-id", "")
        return sent if _ACCEPTED_ID.fullmatch(sent) else str(uuid7())

    def _record(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path", None) or "unmatched"
        method = scope["method"] if route != "unmatched" else "ANY"
        if method not in _METHODS:  # clients may invent methods, and each would be a new series
            method = "ANY"
        REQUESTS.labels(method, route, status).inc()
        SECONDS.labels(method, route).observe(seconds)
        actor = scope["state"].get("actor")
        organization: UUID | None = getattr(actor, "organization_id", None)
        log.info(
            "request",
            request_id=request_id,
            method=scope["method"],
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            organization=str(organization) if organization else None,
        )


def metrics() -> bytes:
    return generate_latest(REGISTRY)
