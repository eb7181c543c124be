"""`perfapi audit verify`, as an operator or cron starts it."""

import asyncio
import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from sqlalchemy.engine import make_url

from tests.domains.audit.chain.conftest import Archive
from tests.domains.audit.conftest import Office
from tests.installations import perfapi
from tests.servers import Servers


@pytest.fixture
def settings(test_servers: Servers, database: str) -> dict[str, str]:
    def plain(url: str) -> str:
        scheme = make_url(url).set(drivername="postgresql")
        return scheme.render_as_string(hide_password=False)

    return {
        "database_url": plain(test_servers.owner_url(database)),
        "database_app_url": plain(test_servers.app_url(database)),
        "database_worker_url": plain(test_servers.worker_url(database)),
    }


async def verify(home: Path, settings: dict[str, str], *options: str) -> "CompletedProcess[str]":
    return await asyncio.to_thread(perfapi, "audit", "verify", *options, home=home, **settings)


class TestVerify:
    async def test_ends_with_zero_if_the_log_is_whole(
        self, archive: Archive, settings: dict[str, str], tmp_path: Path
    ) -> None:
        await archive.write(3)
        anchor = tmp_path / "head.json"
        alex = await archive.office.as_(archive.office.alex)
        anchor.write_bytes((await alex.get("/event-log/head")).content)

        done = await verify(tmp_path, settings, "--anchor", str(anchor))

        last = (await archive.positions())[-1]
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines() == [
            "The event log is whole.",
            f"3 entries are what they were, up to position {last}.",
        ]

    async def test_ends_with_three_if_it_is_broken(
        self, archive: Archive, settings: dict[str, str], tmp_path: Path
    ) -> None:
        await archive.write(3)
        position = (await archive.positions())[1]
        await archive.tamper(
            "UPDATE event_log SET topic = 'a.b' WHERE position = :position", position=position
        )
        done = await verify(tmp_path, settings)
        assert (done.returncode, done.stderr) == (3, "")
        assert done.stdout.startswith(
            f"The event log is broken at entry {position}: an entry was changed"
        )
        head = await (await archive.office.as_(archive.office.alex)).get("/event-log/head")
        assert head.json()["verified"]["broken_at"] == position

    async def test_refuses_what_it_cannot_do(
        self,
        archive: Archive,
        elsewhere: Office,
        settings: dict[str, str],
        tmp_path: Path,
    ) -> None:
        """With one line that says what is wrong."""
        anchor = tmp_path / "head.json"
        anchor.write_text(json.dumps({"count": 1, "position": 1, "chain": "short"}))
        missing = tmp_path / "nothing.json"
        said = {
            await _line(tmp_path, settings),
            await _line(tmp_path, settings, "--organization", "nobodys"),
            await _line(tmp_path, settings, "--anchor", str(missing)),
            await _line(tmp_path, settings, "--anchor", str(anchor)),
        }
        assert said == {
            "perfapi: --organization: there is more than one, or none; say its short name",
            'perfapi: --organization: "nobodys" is no organization; say its short name',
            f"perfapi: {missing}: No such file or directory",
            f"perfapi: {anchor}: chain: String should match pattern '^[0-9a-f]{{64}}$'",
        }


async def _line(home: Path, settings: dict[str, str], *options: str) -> str:
    done = await verify(home, settings, *options)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    return line
