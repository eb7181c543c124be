"""POST at most once: the answer is stored in the transaction of the effect.

A client that lost an answer sends the same request with the same `Idempotency-Key` again and gets
the same answer, marked `Idempotent-Replayed: true`. Keys are kept for 24 hours.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from sqlalchemy import LargeBinary, UniqueConstraint, delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from .actor import Actor
from .db import Base, Tenanted
from .deliveries import daily
from .errors import Conflict, Invalid, Problem

KEPT = timedelta(hours=24)

if TYPE_CHECKING:
    from hashlib import _Hash

Endpoint = Callable[..., Awaitable[Response]]


class IdempotencyKeyReused(Invalid):
    """The key was used before for another request. Make a new key for a new request."""

    title = "The Idempotency-Key was used for another request."


class StillRunning(Conflict):
    """The first request with this key has not finished. Ask again after `Retry-After` seconds."""

    title = "The same request is still being carried out."


IDEMPOTENCY_PROBLEMS: tuple[type[Problem], ...] = (IdempotencyKeyReused, StillRunning)


class IdempotencyRecord(Tenanted, Base):
    __tablename__ = "idempotency_records"
    __table_args__ = (UniqueConstraint("organization_id", "person_id", "key"),)

    person_id: Mapped[UUID]
    key: Mapped[str]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int]
    location: Mapped[str | None]
    etag: Mapped[str | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)


# By the clock that dated it: one of ours that is ahead would take what is new for old.
_IS_FORGOTTEN = IdempotencyRecord.created_at < func.now() - KEPT


def _idempotency_key(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=200,
            pattern=r"^[\x21-\x7e]+$",
            description="A fresh random value per act; send it again to repeat a request safely.",
        ),
    ] = None,
) -> None:
    request.state.idempotency_key = idempotency_key


idempotency_key = Depends(_idempotency_key)


def once(endpoint: Endpoint) -> Endpoint:
    """Wraps an endpoint that takes `session` and `actor` and answers with a finished body."""

    @wraps(endpoint)
    async def remembered(**values: Any) -> Response:
        session: AsyncSession = values["session"]
        request: Request = session.info["request"]
        key: str | None = request.state.idempotency_key
        if key is None:
            return await endpoint(**values)
        fingerprint = await _fingerprint(request)
        actor: Actor = request.state.actor
        if (record := await _earlier(session, actor, key)) is not None:
            if record.fingerprint != fingerprint:
                raise IdempotencyKeyReused()
            return _replay(record)
        answer = await endpoint(**values)
        session.add(
            IdempotencyRecord(
                person_id=actor.person_id,
                key=key,
                fingerprint=fingerprint,
                status=answer.status_code,
                location=answer.headers.get("location"),
                etag=answer.headers.get("etag"),
                body=bytes(answer.body),
            )
        )
        return answer

    return remembered


async def _fingerprint(request: Request) -> bytes:
    digest = sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    if not request.headers.get("content-type", "").startswith("multipart/"):
        digest.update(await request.body())
        return digest.digest()
    # A form sent again has another boundary: its parts count, not its bytes.
    for name, part in (await request.form()).multi_items():
        _add(digest, name.encode())
        if isinstance(part, str):
            _add(digest, part.encode())
            continue
        _add(digest, f"{part.filename} {part.content_type} {part.size}".encode())
        while chunk := await part.read(1 << 20):
            digest.update(chunk)
        await part.seek(0)
    return digest.digest()


def _add(digest: "_Hash", content: bytes) -> None:
    """With its length, so that no two forms look the same."""
    digest.update(b"%d:%b" % (len(content), content))


async def _earlier(session: AsyncSession, actor: Actor, key: str) -> IdempotencyRecord | None:
    """The record of this key, while no other request works under it."""
    name = f"{actor.organization_id} {actor.person_id} {key}"
    lock = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
    if not (await session.execute(lock, {"name": name})).scalar_one():
        raise StillRunning(headers={"Retry-After": "1"})
    found = select(IdempotencyRecord, _IS_FORGOTTEN).where(
        IdempotencyRecord.person_id == actor.person_id, IdempotencyRecord.key == key
    )
    row = (await session.execute(found)).one_or_none()
    if row is None:
        return None
    record, is_forgotten = row
    if is_forgotten:
        await session.delete(record)
        await session.flush()
        return None
    return record


@daily(hour=3)
async def forget_answers(session: AsyncSession, day: date) -> None:
    """Removes the records whose keys mean nothing any more."""
    await session.execute(delete(IdempotencyRecord).where(_IS_FORGOTTEN))


def _replay(record: IdempotencyRecord) -> Response:
    headers = {"Cache-Control": "private, no-cache", "Idempotent-Replayed": "true"}
    if record.location:
        headers["Location"] = record.location
    if record.etag:
        headers["ETag"] = record.etag
    return Response(
        record.body, record.status, headers, media_type="application/json" if record.body else None
    )
