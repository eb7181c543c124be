"""The lists themselves: well-formed, long enough, and none that says the opposite of another."""

from unicodedata import is_normalized

import pytest

from perfapi.domains.writing.inflections import inflected
from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.lexicon import Words, entries, forms

MARKING = [
    *(Words.VAGUE, Words.TRAIT, Words.CHARACTER, Words.HEDGE),
    *(Words.ALWAYS, Words.ALWAYS_MILD, Words.NEVER),
    *(Words.LOADED, Words.LOADED_MILD),
    *(Words.NEGATION, Words.HARMLESS),
]
"""Of these a phrase belongs to one: it has one fault, or none."""

LONG = {
    *(Words.FUNCTION, Words.VAGUE, Words.TRAIT, Words.LOADED, Words.LOADED_MILD, Words.HEDGE),
    *(Words.SITUATION, Words.DEED, Words.IMPACT, Words.NEXT_STEP, Words.HARMLESS),
}
FEWEST = 40

VERB_STANDS_LAST = {CoachLanguage.GERMAN, CoachLanguage.DUTCH}


def phrases(language: CoachLanguage, words: Words) -> set[tuple[str, ...]]:
    listed = [entry for entry in entries(language, words) if "*" not in entry]
    return {form for entry in listed for form in forms(entry, language)}


@pytest.mark.parametrize("language", CoachLanguage)
@pytest.mark.parametrize("words", Words)
class TestEveryList:
    def test_is_lower_case_and_composed(self, language: CoachLanguage, words: Words) -> None:
        for entry in entries(language, words):
            assert entry == entry.lower() == " ".join(entry.split())
            assert is_normalized("NFC", entry)

    def test_is_in_order_and_says_nothing_twice(
        self, language: CoachLanguage, words: Words
    ) -> None:
        listed = list(entries(language, words))
        assert listed == sorted(set(listed))

    def test_is_long_enough(self, language: CoachLanguage, words: Words) -> None:
        length = len(list(entries(language, words)))
        if words is Words.BEING_LAST:
            assert (length > 0) == (language in VERB_STANDS_LAST)
        else:
            assert length >= (FEWEST if words in LONG else 3)

    def test_has_something_to_read_in_every_entry(
        self, language: CoachLanguage, words: Words
    ) -> None:
        assert () not in phrases(language, words)


@pytest.mark.parametrize("language", CoachLanguage)
class TestEveryLanguage:
    def test_says_one_thing_of_a_phrase(self, language: CoachLanguage) -> None:
        said: dict[tuple[str, ...], Words] = {}
        for words in MARKING:
            for phrase in phrases(language, words):
                assert said.setdefault(phrase, words) is words, phrase

    def test_has_no_entry_that_another_one_inflects(self, language: CoachLanguage) -> None:
        for words in Words:
            made: dict[tuple[str, ...], str] = {}
            for entry in entries(language, words):
                if "*" not in entry:
                    for form in forms(entry, language):
                        assert made.setdefault(form, entry) == entry


class TestInflections:
    @pytest.mark.parametrize(
        ("language", "word", "expected"),
        [
            ("en", "player", {"player", "players"}),
            ("en", "bully", {"bullies"}),
            ("en", "boss", {"bosses"}),
            ("de", "faul", {"faul", "faule", "fauler", "faules", "faulen", "faulem"}),
            ("de", "träge", {"träge", "träger", "trägen"}),
            ("it", "pigro", {"pigro", "pigra", "pigri", "pigre"}),
            ("it", "simpatico", {"simpatica", "simpatici", "simpatiche"}),
            ("it", "egoista", {"egoisti", "egoiste"}),
            ("it", "gentile", {"gentili"}),
            ("it", "saggio", {"saggia", "saggi", "sagge"}),
            ("nl", "leuk", {"leuk", "leuke"}),
            ("nl", "slim", {"slimme"}),
            ("nl", "traag", {"trage"}),
            ("nl", "lief", {"lieve"}),
            ("nl", "boos", {"boze"}),
            ("nl", "naïef", {"naïeve"}),
        ],
    )
    def test_are_made_by_a_rule(self, language: str, word: str, expected: set[str]) -> None:
        assert expected <= inflected(word, CoachLanguage(language))

    def test_are_of_the_word_that_is_marked(self) -> None:
        assert set(forms("great team player~", CoachLanguage.ENGLISH)) == {
            ("great", "team", "player"),
            ("great", "team", "players"),
        }

    def test_of_german_are_known_without_umlauts(self) -> None:
        assert {("unfähig",), ("unfaehigem",)} <= set(forms("unfähig~", CoachLanguage.GERMAN))
