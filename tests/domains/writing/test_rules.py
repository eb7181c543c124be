"""Worked examples: per language and rule, texts that it speaks of and texts that it leaves."""

import pytest

from perfapi.domains.writing.coach import advise
from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.remarks import KIND, CoachRule, Purpose, Remark, Span
from perfapi.domains.writing.styles import FEWEST_WORDS, SpeakingStyle
from tests.domains.writing.examples import WORDING, Example, of_content, of_rule

FEWEST_EXAMPLES = 6

MISSED_BY: dict[CoachRule, SpeakingStyle | None] = {
    CoachRule.NO_EXAMPLE: None,
    CoachRule.NO_SITUATION: SpeakingStyle.STORY,
    CoachRule.NO_NUMBER: SpeakingStyle.DATA,
    CoachRule.NO_IMPACT: SpeakingStyle.CONSIDERATE,
    CoachRule.NO_NEXT_STEP: None,
}
"""The style that asks for it."""


def cases(verdict: str) -> list[Example]:
    found = [
        one
        for language in CoachLanguage
        for rule in WORDING
        for one in of_rule(language, rule, verdict)
    ]
    assert found
    return found


def label(example: Example) -> str:
    return f"{example.language}-{example.rule}-{example.text[:30]}"


def remarks(
    text: str, language: CoachLanguage, rule: CoachRule, style: SpeakingStyle | None = None
) -> list[Remark]:
    off = set(CoachRule) - {rule}
    return advise(text, language=language, style=style, off=off).remarks


class TestWording:
    @pytest.mark.parametrize("example", cases("speaks"), ids=label)
    def test_speaks_of_these_words(self, example: Example) -> None:
        text, spans = example.text, example.spans
        found = remarks(text, example.language, example.rule)
        assert [remark.span for remark in found] == spans
        assert [remark.words for remark in found] == [text[start:end] for start, end in spans]

    @pytest.mark.parametrize("example", cases("silent"), ids=label)
    def test_leaves_this_text(self, example: Example) -> None:
        assert example.spans == []
        assert remarks(example.text, example.language, example.rule) == []

    @pytest.mark.parametrize("language", CoachLanguage)
    @pytest.mark.parametrize("rule", WORDING)
    def test_is_shown_by_enough_examples(self, language: CoachLanguage, rule: CoachRule) -> None:
        for verdict in ("speaks", "silent"):
            assert len(of_rule(language, rule, verdict)) >= FEWEST_EXAMPLES

    def test_counts_the_softeners(self) -> None:
        [remark] = remarks("Maybe you could perhaps ask.", CoachLanguage.ENGLISH, CoachRule.HEDGED)
        assert remark.softeners == 3


@pytest.mark.parametrize("language", CoachLanguage)
@pytest.mark.parametrize("rule", MISSED_BY)
class TestContent:
    def test_is_missed(self, language: CoachLanguage, rule: CoachRule) -> None:
        texts = of_content(language, "holds_nothing")
        assert len(texts) >= FEWEST_EXAMPLES
        for text in texts:
            found = remarks(text, language, rule, MISSED_BY[rule])
            assert found == [Remark(rule, Span(0, len(text.rstrip("."))))], text

    def test_is_there(self, language: CoachLanguage, rule: CoachRule) -> None:
        texts = of_content(language, "holds_all")
        assert len(texts) >= FEWEST_EXAMPLES
        for text in texts:
            assert remarks(text, language, rule, MISSED_BY[rule]) == [], text


class TestNoExample:
    def test_lets_a_short_text_be(self) -> None:
        short = " ".join(["others"] * (FEWEST_WORDS[Purpose.ADVICE] - 1))
        long = f"{short} others"
        assert remarks(long, CoachLanguage.ENGLISH, CoachRule.NO_EXAMPLE)
        assert not remarks(short, CoachLanguage.ENGLISH, CoachRule.NO_EXAMPLE)
        assert remarks(f"{long} `code`", CoachLanguage.ENGLISH, CoachRule.NO_NEXT_STEP)
        assert not remarks(f"{short} `code`", CoachLanguage.ENGLISH, CoachRule.NO_NEXT_STEP)

    def test_is_softer_for_praise(self) -> None:
        text = of_content(CoachLanguage.ENGLISH, "holds_nothing")[0]
        twice = f"{text} {text}"

        def missed(text: str, purpose: Purpose) -> set[CoachRule]:
            found = advise(text, language=CoachLanguage.ENGLISH, purpose=purpose).remarks
            return {remark.rule for remark in found}

        assert missed(text, Purpose.ADVICE) == {CoachRule.NO_EXAMPLE, CoachRule.NO_NEXT_STEP}
        assert missed(text, Purpose.PRAISE) == set()
        assert missed(twice, Purpose.PRAISE) == {CoachRule.NO_EXAMPLE}

    @pytest.mark.parametrize(
        "example",
        ["It was so in the meeting.", "40 of them.", "You interrupted.", "“I was lost”, Ada said."],
    )
    def test_is_content_with_an_occasion_a_number_a_deed_or_a_quotation(self, example: str) -> None:
        text = of_content(CoachLanguage.ENGLISH, "holds_nothing")[0]
        assert remarks(text, CoachLanguage.ENGLISH, CoachRule.NO_EXAMPLE)
        assert not remarks(f"{text} {example}", CoachLanguage.ENGLISH, CoachRule.NO_EXAMPLE)


class TestEveryRule:
    def test_has_a_kind(self) -> None:
        assert KIND.keys() == set(CoachRule)

    def test_has_examples(self) -> None:
        assert {*WORDING, *MISSED_BY} == set(CoachRule)
