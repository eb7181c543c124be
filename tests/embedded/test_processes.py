import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from perfapi.embedded.processes import (
    FolderLock,
    Identity,
    InUse,
    PidFile,
    last_lines,
    run,
    spawn,
    wait_until,
)

STUBBORN = "trap '' TERM; (trap '' TERM; sleep 60) & echo $! > {file}; wait"


def is_gone(pid: int) -> bool:
    return Identity.of(pid) is None


class TestFolderLock:
    def test_a_second_holder_is_told_who_the_first_is(self, tmp_path: Path) -> None:
        with (
            FolderLock(tmp_path),
            pytest.raises(InUse, match=f"{tmp_path} is in use by process {os.getpid()}"),
        ):
            FolderLock(tmp_path).acquire()

    def test_it_can_be_taken_after_its_release(self, tmp_path: Path) -> None:
        with FolderLock(tmp_path):
            pass
        with FolderLock(tmp_path) as lock:
            assert lock.is_held

    def test_a_holder_that_was_killed_holds_nothing(self, tmp_path: Path) -> None:
        program = (
            "import sys, time; from pathlib import Path\n"
            "from perfapi.embedded.processes import FolderLock\n"
            "lock = FolderLock(Path(sys.argv[1]))\n"
            "lock.acquire(); print(flush=True); time.sleep(60)"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE
        ) as holder:
            assert holder.stdout is not None
            holder.stdout.readline()
            try:
                with pytest.raises(InUse):
                    FolderLock(tmp_path).acquire()
            finally:
                holder.kill()
        with FolderLock(tmp_path) as lock:
            assert lock.is_held


class TestIdentity:
    def test_a_number_that_was_given_again_is_somebody_else(self) -> None:
        this = Identity.of(os.getpid())
        assert this is not None
        assert this.is_alive()
        assert not Identity(this.pid, "at another time").is_alive()

    def test_a_zombie_is_gone(self) -> None:
        process = subprocess.Popen(["true"])
        assert wait_until(lambda: is_gone(process.pid), 5)
        process.wait()

    def test_what_does_not_listen_is_killed_with_all_that_it_started(self, tmp_path: Path) -> None:
        file = tmp_path / "pid"
        script = STUBBORN.format(file=file)
        process = spawn(["sh", "-c", script], end_with=signal.SIGTERM)
        assert wait_until(lambda: file.exists() and file.read_text().strip() != "", 5)
        identity = Identity.of(process.pid)
        assert identity is not None
        identity.end((signal.SIGTERM, 0.2))
        assert process.wait(5) == -signal.SIGKILL
        assert wait_until(lambda: is_gone(int(file.read_text())), 5)

    def test_what_listens_gets_its_time(self, tmp_path: Path) -> None:
        ready = tmp_path / "ready"
        script = f"trap 'sleep 0.1; exit 7' TERM; touch {ready}; while :; do sleep 0.05; done"
        process = spawn(["sh", "-c", script], end_with=signal.SIGTERM)
        assert wait_until(ready.exists, 5)
        identity = Identity.of(process.pid)
        assert identity is not None
        identity.end((signal.SIGTERM, 10))
        assert process.wait(5) == 7


class TestPidFile:
    def test_it_finds_the_process_that_was_written(self, tmp_path: Path) -> None:
        file = PidFile(tmp_path / "pid")
        file.write(os.getpid(), 1234)
        leftover = file.leftover()
        assert leftover is not None
        assert (leftover[0].pid, leftover[1]) == (os.getpid(), 1234)

    @pytest.mark.parametrize("content", ["", '{"pid": 1', "[]", '{"pid": 1, "started": "x"}'])
    def test_what_a_crash_left_of_it_names_nobody(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "pid").write_text(content)
        assert PidFile(tmp_path / "pid").leftover() is None

    def test_a_process_that_ended_is_no_leftover(self, tmp_path: Path) -> None:
        process = subprocess.Popen(["sleep", "60"])
        file = PidFile(tmp_path / "pid")
        file.write(process.pid)
        process.kill()
        process.wait()
        assert file.leftover() is None


class TestSpawn:
    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their end")
    def test_a_child_ends_with_a_parent_that_was_killed(self) -> None:
        program = (
            "import signal, time; from perfapi.embedded.processes import spawn\n"
            "print(spawn(['sleep', '60'], end_with=signal.SIGINT).pid, flush=True)\n"
            "time.sleep(60)"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
        ) as parent:
            assert parent.stdout is not None
            child = int(parent.stdout.readline())
            assert not is_gone(child)
            parent.kill()
        assert wait_until(lambda: is_gone(child), 5)

    def test_the_terminal_reaches_it_through_its_parent_only(self) -> None:
        process = spawn(["sleep", "60"], end_with=signal.SIGTERM)
        assert os.getpgid(process.pid) == process.pid
        process.kill()
        process.wait()

    def test_a_long_log_makes_room(self, tmp_path: Path) -> None:
        log = tmp_path / "server.log"
        log.write_bytes(b"x" * 10_000_001)
        assert run(spawn(["echo", "new"], end_with=signal.SIGTERM, log=log)) == 0
        assert log.read_text() == "new\n"
        assert (tmp_path / "server.old.log").stat().st_size == 10_000_001

    def test_an_interruption_ends_what_is_waited_for(self) -> None:
        process = spawn(["sleep", "60"], end_with=signal.SIGTERM)

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        try:
            with pytest.raises(KeyboardInterrupt):
                run(process)
        finally:
            signal.signal(signal.SIGALRM, before)
        assert process.returncode == -signal.SIGKILL


class TestLastLines:
    def test_the_end_is_shown_indented(self, tmp_path: Path) -> None:
        log = tmp_path / "log"
        log.write_text("".join(f"line {number}\n" for number in range(5000)))
        assert last_lines(log, 2) == "\n  line 4998\n  line 4999"

    def test_no_log_has_no_lines(self, tmp_path: Path) -> None:
        assert last_lines(tmp_path / "log") == ""
