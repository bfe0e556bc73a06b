"""Whether the cells of a column that looks like a row's number occur more than once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mantelzorg.bulk.columns import Heading

MOST_KEPT = 1_000_000
_NUMBER = re.compile(r"(^|[\W_])(id|nr|no|nummer|number|code)$", re.IGNORECASE)


class Repeats:
    """Counts the rows whose first cell came before; only for a column named as a number. Keeps hashes, no cells."""

    def __init__(self, heading: Heading) -> None:
        self.heading = heading
        self._watched = bool(_NUMBER.search(heading.name.strip()))
        self._seen: set[int] = set()
        self._count = 0

    def add(self, cells: Sequence[Any]) -> None:
        """The next cells; beyond a million different ones no more are remembered."""
        if not self._watched or len(self._seen) > MOST_KEPT:
            return
        own = [hash(cell) for cell in cells if cell not in ("", None)]
        before = len(self._seen)
        self._seen.update(own)
        self._count += len(own) - (len(self._seen) - before)

    def found(self) -> dict[str, int]:
        """The column's name and the number of rows that repeat an earlier one; nothing if there are none."""
        return {self.heading.name: self._count} if self._count else {}
