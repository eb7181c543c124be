import pytest

from perfapi.domains.writing.coach import advise
from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.structure import TextPart
from tests.domains.writing.examples import of_content

SITUATION, BEHAVIOUR, IMPACT = TextPart


def parts(text: str, language: str) -> dict[TextPart, str]:
    found = advise(text, language=CoachLanguage(language)).structure
    return {part: text[start:end] for part, (start, end) in found.items()}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It was so yesterday.", {SITUATION: "yesterday"}),
        ("en", "It was on 3 May at noon.", {SITUATION: "3 May"}),
        ("en", "You may come.", {}),
        ("en", "We spoke at 14:30.", {SITUATION: "14:30"}),
        ("en", "You calmly explained the plan.", {BEHAVIOUR: "You calmly explained"}),
        ("en", "Thank you for helping out.", {BEHAVIOUR: "Thank you for helping"}),
        ("en", "YOU HELPED ADA.", {BEHAVIOUR: "YOU HELPED"}),
        ("en", "You are talented.", {}),
        ("en", "Ada explained the plan.", {}),
        ("en", "Ada asked you.", {}),
        ("en", "You and all of the people asked.", {}),
        ("en", "I like you. Explained well.", {}),
        ("en", "As a result, the team was calm.", {IMPACT: "As a result"}),
        ("de", "Das war gestern so.", {SITUATION: "gestern"}),
        ("de", "Es war am 3. Mai.", {SITUATION: "Mai"}),
        ("de", "Du hast den Plan ruhig erklärt.", {BEHAVIOUR: "Du hast den Plan ruhig erklärt"}),
        ("de", "Du hast Vernunft.", {}),
        ("de", "Danke, dass du geholfen hast.", {BEHAVIOUR: "du geholfen"}),
        ("de", "Dadurch blieb das Team ruhig.", {IMPACT: "Dadurch"}),
        ("it", "Era così ieri.", {SITUATION: "ieri"}),
        ("it", "Hai spiegato il piano.", {BEHAVIOUR: "Hai spiegato"}),
        ("it", "Hai molto talento.", {}),
        ("it", "Grazie per aver aiutato Ada.", {BEHAVIOUR: "Grazie per aver aiutato"}),
        ("it", "Di conseguenza il team era calmo.", {IMPACT: "Di conseguenza"}),
        ("nl", "Het was gisteren zo.", {SITUATION: "gisteren"}),
        ("nl", "Je hebt het plan uitgelegd.", {BEHAVIOUR: "Je hebt het plan uitgelegd"}),
        ("nl", "Je hebt geduld.", {}),
        ("nl", "Toch onderbrak je Ada.", {BEHAVIOUR: "onderbrak je"}),
        ("nl", "Ada onderbrak. Je bleef.", {BEHAVIOUR: "Je bleef"}),
        ("nl", "Daardoor bleef het team rustig.", {IMPACT: "Daardoor"}),
    ],
)
def test_a_part_is_told_where_it_stands_first(
    language: str, text: str, expected: dict[TextPart, str]
) -> None:
    assert parts(text, language) == expected


@pytest.mark.parametrize("language", CoachLanguage)
def test_whole_feedback_has_all_three_and_empty_words_have_none(language: CoachLanguage) -> None:
    for text in of_content(language, "holds_all"):
        assert list(parts(text, language)) == [SITUATION, BEHAVIOUR, IMPACT], text
    for text in of_content(language, "holds_nothing"):
        assert parts(text, language) == {}, text


def test_what_is_quoted_is_no_part() -> None:
    assert parts("Ada said “you helped yesterday, as a result we won”.", "en") == {}
