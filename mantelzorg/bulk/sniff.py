"""What a file is: its content decides, never its name. What could be read in two ways is refused."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mantelzorg.bulk.tables import refusal

BLOCK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF32_LE, "", "UTF-32"),
    (codecs.BOM_UTF32_BE, "", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 met BOM"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "een oud Excel-bestand (.xls) of een Excel-bestand met een wachtwoord"),
    (b"%PDF", "een PDF"),
    (b"\x1f\x8b", "een ingepakt bestand (gzip)"),
    (b"Rar!", "een ingepakt bestand (rar)"),
    (b"7z\xbc\xaf", "een ingepakt bestand (7z)"),
    (b"{\\rtf", "een RTF-document"),
)
_SAVE = "Sla het op als .xlsx, of als CSV UTF-8."
_MARKUP = re.compile(rb"\s*<(!doctype|html|table|\?xml|head|body)", re.IGNORECASE)
_UTF8_LETTERS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True)
class Encoding:
    """How text is written: the codec, and its name for people."""

    codec: str
    name: str


def kind_of(path: Path) -> str:
    """`csv`, `xlsx` or `parquet`. Raises ContentError for everything else, and OSError."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise refusal(
            str(path), "empty", "Dit bestand is leeg.", "Kies een bestand met een rij namen en daaronder rijen."
        )
    if head.startswith(b"PK\x03\x04"):
        return _workbook(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    for begin, what in _FOREIGN:
        if head.startswith(begin):
            raise refusal(str(path), "format", f"Dit is {what}.", _SAVE)
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        raise refusal(str(path), "format", "Dit is een webpagina (HTML of XML).", f"Open het in Excel. {_SAVE}")
    return "csv"


def _workbook(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            if "xl/workbook.xml" in packed.namelist():
                return "xlsx"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        what = "Dit begint als een Excel-werkmap (of een ander zip-bestand), maar het is beschadigd."
        raise refusal(str(path), "format", what, f"Open het in Excel. {_SAVE}") from None
    raise refusal(str(path), "format", "Dit is een zip-bestand, geen Excel-werkmap.", f"Pak het uit. {_SAVE}")


def encoding_of(path: Path) -> Encoding:
    """The one way in which all of the file can be read as text. Raises ContentError, and OSError."""
    with path.open("rb") as file:
        head = file.read(BLOCK)
    for mark, codec, name in _BOMS:
        if head.startswith(mark):
            if not codec:
                raise refusal(str(path), "encoding", f"Dit bestand is {name}.", "Sla het op als CSV UTF-8.")
            return _checked(path, Encoding(codec, name))
    if b"\0" in head:
        return _checked(path, _sixteen_bits(path, head))
    bad = _first_bad(path, "utf-8")
    if bad is None:
        return _without_nul(path, Encoding("utf-8", "UTF-8"))
    return _without_nul(path, _windows(path, bad))


def _sixteen_bits(path: Path, head: bytes) -> Encoding:
    """UTF-16 without a mark: mostly Latin letters, so that every other byte is a zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even < len(head) // 50:
        return Encoding("utf-16-le", "UTF-16")
    if even > len(head) // 4 and odd < len(head) // 50:
        return Encoding("utf-16-be", "UTF-16")
    raise _nul(path, head.index(0))


def _nul(path: Path, offset: int) -> Exception:
    line = _line_at(path, offset)
    what = f"Op regel {line} staat een teken dat in tekst niet voorkomt (NUL)."
    return refusal(str(path), "not-text", what, "Haal het weg, of maak het bestand opnieuw.", line)


def _without_nul(path: Path, encoding: Encoding) -> Encoding:
    for offset, block in _blocks(path):
        if b"\0" in block:
            raise _nul(path, offset + block.index(0))
    return encoding


def _checked(path: Path, encoding: Encoding) -> Encoding:
    bad = _first_bad(path, encoding.codec)
    if bad is not None:
        line = _line_at(path, bad, wide=encoding.codec.startswith("utf-16"))
        what = f"Het bestand is {encoding.name}, maar rond regel {line} staat iets wat dat niet is."
        raise refusal(str(path), "encoding", what, "Sla het opnieuw op als CSV UTF-8.", line)
    return encoding


def _windows(path: Path, bad: int) -> Encoding:
    """Windows-1252, unless some of the file is UTF-8 after all, or is neither."""
    line = _line_at(path, bad)
    if _found(path, _UTF8_LETTERS):
        what = f"Dit bestand heeft twee tekensets door elkaar: vanaf regel {line} is het geen UTF-8 meer."
        raise refusal(str(path), "encoding", what, "Herstel die regel, en sla alles op als CSV UTF-8.", line)
    if _found(path, _NOT_WINDOWS):
        what = f"Op regel {line} staat een letter in een onbekende tekenset."
        raise refusal(str(path), "encoding", what, "Sla het bestand op als CSV UTF-8.", line)
    return Encoding("cp1252", "Windows-1252")


def _first_bad(path: Path, codec: str) -> int | None:
    """Where the first byte is that this codec cannot read, or nearly so."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    start = 0
    for start, block in _blocks(path):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            return start - kept + error.start
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return path.stat().st_size - 1
    return None


def _found(path: Path, pattern: re.Pattern[bytes]) -> bool:
    tail = b""
    for _, block in _blocks(path):
        if pattern.search(tail + block):
            return True
        tail = block[-3:]
    return False


def _line_at(path: Path, offset: int, wide: bool = False) -> int:
    """The line of a byte; `\\r\\n`, `\\n` and `\\r` each end one."""
    unit = 2 if wide else 1
    ends = 0
    last = b""
    for start, block in _blocks(path):
        part = block[: max(0, offset - start)].replace(b"\0", b"") if unit == 2 else block[: max(0, offset - start)]
        ends += part.count(b"\n") + part.count(b"\r") - part.count(b"\r\n")
        ends -= last == b"\r" and part.startswith(b"\n")
        last = part[-1:] or last
        if start + len(block) >= offset:
            break
    return ends + 1


def _blocks(path: Path) -> Iterator[tuple[int, bytes]]:
    offset = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield offset, block
            offset += len(block)
