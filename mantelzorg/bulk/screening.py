"""A file of situations judged: every row comes back, with what the rule sets say of it or why it cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mantelzorg.assessment import Judge
from mantelzorg.bulk.answers import FactColumn, Ids
from mantelzorg.bulk.cells import CellReader, Decimal
from mantelzorg.bulk.columns import doubles, recognise
from mantelzorg.bulk.opening import open_source, open_writer
from mantelzorg.bulk.output import Target, Writer
from mantelzorg.bulk.repeats import Repeats
from mantelzorg.bulk.results import KEYS, Results
from mantelzorg.bulk.row_errors import RowErrors
from mantelzorg.bulk.tables import Chunk, Source, refusal
from mantelzorg.bulk.words import LANGUAGES, words
from mantelzorg.content import Content

MOST_DISTINCT = 200_000
"""More distinct cells than this in all columns are not remembered from one part of the file to the next."""
TOGETHER = 1 << 16
Progress = Callable[[int, float], None]
"""Is told the number of rows so far, and the part of the file that was read."""


@dataclass(frozen=True)
class Wish:
    """What to do with a file. `required` are facts without whose column it is refused."""

    source: Path
    target: Path
    judges: Sequence[Judge]
    language: str = "nl"
    sheet: str | None = None
    decimal: Decimal = "either"
    required: Sequence[str] = ()
    told: Mapping[int, str] = field(default_factory=dict)
    """Which fact a column is, by its place, where somebody said so; "" for none."""


@dataclass
class Summary:
    """What was done. Holds names of columns and places of errors, never what stands in a row."""

    rows: int = 0
    errors: int = 0
    first_errors: list[str] = field(default_factory=list)
    blank: int = 0
    kind: str = ""
    about: dict[str, str] = field(default_factory=dict)
    facts: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    near: dict[str, str] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    repeated: dict[str, int] = field(default_factory=dict)
    results: dict[str, dict[str, int]] = field(default_factory=dict)


def screen(wish: Wish, content: Content, progress: Progress = lambda rows, part: None) -> Summary:
    """Judge every row of a file, and write the target when all is done.

    The source is never written to. Raises ContentError when the file cannot be screened or the target cannot be
    written; there is no target then, nor a part of one.
    """
    _check_paths(wish)
    with closing(open_source(wish, content.facts)) as source:
        screening = Screening(wish, source, content)
        with Target(wish.target) as target:
            writer = open_writer(wish, target.path, source, screening.kept_names, screening.added)
            try:
                screening.run(writer, progress)
                writer.close()
            except BaseException:
                with suppress(Exception):
                    writer.abandon()
                raise
    return screening.summary


def _check_paths(wish: Wish) -> None:
    if not wish.source.exists():
        raise refusal(str(wish.source), "unreadable", "Dit bestand bestaat niet.", "Controleer de naam en de map.")
    if wish.source.is_dir():
        raise refusal(str(wish.source), "unreadable", "Dit is een map.", "Noem een bestand.")
    with suppress(OSError):
        if wish.target.samefile(wish.source):
            what = "De uitvoer is hetzelfde bestand als de invoer."
            raise refusal(str(wish.target), "same-file", what, "Kies een andere naam; de invoer wordt nooit gewijzigd.")


@dataclass(frozen=True)
class _Read:
    """A part of the file with the number of every answer in it, and per row what is wrong."""

    chunk: Chunk
    ids: dict[str, Ids]
    errors: list[str]


class Screening:
    """One file on its way from source to target."""

    def __init__(self, wish: Wish, source: Source, content: Content) -> None:
        self.wish, self.source = wish, source
        self.headings = recognise(source.names, content.facts.values(), wish.told)
        self.results = [Results(judge, wish.language) for judge in wish.judges]
        self.error_name = words(wish.language)["column"]["error"]
        self.added = [*(name for own in self.results for name in own.columns), self.error_name]
        earlier = _names_of_results(wish.judges)
        self.kept = [heading for heading in self.headings if heading.name not in earlier]
        self.kept_names = [heading.name for heading in self.kept]
        self.columns = {
            heading.fact.id: FactColumn(CellReader(heading.fact, heading.by_id, wish.decimal), source.text)
            for heading in self.kept
            if heading.fact
        }
        self.facts = [heading for heading in self.kept if heading.fact]
        self.errors = RowErrors(source, self.facts, self.columns, wish.language)
        self.repeats = Repeats(self.kept[0]) if self.kept and not self.kept[0].fact else None
        self.summary = self._begun(earlier)
        self._check(content)

    def _begun(self, earlier: set[str]) -> Summary:
        used = {judge.rules.id: [axis.fact.id for axis in judge.table.axes] for judge in self.wish.judges}
        return Summary(
            kind=self.source.kind,
            about=dict(self.source.about),
            facts=[heading.fact.id for heading in self.facts if heading.fact],
            extra=[heading.name for heading in self.kept if not heading.fact],
            near={heading.name: heading.close for heading in self.kept if heading.close},
            missing={rules: [fact for fact in facts if fact not in self.columns] for rules, facts in used.items()},
            replaced=[heading.name for heading in self.headings if heading.name in earlier],
        )

    def _check(self, content: Content) -> None:
        file = str(self.wish.source)
        for one, other in doubles(self.kept):
            name = one.fact.id if one.fact else one.name.strip()[:60]
            what = f"Kolom {one.place + 1} en kolom {other.place + 1} zijn allebei {name!r}."
            raise refusal(file, "double-column", what, "Geef een van beide een andere naam, of laat die weg.")
        if not self.columns:
            known = ", ".join(content.facts)
            raise refusal(file, "header", "Geen enkele kolom is een feit.", f"Mogelijke namen: {known}.")
        absent = [fact for fact in self.wish.required if fact not in self.columns]
        if absent:
            near = [f"Kolom {name[:60]!r} lijkt op {close!r}." for name, close in self.summary.near.items()]
            what = f"Er is geen kolom voor {', '.join(absent)}."
            raise refusal(file, "missing-column", what, " ".join([*near, "Voeg die toe, of laat --require weg."]))

    def run(self, writer: Writer, progress: Progress) -> None:
        """Write all rows. They are read a few at a time, but judged in thousands, since much work is shared."""
        group: list[_Read] = []
        for chunk in self.source.chunks():
            group.append(self._read(chunk))
            self.summary.rows += len(chunk)
            if sum(len(read.chunk) for read in group) >= TOGETHER:
                self._write(group, writer)
                group = []
                progress(self.summary.rows, self.source.done())
        self._write(group, writer)
        if not self.summary.rows:
            what = "Onder de namen van de kolommen staan geen rijen."
            raise refusal(str(self.wish.source), "no-rows", what, "Zet elke situatie op een eigen rij.")
        self._finish()

    def _finish(self) -> None:
        self.summary.blank = self.source.blank
        self.summary.errors, self.summary.first_errors = self.errors.count, self.errors.first
        self.summary.repeated = self.repeats.found() if self.repeats else {}
        for own in self.results:
            counted = zip(own.codes, own.counts.tolist(), strict=True)
            self.summary.results[own.judge.rules.id] = {name: count for name, count in counted if count}

    def judged(self, chunk: Chunk) -> list[list[str]]:
        """The added columns for these rows."""
        added = self._results([self._read(chunk)])
        self._forget_much()
        return added

    def _read(self, chunk: Chunk) -> _Read:
        ids = {
            heading.fact.id: self.columns[heading.fact.id].read(chunk.cells[heading.place])
            for heading in self.facts
            if heading.fact
        }
        if self.repeats:
            self.repeats.add(chunk.cells[self.repeats.heading.place])
        return _Read(chunk, ids, self.errors.told(chunk, ids))

    def _results(self, group: Sequence[_Read]) -> list[list[str]]:
        errors = [text for read in group for text in read.errors]
        ids = {fact: np.concatenate([read.ids[fact] for read in group]) for fact in self.columns}
        sound = np.flatnonzero(np.array([not text for text in errors], np.bool_))
        columns: list[list[str]] = []
        for own in self.results:
            found = own.of(self.columns, ids, sound) if len(sound) else [[] for _ in KEYS]
            columns += found if len(sound) == len(errors) else [_spread(column, sound, len(errors)) for column in found]
        return [*columns, errors]

    def _write(self, group: Sequence[_Read], writer: Writer) -> None:
        if not group:
            return
        added = self._results(group)
        harmless = {heading.place for heading in self.facts if heading.fact and self.columns[heading.fact.id].harmless}
        kept, start = [heading.place for heading in self.kept], 0
        for read in group:
            stop = start + len(read.chunk)
            writer.write(read.chunk, kept, [column[start:stop] for column in added], harmless)
            start = stop
        self._forget_much()

    def _forget_much(self) -> None:
        if sum(len(column.answers) for column in self.columns.values()) > MOST_DISTINCT:
            for column in self.columns.values():
                column.forget()
            for own in self.results:
                own.forget()


def _spread(column: list[str], rows: npt.NDArray[np.intp], count: int) -> list[str]:
    """The column with gaps where rows could not be read."""
    whole = [""] * count
    for row, text in zip(rows.tolist(), column, strict=True):
        whole[row] = text
    return whole


def _names_of_results(judges: Sequence[Judge]) -> set[str]:
    """The names of all columns that screening adds by these rules, in every language."""
    found = set()
    for language in LANGUAGES:
        own = words(language)["column"]
        found |= {own[key].format(id=judge.rules.id) for judge in judges for key in KEYS} | {own["error"]}
    return found
