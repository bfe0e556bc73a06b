"""The note for a patient file: every field on one line, shortened where it would not fit."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mantelzorg import wording

WIDTH = 86
"""What fits behind a letter, on lines of at most 90 characters."""


@dataclass(frozen=True)
class Listed:
    """Things of one kind, most telling first. `left_out` of them are only counted."""

    parts: tuple[str, ...]
    separator: str = "; "
    left_out: int = 0

    def text(self, more: str) -> str:
        shown = self.parts[: len(self.parts) - self.left_out]
        return self.separator.join([*shown, more.format(self.left_out)] if self.left_out else shown)

    def shorter(self) -> Listed:
        return replace(self, left_out=min(self.left_out + 1, len(self.parts) - 1))


@dataclass(frozen=True)
class Field:
    """One sentence: how it begins, and what it lists."""

    start: str
    lists: tuple[Listed, ...]

    def text(self, more: str) -> str:
        return wording.sentence(self.start + "; ".join(one.text(more) for one in self.lists))

    def shortened(self) -> Iterator[Field]:
        """The same with one thing fewer, longest list first; nothing when each list is down to one."""
        order = sorted(range(len(self.lists)), key=lambda place: -len(self.lists[place].text("")))
        for place in order:
            one = self.lists[place]
            if one.shorter() != one:
                yield replace(self, lists=(*self.lists[:place], one.shorter(), *self.lists[place + 1 :]))


def fitted(fields: Sequence[Field], more: str) -> str:
    """The fields on one line; `more` ("nog {}") counts what had to be left out."""
    line = list(fields)
    while len(text := " ".join(field.text(more) for field in line)) > WIDTH:
        places = sorted(range(len(line)), key=lambda place: -len(line[place].text(more)))
        shorter = next(((place, field) for place in places for field in line[place].shortened()), None)
        if shorter is None:
            break
        line[shorter[0]] = shorter[1]
    return text


def lines(fields: Sequence[Field], most: int, more: str) -> list[str]:
    """The fields on at most `most` lines: neighbours that can be shortest share one."""
    groups = [[field] for field in fields]
    while len(groups) > most:
        sizes = [sum(map(_least, (*one, *other))) for one, other in itertools.pairwise(groups)]
        place = sizes.index(min(sizes))
        groups[place : place + 2] = [groups[place] + groups[place + 1]]
    return [fitted(group, more) for group in groups]


def _least(field: Field) -> int:
    """About how many characters the field needs at least."""
    return len(field.start) + sum(len(one.parts[0]) + 2 for one in field.lists)
