"""What is read offers each act to whom the table says, and to nobody else."""

from typing import Any

import pytest

from tests.authorization import table
from tests.authorization.asking import Asking
from tests.authorization.requests import Requests
from tests.authorization.table import Offer

OFFERS = table.offers()
FIRST = list({offer.operation: offer for offer in reversed(OFFERS)}.values())


@pytest.mark.parametrize("offer", FIRST, ids=str)
async def test_each_is_for_whom_the_table_says(
    asking: Asking, requests: Requests, offer: Offer
) -> None:
    await _is_for_whom_the_table_says(asking, requests, offer)


@pytest.mark.whole
@pytest.mark.parametrize("offer", [one for one in OFFERS if one not in FIRST], ids=str)
async def test_and_so_is_every_other(asking: Asking, requests: Requests, offer: Offer) -> None:
    await _is_for_whom_the_table_says(asking, requests, offer)


async def _is_for_whom_the_table_says(asking: Asking, requests: Requests, offer: Offer) -> None:
    asked = requests.make(offer.operation, offer.thing)
    found = set()
    for actor in asking.house.actors:
        answer = await asking.answer(actor, asked)
        if answer.is_success and _shows(answer.json(), offer.shown):
            found.add(actor)
    assert found == offer.who


def _shows(document: Any, what: str) -> bool:
    """An act, or `.a.path` to something that is there."""
    if not what.startswith("."):
        return what in document["permissions"]
    for name in what[1:].split("."):
        document = document and document[name]
    return document is not None


def test_no_offer_is_told_twice() -> None:
    told = [str(offer) for offer in OFFERS]
    assert sorted(told) == sorted(set(told))
