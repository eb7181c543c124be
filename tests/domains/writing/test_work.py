"""Twice the text is twice the work: counted in steps of the interpreter, never in time."""

import re
import sys
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import partial
from importlib import import_module
from itertools import cycle
from threading import Thread
from types import FrameType
from typing import Any

import pytest

from perfapi.domains.writing import passages, tokens
from perfapi.domains.writing.coach import Advice, advise
from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.lexicon import Words, entries, lexicon
from perfapi.domains.writing.styles import SpeakingStyle
from tests.domains.writing.examples import every_text

LENGTH = 500
LONGEST = 10_000


def steps(act: Callable[[], object]) -> int:
    counted = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal counted
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        counted += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return counted


ADVERSARIAL = [
    *("a", "é", "e\u0301", "\u0301", "3.", "3", "-", "a-", "'", "' ", " '", '"', ' "', "„", " „"),
    *("“", "«»", "`", "\n", "\n\n", ">", "> a\n", "```\n", "a@", "@", "://", "www.", ".", ","),
    *("you ", "you are ", "are you ", "you are lazy ", "lazy ", "your ", "not ", "not lazy "),
    *("you asked ", "du hast ", "du ", "gemacht ", "du ge", "maybe ", "maybe. ", "great. "),
    *("always ", "each and every ", "in the team ", "never mind ", "0 ", "0 may ", "je bent "),
    *("sei ", "non ", "😀", "\ufffc", "\ufffc "),
]


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_work_grows_as_the_text_does(piece: str) -> None:
    def advised(length: int) -> Callable[[], object]:
        text = (piece * length)[:length]
        return partial(advise, text, language=CoachLanguage.GERMAN, style=SpeakingStyle.CONSIDERATE)

    steps(advised(LENGTH))  # The lists are read once.
    once, twice = steps(advised(LENGTH)), steps(advised(2 * LENGTH))
    assert twice < 2.2 * once + 1_000


def test_the_longest_of_texts_is_advised() -> None:
    for piece, language in zip(ADVERSARIAL, cycle(CoachLanguage), strict=False):
        advise((piece * LONGEST)[:LONGEST], language=language)


_PARSER = import_module("re._parser")
_REPEATS = {_PARSER.MAX_REPEAT, _PARSER.MIN_REPEAT}


def repeats(parsed: Any) -> Iterator[int]:
    """Of what may give back letters that it has read, how many it may take."""
    for operation, argument in parsed:
        if operation in _REPEATS:
            yield argument[1]
        if operation is not _PARSER.ATOMIC_GROUP:
            for inner in _inside(argument):
                yield from repeats(inner)


def _inside(argument: Any) -> Iterator[Any]:
    if isinstance(argument, _PARSER.SubPattern):
        yield argument
    elif isinstance(argument, list | tuple):
        for part in argument:
            yield from _inside(part)


class TestPatterns:
    """Steps inside `re` cannot be counted: so none of them may read a letter twice."""

    def test_of_texts_give_nothing_back(self) -> None:
        found = [
            one
            for module in (passages, tokens)
            for one in vars(module).values()
            if isinstance(one, re.Pattern)
        ]
        assert len(found) >= 4
        for pattern in found:
            assert all(most == 1 for most in repeats(_PARSER.parse(pattern.pattern)))

    @pytest.mark.parametrize("language", CoachLanguage)
    def test_of_words_give_back_in_one_place_only(self, language: CoachLanguage) -> None:
        shapes = [entry for words in Words for entry in entries(language, words) if "*" in entry]
        assert shapes
        for shape in shapes:
            assert len(list(repeats(_PARSER.parse(translate(shape))))) <= 1, shape

    def test_are_looked_into(self) -> None:
        assert list(repeats(_PARSER.parse("(?:a|b+)*c?d*+(?>e+)"))) == [
            _PARSER.MAXREPEAT,
            _PARSER.MAXREPEAT,
            1,
        ]


def test_threads_do_not_disturb_each_other() -> None:
    texts = every_text()[::7]
    expected = [advise(text, language=CoachLanguage.ENGLISH) for text in texts]
    lexicon.cache_clear()
    found: dict[int, list[Advice]] = {}

    def work(number: int) -> None:
        found[number] = [advise(text, language=CoachLanguage.ENGLISH) for text in texts]

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [expected] * 4
