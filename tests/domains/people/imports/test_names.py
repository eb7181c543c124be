import pytest

from perfapi.domains.people.imports.names import (
    email_words,
    key_of_reference,
    name_key,
    split_name,
)


class TestSplitName:
    @pytest.mark.parametrize(
        ("text", "given", "family"),
        [
            ("LeBlanc, Brandon  R", "Brandon R", "LeBlanc"),
            ("Alagbe,Trina", "Trina", "Alagbe"),
            ("Ait Sidi, Karthikeyan   ", "Karthikeyan", "Ait Sidi"),
            ("Smith, Leigh Ann", "Leigh Ann", "Smith"),
            ("Von Massenbach, Anna", "Anna", "Von Massenbach"),
            ("Smith, John, Jr.", "John", "Smith Jr."),
            ("Smith Jr., John", "John", "Smith Jr."),
            ("Smith, Jr., John", "John", "Smith Jr."),
            ("Smith, John III", "John", "Smith III"),
            ("Madonna", "Madonna", ""),
            ("Voldemort,", "Voldemort", ""),
            (", John", "John", ""),
            ("", "", ""),
            (",", "", ""),
        ],
    )
    def test_last_first(self, text: str, given: str, family: str) -> None:
        name = split_name(text, "last_first")
        assert (name.given, name.family, name.doubt) == (given, family, None)

    @pytest.mark.parametrize(
        ("text", "given", "family"),
        [
            ("Rossi Mario", "Mario", "Rossi"),
            ("Del Bosque Keyla", "Keyla", "Del Bosque"),
            ("van der Berg Jan Piet", "Jan Piet", "van der Berg"),
        ],
    )
    def test_last_first_without_a_comma_is_said_to_be_a_guess(
        self, text: str, given: str, family: str
    ) -> None:
        name = split_name(text, "last_first")
        assert (name.given, name.family) == (given, family)
        assert (name.doubt, name.family_first) == ("name_split_guessed", True)

    @pytest.mark.parametrize(
        ("text", "given", "family"),
        [
            ("Ann Lee", "Ann", "Lee"),
            ("Ann  B.  Lee", "Ann B.", "Lee"),
            ("Ludwig van der Berg", "Ludwig", "van der Berg"),
            ("Anna von Massenbach", "Anna", "von Massenbach"),
            ("John Smith Jr.", "John", "Smith Jr."),
            ("John Smith, Jr.", "John", "Smith Jr."),
            ("Cher", "Cher", ""),
            ("Van Lee", "Van", "Lee"),
        ],
    )
    def test_first_last(self, text: str, given: str, family: str) -> None:
        name = split_name(text, "first_last")
        assert (name.given, name.family, name.doubt) == (given, family, None)

    def test_a_comma_where_none_is_expected_is_followed_and_told(self) -> None:
        name = split_name("Lee, Ann", "first_last")
        assert (name.given, name.family, name.doubt) == ("Ann", "Lee", "name_order_unexpected")


class TestNameKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Brandon R. LeBlanc", "Brandon R LEBLANC"),
            ("Éva Ñez", "Eva Nez"),
            ("Lei-Ming Nguyen", "Lei Ming Nguyen"),
            ("Jene'ya Darson", "Jeneya Darson"),
            ("Lynn O\u2019Hare", "Lynn O'Hare"),
            ("Søren Łukasz", "Soren Lukasz"),
        ],
    )
    def test_spellings_of_one_name_share_a_key(self, one: str, other: str) -> None:
        assert name_key(one).full == name_key(other).full

    def test_initials_suffixes_and_titles_stand_aside(self) -> None:
        key = name_key("Dr. Brandon R. LeBlanc Jr.")
        assert key.short == "brandon leblanc"
        assert key.extras == {"r", "jr"}
        assert name_key("Brandon LeBlanc").short == key.short

    def test_a_single_letter_that_is_half_the_name_stays(self) -> None:
        assert name_key("Malcolm X").short == "malcolm x"
        assert name_key("J. Smith").short == "j smith"

    def test_references_come_either_way_round(self) -> None:
        assert key_of_reference("LeBlanc, Brandon  R") == key_of_reference("Brandon R. LeBlanc")


class TestEmailWords:
    @pytest.mark.parametrize(
        ("given", "family", "words"),
        [
            ("Jürgen", "Müller", ("juergen", "mueller")),
            ("Jörg", "Weiß", ("joerg", "weiss")),
            ("René", "Lefèvre", ("rene", "lefevre")),
            ("Brandon R", "LeBlanc", ("brandon", "leblanc")),
            ("Leigh Ann", "Smith", ("leighann", "smith")),
            ("Jene'ya", "O\u2019Hare", ("jeneya", "ohare")),
            ("Lei-Ming", "Saar-Beckles", ("lei-ming", "saar-beckles")),
            ("John", "Smith Jr.", ("john", "smith")),
            ("J. R.", "Ewing", ("jr", "ewing")),
            ("Łukasz", "Søby", ("lukasz", "soeby")),
            ("Jo\u0308rg", "A\u030angstrom", ("joerg", "angstrom")),
            ("Иван", "王", ("", "")),
        ],
    )
    def test_ascii_for_an_address(self, given: str, family: str, words: tuple[str, str]) -> None:
        assert email_words(given, family) == words
