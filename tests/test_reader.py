"""The reader on rule sets made by hand: sharing of equal parts, contradictions, and its limit."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from mantelzorg import reader as reading
from mantelzorg.conditions import ALWAYS, parse
from mantelzorg.content import Content, load
from mantelzorg.facts import Fact, Kind, Value
from mantelzorg.reader import Reader, ReaderTooLargeError
from mantelzorg.rules import RuleSet, Tone, VerdictLine
from mantelzorg.verdict_table import VerdictTable, build

TEXT = {"nl": "x", "en": "x"}
YES_NO = (Value("yes", TEXT, TEXT), Value("no", TEXT, TEXT))


def table(count: int, *texts: str, impossible: tuple[str, ...] = ()) -> VerdictTable:
    """A table over yes/no facts; every text gives a verdict of its own, and what is left another."""
    facts = {f"f{n}": Fact(f"f{n}", Kind.CHOICE, TEXT, YES_NO) for n in range(count)}
    lines = [VerdictLine(f"v{n}", parse(text, facts, {}), Tone.NO, {}) for n, text in enumerate(texts)]
    lines.append(VerdictLine("rest", ALWAYS, Tone.NO, {}))
    cannot = tuple(parse(text, facts, {}) for text in impossible)
    return build(RuleSet("made", "1", date(2026, 1, 1), (), tuple(lines), cannot, (), {}, tuple(facts.values())))


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def test_equal_parts_share_a_state():
    """ "All of them" needs two states after each fact, and each may be unknown: never two to the power of facts."""
    chain = Reader(table(10, " and ".join(f"f{n}" for n in range(10))))
    assert chain.states <= 4 * 11


def test_an_unknown_fact_leaves_the_verdicts_of_all_its_values():
    reader = Reader(table(2, "f0 and f1", "f0"))
    yes, no, unknown = 0b01, 0b10, 0b11
    assert reader.one((yes, yes)) == 0b001
    assert reader.one((yes, unknown)) == 0b011
    assert reader.one((no, unknown)) == 0b100
    assert reader.one((unknown, unknown)) == 0b111
    assert reader.possible(np.array([[yes, yes], [unknown, unknown]])).tolist() == [0b001, 0b111]
    assert reader.possible(np.empty((0, 2), dtype=np.int64)).tolist() == []


def test_what_cannot_be_has_no_verdict():
    reader = Reader(table(2, "f0", "f1", impossible=("f0 and f1",)))
    assert reader.one((1, 1)) == 0
    assert reader.one((1, 3)) == 0b001, "what f1 is follows"
    assert reader.one((0, 3)) == 0, "no value left is a contradiction too"


def test_forgetting_nothing_gives_one_number():
    reader = Reader(table(2, "f0 and f1"))
    assert int(reader.subsets((1, 1), ())) == 1


def test_too_many_different_parts_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MOST_STATES", 3)
    with pytest.raises(ReaderTooLargeError, match="meer dan 3 toestanden"):
        Reader(table(3, "f0 and f1 and f2", "f0 and f1", "f0 and f2", "f1 and f2", "f0", "f1", "f2"))


def test_the_reader_of_every_rule_set_is_far_smaller_than_its_table(content: Content):
    for name, judge in content.judges.items():
        assert judge.reader.states < 20_000, name
        assert judge.reader.states < judge.table.cells.size or judge.table.cells.size < 1_000, name


def test_the_reader_agrees_with_the_cells_of_every_rule_set(content: Content):
    random = np.random.default_rng(1)
    for judge in content.judges.values():
        shape = judge.table.cells.shape
        cells = np.stack([random.integers(0, size, 2_000) for size in shape], axis=1)
        read = judge.reader.possible(1 << cells)
        assert (read == judge.table.cells[tuple(cells.T)]).all()
        rows = np.stack([random.integers(1, 1 << size, 200) for size in shape], axis=1)
        assert judge.reader.possible(rows).tolist() == [judge.reader.one(row) for row in rows.tolist()]
