import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from perfapi.embedded.processes import Identity, wait_until
from perfapi.embedded.valkey import EmbeddedValkey
from tests.embedded import launch


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    server = EmbeddedValkey(tmp_path / 'a "quoted" \\ place')
    yield server
    server.stop()


def keep(server: EmbeddedValkey) -> None:
    with Redis.from_url(server.url()) as client:
        client.set("number", 7)


def kept(server: EmbeddedValkey) -> object:
    with Redis.from_url(server.url()) as client:
        return client.get("number")


class TestStart:
    def test_what_was_written_is_there_after_a_restart(self, valkey: EmbeddedValkey) -> None:
        valkey.start()
        keep(valkey)
        valkey.stop()
        valkey.start()
        assert kept(valkey) == b"7"

    def test_only_the_right_password_opens_it(self, valkey: EmbeddedValkey) -> None:
        valkey.start()
        with (
            Redis(port=valkey.port or 0) as client,
            pytest.raises(AuthenticationError),
        ):
            client.ping()

    def test_its_settings_are_in_no_argument(self, valkey: EmbeddedValkey) -> None:
        valkey.start()
        assert valkey.process is not None
        assert valkey.password not in Path(f"/proc/{valkey.process.pid}/cmdline").read_text()

    def test_it_refuses_rather_than_forgets(self, valkey: EmbeddedValkey) -> None:
        valkey.start()
        with Redis.from_url(valkey.url(), decode_responses=True) as client:
            shown = client.config_get("maxmemory-policy", "appendonly", "appendfsync", "bind")
        assert shown == {
            "maxmemory-policy": "noeviction",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "bind": "127.0.0.1",
        }

    def test_without_durability_nothing_is_written(self, tmp_path: Path) -> None:
        with EmbeddedValkey(tmp_path / "valkey", durable=False) as server:
            keep(server)
        assert not (tmp_path / "valkey" / "appendonlydir").exists()


class TestAfterACrash:
    def test_of_its_launcher(self, valkey: EmbeddedValkey) -> None:
        with subprocess.Popen(
            [sys.executable, launch.__file__, "valkey", str(valkey.folder)],
            stdout=subprocess.PIPE,
            text=True,
        ) as launcher:
            assert launcher.stdout is not None
            pid = int(launcher.stdout.readline())
            assert valkey.attach()
            keep(valkey)
            launcher.kill()
        valkey.start()
        assert Identity.of(pid) is None
        assert kept(valkey) == b"7"

    def test_a_damaged_file_is_set_aside(self, valkey: EmbeddedValkey) -> None:
        valkey.start()
        keep(valkey)
        assert valkey.process is not None
        os.kill(valkey.process.pid, signal.SIGKILL)
        assert wait_until(lambda: not valkey.is_running, 5)
        valkey.stop()
        for file in (valkey.folder / "appendonlydir").glob("*.aof"):
            file.write_bytes(b"*3\r\n$3\r\nSET\r\nnonsense\r\n" * 100)
        valkey.start()
        assert kept(valkey) is None
        assert len(list(valkey.folder.glob("appendonlydir.damaged-*"))) == 1
