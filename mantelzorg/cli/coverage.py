"""`coverage`: which criteria, verdicts and options the cases reach, and which have no case yet."""

from __future__ import annotations

import json
import sys
from itertools import groupby

from mantelzorg.checks import read_all
from mantelzorg.checks.coverage import Row, rows

_DUTCH = {"met": "voldaan", "not_met": "niet voldaan", "open": "open", "cases": "voorbeelden"}


def run(as_json: bool) -> int:
    """Print the counts. 1 when content could not be read, else 0: that something has no case is not an error."""
    material = read_all()
    found = rows(material)
    for wrong in material.findings:
        print(wrong.problem, file=sys.stderr)
    if as_json:
        told = {"cases": len(material.all_cases), "rows": [row.plain() for row in found]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for of, own in groupby(found, key=lambda row: row.of):
            print(f"\n{of}")
            print("\n".join(f"  {_line(row)}" for row in own))
        missing = sum(len(row.missing) for row in found)
        print(f"\n{len(material.all_cases)} voorbeelden; {missing} keer nog geen voorbeeld (gemerkt met !).")
    return int(bool(material.findings))


def _line(row: Row) -> str:
    counts = ", ".join(
        f"{'!' if name in row.missing else ''}{_DUTCH.get(name, name)} {count}" for name, count in row.counts.items()
    )
    return f"{row.name}: {counts}"
