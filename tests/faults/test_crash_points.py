"""A process kills itself at each of the places where it would hurt most."""

import httpx
import pytest

from .checker import find_faults
from .clients import ALL, Ledger
from .company import Company
from .house import House
from .storm import work_through

OF_THE_API = [
    pytest.param("before_commit", id="all is written and nothing committed"),
    pytest.param("after_commit", id="committed and not answered"),
]
OF_THE_WORKER = [
    pytest.param("before_enqueue", id="placed in the log and not enqueued"),
    pytest.param("in_delivery", id="a delivery was taken and not begun"),
    pytest.param("before_mark", id="the effect is there, or the letter gone, and not marked"),
    pytest.param("in_projection", id="an aggregate is written and its place not"),
    pytest.param("in_operation", id="between two steps of an operation"),
    pytest.param("before_end", id="an operation did its work and did not end"),
    pytest.param("in_chain", id="links are made and not committed"),
    pytest.param("before_commit", id="before any commit"),
    pytest.param("after_commit", id="after any commit"),
]
WHEN = {
    "before_mark": (2,),
    "before_commit": (3, 17, 41),
    "after_commit": (2, 13, 37),
    "in_operation": (2, 5),
    "before_end": (1, 2),
}
"""At the how manieth time; by default the first and then the third."""


@pytest.mark.whole
@pytest.mark.parametrize(
    ("process", "point"),
    [
        pytest.param(process, *each.values, id=f"{process}: {each.id}")
        for process, points in (("api", OF_THE_API), ("worker", OF_THE_WORKER))
        for each in points
    ],
)
async def test_each_place_can_be_the_last(
    process: str,
    point: str,
    house: House,
    company: Company,
    http: httpx.AsyncClient,
    ledger: Ledger,
) -> None:
    times = WHEN.get(point, (1, 3))
    await house.ask(process, FAULTS_CRASH=",".join(f"{point}:{time}" for time in times))
    await house.until_ready()

    async def trouble() -> None:
        await house.until_crashed(len(times))

    await work_through(trouble, ALL, house=house, company=company, http=http, ledger=ledger)

    assert await find_faults(house, company, ledger) == []
