"""What is narrower and what is wider, and that every visibility has its place."""

import pytest

from perfapi.domains.feedback.audiences import (
    AUDIENCES,
    Reader,
    is_narrower,
    opens_to_receivers_only,
    read_by,
)
from perfapi.domains.feedback.models import FeedbackVisibility as V

NARROWER = {
    (V.PUBLIC, V.TEAM),
    (V.PUBLIC, V.RECIPIENT),
    (V.PUBLIC, V.RECIPIENT_AND_MANAGER),
    (V.PUBLIC, V.MANAGER),
    (V.PUBLIC, V.REQUESTER),
    (V.TEAM, V.RECIPIENT),
    (V.RECIPIENT_AND_MANAGER, V.RECIPIENT),
    (V.RECIPIENT_AND_MANAGER, V.MANAGER),
}


@pytest.mark.parametrize("before", V)
@pytest.mark.parametrize("after", V)
def test_only_what_nobody_joins_is_narrower(before: V, after: V) -> None:
    assert is_narrower(before, after) == ((before, after) in NARROWER or before == after)


def test_only_receivers_join_where_others_read_it_before_them() -> None:
    found = {(one, other) for one in V for other in V if opens_to_receivers_only(one, other)}
    assert found == {
        (V.MANAGER, V.RECIPIENT),
        (V.MANAGER, V.RECIPIENT_AND_MANAGER),
        (V.REQUESTER, V.RECIPIENT),
    }


def test_each_visibility_has_an_audience_and_only_public_is_for_everybody() -> None:
    assert AUDIENCES.keys() == set(V)
    assert [one for one in V if Reader.EVERYBODY in AUDIENCES[one]] == [V.PUBLIC]
    assert V.PUBLIC not in {one for reader in Reader for one in read_by(reader)}
