"""One cell of a table read as the answer to one fact: never guessed, and never changed without a word.

A choice is an option's id or its label; several of them with `|` or `;` between. A number may have a decimal comma
or point, and may be a part of the range: `>8`, `>=3`, `<4`, `<=4`, `4..8`. An empty cell says nothing, which leaves
room for an assumption; a word for "unknown" does not.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

import pandas as pd

from mantelzorg.bulk.words import LANGUAGES, words
from mantelzorg.facts import UNKNOWN, Answer, AnswerError, Fact, Interval, Kind, Unknown, parse_answer

SEPARATORS = "|;"
LONGEST = 1_000
"""No answer is as long as this; what is longer is not searched for what it could mean."""
_HUGE = 10**300
YES, NO = "yes", "no"
_TRUTHS = {"true": YES, "waar": YES, "false": NO, "onwaar": NO}
"""How other programs write booleans; only for a fact with these two values."""
Decimal = Literal["point", "comma", "either"]

_NUMBER = r"-?[0-9]+(?:[.,][0-9]+)?"
_FORM = re.compile(rf"(>=|<=|>|<)? *({_NUMBER})(?: *\.\. *({_NUMBER}))?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_DATE = re.compile(r"[0-9]{1,4}[-/.]([0-9]{1,2}|[A-Za-zé]{3,9})\.?([-/ .][0-9]{2,4})?( [0-9:.]+)?")


class CellError(ValueError):
    """A cell that is no answer. `message(language)` says why, and what to write instead."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def message(self, language: str) -> str:
        texts = words(language)["cell"]
        close = self.values.get("close")
        values = {**self.values, "close": texts["close"].format(close=shown(str(close))) if close else ""}
        fact = self.values.get("fact")
        if isinstance(fact, Fact):
            values["possible"] = ", ".join(f"'{value.label[language]}'" for value in fact.values)
        return str(texts[self.key].format(**values))


def shown(text: str) -> str:
    """A cell in a message: between quotes, without what a terminal or a spreadsheet could act on, never long."""
    short = text if len(text) <= 40 else f"{text[:40]}…"
    return "'" + "".join(sign if sign.isprintable() else "·" for sign in short) + "'"


def _same(text: str) -> str:
    """What two spellings of one label share: no capitals, one space between words."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Unreadable:
    """A cell of which the source knows that it cannot be read; `key` is that of the CellError."""

    key: str

    def __str__(self) -> str:
        """What the output says in its place: no answer either, so that it is not taken for an empty cell later."""
        return "#?"


@dataclass(frozen=True)
class CellReader:
    """Reads cells of one fact. `by_id` says that the column is headed by the fact's id, so that an id which also
    begins another option's label is meant as an id. `decimal` is the only mark accepted in numbers, or "either"."""

    fact: Fact
    by_id: bool = True
    decimal: Decimal = "either"
    _labels: Mapping[str, Set[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        labels: dict[str, set[str]] = {}
        for value in self.fact.values:
            for text in value.label.values():
                labels.setdefault(_same(text), set()).add(value.id)
        object.__setattr__(self, "_labels", labels)

    def read(self, cell: object) -> Answer | None:
        """The answer, or None for an empty cell. Takes text, numbers, booleans, several values, ready answers.

        Raises CellError.
        """
        if cell is None or isinstance(cell, Unknown | Interval):
            return cell
        if isinstance(cell, str):
            return self._text(cell)
        if isinstance(cell, Unreadable):
            raise CellError(cell.key)
        if isinstance(cell, list | tuple | set | frozenset):
            return self._several([str(part) for part in cell], str(cell)) if cell else None
        if isinstance(cell, dt.date | dt.time | dt.timedelta):
            raise CellError("date", shown=shown(str(cell)))
        if pd.isna(cell):  # type: ignore[call-overload]
            return None
        return self._typed(cell)

    def _text(self, cell: str) -> Answer | None:
        text = " ".join(cell.split())
        if not text:
            return None
        if len(text) > LONGEST:
            raise CellError("too_long", length=len(cell))
        if any(text.casefold() in words(language)["unknown"] for language in LANGUAGES):
            return UNKNOWN
        if self.fact.kind is Kind.NUMBER:
            return self._number(text)
        if {YES, NO} <= set(self.fact.value_ids):
            text = _TRUTHS.get(text.casefold(), text)
        found = self._values(text)
        if not found and any(sign in text for sign in SEPARATORS):
            parts = (part.strip() for part in re.split(f"[{re.escape(SEPARATORS)}]", text))
            return self._several([part for part in parts if part], text)
        return self._several([text], text)

    def _number(self, text: str) -> Answer:
        form = _FORM.fullmatch(text)
        if not form or (form[1] and form[3]):
            raise self._wrong("date" if _DATE.fullmatch(text) else "not_a_number", text)
        for number in filter(None, form.group(2, 3)):
            self._check_mark(number, text)
        try:
            return parse_answer(self.fact, text.replace(",", "."))
        except AnswerError:
            raise self._wrong("out_of_range", text) from None

    def _check_mark(self, number: str, text: str) -> None:
        """A comma or point is a decimal mark, unless it could also divide thousands."""
        if self.decimal == "either":
            if _THOUSANDS.fullmatch(number):
                raise CellError("thousands", shown=shown(text))
        elif {"point": ",", "comma": "."}[self.decimal] in number:
            raise CellError("decimal", shown=shown(text), decimal=self.decimal)

    def _typed(self, cell: object) -> Answer:
        """A cell that a workbook or a data frame already knows as a number or a boolean."""
        item = cell.item() if hasattr(cell, "item") else cell
        if isinstance(item, bool) and {YES, NO} <= set(self.fact.value_ids):
            return frozenset({YES if item else NO})
        if self.fact.kind is not Kind.NUMBER or isinstance(item, bool):
            return self._several([str(item)], str(item))
        if not isinstance(item, int | float) or (isinstance(item, float) and not math.isfinite(item)):
            raise self._wrong("not_a_number", str(item))
        try:
            return parse_answer(self.fact, item)
        except AnswerError:
            raise self._wrong("out_of_range", f"{item:.15g}" if abs(item) < _HUGE else "…") from None

    def _several(self, parts: Iterable[str], text: str) -> Answer:
        if self.fact.kind is Kind.NUMBER:
            raise self._wrong("not_a_number", text)
        chosen = set[str]()
        for part in parts:
            found = self._values(part)
            if len(found) > 1:
                raise CellError("ambiguous", shown=shown(part), fact=self.fact)
            if not found:
                raise CellError("no_value", shown=shown(part), close=self._close(part), fact=self.fact)
            chosen |= found
        if self.fact.kind is Kind.MULTIPLE and self.fact.alone in chosen and len(chosen) > 1:
            raise CellError("alone", shown=shown(self.fact.alone))
        if not chosen:
            raise CellError("no_value", shown=shown(text), close="", fact=self.fact)
        return frozenset(chosen)

    def _values(self, text: str) -> Set[str]:
        """The options that this may be: none, one, or more than one when it cannot be told."""
        found = self._labels.get(_same(text), frozenset())
        if text not in self.fact.value_ids:
            return found
        if self.by_id:
            return {text}
        begun = {option for label, ids in self._labels.items() if label.startswith(f"{_same(text)},") for option in ids}
        return {text} | found | begun

    def _close(self, text: str) -> str:
        known = [*self.fact.value_ids, *(label for value in self.fact.values for label in value.label.values())]
        return next(iter(get_close_matches(text, known, n=1, cutoff=0.6)), "")

    def _wrong(self, key: str, text: str) -> CellError:
        return CellError(key, shown=shown(text), low=f"{self.fact.low:g}", high=f"{self.fact.high:g}")
