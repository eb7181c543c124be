"""Words and their borders, what is quoted, and the language of a text."""
# ruff: noqa: RUF001 -- marks that look alike are told apart here

from typing import Literal
from unicodedata import normalize

import pytest

from perfapi.domains.writing.coach import advise
from perfapi.domains.writing.detection import language_of
from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.passages import QUOTED, hide_passages
from perfapi.domains.writing.reading import read
from perfapi.domains.writing.remarks import CoachRule
from perfapi.domains.writing.tokens import keys_of, tokens_of
from tests.domains.writing.examples import of_content


def shown(text: str) -> str:
    return hide_passages(text).replace(QUOTED, "")


class TestPassages:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('a "b c" d', "a  d"),
            ("a “b c” d", "a  d"),
            ("a „b c“ d „e” f", "a  d  f"),
            ('a „b c" d', "a  d"),
            ("a «b c» d »e« f", "a  d  f"),
            ("a ‘b c’ d ‚e‘ f", "a  d  f"),
            ("a 'b c' d", "a  d"),
            ("a ‘it’s b’ d", "a  d"),
            ("(“b c”).", "()."),
            ("a `b c` d", "a  d"),
            ("a\n```\nb\n\nc\n```\nd", "a\nd"),
            ("a\n```\nb", "a\n"),
            ("a\n\n> b\nc", "a\n\nc"),
            ("a https://b.example/c?d=e f", "a  f"),
            ("a “b http://c.example d” e", "a  e"),
            ("a ftp://b.example f", "a  f"),
            ("a (www.b.example) f", "a  f"),
            ("a <mailto:b@c.example> f", "a  f"),
            ("a b.c@d.example f", "a  f"),
        ],
    )
    def test_are_hidden(self, text: str, expected: str) -> None:
        assert shown(text) == expected
        assert len(hide_passages(text)) == len(text)

    @pytest.mark.parametrize(
        "text",
        [
            "don't, it's, the teams' plan",
            "l’esempio, un po’, dell'altro",
            "cafe\u0301'ing in the cafes'",
            "'s ochtends in Hans' kamer",
            "zo'n foto's, 's ochtends en 's avonds",
            '5\'11" or 27" wide',
            "an “open quotation",
            "it ends” here",
            "“one paragraph\n\nand the next”",
            "@anna, a@b and 3 > 2",
            "and/or: www",
        ],
    )
    def test_are_not_seen_where_there_are_none(self, text: str) -> None:
        assert hide_passages(text) == text

    def test_do_not_hide_what_stands_between_two(self) -> None:
        assert shown("“a” b “c” d") == " b  d"
        assert shown('"a" b "c" d') == " b  d"


class TestWords:
    @pytest.mark.parametrize(
        ("text", "keys"),
        [
            ("You're", ("you", "re")),
            ("You’re", ("you", "re")),
            ("L'esempio", ("l", "esempio")),
            ("zo'n", ("zo", "n")),
            ("know-it-all", ("know-it-all",)),
            ("know‑it‑all", ("know-it-all",)),
            ("_always_ **never**", ("always", "never")),
            ("GROẞ groß", ("gross", "gross")),
            (normalize("NFD", "Übermüdet"), ("übermüdet",)),
            ("3.5 and 14:30, 2026-05-03.", ("3.5", "and", "14:30", "2026-05-03")),
            ("80% Q3", ("80", "q3")),
            ("", ()),
        ],
    )
    def test_are_told_by_their_borders(self, text: str, keys: tuple[str, ...]) -> None:
        assert keys_of(text) == keys

    @pytest.mark.parametrize(
        ("text", "sentences"),
        [
            ("One. Two! Three? Four… Five", 5),
            ("One\ntwo", 2),
            ("One; two", 2),
            ("Am 23. Mai war z. B. Ada da", 1),
            ("See perfapi.example and 3.5 of them", 1),
            ("(One.) Two", 2),
        ],
    )
    def test_belong_to_sentences(self, text: str, sentences: int) -> None:
        assert len({token.sentence for token in tokens_of(text)}) == sentences

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_are_marked_where_they_stand_however_they_are_composed(
        self, form: Literal["NFC", "NFD"]
    ) -> None:
        before, word = normalize(form, "Für Zoë: du bist "), normalize(form, "unzuverlässig")
        [remark] = advise(before + word + "!", language=CoachLanguage.GERMAN).remarks
        assert remark.rule is CoachRule.PERSONALITY
        assert (remark.span.end, remark.words[-len(word) :]) == (len(before + word), word)


class TestLanguage:
    @pytest.mark.parametrize("language", CoachLanguage)
    def test_is_told_whatever_was_expected(self, language: CoachLanguage) -> None:
        texts = [*of_content(language, "holds_all"), *of_content(language, "holds_nothing")]
        for expected in CoachLanguage:
            assert {read(text, expected).language for text in texts} == {language}

    @pytest.mark.parametrize("text", ["", "Bravo!", "In Berlin", "Die in", "“du bist der”"])
    def test_is_the_expected_one_where_it_cannot_be_told(self, text: str) -> None:
        for expected in CoachLanguage:
            assert read(text, expected).language is expected

    def test_is_told_by_the_most_function_words(self) -> None:
        tokens = tokens_of("the and of und der")
        assert language_of(tokens, CoachLanguage.DUTCH) is CoachLanguage.ENGLISH
