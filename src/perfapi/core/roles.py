"""The logins of PostgreSQL: the owner migrates, the app serves requests, the worker works.

Grants and policies speak of two groups, `perfapi_app` and `perfapi_worker`, which a server has
once. Each installation has two logins of its own in them, named after its database, so that
several can share a server. None of these owns anything.
"""

import base64
import hashlib
import hmac
import secrets as random
from contextlib import AsyncExitStack

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from .addresses import Logins, Unusable
from .connecting import connect
from .rls import APP, WORKER

_ITERATIONS = 4096
_FASTER = {"42710", "23505"}
"""What PostgreSQL says where another installation has just made the same role."""

_SETTINGS = {APP: "PERFAPI_DATABASE_APP_URL", WORKER: "PERFAPI_DATABASE_WORKER_URL"}


async def create_roles(owner_url: str, wanted: Logins) -> None:
    """Makes the groups and logins that are missing, and proves that the logins work.

    The owner needs CREATEROLE for what is missing; without it an `Unusable` says what to do.
    """
    async with connect(owner_url, "PERFAPI_DATABASE_URL") as connection:
        for group in (APP, WORKER):
            if not await _exists(connection, group):
                await _create(connection, f"CREATE ROLE {group} NOLOGIN", group)
        if not await _is_member(connection, WORKER, APP):
            await _create(connection, f"GRANT {APP} TO {WORKER}", WORKER)
        await _ensure_login(connection, APP, wanted.app_url)
        await _ensure_login(connection, WORKER, wanted.worker_url)
        await _close_to_others(connection, wanted)
    await _prove(APP, wanted.app_url)
    await _prove(WORKER, wanted.worker_url)


async def refuse_privileged(connection: AsyncConnection) -> None:
    """Raises `Unusable` for a login that row-level security cannot hold."""
    row = (await connection.execute(_PRIVILEGES)).one()
    if row.superuser or row.bypass:
        reason = "is a superuser" if row.superuser else "bypasses row-level security"
    elif row.owned:
        reason = f"owns the table {row.owned}"
    else:
        return
    raise Unusable(
        f"the login {row.name} {reason}, and perfapi serves only as one that cannot reach around "
        "the walls between organizations: use the login that `perfapi migrate` makes"
    )


# Membership counts as much as the attribute: a member can take on what its role may.
_PRIVILEGES = text("""
SELECT current_user AS name,
    bool_or(rolsuper) AS superuser,
    bool_or(rolbypassrls) AS bypass,
    (SELECT c.oid::regclass::text FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'
        AND pg_has_role(current_user, c.relowner, 'MEMBER')
     LIMIT 1) AS owned
FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')
""")


async def _prove(group: str, url: str) -> None:
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(connect(url, _SETTINGS[group]))
        except Unusable as error:
            hint = "a login that another PERFAPI_HOME made is named here with its password"
            raise Unusable(f"{error} ({hint})") from error
        await refuse_privileged(connection)


async def _ensure_login(connection: AsyncConnection, group: str, url: str) -> None:
    login = make_url(url)
    assert login.username is not None
    name = _quoted(login.username)
    if not await _exists(connection, login.username):
        verifier = scram_verifier(login.password or "")
        await _create(connection, f"CREATE ROLE {name} LOGIN PASSWORD '{verifier}'", group)
    if not await _is_member(connection, login.username, group):
        await _create(connection, f"GRANT {group} TO {name}", group)


async def _close_to_others(connection: AsyncConnection, wanted: Logins) -> None:
    """The groups are the server's, so only the right to connect keeps other installations out."""
    row = (await connection.execute(_DATABASE)).one()
    if not row.owned:
        return
    database = _quoted(row.name)
    for url in (wanted.app_url, wanted.worker_url):
        name = _quoted(make_url(url).username or "")
        await connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {database} TO {name}")
    await connection.exec_driver_sql(
        f"REVOKE CONNECT, TEMPORARY ON DATABASE {database} FROM PUBLIC"
    )


_DATABASE = text("""
SELECT datname AS name, pg_has_role(current_user, datdba, 'MEMBER') AS owned
FROM pg_database WHERE datname = current_database()
""")


async def _exists(connection: AsyncConnection, role: str) -> bool:
    found = await connection.execute(
        text("SELECT count(*) FROM pg_roles WHERE rolname = :role"), {"role": role}
    )
    return bool(found.scalar_one())


async def _is_member(connection: AsyncConnection, role: str, group: str) -> bool:
    found = await connection.execute(
        text("SELECT pg_has_role(:role, :group, 'MEMBER')"), {"role": role, "group": group}
    )
    return bool(found.scalar_one())


async def _create(connection: AsyncConnection, statement: str, group: str) -> None:
    try:
        await connection.exec_driver_sql(statement)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _FASTER:
            return
        owner = (await connection.exec_driver_sql("SELECT current_user")).scalar_one()
        reason = str(error.orig).partition("DETAIL:")[0].strip()
        raise Unusable(
            f"PERFAPI_DATABASE_URL: {owner} cannot {statement.partition(' PASSWORD')[0]} "
            f"({reason}): let an administrator do it, or name a login in {group} "
            f"with {_SETTINGS[group]}"
        ) from error


def scram_verifier(password: str) -> str:
    """What PostgreSQL stores of a password (RFC 5803), so that it never travels or is logged."""
    salt = random.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt64, stored64, server64 = (
        base64.b64encode(part).decode() for part in (salt, stored, server)
    )
    return f"SCRAM-SHA-256${_ITERATIONS}:{salt64}${stored64}:{server64}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
