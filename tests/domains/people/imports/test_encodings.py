from io import BytesIO

import pytest

from perfapi.domains.people.imports.encodings import check_encoding, recognise_encoding
from perfapi.domains.people.imports.problems import FileRefused

GERMAN = "Name;Ort\nMüller, Jürgen;Köln\nGrößler, Jörg;München\nWeiß, Änne;Zürich\n"
FRENCH = "Nom;Ville\nFrançois Lefèvre;Besançon\nChloé Béraud;Orléans\n"
POLISH = "Nazwisko;Miasto\nŁukasz Wiśniewski;Łódź\nGrażyna Żółć;Kraków\n"
RUSSIAN = "Имя;Отдел\nИванов Иван;Продажи\nПетров Пётр;Разработка\n"  # noqa: RUF001 (it is Russian)


def recognised(content: bytes) -> str:
    return recognise_encoding(BytesIO(content))


def refused(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as raised:
        recognised(content)
    return raised.value


class TestRecogniseEncoding:
    @pytest.mark.parametrize(
        ("text", "written", "read"),
        [
            ("id;name\n1;Ann\n", "ascii", "utf-8"),
            (GERMAN, "utf-8", "utf-8"),
            (GERMAN, "utf-8-sig", "utf-8-sig"),
            (GERMAN, "utf-16", "utf-16"),
            (GERMAN, "utf-16-le", "utf-16-le"),
            (GERMAN, "utf-16-be", "utf-16-be"),
            (GERMAN, "utf-32", "utf-32"),
            (GERMAN, "cp1252", "cp1252"),
            (FRENCH, "cp1252", "cp1252"),
            ("id;name\n1;André\n2;John\n", "latin-1", "cp1252"),
            ("id;name\n1;O\u2019Shea \u2013 Zürich\n", "cp1252", "cp1252"),
            (POLISH, "cp1250", "cp1250"),
            (RUSSIAN, "cp1251", "cp1251"),
        ],
    )
    def test_text_comes_back_as_it_was_written(self, text: str, written: str, read: str) -> None:
        content = text.encode(written)
        assert recognised(content) == read
        assert content.decode(read) == text

    def test_one_foreign_character_far_down_is_found(self) -> None:
        content = b"id;name\n" + b"1;Ann\n" * 400_000 + "2;René\n".encode("cp1252")
        assert recognised(content) == "cp1252"

    def test_a_character_across_the_border_of_two_chunks_is_whole(self) -> None:
        content = b"x" * (2**20 - 1) + "é\n".encode() * 10
        assert recognised(content) == "utf-8"

    def test_damaged_utf8_is_refused_with_its_line_and_not_read_as_something_else(self) -> None:
        content = GERMAN.encode() + "5;Ren\xe9;Paris\n".encode("latin-1") + GERMAN.encode()
        problem = refused(content)
        assert problem.code == "encoding_wrong"
        assert "line 5" in problem.detail

    def test_a_file_cut_off_within_a_character_is_truncated(self) -> None:
        assert refused(GERMAN.encode() + "Zoë".encode()[:-1]).code == "file_truncated"

    @pytest.mark.parametrize(
        "content",
        [
            b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"%PDF-1.7\n",
            b"\x1f\x8b\x08\x00",
            bytes(range(256)) * 40,
        ],
    )
    def test_a_binary_file_is_not_csv(self, content: bytes) -> None:
        assert refused(content).code == "file_not_csv"


class TestCheckEncoding:
    def test_a_named_encoding_has_to_hold_throughout(self) -> None:
        with pytest.raises(FileRefused) as raised:
            check_encoding(BytesIO(GERMAN.encode("cp1252")), "utf-8")
        assert raised.value.code == "encoding_wrong"
        assert "line 2" in raised.value.detail
        check_encoding(BytesIO(GERMAN.encode("cp1252")), "cp1252")

    def test_utf16_needs_its_mark(self) -> None:
        with pytest.raises(FileRefused) as raised:
            check_encoding(BytesIO(GERMAN.encode("utf-16-le")), "utf-16")
        assert raised.value.code == "encoding_wrong"
