"""Two lists of blocks that say the same in two languages, cut into the parts that stand beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from mantelzorg.reports.blocks import Action, Block, Bullets, Heading, Paragraph, Pictograms, Quote, Title
from mantelzorg.reports.errors import ReportError


@dataclass(frozen=True)
class Side:
    """A section in both languages, one beside the other: a heading with what is under it, or the title."""

    dutch: tuple[Block, ...]
    own: tuple[Block, ...]


@dataclass(frozen=True)
class Call:
    """The block to call: the number once, the words in both languages."""

    dutch: Action
    own: Action


@dataclass(frozen=True)
class Drawings:
    """Pictograms once, each with both labels."""

    dutch: Pictograms
    own: Pictograms


Part: TypeAlias = Side | Call | Drawings


def sections(dutch: tuple[Block, ...], own: tuple[Block, ...], place: str) -> tuple[Part, ...]:
    """The parts in order. Raises `ReportError` at `place` when the blocks of the two are not alike."""
    if len(dutch) != len(own):
        raise _unlike(place, f"{len(dutch)} en {len(own)} delen")
    parts: list[Part] = []
    for first, second in zip(dutch, own, strict=True):
        part = _paired(first, second, place)
        if isinstance(part, Side) and parts and _goes_on(last := parts[-1], part) and isinstance(last, Side):
            parts[-1] = Side(last.dutch + part.dutch, last.own + part.own)
        else:
            parts.append(part)
    return tuple(parts)


def _paired(dutch: Block, own: Block, place: str) -> Part:
    match dutch, own:
        case Action(), Action() if _digits(dutch) == _digits(own) and len(dutch.content) == len(own.content):
            return Call(dutch, own)
        case Pictograms(), Pictograms() if _icons(dutch) == _icons(own):
            return Drawings(dutch, own)
        case (
            (Title(), Title())
            | (Heading(), Heading())
            | (Paragraph(), Paragraph())
            | (Bullets(), Bullets())
            | (Quote(), Quote())
        ):
            return Side((dutch,), (own,))
        case _:
            raise _unlike(place, f"{type(dutch).__name__} en {type(own).__name__}")


def _goes_on(last: Part, part: Side) -> bool:
    """Whether a block belongs to the section before it: a heading starts one, and the title stands alone."""
    alone = isinstance(last, Side) and isinstance(last.dutch[0], Title)
    return isinstance(last, Side) and not alone and not isinstance(part.dutch[0], Heading)


def _digits(block: Action) -> str:
    return "".join(block.number.split())


def _icons(block: Pictograms) -> tuple[str, ...]:
    return tuple(item.icon for item in block.items)


def _unlike(place: str, found: str) -> ReportError:
    what = f"De twee talen hebben niet dezelfde delen in dezelfde volgorde: {found}."
    return ReportError("not-alike", place, what)
