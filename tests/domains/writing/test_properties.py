"""What holds for any text: of letters, of marks, and of the trade's own words."""
# ruff: noqa: RUF001 -- marks that look alike are told apart here

from itertools import pairwise
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from perfapi.domains.writing.coach import MOST, advise
from perfapi.domains.writing.documents import advice_document
from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.passages import hide_passages
from perfapi.domains.writing.remarks import CoachRule, Purpose
from perfapi.domains.writing.schemas import CoachAdvice
from perfapi.domains.writing.styles import SpeakingStyle
from tests.domains.writing.examples import every_text

_marks = st.sampled_from([*"\"'`„“”«»‘’‚>@#*_-–.,;:!?\n \t\x00", "```\n", "\n\n", "http://", "😀"])
_pieces = st.one_of(
    st.sampled_from(every_text()),
    st.text(max_size=12),
    st.text(st.characters(codec=None), max_size=4),
    _marks,
)
texts = st.lists(_pieces, max_size=12).map("".join)
sendable = texts.map(lambda text: text.encode("utf-8", "ignore").decode())
"""Half of a pair of code units is no text in JSON."""
told = {
    "language": st.sampled_from(CoachLanguage),
    "purpose": st.sampled_from(Purpose),
    "style": st.sampled_from([None, *SpeakingStyle]),
}
given_any_text = given(text=texts, **told)
untimed = settings(deadline=None)


@untimed
@given_any_text
def test_spans_are_inside_and_say_what_is_there(
    text: str, language: CoachLanguage, purpose: Purpose, style: SpeakingStyle | None
) -> None:
    advice = advise(text, language=language, purpose=purpose, style=style)
    for remark in advice.remarks:
        start, end = remark.span
        assert 0 <= start < end <= len(text)
        assert remark.words in ("", text[start:end])
    for start, end in advice.structure.values():
        assert 0 <= start < end <= len(text)


@untimed
@given_any_text
def test_remarks_of_a_rule_are_apart_and_all_are_in_order(
    text: str, language: CoachLanguage, purpose: Purpose, style: SpeakingStyle | None
) -> None:
    found = advise(text, language=language, purpose=purpose, style=style).remarks
    importance = list(CoachRule)
    assert len(found) <= MOST
    for one, next_one in pairwise(found):
        assert importance.index(one.rule) <= importance.index(next_one.rule)
        if one.rule is next_one.rule:
            assert one.span.end <= next_one.span.start


@untimed
@given(text=texts, off=st.sets(st.sampled_from(CoachRule)), **told)
def test_a_rule_that_is_off_takes_its_own_remarks_with_it_and_no_other(
    text: str,
    off: set[CoachRule],
    language: CoachLanguage,
    purpose: Purpose,
    style: SpeakingStyle | None,
) -> None:
    def remarks(off: set[CoachRule], most: int | None) -> object:
        advice = advise(text, language=language, purpose=purpose, style=style, off=off, most=most)
        return advice.remarks

    everything = advise(text, language=language, purpose=purpose, style=style, most=None).remarks
    left = [remark for remark in everything if remark.rule not in off]
    assert remarks(off, None) == left
    assert remarks(off, MOST) == left[:MOST]


@untimed
@given_any_text
def test_the_same_text_gets_the_same_advice(
    text: str, language: CoachLanguage, purpose: Purpose, style: SpeakingStyle | None
) -> None:
    first, second = (
        advise(text, language=language, purpose=purpose, style=style) for _ in range(2)
    )
    assert first == second


@untimed
@given(text=st.sampled_from(every_text()), **told)
def test_a_decomposed_text_gets_the_same_advice(
    text: str, language: CoachLanguage, purpose: Purpose, style: SpeakingStyle | None
) -> None:
    composed, decomposed = (
        advise(normalize(form, text), language=language, purpose=purpose, style=style)
        for form in ("NFC", "NFD")
    )
    assert [(one.rule, normalize("NFC", one.words)) for one in decomposed.remarks] == [
        (one.rule, one.words) for one in composed.remarks
    ]


@untimed
@given(text=texts)
def test_no_place_moves_when_passages_are_hidden(text: str) -> None:
    assert len(hide_passages(text)) == len(text)


@untimed
@given(text=sendable, **told)
def test_a_document_counts_as_javascript_does(
    text: str, language: CoachLanguage, purpose: Purpose, style: SpeakingStyle | None
) -> None:
    advice = advise(text, language=language, purpose=purpose, style=style)
    document = CoachAdvice.model_validate(advice_document(text, advice))
    units = text.encode("utf-16-le", "surrogatepass")

    def sliced(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")

    for remark, written in zip(advice.remarks, document.remarks, strict=True):
        assert sliced(written.start, written.end) == text[remark.span.start : remark.span.end]
    for span, told_part in zip(advice.structure.values(), document.structure, strict=True):
        assert sliced(told_part.start, told_part.end) == text[span.start : span.end]
