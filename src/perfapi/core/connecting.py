"""First contact with PostgreSQL and Redis: they answer as needed, or one line says why not."""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from asyncpg import PostgresError
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, RedisError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from .addresses import Unusable

OLDEST_POSTGRES = 15
_PATIENCE = 10


@asynccontextmanager
async def connect(
    url: str, setting: str, *, oldest: int = OLDEST_POSTGRES, patience: float = _PATIENCE
) -> AsyncIterator[AsyncConnection]:
    """One connection that commits each statement; `setting` is who is named if it fails."""
    engine = create_async_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "timeout": patience,
            "server_settings": {"application_name": "perfapi", "lock_timeout": "10s"},
        },
    )
    try:
        connection = await engine.connect()
    except (DBAPIError, OSError, TimeoutError, ssl.SSLError, PostgresError) as error:
        raise Unusable(f"{setting}: {_place(url)}: {_reason(error, patience)}") from error
    except (TypeError, ValueError) as error:  # what follows the ? in the address
        raise Unusable(f"{setting}: {_place(url)}: {error}") from error
    try:
        number = await connection.exec_driver_sql("SHOW server_version_num")
        version = int(number.scalar_one()) // 10_000
        if version < oldest:
            raise Unusable(
                f"{setting}: {_place(url)} is PostgreSQL {version}; perfapi needs {oldest} or newer"
            )
        yield connection
    finally:
        await connection.close()
        await engine.dispose()


async def refuse_unreachable_redis(url: str) -> None:
    client = Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
    try:
        await client.ping()
    except (RedisError, OSError, TimeoutError) as error:
        place = url.rpartition("@")[2].removeprefix("redis://").removeprefix("rediss://")
        reason = (
            "wrong password"
            if isinstance(error, AuthenticationError)
            else _reason(error, _PATIENCE)
        )
        raise Unusable(f"PERFAPI_REDIS_URL: {place}: {reason}") from error
    finally:
        await client.aclose()


def _place(url: str) -> str:
    """The address without its secret."""
    address = make_url(url)
    port = f":{address.port}" if address.port else ""
    return f"{address.host}{port}/{address.database}"


def _reason(error: BaseException, patience: float) -> str:
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ConnectionRefusedError):
            return "nobody listens there"
        if isinstance(cause, TimeoutError):
            return f"no answer within {patience:g} s"
    last = causes[-1]
    if isinstance(last, OSError) and last.strerror:
        return last.strerror
    return " ".join(str(last).split()) or type(last).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    nested: BaseException | None = error
    while nested is not None:
        yield nested
        nested = nested.__cause__ or nested.__context__
