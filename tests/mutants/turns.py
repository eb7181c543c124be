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
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from tests.mutants import choosing
from tests.mutants.likely import Killers, folders_of_operations
from tests.mutants.processes import BROKEN, UNSURE


class _Rest(pytest.Item):
    """Told to come next after each test, so that whatever is not the session's is torn down."""

    def runtest(self) -> None:
        raise NotImplementedError


class Turns:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.killers = Killers(folders_of_operations(Path.cwd()))
        self.asked: dict[str, frozenset[int]] = {}
        """By test, the mutants of what it asked: it can tell no other from the rules."""
        self.seconds: dict[str, float] = {}
        self.red: set[str] = set()
        """Without any mutant."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.rest = _Rest.from_parent(session, name="rest")
        with suppress(EOFError):
            while True:
                question, *about = self.connection.recv()
                self.connection.send(getattr(self, question)(*about))
        return True

    def red_without(self) -> list[str]:
        """What is red although nobody has a turn."""
        return sorted(self.red) if self.items else ["what cannot be imported"]

    def likely(self, file: str, rule: str) -> list[str]:
        return self.killers.sort(self.items, file, rule, self.seconds)

    def killer_of(self, number: int, file: str, rule: str) -> str:
        """A test that is red as this mutant and green without; nothing if there is none."""
        if number in choosing.failed:
            return UNSURE
        for name in self.likely(file, rule):
            if not self._can_tell(name, number) or self._is_green(name, number):
                continue
            if not self._is_green(name, 0):
                return BROKEN
            self.killers.remember(name, file, rule)
            return name
        return UNSURE if number in choosing.in_python else ""

    def _can_tell(self, name: str, number: int) -> bool:
        if name not in self.asked:
            self._look(name)
        return number in self.asked[name] and name not in self.red

    def _look(self, name: str) -> None:
        began = time.monotonic()
        choosing.touched.clear()
        if not self._is_green(name, 0):
            self.red.add(name)
        self.asked[name] = frozenset(choosing.touched)
        self.seconds[name] = time.monotonic() - began

    def _is_green(self, name: str, number: int) -> bool:
        choosing.current = number
        try:
            reports = runtestprotocol(self.items[name], log=False, nextitem=self.rest)
        finally:
            choosing.current = 0
        return not any(report.failed for report in reports)


def listen() -> None:
    """Connections are told who is the current mutant, and statements whom they ask."""
    event.listen(Engine, "do_connect", _keep_statements)
    event.listen(Pool, "connect", lambda connection, _: _run(connection, _KEPT_PLANS))
    event.listen(Engine, "before_cursor_execute", _note)
    event.listen(Pool, "checkout", lambda connection, *_: _tell(connection))
    # The company is asked on one connection that is never given back.
    event.listen(Engine, "savepoint", lambda held, _: _tell(held.connection.dbapi_connection))


def _note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    choosing.touched |= _mutants_in(statement)


@cache
def _mutants_in(statement: str) -> frozenset[int]:
    return frozenset(map(int, re.findall(choosing.ASKED, statement)))


# A statement that holds many mutants takes longer to plan than to run: it is planned once.
_KEPT_PLANS = "SET plan_cache_mode = force_generic_plan"


def _keep_statements(_dialect: Any, _record: Any, _given: Any, named: dict[str, Any]) -> None:
    named["prepared_statement_cache_size"] = 2_000


def _tell(connection: Any) -> None:
    _run(connection, f"SET {choosing.SETTING} = '{choosing.current}'")


def _run(connection: Any, statement: str) -> None:
    cursor = connection.cursor()
    cursor.execute(statement)
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
