"""The demo tells a quarter of praise, advice and questions."""

from collections import Counter

from perfapi.domains.feedback.models import FeedbackKind
from perfapi.domains.feedback.stories import ADVICE, ASKED, PRAISE, VALUES
from perfapi.domains.people.demo import DEPARTMENTS, NAMES

NAMED = {" ".join(name.split()) for name in NAMES.split(";")}


def test_is_told_by_people_of_the_company_the_oldest_first() -> None:
    for days in ([one.ago for one in story] for story in (PRAISE, ADVICE)):
        assert days == sorted(days, reverse=True)
    asked = [one.ago for one in ASKED]
    assert asked == sorted(asked, reverse=True)
    told = [*PRAISE, *ADVICE]
    people = {one.by for one in told} | {name for one in told for name in one.to}
    people |= {name for one in told for name, _ in one.answers}
    people |= {name for one in ASKED for name in (one.by, *one.to, *one.answers, *one.declines)}
    assert people - NAMED == set()
    assert people.isdisjoint(DEPARTMENTS)
    assert {value for one in told for value in one.values} <= VALUES.keys()
    assert not [one for one in told if one.by in one.to]


def test_has_something_for_everybody_who_signs_in() -> None:
    received = Counter(name for one in (*PRAISE, *ADVICE) for name in one.to)
    assert received["Anton Novak"] >= 3
    assert received["Lena Fischer"] >= 3
    assert any(one.is_new for one in ADVICE)
    assert {one.kind for one in ADVICE} == {FeedbackKind.ADVICE}
