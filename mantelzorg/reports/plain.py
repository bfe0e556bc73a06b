"""Writes the blocks as plain text: whole reports for a message, note lines for a patient file."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

from mantelzorg.reports.blocks import (
    Action,
    Address,
    Blanks,
    Block,
    Bullets,
    Choice,
    Footer,
    Heading,
    Kept,
    Lead,
    NoteLines,
    Notice,
    PageBreak,
    Paragraph,
    Pictograms,
    Quote,
    ReplyStrip,
    Rows,
    Table,
    Text,
    Ticks,
    Tip,
    Title,
)

NOTE_WIDTH = 90
_BLANK = "____________________"
_ASCII = {
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-",
    "−": "-", "…": "...", "•": "-", "·": "-", "€": "EUR ", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE",
    "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "þ": "th",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "×": "x", "≥": ">=", "≤": "<=",
}  # fmt: skip


def write_text(blocks: Iterable[Block]) -> str:
    """The report as text. With note lines in it, those lines alone: they are pasted into a record."""
    shown = list(blocks)
    notes = [block for block in shown if isinstance(block, NoteLines)]
    parts = [line for block in notes for line in note_lines(block)]
    if not notes:
        parts = [line for block in shown for line in _lines(block)]
    return "\n".join(parts).strip("\n") + "\n"


def ascii_text(text: str) -> str:
    """Text in ASCII: é becomes e, quotes become straight, a letter without a likeness becomes "?"."""
    likeness = "".join(_ASCII.get(letter, letter) for letter in text)
    decomposed = unicodedata.normalize("NFKD", likeness)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.encode("ascii", "replace").decode("ascii")


def note_lines(block: NoteLines) -> list[str]:
    """The lines of a note: ASCII, at most 90 characters; a line that goes on repeats its letter."""
    lines = [piece for letter, text in block.lines for piece in _wrapped(text, f"{letter}  ")]
    return lines + _wrapped(block.closing, "")


def _wrapped(text: str, letter: str) -> list[str]:
    return textwrap.wrap(ascii_text(text), NOTE_WIDTH, initial_indent=letter, subsequent_indent=letter)


def words(text: Text) -> str:
    """Running text without its emphasis."""
    return "".join(run.text for run in text)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield from filter(None, (block.text, block.aside))
        case Lead():
            yield from ("", f"{block.label}: {block.question}", block.term, "")
        case Rows():
            for row in block.rows:
                yield from _labelled(row.label, row.content)
        case Heading():
            yield from ("", block.text)
        case Paragraph() | Bullets():
            yield from _content((block,))
        case Quote():
            yield block.text
        case Table():
            yield from (" | ".join(cells) for cells in (block.head, *block.rows))
        case Footer():
            yield from ("", block.text)
        case Kept():
            for inner in block.content:
                yield from _lines(inner)
        case Tip() | NoteLines() | PageBreak():
            return
        case _:
            yield from _named(block)


def _named(block: Notice | Action | Blanks | ReplyStrip | Pictograms | Ticks | Address) -> Iterator[str]:
    match block:
        case Notice():
            box = "" if block.ticked is None else "[x] " if block.ticked else "[ ] "
            yield from ("", box + block.heading, *_content(block.content))
        case Action():
            number = block.number or f"{_BLANK} ({block.missing})"
            yield from ("", block.heading, number, *_content(block.content))
        case Blanks():
            yield from ("", *filter(None, [block.heading]), *_blanks(block.labels))
        case ReplyStrip():
            yield from ("", f"- - - {block.cut} - - -", block.heading)
            yield from map(_choice, block.choices)
            yield from _blanks(block.labels)
        case Ticks():
            yield "   ".join(map(_choice, block.choices))
        case Address():
            yield from ("", *filter(None, [block.label]), block.url)
        case Pictograms():
            yield from (f"- {item.label}" for item in block.items)


def _content(content: Iterable[Paragraph | Bullets]) -> Iterator[str]:
    for part in content:
        if isinstance(part, Bullets):
            yield from (f"- {words(item)}" for item in part.items)
        else:
            yield words(part.text)


def _labelled(label: str, content: tuple[Paragraph | Bullets, ...]) -> Iterator[str]:
    lines = list(_content(content))
    if isinstance(content[0], Bullets):
        return iter([f"{label}:", *lines])
    return iter([f"{label}: {lines[0]}", *(f"  {line}" for line in lines[1:])])


def _choice(choice: Choice) -> str:
    return f"[ ] {choice.label}" + f" {_BLANK}" * choice.blank


def _blanks(labels: Iterable[str]) -> Iterator[str]:
    return (f"{label}: {_BLANK}" for label in labels)
