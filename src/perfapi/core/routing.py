"""Routers of the house: JSON that is really JSON, no unknown parameters, POST at most once."""

from collections.abc import Callable, Coroutine
from functools import cached_property
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Cookie, Form, Header, Path
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from .errors import Invalid, InvalidPart, MediaTypeUnsupported, TooLarge, problems
from .idempotency import IDEMPOTENCY_PROBLEMS, idempotency_key, once
from .schema import SentJson

LARGEST_BODY = 1 << 20
"""Bytes; a route that takes more says so with `max_body_size`."""

E = TypeVar("E", bound=Callable[..., Any])


class _JsonRequest(Request):
    async def json(self) -> Any:
        return SentJson(await self.body())


class Route(APIRoute):
    def __init__(self, *args: Any, max_body_size: int | None = None, **options: Any) -> None:
        # Not handed on: the framework's own limit answers in plain text.
        self.largest_body = max_body_size or LARGEST_BODY
        super().__init__(*args, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def checked(request: Request) -> Response:
            self._refuse_unknown_parameters(request)
            self._refuse_foreign_media_types(request)
            if self.takes_files:
                await request.app.state.recognise(request)
            return await handle(_JsonRequest(request.scope, self._bounded(request)))

        return checked

    def _bounded(self, request: Request) -> Receive:
        """Refuses a body by its declared length, or as soon as it turns out to be longer."""
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self.largest_body:
            raise TooLarge(f"At most {self.largest_body} bytes are read here.")
        count = 0

        async def receive() -> Message:
            nonlocal count
            message = await request.receive()
            count += len(message.get("body", b""))
            if count > self.largest_body:
                raise HTTPException(413)  # the only kind that FastAPI lets pass while it reads
            return message

        return receive

    @cached_property
    def takes_files(self) -> bool:
        """Files are read before anybody knows who sends them: so the token is looked at first."""
        return self.body_field is not None and isinstance(self.body_field.field_info, Form)

    def _refuse_unknown_parameters(self, request: Request) -> None:
        """A misspelt filter must not look like one that matched everything."""
        if not request.query_params:
            return
        sent = [name for name, _ in request.query_params.multi_items()]
        wrong = [
            InvalidPart(parameter=name[:100], code="parameter_unknown", detail="Not known here.")
            for name in dict.fromkeys(sent)
            if name not in self._parameters
        ] + [
            InvalidPart(parameter=name[:100], code="parameter_repeated", detail="Say it once.")
            for name in dict.fromkeys(sent)
            if name in self._parameters and sent.count(name) > 1
        ]
        if wrong:
            raise Invalid(errors=wrong)

    @cached_property
    def _parameters(self) -> frozenset[str]:
        flat = get_flat_params(self.dependant)
        elsewhere = (Path, Header, Cookie)
        return frozenset(
            field.alias for field in flat if not isinstance(field.field_info, elsewhere)
        )

    def _refuse_foreign_media_types(self, request: Request) -> None:
        if self.body_field is None:
            return
        wanted = getattr(self.body_field.field_info, "media_type", "application/json")
        sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if sent == wanted or (wanted == "application/json" and sent == MERGE_PATCH):
            return
        if not sent and request.headers.get("content-length", "0") == "0":
            return
        raise MediaTypeUnsupported(f"Send {wanted}.")


MERGE_PATCH = "application/merge-patch+json"


class Router(APIRouter):
    """`Router(prefix="/goals", tags=["goals"])`: as FastAPI's, with the rules of `api.md`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=Route, **options)

    def post(self, path: str, *, repeatable: bool = True, **options: Any) -> Callable[[E], E]:
        """`repeatable=False` for acts that must leave no stored answer: sign-in, anonymous ones."""
        if not repeatable:
            return super().post(path, **options)
        dependencies = [*options.pop("dependencies", ()), idempotency_key]
        responses = problems(*IDEMPOTENCY_PROBLEMS) | options.pop("responses", {})
        add = super().post(path, dependencies=dependencies, responses=responses, **options)

        def register(endpoint: E) -> E:
            add(once(endpoint))
            return endpoint

        return register
