import pytest

from perfapi.domains.writing.coach import MOST, MOST_OF_A_RULE, advise
from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.remarks import CoachRule, Purpose
from perfapi.domains.writing.styles import TUNING, SpeakingStyle

ENGLISH = CoachLanguage.ENGLISH


def rules(
    text: str, style: SpeakingStyle | None = None, purpose: Purpose = Purpose.ADVICE
) -> list[CoachRule]:
    found = advise(text, language=ENGLISH, style=style, purpose=purpose).remarks
    return [remark.rule for remark in found]


class TestAdvise:
    def test_says_the_most_important_first_then_by_place(self) -> None:
        text = "Nice. You always shout. It was awful, you are lazy, and never on time."
        assert rules(text) == [
            *(CoachRule.LOADED, CoachRule.PERSONALITY, CoachRule.ABSOLUTE, CoachRule.ABSOLUTE),
            *(CoachRule.NO_EXAMPLE, CoachRule.NO_NEXT_STEP),
        ]
        found = advise(text, language=ENGLISH, most=None).remarks
        assert [one.words for one in found if one.rule is CoachRule.ABSOLUTE] == ["always", "never"]
        assert found[-1].rule is CoachRule.VAGUE_ADJECTIVE

    def test_says_a_few_things_at_once(self) -> None:
        text = "Awful, stupid, pathetic. You are lazy. You always shout, you never listen. " * 5
        found = rules(text)
        assert len(found) == MOST
        assert found.count(CoachRule.LOADED) == MOST_OF_A_RULE

    def test_has_nothing_to_say_about_nothing(self) -> None:
        assert advise("", language=ENGLISH) == (ENGLISH, [], {})

    def test_reads_the_language_of_the_text(self) -> None:
        advice = advise("Du bist faul und das ist nicht gut.", language=ENGLISH)
        assert advice.language is CoachLanguage.GERMAN
        assert advice.remarks[0].rule is CoachRule.PERSONALITY

    def test_asks_praise_for_nothing_next(self) -> None:
        text = "You explained the plan to the board on Monday and all of them had time for it."
        assert rules(text) == [CoachRule.NO_NEXT_STEP]
        assert rules(text, purpose=Purpose.PRAISE) == []

    def test_lets_praise_be_without_exception(self) -> None:
        text = "You always help. You are smart."
        assert rules(text) == [CoachRule.PERSONALITY, CoachRule.ABSOLUTE]
        assert rules(text, purpose=Purpose.PRAISE) == [CoachRule.PERSONALITY]


CLEAR = "You interrupted Ada and so we lost the thread of the whole meeting. Please let her finish."


class TestStyles:
    def test_are_all_told(self) -> None:
        assert TUNING.keys() == {None, *SpeakingStyle}

    @pytest.mark.parametrize(
        ("softeners", "hedged_for"),
        [
            (1, set()),
            (2, {SpeakingStyle.DIRECT}),
            (3, {SpeakingStyle.DIRECT, SpeakingStyle.DATA, SpeakingStyle.STORY, None}),
            (
                5,
                {
                    SpeakingStyle.DIRECT,
                    SpeakingStyle.DATA,
                    SpeakingStyle.STORY,
                    None,
                    SpeakingStyle.CONSIDERATE,
                },
            ),
        ],
    )
    def test_let_pass_more_or_fewer_softeners(
        self, softeners: int, hedged_for: set[SpeakingStyle | None]
    ) -> None:
        words = ["maybe", "somewhat", "quite", "perhaps", "rather"]
        text = f"It was {' '.join(words[:softeners])} long."
        assert {style for style in TUNING if CoachRule.HEDGED in rules(text, style)} == hedged_for

    def test_hear_undertones_if_they_are_considerate(self) -> None:
        text = "Everybody waits. It is a disappointment."
        for style in TUNING:
            heard = style is SpeakingStyle.CONSIDERATE
            assert rules(text, style) == ([CoachRule.LOADED, CoachRule.ABSOLUTE] if heard else [])
            assert rules("Not everybody waits.", style) == []

    @pytest.mark.parametrize(
        ("missing", "style", "cure"),
        [
            (CoachRule.NO_NUMBER, SpeakingStyle.DATA, "Three times."),
            (CoachRule.NO_SITUATION, SpeakingStyle.STORY, "It was on Monday."),
            (CoachRule.NO_IMPACT, SpeakingStyle.CONSIDERATE, "As a result, Ada was silent."),
        ],
    )
    def test_ask_for_what_they_need(
        self, missing: CoachRule, style: SpeakingStyle, cure: str
    ) -> None:
        text = CLEAR.replace("and so we lost", "and we lost")
        assert {one for one in TUNING if missing in rules(text, one)} == {style}
        assert missing not in rules(f"{text} {cure}", style)

    def test_ask_for_a_situation_instead_of_any_example(self) -> None:
        text = "The others are not as glad about the way of working as all of us hoped for."
        assert CoachRule.NO_EXAMPLE in rules(text)
        assert CoachRule.NO_EXAMPLE not in rules(text, SpeakingStyle.STORY)
