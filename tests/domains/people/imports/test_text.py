import pytest

from perfapi.domains.people.imports.text import squash, tidy


class TestTidy:
    @pytest.mark.parametrize(
        ("raw", "text"),
        [
            ("  LeBlanc,  Brandon \t R ", "LeBlanc, Brandon R"),
            ("two\r\nlines", "two lines"),
            ("Cost\u00a0Center\u2003", "Cost Center"),
            ("Jo\u0308rg", "Jörg"),
            ("क\u200dष", "क\u200dष"),
        ],
    )
    def test_white_space_is_squeezed_and_letters_are_composed(self, raw: str, text: str) -> None:
        tidied = tidy(raw)
        assert tidied == (text, False, False)

    @pytest.mark.parametrize("hidden", ["\u200b", "\ufeff", "\u00ad", "\u202e", "\u2066"])
    def test_invisible_characters_go_and_that_is_told(self, hidden: str) -> None:
        assert tidy(f"An{hidden}n") == ("Ann", False, True)

    @pytest.mark.parametrize("control", ["\0", "\x07", "\x9f", "\ud800", "\x7f"])
    def test_unprintable_ones_are_told_and_never_kept(self, control: str) -> None:
        assert tidy(f"An{control}n") == ("Ann", True, False)


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Employee_Name", "employeename"),
        ("E-Mail", "email"),
        ("Geschäftsbereich", "geschaeftsbereich"),
        ("Società", "societa"),
        ("Straße / Nr.", "strassenr"),
    ],
)
def test_headers_are_squashed_to_compare(header: str, word: str) -> None:
    assert squash(header) == word
