"""Names and text in SQL that every engine reads alike: what needs quoting or escaping is refused, never guessed.

Engines differ here in silence. To DuckDB `"age"` is a column, to Spark it is the text 'age'; `'a''b'` and `'a\\b'`
are other texts too. Plain names need no quotes behind the name of their table, not even `order` or `select`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mantelzorg.facts import Fact, Kind

ROW = "s"
"""What a row of the table is called in the SELECT."""
WHOLE = 2**31
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
_TEXT = re.compile(r"[A-Za-z0-9_. -]{0,128}")


class SqlError(ValueError):
    """A rule set that cannot be said in SQL; the message says which name is the trouble."""


def option_column(fact: Fact, option: str) -> str:
    """The name of the column that says whether an option of a multiple choice was chosen."""
    return f"{fact.id}__{option}"


def columns_of(fact: Fact) -> tuple[str, ...]:
    """The columns that hold a fact: one, or for a multiple choice one per option."""
    if fact.kind is Kind.MULTIPLE:
        return tuple(option_column(fact, option) for option in fact.value_ids)
    return (fact.id,)


def check_columns(names: Iterable[str]) -> None:
    """Raises SqlError for names that need quotes, and for two that an engine would take for one."""
    seen: dict[str, str] = {}
    for name in names:
        key = plain_name(name).lower()
        if key in seen:
            raise SqlError(f"De kolommen {seen[key]!r} en {name!r} zijn in SQL dezelfde.")
        seen[key] = name


def plain_name(name: str) -> str:
    """The name, when no engine needs quotes for it. Raises SqlError."""
    if not _NAME.fullmatch(name):
        raise SqlError(f"{name[:60]!a} kan in SQL geen naam zijn: alleen letters van a tot z, cijfers en _.")
    return name


def column(name: str) -> str:
    """A column of the row at hand."""
    return f"{ROW}.{plain_name(name)}"


def text(value: str) -> str:
    """A text between quotes. Raises SqlError for signs that engines read differently."""
    if not _TEXT.fullmatch(value):
        raise SqlError(f"{value[:60]!a} kan in SQL niet als tekst: alleen letters van a tot z, cijfers en _ . - .")
    return f"'{value}'"


def listed(values: Iterable[str]) -> str:
    """Texts with commas between."""
    return ", ".join(map(text, values))


def number(value: float) -> str:
    """A number as all engines read it: whole, or in the one form that is DOUBLE everywhere."""
    if value == int(value) and abs(value) < WHOLE:
        return f"{value:.0f}"
    shown = repr(float(value))
    return shown if "e" in shown else f"{shown}E0"
