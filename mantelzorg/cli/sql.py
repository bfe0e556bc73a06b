"""`sql`: a rule set as one SELECT, or the columns that its table must have."""

from __future__ import annotations

import sys

from mantelzorg.bulk.sql import columns, select
from mantelzorg.bulk.sql_names import SqlError
from mantelzorg.cli.assess import UnknownRuleSetError
from mantelzorg.content import load
from mantelzorg.facts import suggest

REFUSED = 2


def run(name: str, table: str, only_columns: bool, assuming: bool) -> int:
    """Print. 2 when a name cannot be said in SQL. Raises UnknownRuleSetError, ContentError."""
    judges = load().judges
    if name not in judges:
        known = ", ".join(judges)
        raise UnknownRuleSetError(f"{name[:60]!r}: deze regels bestaan niet.{suggest(name, judges)} Mogelijk: {known}.")
    try:
        query = select(judges[name], table, assuming=assuming)
    except SqlError as error:
        print(error, file=sys.stderr)
        return REFUSED
    if only_columns:
        print("\n".join(f"{column} {kind}" for column, kind in columns(judges[name]).items()))
    else:
        print(f"{query};")
    return 0
