"""One process in which many mutants take turns: the app and the company are made once.

pytest collects the deciding tests and makes their fixtures as ever; only which test runs when, and
as which mutant, is decided here.
"""

import os
import re
import sys
import time
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from tests.mutants import choosing
from tests.mutants.processes import BROKEN, UNSURE, Seen


class _Rest(pytest.Item):
    """Told to come next after each test, so that whatever is not the session's is torn down."""

    def runtest(self) -> None:
        raise NotImplementedError


class Turns:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.rest = _Rest.from_parent(session, name="rest")
        with suppress(EOFError):
            while True:
                question, *about = self.connection.recv()
                self.connection.send(getattr(self, question)(*about))
        return True

    def look(self, start: int, step: int) -> Seen:
        """Runs every so-manieth test without a mutant."""
        seen = Seen(red=[] if self.items else ["what cannot be imported"])
        for name in list(self.items)[start::step]:
            began = time.monotonic()
            choosing.touched.clear()
            if not self._is_green(name, 0):
                seen.red.append(name)
            seen.asked[name] = frozenset(choosing.touched)
            seen.took[name] = time.monotonic() - began
        seen.in_python = choosing.in_python
        return seen

    def killer_of(self, number: int, able: list[str]) -> str:
        """A test that is red as this mutant and green without; nothing if there is none."""
        if number in choosing.failed:
            return UNSURE
        for name in able:
            if not self._is_green(name, number):
                return name if self._is_green(name, 0) else BROKEN
        return ""

    def _is_green(self, name: str, number: int) -> bool:
        choosing.current = number
        try:
            reports = runtestprotocol(self.items[name], log=False, nextitem=self.rest)
        finally:
            choosing.current = 0
        return not any(report.failed for report in reports)


def listen() -> None:
    """Connections are told who is the current mutant, and statements whom they ask."""
    event.listen(Engine, "before_cursor_execute", _note)
    event.listen(Pool, "checkout", lambda connection, *_: _tell(connection))
    # The company is asked on one connection that is never given back.
    event.listen(Engine, "savepoint", lambda held, _: _tell(held.connection.dbapi_connection))


def _note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    choosing.touched |= _mutants_in(statement)


@cache
def _mutants_in(statement: str) -> frozenset[int]:
    return frozenset(map(int, re.findall(choosing.ASKED, statement)))


def _tell(connection: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET {choosing.SETTING} = '{choosing.current}'")
    cursor.close()


def main() -> None:
    descriptor, servers, *tests = sys.argv[1:]
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    listen()
    given = ["-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore"]
    turns = Turns(Connection(int(descriptor)))
    pytest.main([*given, "--servers", servers, *tests], plugins=[turns])


if __name__ == "__main__":
    main()
