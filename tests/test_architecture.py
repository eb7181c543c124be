"""The rules of the house that no linter knows: read from the code, the routes and the tables."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from perfapi.core import discovery
from perfapi.core.events import Event
from perfapi.core.routing import Route

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
DOMAINS = "perfapi.domains"

PRIVATE = {"router", "policy", "jobs", "errors"}
"""Of a domain, sub-packages included: nobody else imports these."""

MAY_SELECT = {"queries", "policy", "relations", "measures", "models", "documents", "moments"}
"""Reads, and the words that reads and rules are made of."""

MOST_LINES = 410

WITHOUT_SCOPE = {
    "create_session",
    "refresh_session",
    "accept_invitation",
    "request_password_reset",
    "complete_password_reset",
}
"""Whoever calls these has no access token yet."""

NOT_REPEATABLE = WITHOUT_SCOPE | {
    *("change_password", "invite_person"),
    *("suggest_import_mapping", "suggest_smart_hints", "advise_on_feedback"),
}
"""A stored answer would hold a credential, or say who used one; suggestions change nothing."""

WITHOUT_VERSION = {
    *("sign_out", "revoke_session", "remove_team_member", "remove_goal_member"),
    *("remove_goal_comment_reaction", "remove_check_in_reaction", "take_back_feedback_reaction"),
    "dismiss_feedback_reports",
}
"""Sessions, memberships, reactions and reports are there or they are not: they have no versions."""


class Import:
    """`perfapi.domains.people.queries` for `from perfapi.domains.people import queries`, too."""

    def __init__(self, importer: str, target: str, line: int) -> None:
        self.importer, self.target, self.line = importer, target, line

    def __repr__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.target}"


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def domain_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if parts[:2] == DOMAINS.split(".") and len(parts) > 2 else None


def is_private(module: str) -> bool:
    return domain_of(module) is not None and bool(set(module.split(".")[3:]) & PRIVATE)


def imports_of(path: Path) -> Iterator[Import]:
    name, is_package = module_name(path), path.stem == "__init__"
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = name.split(".")
                kept = here[: len(here) - node.level + is_package]
                base = ".".join([*kept, *([node.module] if node.module else [])])
            yield Import(name, base, node.lineno)
            for alias in node.names:
                yield Import(name, f"{base}.{alias.name}", node.lineno)


@cache
def every_import() -> list[Import]:
    files = sorted((SOURCE / "perfapi").rglob("*.py"))
    return [found for path in files for found in imports_of(path)]


class TestImports:
    def test_are_all_found(self) -> None:
        """The scanner itself: relative ones, those of modules, those of names."""
        found = {(one.importer, one.target) for one in every_import()}
        assert ("perfapi.domains.auth.service", "perfapi.domains.auth.policy") in found
        assert ("perfapi.domains.auth.service", "perfapi.domains.people.queries") in found
        assert ("perfapi.core.jobs", "arq.worker.Worker") in found

    def test_of_another_domain_are_public(self) -> None:
        wrong = [
            one
            for one in every_import()
            if is_private(one.target)
            and domain_of(one.importer) not in {None, domain_of(one.target)}
        ]
        assert wrong == []

    def test_of_select_are_where_reads_and_rules_live(self) -> None:
        wrong = [
            one
            for one in every_import()
            if one.target in {"sqlalchemy.select", "sqlalchemy.future.select"}
            and domain_of(one.importer)
            and one.importer.rpartition(".")[2] not in MAY_SELECT
        ]
        assert wrong == []

    @pytest.mark.parametrize(
        ("package", "importer"),
        [("jose", "perfapi.domains.auth.tokens"), ("arq", "perfapi.core.jobs")],
    )
    def test_of_what_must_stay_behind_a_fence(self, package: str, importer: str) -> None:
        found = {one.importer for one in every_import() if one.target.split(".")[0] == package}
        assert found == {importer}


class TestFiles:
    def test_fit_into_a_head(self) -> None:
        files = [*(SOURCE / "perfapi").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
        lengths = {path: len(path.read_text().splitlines()) for path in files}
        assert {path.name: n for path, n in lengths.items() if n > MOST_LINES} == {}

    def test_of_the_domains_never_commit(self) -> None:
        """One request, one transaction: it ends where it began, in core."""
        wrong = [
            f"{module_name(path)}:{node.lineno}"
            for path in (SOURCE / "perfapi" / "domains").rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"commit", "rollback"}
        ]
        assert wrong == []


def operations(app: FastAPI) -> list[tuple[str, dict[str, Any]]]:
    """Method and operation of the document, everything under /v1."""
    return [
        (method, operation)
        for path, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
    ]


def parameters(operation: dict[str, Any], place: str) -> set[str]:
    return {one["name"] for one in operation.get("parameters", ()) if one["in"] == place}


class TestRoutes:
    def test_are_all_below_v1(self, app: FastAPI) -> None:
        assert all(path.startswith("/v1/") for path in app.openapi()["paths"])

    def test_are_of_the_house_and_in_the_document(self, app: FastAPI) -> None:
        """What is mounted, hidden or added past the routers would have neither scope nor policy."""
        for one in iter_route_contexts(app.routes):
            if (one.path or "").startswith("/v1"):
                route = one.original_route
                assert isinstance(route, Route), one.path
                assert route.include_in_schema, one.path

    def test_have_a_scope_at_their_door(self, app: FastAPI) -> None:
        without = {
            operation["operationId"]
            for _, operation in operations(app)
            if not any(scopes for one in operation["security"] for scopes in one.values())
        }
        assert without == WITHOUT_SCOPE

    def test_read_with_a_scope_to_read_and_change_with_one_to_write(self, app: FastAPI) -> None:
        for method, operation in operations(app):
            for scope in (
                s for one in operation["security"] for found in one.values() for s in found
            ):
                verb = scope.partition(":")[2]
                assert verb == ("read" if method == "get" else "write"), operation["operationId"]

    def test_post_at_most_once(self, app: FastAPI) -> None:
        without = {
            operation["operationId"]
            for method, operation in operations(app)
            if method == "post" and "idempotency-key" not in parameters(operation, "header")
        }
        assert without == NOT_REPEATABLE

    def test_change_what_was_read(self, app: FastAPI) -> None:
        without = {
            operation["operationId"]
            for method, operation in operations(app)
            if method in {"patch", "delete"} and "if-match" not in parameters(operation, "header")
        }
        assert without == WITHOUT_VERSION

    def test_are_named_by_their_functions_once(self, app: FastAPI) -> None:
        names = [operation["operationId"] for _, operation in operations(app)]
        contexts = [one for one in iter_route_contexts(app.routes) if one.endpoint is not None]
        functions = {
            cast("Callable[..., Any]", one.endpoint).__name__
            for one in contexts
            if isinstance(one.original_route, APIRoute) and (one.path or "").startswith("/v1")
        }
        assert len(names) == len(set(names))
        assert set(names) == functions
        assert all(name.islower() and "_" in name for name in names), "verb and noun"

    def test_explain_themselves(self, app: FastAPI) -> None:
        for _, operation in operations(app):
            name = operation["operationId"]
            assert len(operation["summary"]) >= 8, name
            assert operation["summary"][0].isupper(), name
            assert operation["description"], name
        for one in iter_route_contexts(app.routes):
            if (one.path or "").startswith("/v1"):
                assert one.endpoint is not None
                assert (one.endpoint.__doc__ or "").strip(), one.endpoint.__name__

    def test_have_the_tag_of_their_domain(self, app: FastAPI) -> None:
        assert {tag for _, operation in operations(app) for tag in operation["tags"]} <= {
            *(path.name for path in (SOURCE / "perfapi" / "domains").iterdir() if path.is_dir()),
            "operations",
            "access",
        }


def every_event() -> list[type[Event]]:
    for kind in ("events", "jobs"):
        list(discovery.modules(kind))
    found, waiting = [], [Event]
    while waiting:
        kind_of_event = waiting.pop()
        waiting += kind_of_event.__subclasses__()
        if "topic" in vars(kind_of_event) and kind_of_event.__module__.startswith("perfapi."):
            found.append(kind_of_event)
    return found


class TestEvents:
    def test_have_a_topic_of_their_domain_once(self) -> None:
        events = every_event()
        topics = [event.topic for event in events]
        assert len(topics) == len(set(topics))
        for event in events:
            owner = domain_of(event.__module__) or event.__module__.rpartition(".")[2]
            assert event.topic.startswith(f"{owner}."), event

    def test_are_about_one_of_their_fields(self) -> None:
        for event in every_event():
            assert event.subject in event.model_fields, event

    def test_hold_no_text_that_people_wrote(self) -> None:
        """Ids, numbers, days and words of ours; an audit log outlives what it tells of."""
        free_text = {"title", "name", "note", "comment", "description", "email", "text", "reason"}
        for event in every_event():
            assert not free_text & event.model_fields.keys(), event


class TestTables:
    """Asked of PostgreSQL, after the migrations."""

    WITHOUT_POLICY: ClassVar = {"memberships"}  # nobody has any right on it

    async def rows(self, engine: AsyncEngine, query: str) -> list[tuple[Any, ...]]:
        async with engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(query))]

    async def tenanted(self, engine: AsyncEngine) -> set[str]:
        found = await self.rows(
            engine,
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "JOIN pg_attribute a ON a.attrelid = c.oid WHERE n.nspname = 'public' "
            "AND c.relkind IN ('r', 'p') AND a.attname = 'organization_id' AND NOT a.attisdropped",
        )
        names = {name for (name,) in found if not name.startswith("test_")}
        assert len(names) > 15
        return names

    async def test_are_behind_row_level_security(self, shared_engine: AsyncEngine) -> None:
        found = await self.rows(
            shared_engine,
            "SELECT c.relname, c.relrowsecurity, count(p.oid) FROM pg_class c "
            "LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relkind IN ('r', 'p') "
            "AND c.relnamespace = 'public'::regnamespace GROUP BY c.oid",
        )
        guarded = {name for name, enabled, policies in found if enabled and policies}
        assert await self.tenanted(shared_engine) - guarded == self.WITHOUT_POLICY
        assert "organizations" in guarded

    async def test_without_a_policy_are_closed_to_everybody(
        self, shared_engine: AsyncEngine
    ) -> None:
        for table in (*self.WITHOUT_POLICY, "accounts", "password_resets"):
            grants = await self.rows(
                shared_engine,
                "SELECT grantee FROM information_schema.role_table_grants "
                f"WHERE table_name = '{table}' AND grantee LIKE 'perfapi%'",
            )
            assert grants == []

    async def test_have_policies_that_say_whose_rows_for_reading_and_for_writing(
        self, shared_engine: AsyncEngine
    ) -> None:
        found = await self.rows(
            shared_engine,
            "SELECT tablename, policyname, roles::text, qual, with_check FROM pg_policies "
            "WHERE schemaname = 'public' AND tablename NOT LIKE 'test\\_%'",
        )
        everywhere = {(table, roles) for table, _, roles, qual, _ in found if qual == "true"}
        assert everywhere == {("deliveries", "{perfapi_worker}")}
        for table, _, roles, qual, check in found:
            if (table, roles) not in everywhere:
                assert "perfapi.organization_id" in qual, table
                assert qual == check, table
                assert roles == "{perfapi_app}", table

    async def test_carry_the_organization_in_their_keys(self, shared_engine: AsyncEngine) -> None:
        tenanted = await self.tenanted(shared_engine)
        found = await self.rows(
            shared_engine,
            "SELECT con.contype::text, c.relname, coalesce(f.relname, ''), con.conname, "
            "  (SELECT array_agg(a.attname::text) FROM pg_attribute a "
            "   WHERE a.attrelid = con.conrelid AND a.attnum = ANY (con.conkey)) "
            "FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid "
            "LEFT JOIN pg_class f ON f.oid = con.confrelid "
            "WHERE con.contype IN ('p', 'f', 'u', 'x') "
            "AND c.relnamespace = 'public'::regnamespace",
        )
        for kind, table, target, name, columns in found:
            if table in tenanted and (kind != "f" or target in tenanted):
                assert "organization_id" in columns, name

    async def test_have_unique_indexes_that_carry_the_organization(
        self, shared_engine: AsyncEngine
    ) -> None:
        """Else one organization could tell by a collision what another one has."""
        across = {  # secrets that find their organization, and the one order of all events
            "uq_sessions_family_hash",
            "uq_invitations_token_hash",
            "ix_event_log_position",
        }
        tenanted = await self.tenanted(shared_engine)
        found = await self.rows(
            shared_engine,
            "SELECT t.relname, i.relname, pg_get_indexdef(x.indexrelid) FROM pg_index x "
            "JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid "
            "WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace",
        )
        wrong = {
            index
            for table, index, definition in found
            if table in tenanted and "organization_id" not in definition
        }
        assert wrong == across

    async def test_have_an_index_for_every_reference(self, shared_engine: AsyncEngine) -> None:
        """Deleting what is referred to looks for those who refer: never through the whole table.

        Of large tables, that is; those that are never deleted from need none.
        """
        found = await self.rows(
            shared_engine,
            "SELECT con.conname FROM pg_constraint con "
            "JOIN pg_class c ON c.oid = con.conrelid "
            "WHERE con.contype = 'f' AND con.confdeltype = 'c' "
            "AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS ("
            "  SELECT FROM pg_index x WHERE x.indrelid = con.conrelid "
            "  AND (x.indkey::int2[])[0:array_length(con.conkey, 1) - 1] @> con.conkey)",
        )
        assert found == []
