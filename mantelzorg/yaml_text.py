"""What can be told about a YAML file before it is parsed, and the wording of YAML's own syntax errors."""

from __future__ import annotations

import codecs
import re
from itertools import islice

import yaml

from mantelzorg.characters import FORBIDDEN, REPLACEMENT, describe, forbidden_in
from mantelzorg.problems import ContentError, Mark, Problem

MAX_BYTES = 500_000
MAX_PROBLEMS_OF_A_KIND = 20

_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_INDENT = re.compile(f"^[ \t]*([{SPACES}])", re.MULTILINE)
_TAB_INDENT = re.compile(r"^ *(\t)[ \t]*[^ \t\n#]", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_LAYOUT_CODES = {"conflict-marker", "odd-space", "directive"}

# What PyYAML says -> what an author can do with it. The first part that occurs counts.
_SYNTAX = (
    ("mapping values are not allowed", "Hier staat een dubbele punt op een plek waar dat niet kan.",
     "de hele tekst tussen aanhalingstekens als er een dubbele punt in staat, of herstel het inspringen"),
    ("while scanning a block scalar", "Na > of | begint in YAML een tekstblok, maar dit is geen tekstblok.",
     "de operator of de hele voorwaarde tussen aanhalingstekens, zoals '>=' of 'uren > 8'"),
    ("unknown escape character", "Een \\ tussen dubbele aanhalingstekens heeft een bijzondere betekenis.",
     "de tekst tussen enkele aanhalingstekens: '…'"),
    ("while scanning a quoted scalar", "Deze tekst begint met een aanhalingsteken en wordt niet afgesloten.",
     "hetzelfde aanhalingsteken aan het eind"),
    ("while parsing a flow mapping", "Deze { is niet goed afgesloten, of er ontbreekt een komma.",
     "{sleutel: waarde, sleutel: waarde}"),
    ("while parsing a flow sequence", "Deze [ is niet goed afgesloten, of er ontbreekt een komma.",
     "[waarde, waarde]"),
    ("found character '\\t'", "Hier staat een tab. YAML kent alleen spaties.", "spaties in plaats van de tab"),
    ("cannot start any token", "Een tekst mag niet met dit teken beginnen.", "de tekst tussen aanhalingstekens"),
    ("while scanning an alias", "Een * aan het begin verwijst in YAML naar een andere plek; dat mag hier niet.",
     "de tekst tussen aanhalingstekens"),
    ("while scanning an anchor", "Een & aan het begin heeft in YAML een bijzondere betekenis; dat mag hier niet.",
     "de tekst tussen aanhalingstekens"),
    ("could not find expected ':'", "Na deze sleutel ontbreekt een dubbele punt met een spatie.",
     "sleutel: waarde"),
    ("while parsing a block", "Het inspringen klopt hier niet.",
     "evenveel spaties als bij de regel waar dit bij hoort"),
    ("found undefined tag handle", "Een ! aan het begin heeft in YAML een bijzondere betekenis; dat mag hier niet.",
     "de tekst tussen aanhalingstekens"),
)  # fmt: skip


def mark_at(text: str, offset: int) -> Mark:
    """The place of an offset in `text`."""
    return Mark(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def decode(data: bytes, file: str) -> str:
    """The text of a file, its line ends made equal and a byte order mark at the start dropped.

    Raises:
        ContentError: the file is too large or is not UTF-8.
    """
    if len(data) > MAX_BYTES:
        what = f"Het bestand is te groot: {len(data):,} bytes.".replace(",", ".")
        instead = f"meer, kleinere bestanden van hoogstens {MAX_BYTES // 1000} kB"
        raise ContentError([Problem(file, Mark(), "too-large", what, instead=instead)])
    for start, name in _OTHER_ENCODINGS:
        if data.startswith(start):
            raise ContentError([_encoding_problem(file, Mark(), f"Het bestand is opgeslagen als {name}.")])
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        good = error.object[: error.start].decode("utf-8")
        what = f"Het bestand is geen UTF-8: hier staat byte 0x{error.object[error.start]:02X}."
        raise ContentError([_encoding_problem(file, mark_at(good, len(good)), what)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding_problem(file: str, mark: Mark, what: str) -> Problem:
    why = "Letters als é en ë worden dan verkeerd gelezen. Sla op als UTF-8 (in uw editor: Opslaan als, UTF-8)."
    return Problem(file, mark, "not-utf-8", what, why)


def text_problems(text: str, file: str) -> list[Problem]:
    """What is wrong in the raw text: forbidden characters, odd indentation, conflict markers, directives."""
    found = [
        bad_character(file, mark_at(text, offset), character)
        for offset, character in islice(forbidden_in(text), MAX_PROBLEMS_OF_A_KIND)
    ]
    for match in islice(_ODD_INDENT.finditer(text), MAX_PROBLEMS_OF_A_KIND):
        found.append(odd_space(file, mark_at(text, match.start(1)), match.group(1)))
    for match in islice(_CONFLICT.finditer(text), MAX_PROBLEMS_OF_A_KIND):
        what = "Hier staat een teken dat git achterlaat als twee versies botsen."
        instead = "één van de twee versies, zonder de regels met <<<<<<<, ======= en >>>>>>>"
        found.append(Problem(file, mark_at(text, match.start()), "conflict-marker", what, instead=instead))
    for match in islice(_DIRECTIVE.finditer(text), MAX_PROBLEMS_OF_A_KIND):
        what = "Een regel die met % begint is een opdracht aan de YAML-lezer; dat mag hier niet."
        instead = "niets, of een tekst tussen aanhalingstekens"
        found.append(Problem(file, mark_at(text, match.start()), "directive", what, instead=instead))
    return found


def parseable(text: str) -> str:
    """The text with forbidden characters replaced, so that parsing can go on and find more."""
    return FORBIDDEN.sub(REPLACEMENT, text)


def bad_character(file: str, mark: Mark, character: str) -> Problem:
    """A character that must not occur, raw or written as an escape."""
    what = f"Hier staat het teken {describe(character)}. Dat mag niet voorkomen."
    why = "Het is onzichtbaar of verandert wat een lezer ziet, zodat de tekst niet is wat hij lijkt."
    return Problem(file, mark, "bad-character", what, why, "de tekst opnieuw, zonder dit teken")


def odd_space(file: str, mark: Mark, character: str) -> Problem:
    """A space that looks like a normal one but does not structure YAML; usually pasted from Word."""
    what = f"Hier staat een bijzondere spatie, {describe(character)}, waar YAML een gewone spatie verwacht."
    why = "Zo'n spatie komt vaak mee uit Word en telt niet mee bij het inspringen."
    return Problem(file, mark, "odd-space", what, why, "gewone spaties")


def syntax_problems(error: yaml.MarkedYAMLError, text: str, file: str, known: list[Problem]) -> list[Problem]:
    """A syntax error in words an author can use; none if a problem already known explains it."""
    said = f"{error.context or ''}: {error.problem or ''}"
    at_end = "end>" in said or "end of stream" in said
    place = (error.context_mark if at_end else None) or error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else Mark()
    if any(p.code in _LAYOUT_CODES or p.mark.line == mark.line for p in known if p.code != "duplicate-key"):
        return []
    if tabs := _tab_problems(text, file, mark):
        return tabs
    what, instead = next(
        ((what, instead) for part, what, instead in _SYNTAX if part in said),
        ("Dit is geen geldige YAML.", ""),
    )
    return [Problem(file, mark, "syntax", what, "Wat hierna komt kon niet worden gelezen.", instead)]


def _tab_problems(text: str, file: str, mark: Mark) -> list[Problem]:
    """Tabs are only blamed if the line of the error starts with one; then all of them are told."""
    places = [mark_at(text, match.start(1)) for match in islice(_TAB_INDENT.finditer(text), 1000)]
    if mark.line not in {place.line for place in places}:
        return []
    return [
        Problem(file, place, "tab", f"Regel {place.line} springt in met een tab.", "YAML kent geen tabs.", "spaties")
        for place in places[:MAX_PROBLEMS_OF_A_KIND]
    ]
