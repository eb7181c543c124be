"""Everything that can be asked for, by everybody: each answer is the one that is written down."""

import pytest

from tests.authorization import table
from tests.authorization.asking import Asking
from tests.authorization.requests import Requests
from tests.authorization.table import Line

LINES = list(table.everything())


FIRST = table.first_lines(LINES)
FURTHER = [line for line in LINES if line not in FIRST]


@pytest.mark.parametrize("line", FIRST, ids=str)
async def test_everybody_is_answered_as_the_table_says(
    asking: Asking, requests: Requests, line: Line
) -> None:
    assert await _answers(asking, requests, line, line.answers) == line.answers


@pytest.mark.parametrize("line", FURTHER, ids=str)
async def test_whoever_differs_is_answered_as_the_table_says(
    asking: Asking, requests: Requests, line: Line
) -> None:
    sample = line.one_of_each()
    assert await _answers(asking, requests, line, sample) == sample


@pytest.mark.whole
@pytest.mark.parametrize("line", FURTHER, ids=str)
async def test_and_everybody_else(asking: Asking, requests: Requests, line: Line) -> None:
    others = {who: word for who, word in line.answers.items() if who not in line.one_of_each()}
    assert await _answers(asking, requests, line, others) == others


async def _answers(
    asking: Asking, requests: Requests, line: Line, wanted: dict[str, str]
) -> dict[str, str]:
    asked = requests.make(line.operation, line.thing)
    return {actor: await asking.word(actor, asked) for actor in wanted}
