"""A first look at a file: its columns and its first rows, before anything is judged."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from mantelzorg.bulk.columns import Heading, recognise
from mantelzorg.bulk.opening import open_source
from mantelzorg.bulk.screening import Wish
from mantelzorg.bulk.tables import as_text
from mantelzorg.content import Content

MOST_ROWS = 5
LONGEST = 60


@dataclass(frozen=True)
class Peek:
    """`rows` are the first ones as text, each as long as `headings`. `about` says how the file was read."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    about: dict[str, str]


def peek(wish: Wish, content: Content) -> Peek:
    """Look at the source of a wish. Raises ContentError when it cannot be read at all."""
    with closing(open_source(wish, content.facts)) as source:
        headings = recognise(source.names, content.facts.values(), wish.told)
        chunk = next(iter(source.chunks()), None)
        count = min(MOST_ROWS, len(chunk)) if chunk else 0
        cells = chunk.cells if chunk else ()
        rows = tuple(tuple(_shown(column[row]) for column in cells) for row in range(count))
        return Peek(headings, rows, dict(source.about))


def _shown(cell: object) -> str:
    text = as_text(cell)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
