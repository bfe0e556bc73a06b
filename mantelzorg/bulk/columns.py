"""Which column of a table is which fact: by the fact's id or one of its labels, never by what looks like it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from mantelzorg.facts import Fact

LONGEST = 80
"""A heading longer than this is text, and not searched for the fact that it resembles."""


@dataclass(frozen=True)
class Heading:
    """A column. `fact` is None for an extra one; `by_id` says that it bears the fact's id, and not a label.

    `close` is the fact that an extra column looks like, for a suggestion.
    """

    place: int
    name: str
    fact: Fact | None = None
    by_id: bool = False
    close: str = ""


def plain(name: str) -> str:
    """What two spellings of one heading share: no capitals, a space for every gap or underscore."""
    return " ".join(name.replace("_", " ").split()).casefold()


def recognise(
    names: Sequence[str], facts: Iterable[Fact], told: Mapping[int, str] | None = None
) -> tuple[Heading, ...]:
    """The columns with these names, in their order.

    `told` says of a column, by its place, which fact it is; "" for none. Only what it leaves out is recognised.
    """
    by_id = {plain(fact.id): fact for fact in facts}
    by_label: dict[str, set[str]] = {}
    for fact in by_id.values():
        for label in fact.label.values():
            by_label.setdefault(plain(label), set()).add(fact.id)
    own = {fact.id: fact for fact in by_id.values()}
    told = told or {}
    return tuple(
        Heading(place, name, own.get(told[place])) if place in told else _heading(place, name, by_id, by_label, own)
        for place, name in enumerate(names)
    )


def _heading(
    place: int, name: str, by_id: Mapping[str, Fact], by_label: Mapping[str, set[str]], facts: Mapping[str, Fact]
) -> Heading:
    key = plain(name)
    if key in by_id:
        return Heading(place, name, by_id[key], by_id=True)
    meant = by_label.get(key, set())
    if len(meant) == 1:
        return Heading(place, name, facts[next(iter(meant))])
    close = get_close_matches(key, [*by_id, *by_label], n=1, cutoff=0.75) if len(key) <= LONGEST else []
    return Heading(place, name, close=_id_of(close[0], by_id, by_label) if close else "")


def _id_of(key: str, by_id: Mapping[str, Fact], by_label: Mapping[str, set[str]]) -> str:
    return by_id[key].id if key in by_id else min(by_label[key])


def doubles(headings: Iterable[Heading]) -> list[tuple[Heading, Heading]]:
    """Pairs of columns that are the same fact, or that bear the same name."""
    first: dict[tuple[bool, str], Heading] = {}
    found = []
    for heading in headings:
        name = heading.fact.id if heading.fact else plain(heading.name)
        key = (heading.fact is None, name)
        if name and first.setdefault(key, heading) is not heading:
            found.append((first[key], heading))
    return found
