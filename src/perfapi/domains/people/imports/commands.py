"""`perfapi people import`: an import from the terminal or from cron, as the operator."""

import asyncio
from io import BytesIO
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from perfapi.core.db import Sessions, create_engine, create_sessions, facts, in_organization
from perfapi.core.errors import Problem
from perfapi.domains.organizations.queries import find_organization

from . import applying, queries, service, staging
from .mapping import Mapping
from .models import PeopleImport
from .planning import Plan
from .records import Change

SHOWN = 40


class ImportFailed(Exception):
    """One line for whoever started the command."""


def run_import(
    database_url: str,
    file: Path,
    mapping: Path,
    *,
    organization: str | None,
    apply: bool,
    every_row: bool,
) -> None:
    """Shows what a file would change; with `apply` it is changed, all of it or nothing."""
    asyncio.run(_run(database_url, file, mapping, organization, apply, every_row))


async def _run(
    database_url: str,
    file: Path,
    mapping: Path,
    slug: str | None,
    apply: bool,
    every_row: bool,
) -> None:
    meaning, content = _read_mapping(mapping), _read(file)
    engine = create_engine(database_url)
    try:
        sessions = create_sessions(engine)
        organization = await _find(sessions, slug)
        await _import(sessions, organization, file.name, meaning, content, apply, every_row)
    except Problem as problem:
        reasons = [part.detail for part in problem.errors] or [problem.detail or problem.title]
        raise ImportFailed("; ".join(reasons)) from problem
    finally:
        await engine.dispose()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ImportFailed(f"{file}: {error.strerror}") from error


def _read_mapping(file: Path) -> Mapping:
    try:
        return Mapping.model_validate_json(_read(file))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise ImportFailed(f"{file}: {place + ': ' if place else ''}{first['msg']}") from error


async def _find(sessions: Sessions, slug: str | None) -> UUID:
    async with sessions.begin() as session:
        found = await find_organization(session, slug)
    if found is None:
        known = f'"{slug}" is no organization' if slug else "there is more than one, or none"
        raise ImportFailed(f"--organization: {known}; say its short name")
    return found


async def _import(
    sessions: Sessions,
    organization: UUID,
    file_name: str,
    mapping: Mapping,
    content: bytes,
    apply: bool,
    every_row: bool,
) -> None:
    console = Console()
    with Progress(console=console, transient=True) as progress:
        reading = progress.add_task("Reading", total=max(content.count(b"\n") - 1, 1))
        async with in_organization(sessions, organization) as session:
            asked = PeopleImport(file_name=file_name, mapping=mapping.model_dump(mode="json"))
            if apply:  # a look at the plan leaves nothing behind
                session.add(asked)
                await session.flush()
            base = await queries.fingerprint(session)
            known = await queries.known_people(session)
            plan = await service.make_plan(
                asked,
                BytesIO(content),
                known,
                today=facts(session)["today"],
                on_progress=lambda rows: progress.update(reading, completed=rows),
            )
            if apply:
                await staging.store_plan(session, asked, plan, base)
    _show(console, plan, every_row)
    if not apply:
        console.print("\nNothing was changed. Say [bold]--apply[/bold] to carry this out.")
        return
    total = len(plan)
    del plan, known  # they are large, and what they say is stored
    with Progress(console=console, transient=True) as progress:
        applying_task = progress.add_task("Applying", total=total)

        async def tell(done: int, total: int) -> None:
            progress.update(applying_task, completed=done, total=total)

        async with in_organization(sessions, organization) as session:
            asked = await queries.get_import(session, asked.id)
            await service.check_base(session, asked)
            await applying.apply_plan(session, asked, by=None, on_progress=tell)
        async with in_organization(sessions, organization) as session:
            await applying.look_at_people(session)
    console.print("\n[bold green]Applied.[/bold green]")


def _show(console: Console, plan: Plan, every_row: bool) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("Row", "", "Person", "Change"):
        table.add_column(column)
    shown = 0
    for row in plan.rows():
        if row.outcome == "unchanged" or (shown >= SHOWN and not every_row):
            continue
        shown += 1
        changes = [_told(change) for change in row.changes if change.field not in _IN_THE_NAME]
        changes = changes or [problem.detail for problem in row.problems]
        mark, style = _MARKS[row.outcome]
        who = row.name or row.external_id or ""
        table.add_row(
            str(row.row or ""),
            f"[{style}]{mark}[/{style}]",
            escape(who),
            escape(", ".join(changes)),
        )
    if shown:
        console.print(table)
    changed = len(plan) - plan.summary.unchanged
    if changed > shown:
        console.print(f"... and {changed - shown} more (--every-row shows all)")
    console.print()
    for warning in plan.warnings:
        console.print(f"[yellow]![/yellow] {escape(warning.detail)}")
        console.print(f"  [dim]{escape('; '.join(warning.examples))}[/dim]")
    counts = plan.summary
    console.print(
        f"{counts.create} to create, {counts.update} to update, {counts.deactivate} to deactivate, "
        f"{counts.unchanged} unchanged, {counts.error} with errors"
    )


def _told(change: Change) -> str:
    if change.before is None:
        return f"{change.field}: {change.after}"
    return f"{change.field}: {change.before} → {change.after or 'nothing'}"


_IN_THE_NAME = {"given_name", "family_name"}
_MARKS = {
    "create": ("+", "green"),
    "update": ("~", "cyan"),
    "deactivate": ("-", "magenta"),
    "error": ("x", "red"),
}
