"""What every worker of a cluster does with its part of the rows: the same as one machine does with all of them."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from mantelzorg.assessment import Judge
from mantelzorg.bulk.columns import Heading
from mantelzorg.bulk.judging import judge
from mantelzorg.bulk.output import defused_column
from mantelzorg.bulk.screening import Screening, Wish
from mantelzorg.bulk.tables import Chunk, RowError, as_text
from mantelzorg.bulk.words import words
from mantelzorg.facts import Fact
from mantelzorg.rules import RuleSet

if TYPE_CHECKING:
    from mantelzorg.content import Content

MALFORMED = "_mantelzorg_malformed"
"""The column in which Spark puts the text of a CSV row that it could not divide into cells."""
Batches = Iterator[pa.RecordBatch]
Work = Callable[[Batches], Batches]


@lru_cache(maxsize=8)
def _judge(pickled: bytes) -> Judge:
    """A judge of a rule set that came over the wire; made once in every process."""
    return Judge(pickle.loads(pickled))


@dataclass(frozen=True)
class _Facts:
    """The part of the content that a worker needs."""

    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Job:
    """All that a worker must know. A judge itself cannot be sent: its rule set is, and the judge is made there."""

    wish: Wish
    rules: tuple[bytes, ...]
    facts: Mapping[str, Fact]
    kind: str
    names: tuple[str, ...]
    as_csv: bool

    def screening(self) -> Screening:
        """Ready to judge parts, in any order."""
        wish = replace(self.wish, judges=[_judge(own) for own in self.rules])
        facts: Content = _Facts(self.facts)  # type: ignore[assignment]
        return Screening(wish, Part(self.kind, self.names), facts)


class Part:
    """Some rows of a file that is spread over many machines; nobody knows their numbers."""

    blank = 0

    def __init__(self, kind: str, names: tuple[str, ...]) -> None:
        self.kind, self.names, self.text = kind, names, kind == "csv"
        self.about = {"engine": "Spark"}

    def chunks(self) -> Iterator[Chunk]:
        """None: they come from Spark."""
        return iter(())

    def done(self) -> float:
        """Not known here."""
        return 0.0

    def place(self, line: int, heading: Heading | None, language: str) -> str:
        """The column; a row has no number."""
        template = words(language)["place"]["part_cell" if heading else "part_row"]
        return str(template.format(name=heading.name if heading else ""))


def screening_of(job: Job) -> Work:
    """For `mapInArrow`: the kept columns of every batch, then those that `screen` adds."""

    def work(batches: Batches) -> Batches:
        screening = job.screening()
        for batch in batches:
            chunk = _chunk(batch, job)
            kept = [heading.place for heading in screening.kept]
            added: list[Sequence[str]] = list(screening.judged(chunk))
            if job.as_csv:
                columns = [_texts(chunk.cells[place]) for place in kept]
                arrays = [pa.array(defused_column(column), pa.string()) for column in [*columns, *added]]
            else:
                arrays = [batch.column(place) for place in kept] + [pa.array(column, pa.string()) for column in added]
            yield pa.RecordBatch.from_arrays(arrays, names=[*screening.kept_names, *screening.added])

    return work


def _chunk(batch: pa.RecordBatch, job: Job) -> Chunk:
    cells = [batch.column(place).to_pylist() for place in range(len(job.names))]
    wrong: dict[int, RowError] = {}
    if job.kind == "csv":
        cells = [["" if cell is None else cell for cell in column] for column in cells]
        broken = batch.column(len(job.names)).to_pylist()
        wrong = {row: RowError("malformed") for row, text in enumerate(broken) if text is not None}
    return Chunk(cells, range(batch.num_rows), wrong)


def _texts(cells: Sequence[Any]) -> list[str]:
    return [as_text(cell) for cell in cells]


def results_of(rules: RuleSet, result: str) -> Work:
    """For `mapInArrow`: every batch, with the results of `judging.judge` as one more column."""
    pickled = pickle.dumps(rules)

    def work(batches: Batches) -> Batches:
        own = _judge(pickled)
        for batch in batches:
            columns = {name: _objects(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
            found = judge(pd.DataFrame(columns, dtype=object), own)
            yield batch.append_column(result, pa.array(found.tolist(), pa.string()))

    return work


def _objects(column: pa.Array) -> pd.Series[Any]:
    """Values as they are: a column that pandas would turn into numbers may not."""
    return pd.Series(column.to_pylist(), dtype=object)
