from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from perfapi.core.addresses import Logins, Unusable, logins
from perfapi.core.connecting import connect
from perfapi.core.roles import _create as create
from perfapi.core.roles import create_roles, refuse_privileged, scram_verifier
from perfapi.embedded.postgres import EmbeddedPostgres


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A server that has no roles of perfapi's yet."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("roles"), durable=False) as server:
        yield server


@pytest.fixture
def town(server: EmbeddedPostgres) -> Iterator[str]:
    """The owner's address of an empty database."""
    yield server.create_database("town", "mayor")
    server.execute("DROP DATABASE IF EXISTS town WITH (FORCE)")
    server.execute("DROP DATABASE IF EXISTS village WITH (FORCE)")
    for role in server.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE '%\\_login\\_%' "
        "OR rolname LIKE 'perfapi%' OR rolname = 'digger'"
    ).split():
        server.execute(f"DROP ROLE {role}")


async def ask(url: str, statement: str) -> object:
    async with connect(url, "TEST") as connection:
        result = await connection.execute(text(statement))
        return result.scalar_one() if result.returns_rows else None


class TestCreateRoles:
    async def test_an_owner_who_may_create_roles_is_enough(self, town: str, tmp_path: Path) -> None:
        made = logins(town, tmp_path)
        await create_roles(town, made)
        assert await ask(made.app_url, "SELECT current_user") == "town_login_app"
        member = "SELECT pg_has_role(:group, 'MEMBER')"
        for url, of_worker in ((made.app_url, False), (made.worker_url, True)):
            assert await ask(url, member.replace(":group", "'perfapi_app'")) is True
            assert await ask(url, member.replace(":group", "'perfapi_worker'")) is of_worker

    async def test_it_can_be_repeated(self, town: str, tmp_path: Path) -> None:
        made = logins(town, tmp_path)
        await create_roles(town, made)
        await create_roles(town, made)

    async def test_grants_to_the_groups_reach_the_logins(self, town: str, tmp_path: Path) -> None:
        made = logins(town, tmp_path)
        await create_roles(town, made)
        await ask(town, "CREATE TABLE well AS SELECT 3 AS depth")
        with pytest.raises(DBAPIError, match="permission denied"):
            await ask(made.app_url, "SELECT depth FROM well")
        await ask(town, "GRANT SELECT ON well TO perfapi_app")
        assert await ask(made.app_url, "SELECT depth FROM well") == 3
        assert await ask(made.worker_url, "SELECT depth FROM well") == 3

    async def test_installations_on_one_server_are_strangers(
        self, server: EmbeddedPostgres, town: str, tmp_path: Path
    ) -> None:
        await create_roles(town, logins(town, tmp_path / "town"))
        village = server.create_database("village", "mayor")
        made = logins(village, tmp_path / "village")
        await create_roles(village, made)
        intruder = make_url(made.app_url).set(database="town")
        with pytest.raises(Unusable, match="permission denied for database"):
            await ask(intruder.render_as_string(hide_password=False), "SELECT 1")

    async def test_an_owner_who_may_not_says_what_is_missing(
        self, server: EmbeddedPostgres, town: str, tmp_path: Path
    ) -> None:
        server.execute("ALTER ROLE mayor NOCREATEROLE")
        with pytest.raises(
            Unusable,
            match=r"PERFAPI_DATABASE_URL: mayor cannot CREATE ROLE perfapi_app NOLOGIN .*"
            r"PERFAPI_DATABASE_APP_URL",
        ):
            await create_roles(town, logins(town, tmp_path))

    async def test_named_logins_need_no_rights_to_create(
        self, server: EmbeddedPostgres, town: str
    ) -> None:
        server.execute(
            "CREATE ROLE perfapi_app; CREATE ROLE perfapi_worker IN ROLE perfapi_app;"
            "CREATE ROLE my_login_a LOGIN PASSWORD 'a' IN ROLE perfapi_app;"
            "CREATE ROLE my_login_w LOGIN PASSWORD 'w' IN ROLE perfapi_worker;"
            "ALTER ROLE mayor NOCREATEROLE"
        )
        await create_roles(
            town,
            Logins(server.url("town", "my_login_a", "a"), server.url("town", "my_login_w", "w")),
        )

    async def test_who_owns_the_database_only_partly_leaves_it_open(
        self, server: EmbeddedPostgres, town: str, tmp_path: Path
    ) -> None:
        server.execute("ALTER DATABASE town OWNER TO postgres")
        made = logins(town, tmp_path)
        await create_roles(town, made)
        assert await ask(made.app_url, "SELECT current_user") == "town_login_app"

    async def test_a_name_that_the_server_keeps_for_itself(
        self, server: EmbeddedPostgres, town: str, tmp_path: Path
    ) -> None:
        url = server.create_database("pg_village", "mayor")
        try:
            with pytest.raises(Unusable, match=r"cannot CREATE ROLE .*is reserved"):
                await create_roles(url, logins(url, tmp_path))
        finally:
            server.execute("DROP DATABASE pg_village WITH (FORCE)")

    async def test_two_at_once_do_not_mind_each_other(self, town: str, tmp_path: Path) -> None:
        async with connect(town, "TEST") as connection:
            await create(connection, "CREATE ROLE perfapi_app", "perfapi_app")
            await create(connection, "CREATE ROLE perfapi_app", "perfapi_app")

    async def test_a_lost_password_is_named(self, town: str, tmp_path: Path) -> None:
        await create_roles(town, logins(town, tmp_path / "first"))
        with pytest.raises(
            Unusable, match=r"PERFAPI_DATABASE_APP_URL: .*password authentication failed"
        ):
            await create_roles(town, logins(town, tmp_path / "second"))


class TestRefusePrivileged:
    @pytest.fixture
    async def app_url(self, town: str, tmp_path: Path) -> str:
        made = logins(town, tmp_path)
        await create_roles(town, made)
        return made.app_url

    async def _check(self, url: str) -> None:
        async with connect(url, "TEST") as connection:
            await refuse_privileged(connection)

    async def test_the_apps_login_may_serve(self, town: str, app_url: str) -> None:
        await ask(town, "CREATE TABLE well ()")
        await self._check(app_url)

    async def test_a_superuser_may_not(self, server: EmbeddedPostgres) -> None:
        with pytest.raises(Unusable, match="the login postgres is a superuser"):
            await self._check(server.url())

    async def test_the_owner_may_not(self, town: str) -> None:
        await ask(town, "CREATE TABLE well ()")
        with pytest.raises(Unusable, match="the login mayor owns the table well"):
            await self._check(town)

    async def test_who_bypasses_the_policies_may_not(
        self, server: EmbeddedPostgres, app_url: str
    ) -> None:
        server.execute("ALTER ROLE town_login_app BYPASSRLS")
        with pytest.raises(Unusable, match="town_login_app bypasses row-level security"):
            await self._check(app_url)

    async def test_nor_who_may_become_somebody_who_may_not(
        self, server: EmbeddedPostgres, town: str, app_url: str
    ) -> None:
        await ask(town, "CREATE TABLE well ()")
        server.execute("CREATE ROLE digger; GRANT digger TO town_login_app")
        server.execute("ALTER TABLE well OWNER TO digger", "town")
        with pytest.raises(Unusable, match="town_login_app owns the table well"):
            await self._check(app_url)


class TestScramVerifier:
    def test_the_server_takes_it_for_the_password(self, server: EmbeddedPostgres) -> None:
        server.execute(f"CREATE ROLE guest LOGIN PASSWORD '{scram_verifier('pässword')}'")
        stored = server.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'guest'")
        assert stored.startswith("SCRAM-SHA-256$4096:")
        assert "pässword" not in stored

    async def test_the_password_opens_it(self, server: EmbeddedPostgres) -> None:
        server.execute(f"CREATE ROLE visitor LOGIN PASSWORD '{scram_verifier('pässword')}'")
        url = server.url("postgres", "visitor", "pässword")
        assert await ask(url, "SELECT current_user") == "visitor"
