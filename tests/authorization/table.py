"""The tables that are written by hand, read line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Line:
    """What everybody is answered to one operation on one thing."""

    operation: str
    thing: str
    answers: dict[str, str]
    """The word by actor."""

    def __str__(self) -> str:
        return f"{self.operation} {self.thing}"

    def one_of_each(self) -> dict[str, str]:
        """The first actor of each answer: a sample by a fixed rule."""
        first: dict[str, str] = {}
        for actor, word in self.answers.items():
            first.setdefault(word, actor)
        return {actor: word for word, actor in first.items()}


@dataclass(frozen=True)
class Offer:
    """To whom what is read shows that something is open, or something that is not for all."""

    operation: str
    thing: str
    shown: str
    who: frozenset[str]

    def __str__(self) -> str:
        return f"{self.operation} {self.thing} {self.shown}"


def read(name: str) -> list[Line]:
    lines: list[Line] = []
    for operations, things, written, groups in _rows(name, 3):
        answers = _answers(written, groups)
        lines += [
            Line(operation, _named(thing, operation, name), answers)
            for operation in operations.split(", ")
            for thing in things.split(", ")
        ]
    return lines


def offers() -> list[Offer]:
    return [
        Offer(operation, thing, shown, frozenset(_members(written, groups)))
        for operation, things, all_shown, written, groups in _rows("offers.txt", 4)
        for thing in things.split(", ")
        for shown in all_shown.split(", ")
    ]


def _rows(name: str, count: int) -> Iterator[Any]:
    """The columns of each line, and the groups that are known there."""
    groups: dict[str, list[str]] = {}
    for number, written in enumerate((HERE / name).read_text().splitlines(), 1):
        text = written.partition("#")[0].strip()
        if not text:
            continue
        if group := re.fullmatch(r"([A-Z_]+) = ?(.*)", text):
            groups[group[1]] = _members(group[2], groups)
            continue
        columns = re.split(r"\s{2,}", text)
        assert len(columns) == count, f"{name}:{number}: {written}"
        yield *columns, groups


def _named(thing: str, operation: str, table: str) -> str:
    """In the table of goals a bare word is a goal, but of what is sent when goals are set."""
    is_goal = table == "goals.txt" and re.fullmatch(r"[a-z_]+", thing)
    variants = ("set_goal", "save_goal_view")
    bare = {"operation", "template"}
    return f"goal:{thing}" if is_goal and operation not in variants and thing not in bare else thing


def _members(text: str, groups: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    for word in text.split():
        if word.startswith("-"):
            gone = groups.get(word[1:], [word[1:]])
            found = [name for name in found if name not in gone]
        else:
            found += [name for name in groups.get(word, [word]) if name not in found]
    return found


def _answers(text: str, groups: dict[str, list[str]]) -> dict[str, str]:
    *named, rest = text.split("; ")
    if ": " in rest:
        named, rest = [*named, rest], ""
    answers: dict[str, str] = {}
    for part in named:
        word, _, who = part.partition(": ")
        for name in _members(who, groups):
            assert answers.setdefault(name, word) == word, f"{name} twice: {text}"
    for name in groups["EVERYBODY"]:
        if name not in answers:
            assert rest, f"{name} is not told: {text}"
            answers[name] = rest
    unknown = answers.keys() - set(groups["EVERYBODY"])
    assert not unknown, f"nobody is called {unknown}: {text}"
    return answers


def everything() -> Iterator[Line]:
    yield from read("goals.txt")
    yield from read("company.txt")
    yield from read("feedback.txt")


def first_lines(lines: list[Line]) -> list[Line]:
    """One of each operation."""
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.operation, line)
    return list(first.values())
