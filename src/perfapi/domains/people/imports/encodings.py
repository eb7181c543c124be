"""Which characters the bytes of a file are, and whether they are text at all."""

import codecs
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from charset_normalizer import from_bytes

from perfapi.domains.people.imports.problems import FileRefused

CHUNK = 1 << 20
EVIDENCE = 32_768

_MARKS = (
    # UTF-32 before UTF-16: its mark begins with the other's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a text document"),
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r")
# Of the encodings that fit equally well the first is taken: it is what office programs write.
_LEGACY = ("cp1252", "cp1250", "cp1251", "cp1253", "mac-roman", "shift-jis", "gb18030")
_AS_GOOD = 0.015


def recognise_encoding(file: BinaryIO) -> str:
    """The encoding of the whole file; raises FileRefused if it is not text."""
    head = _head(file)
    refuse_binary(head)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            check_encoding(file, encoding)
            return encoding
    wide = _wide_encoding(head)
    if wide is not None:
        check_encoding(file, wide)
        return wide
    if are_too_many(len(head) - len(head.translate(None, _CONTROLS)), len(head)):
        raise FileRefused("file_not_csv", "This is not a text file. Export the people as CSV.")
    broken_at = _first_undecodable(file, "utf-8")
    if broken_at is None:
        return "utf-8"
    _refuse_damaged(file, broken_at)
    legacy = _legacy_encoding(_evidence(file))
    return legacy if _first_undecodable(file, legacy) is None else "iso-8859-1"


def refuse_binary(head: bytes) -> None:
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise FileRefused(
                "file_not_csv", f"This is {what}, not a CSV file. Export or save it as CSV."
            )


def are_too_many(controls: int, characters: int) -> bool:
    """A stray NUL is one row's problem; this many control characters are no text."""
    return controls > max(8, characters / 20)


def check_encoding(file: BinaryIO, encoding: str) -> None:
    position = _first_undecodable(file, encoding)
    if position is not None:
        raise FileRefused(
            "encoding_wrong",
            f"The file is not {encoding.upper()} throughout:"
            f" the first wrong character is in line {_line_of(file, position)}.",
        )


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(65_536)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def _first_undecodable(file: BinaryIO, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    for chunk in chain(_chunks(file), (b"",)):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return max(read - pending + error.start, 0)
        except UnicodeError:
            return read
        read += len(chunk)
    return None


def _line_of(file: BinaryIO, position: int) -> int:
    file.seek(0)
    return file.read(position).count(b"\n") + 1


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Latin text is NUL."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd / half > 0.4 and even / half < 0.1:
        return "utf-16-le"
    if even / half > 0.4 and odd / half < 0.1:
        return "utf-16-be"
    return None


def _refuse_damaged(file: BinaryIO, position: int) -> None:
    """Text that is UTF-8 but for a few bytes must not be read as something else."""
    file.seek(max(0, position - CHUNK))
    window = file.read(2 * CHUNK).decode("utf-8", errors="surrogateescape")
    foreign = [character for character in window if character > "\x7f"]
    broken = sum("\udc80" <= character <= "\udcff" for character in foreign)
    cut_off = _beginning_of_a_character(file, position)
    if cut_off > 1 or (cut_off == 1 and len(foreign) > broken):
        raise FileRefused(
            "file_truncated",
            "The file ends in the middle of a character: it was cut off. Export it again.",
        )
    if len(foreign) - broken > broken:
        raise FileRefused(
            "encoding_wrong",
            "The file is UTF-8 with bytes that are not, the first in line"
            f" {_line_of(file, position)}. Export it again in one encoding.",
        )


def _beginning_of_a_character(file: BinaryIO, position: int) -> int:
    """How many bytes at the end of the file begin a UTF-8 character that goes no further."""
    file.seek(position)
    tail = file.read(5)
    try:
        tail.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(tail) if error.reason == "unexpected end of data" and error.start == 0 else 0
    return 0


def _evidence(file: BinaryIO) -> bytes:
    """The lines that are not ASCII: only they tell encodings apart."""
    lines: list[bytes] = []
    size = 0
    file.seek(0)
    while size < EVIDENCE and (line := file.readline(CHUNK)):
        if not line.isascii():
            lines.append(line[:4096])
            size += len(lines[-1])
    return b"".join(lines)


def _legacy_encoding(evidence: bytes) -> str:
    matches = from_bytes(evidence, cp_isolation=list(_LEGACY))
    best = matches.best()
    fitting: set[str] = set()
    for match in matches:
        if best and match.chaos <= best.chaos + _AS_GOOD and match.coherence >= best.coherence:
            fitting.update((match.encoding, *match.could_be_from_charset))
    names = {encoding: codecs.lookup(encoding).name.replace("-", "_") for encoding in _LEGACY}
    return next((encoding for encoding in _LEGACY if names[encoding] in fitting), _LEGACY[0])
