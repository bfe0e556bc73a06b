"""The blocks a report is made of. Every format (screen, PDF, Word, plain text) is written from these alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import TypeAlias


class Emphasis(Enum):
    """How a piece of running text stands out."""

    NONE = ""
    STRONG = "strong"
    QUIET = "quiet"


@dataclass(frozen=True)
class Run:
    """Text in one emphasis. Spaces at its ends count: runs are written one after another."""

    text: str
    emphasis: Emphasis = Emphasis.NONE


Text: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True)
class Title:
    """The one title of the document; `aside` stands at its right (the date) and may be empty."""

    text: str
    aside: str = ""


@dataclass(frozen=True)
class Lead:
    """What is asked and how soon: the first thing the receiver reads."""

    label: str
    question: str
    term: str


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class Quote:
    """Words to say aloud."""

    text: str


@dataclass(frozen=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Row:
    label: str
    content: tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True)
class Rows:
    """Labelled rows; the labels are headings for who reads by heading."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Notice:
    """A framed block. `ticked` draws a tick box before it; None draws none."""

    heading: str
    content: tuple[Paragraph, ...]
    ticked: bool | None = None


@dataclass(frozen=True)
class Action:
    """The one thing to do: call. Without a `number` there is room to write it and `missing` says so."""

    heading: str
    number: str
    missing: str
    content: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Blanks:
    """Lines to fill in by hand; the heading may be empty."""

    heading: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """An empty tick box; `blank` puts a line to write on after the label."""

    label: str
    blank: bool = False


@dataclass(frozen=True)
class ReplyStrip:
    """The strip at the foot that the receiver sends back; `cut` marks where to cut."""

    cut: str
    heading: str
    choices: tuple[Choice, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Pictogram:
    """A drawing from `reports/pictograms/` with the label that carries the meaning."""

    icon: str
    label: str


@dataclass(frozen=True)
class Pictograms:
    items: tuple[Pictogram, ...]


@dataclass(frozen=True)
class NoteLines:
    """Lines for a patient file, each with its letter, and a closing line that may be empty."""

    lines: tuple[tuple[str, str], ...]
    closing: str


@dataclass(frozen=True)
class Tip:
    """Advice to the person at the screen; never part of what is printed, sent or copied."""

    text: str


@dataclass(frozen=True)
class Ticks:
    """Empty tick boxes on one line, to choose by hand."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Address:
    """A web address to open: as a picture for a telephone, and to type. `url` is a whole one."""

    label: str
    url: str


@dataclass(frozen=True)
class Kept:
    """Blocks that stay together on a page as long as they fit on one."""

    content: tuple[Block, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True)
class Footer:
    text: str


Block: TypeAlias = (
    Title | Lead | Heading | Paragraph | Quote | Bullets | Table | Rows | Notice | Action | Blanks
    | ReplyStrip | Pictograms | NoteLines | Ticks | Address | Kept | PageBreak | Tip | Footer
)  # fmt: skip


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, also those that are kept together, in order."""
    for block in blocks:
        yield block
        if isinstance(block, Kept):
            yield from flat(block.content)


def as_data(value: object) -> object:
    """The block (or anything inside one) as lists and dicts for JSON; a block's `kind` is its class name."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [as_data(inner) for inner in value]
    if is_dataclass(value):
        data = {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
        return {"kind": type(value).__name__, **data}
    return value
