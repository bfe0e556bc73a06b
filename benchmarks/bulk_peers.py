"""Other ways to judge the same rows. Each gives the place of every row's result among `names(judge)`, as int8.

A peer is made ready once, outside what is measured: its table is loaded, its rules are compiled. Then `run` is
measured, and `places` says afterwards what it found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from bulk_conditions import (
    Walk,
    accepted_places,
    assumed_truth,
    equals_any,
    first_line,
    judged_by_masks,
    places,
    within,
)
from bulk_rows import Rows, whole

from mantelzorg.assessment import Judge
from mantelzorg.bulk.judging import judge, judge_codes, numbers
from mantelzorg.bulk.sql import select
from mantelzorg.bulk.sql_names import ROW, listed
from mantelzorg.bulk.sql_tests import Sayer
from mantelzorg.conditions import ALWAYS, And, Condition, Named, Not, Or, Test
from mantelzorg.facts import Answers, Fact, Interval, Kind

Places = npt.NDArray[np.int8]
ROWS_AT_ONCE = 1 << 16


@dataclass(frozen=True)
class Peer:
    """`run` is what is measured; `places` turns what it gave into results that can be compared."""

    name: str
    run: Callable[[], Any]
    places: Callable[[Any], Places]


def coded(rows: Rows) -> Peer:
    """Our reader on coded columns."""
    codes = rows.codes
    return Peer("judge_codes, coded columns", lambda: judge_codes(codes, rows.judge), lambda found: found.codes)


def texts(rows: Rows) -> Peer:
    """Our reader on a data frame of labels."""
    frame = rows.texts
    return Peer("judge, text labels", lambda: judge(frame, rows.judge), lambda found: found.cat.codes.to_numpy())


def masks(rows: Rows) -> Peer:
    """Numpy with two masks per condition, in parts that fit the processor's memory."""
    columns, own = rows.numbers, rows.judge
    named = numbers(len(own.table.verdicts))

    def run() -> Places:
        found = np.empty(rows.count, np.int8)
        for start in range(0, rows.count, ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            bits = judged_by_masks(own, {name: column[part] for name, column in columns.items()})
            found[part] = named.take(bits)
        return found

    return Peer("numpy, two masks, in parts", run, lambda found: found)


def nullable(rows: Rows) -> Peer:
    """pandas with nullable columns, whose `&`, `|` and `~` are three-valued already."""
    own, frame = rows.judge, nullable_frame(rows)

    def run() -> Places:
        return judged_by_pandas(own, frame)

    return Peer("pandas, nullable columns", run, lambda found: found)


def nullable_frame(rows: Rows) -> pd.DataFrame:
    """Int16 per choice and number, boolean per option; NA where nothing was said."""
    columns: dict[str, Any] = {}
    for own in rows.facts:
        unsaid = rows.numbers[own.fact.id] < 0
        if own.fact.kind is Kind.MULTIPLE:
            for option in own.fact.value_ids:
                columns[f"{own.fact.id}__{option}"] = pd.arrays.BooleanArray(own.options(option)[0], unsaid.copy())
        else:
            columns[own.fact.id] = pd.arrays.IntegerArray(rows.numbers[own.fact.id].copy(), unsaid)
    return pd.DataFrame(columns, copy=False)


def judged_by_pandas(own: Judge, frame: pd.DataFrame) -> Places:
    """As `judged_by_masks`, with columns of the frame."""
    truth, facts = assumed_truth(own), {axis.fact.id: axis.fact for axis in own.table.axes}

    def test(asked: Test) -> pd.Series[bool]:
        found: pd.Series[bool] = plain_test(facts[asked.fact], asked, frame)
        usual = truth(asked)
        return found if usual is None else found.fillna(usual)

    walk, verdicts = Walk(test), own.table.verdicts
    left = np.ones(len(frame), np.bool_)
    for line in own.rules.impossible:
        left &= ~walk(line).fillna(False).to_numpy(bool)
    bits = np.zeros(len(frame), np.uint16)
    for line in own.rules.lines:
        bit = np.uint16(1 << verdicts.index(line.id))
        if line.condition == ALWAYS:
            bits |= left * bit
            break
        found = walk(line.condition)
        bits |= (left & found.fillna(True).to_numpy(bool)) * bit
        left &= ~found.fillna(False).to_numpy(bool)
    return numbers(len(verdicts)).take(bits)


def plain_test(fact: Fact, asked: Test, columns: Any) -> Any:
    """A test on `columns`: one per choice and number, one per option of a multiple choice."""
    if isinstance(asked.accepted, Interval):
        return within(columns[fact.id], fact, asked.accepted)
    if fact.kind is Kind.MULTIPLE:
        return reduce(or_, (columns[f"{fact.id}__{option}"] for option in fact.value_ids if option in asked.accepted))
    return equals_any(columns[fact.id], accepted_places(fact, asked), len(fact.values))


def duckdb_sql(rows: Rows, threads: int) -> Peer:
    """Our SELECT, as `python -m mantelzorg sql` prints it, into a table of results."""
    name = f"DuckDB, our SQL, {threads} thread{'s' * (threads > 1)}"
    return duckdb_peer(rows, threads, name, f"({select(rows.judge, 'situations')})")


def duckdb_by_hand(rows: Rows) -> Peer:
    """What one would write for DuckDB alone: every criterion a column first, and options as ENUM."""
    own = rows.judge
    axes = {axis.fact.id: axis for axis in own.table.axes}
    pairs = zip(axes, own.table.assumptions, strict=True)
    sayer = ByColumn(axes, {name: mask for name, mask in pairs if mask != axes[name].full})
    made = ", ".join(f"{Sayer.condition(sayer, part.condition)} AS c_{part.id}" for part in own.rules.criteria)
    told = "'open'"
    for line in reversed(own.rules.lines):
        told = (
            f"CASE {sayer.condition(line.condition)} WHEN TRUE THEN '{line.id}' WHEN FALSE THEN {told} ELSE 'open' END"
        )
    for condition in own.rules.impossible:
        told = f"CASE WHEN {sayer.condition(condition)} THEN 'contradiction' ELSE {told} END"
    inner = f"(SELECT {ROW}.*, {made} FROM situations AS {ROW}) AS {ROW}"
    name = "DuckDB, written for it, 1 thread"
    return duckdb_peer(rows, 1, name, f"(SELECT {ROW}.place, {told} AS result FROM {inner})", enum=True)


class ByColumn(Sayer):
    """Says a criterion by the name of its column."""

    def condition(self, condition: Condition) -> str:
        return f"{ROW}.c_{condition.name}" if isinstance(condition, Named) else super().condition(condition)


def duckdb_peer(rows: Rows, threads: int, name: str, judged: str, enum: bool = False) -> Peer:
    """`judged` has the columns place and result of every row of `situations`."""
    import duckdb

    session = duckdb.connect(config={"threads": threads})
    session.execute("SET enable_progress_bar = false")
    session.register("given", rows.arrow.append_column("place", pa.array(np.arange(rows.count))))
    session.execute("CREATE TABLE situations AS SELECT * FROM given")
    session.unregister("given")
    for own in rows.facts if enum else ():
        if own.fact.kind is Kind.CHOICE:
            session.execute(f"ALTER TABLE situations ALTER {own.fact.id} TYPE ENUM({listed(own.fact.value_ids)})")
    query = f"CREATE OR REPLACE TEMP TABLE judged AS SELECT result FROM {judged}"

    def found(_: Any) -> Places:
        in_order = session.sql(f"SELECT place, result FROM {judged}").to_arrow_table().sort_by("place")
        return by_name(rows.judge, in_order.column("result"))

    return Peer(name, lambda: session.execute(query), found)


def by_name(own: Judge, results: Any) -> Places:
    """Results by name, as places."""
    encoded = results.combine_chunks().dictionary_encode()
    known = places(own)
    table = np.array([known[name] for name in encoded.dictionary.to_pylist()], np.int8)
    return table[encoded.indices.to_numpy()]


def openfisca(rows: Rows) -> Peer:
    """OpenFisca-Core: Enum per choice, whole numbers, bool per option; a formula per criterion and one for the result.

    Measured: a simulation, the inputs that are ready as numpy columns, the result.
    """
    from openfisca_core.indexed_enums import Enum, EnumArray
    from openfisca_core.simulations import SimulationBuilder

    system, kinds = openfisca_system(rows.judge)
    columns: dict[str, Any] = {}
    for own in rows.facts:
        column = rows.numbers[own.fact.id]
        if own.fact.kind is Kind.MULTIPLE:
            columns |= {f"{own.fact.id}__{option}": own.options(option)[0] for option in own.fact.value_ids}
        elif own.fact.kind is Kind.NUMBER:
            columns[own.fact.id] = column.astype(np.int32)
        else:
            kind = kinds[own.fact.id]
            assert issubclass(kind, Enum)
            columns[own.fact.id] = EnumArray(column.astype(np.uint8), kind)

    def run() -> Places:
        simulation = SimulationBuilder().build_default_simulation(system, count=rows.count)
        for name, column in columns.items():
            simulation.set_input(name, PERIOD, column)
        found: Places = simulation.calculate("result", PERIOD)
        return found

    return Peer("OpenFisca-Core", run, lambda found: found.astype(np.int8))


PERIOD = "2026-01"


def openfisca_system(own: Judge) -> tuple[Any, dict[str, Any]]:
    """A rule set as variables and formulas, and the Enum of each choice."""
    from openfisca_core.entities import build_entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.periods import MONTH
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="", is_person=True)
    system = TaxBenefitSystem([person])
    kinds: dict[str, Any] = {}
    facts = {axis.fact.id: axis.fact for axis in own.table.axes}

    def add(name: str, kind: Any, **more: Any) -> None:
        body = {"value_type": kind, "entity": person, "definition_period": MONTH, "label": name, **more}
        system.add_variable(type(name, (Variable,), body))

    for fact in facts.values():
        if fact.kind is Kind.MULTIPLE:
            for option in fact.value_ids:
                add(f"{fact.id}__{option}", bool)
        elif fact.kind is Kind.NUMBER:
            add(fact.id, int)
        else:
            kinds[fact.id] = Enum(f"{fact.id}_values", {option: option for option in fact.value_ids})
            add(fact.id, Enum, possible_values=kinds[fact.id], default_value=next(iter(kinds[fact.id])))

    class Columns:
        def __init__(self, ask: Callable[[str, Any], Any], period: Any) -> None:
            self.ask, self.period = ask, period

        def __getitem__(self, name: str) -> Any:
            return self.ask(name, self.period)

    def walk(ask: Callable[[str, Any], Any], period: Any, whole_criteria: bool) -> Walk:
        columns = Columns(ask, period)
        walked = Walk(lambda asked: plain_test(facts[asked.fact], asked, columns))
        if whole_criteria:
            walked.known |= {name: columns[name] for name in criteria}
        return walked

    criteria = {part.id: part.condition for part in own.rules.criteria}

    def formula(condition: Condition) -> Callable[[Any, Any], Any]:
        return lambda ask, period: walk(ask, period, False)(condition)

    for name, condition in criteria.items():
        add(name, bool, formula=formula(condition))
    add("result", int, formula=lambda ask, period: first_line(own.rules, walk(ask, period, True)))
    return system, kinds


class Zen:
    """zen-engine: one node of expressions, a criterion each, and the result as a chain of `? :`."""

    def __init__(self, own: Judge) -> None:
        import zen

        self.own = own
        self.facts = {axis.fact.id: axis.fact for axis in own.table.axes}
        self.known = places(own)
        keys = {part.id: self.says(part.condition) for part in own.rules.criteria} | {"result": self.result()}
        content = {"expressions": [{"id": key, "key": key, "value": value} for key, value in keys.items()]}
        nodes = [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "judge", "name": "judge", "type": "expressionNode", "content": content},
            {"id": "out", "name": "out", "type": "outputNode"},
        ]
        edges = [
            {"id": "a", "sourceId": "in", "targetId": "judge", "type": "edge"},
            {"id": "b", "sourceId": "judge", "targetId": "out", "type": "edge"},
        ]
        self.decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def result(self) -> str:
        told = str(len(self.own.table.verdicts))
        for line in reversed(self.own.rules.lines):
            told = f"({self.says(line.condition, True)} ? {self.known[line.id]} : {told})"
        for condition in reversed(self.own.rules.impossible):
            told = f"({self.says(condition, True)} ? {self.known['contradiction']} : {told})"
        return told

    def says(self, condition: Condition, named: bool = False) -> str:
        """A condition in Zen's language."""
        match condition:
            case Named(name=name, condition=inner):
                return f"$.{name}" if named else self.says(inner)
            case Not(part=inner):
                return f"not ({self.says(inner, named)})"
            case And(parts=parts):
                return "(" + " and ".join(self.says(part, named) for part in parts) + ")" if parts else "true"
            case Or(parts=parts):
                return "(" + " or ".join(self.says(part, named) for part in parts) + ")"
            case Test():
                return self.test(condition)

    def test(self, asked: Test) -> str:
        fact = self.facts[asked.fact]
        if isinstance(asked.accepted, Interval):
            return f"({within(Said(fact.id), fact, asked.accepted)})"
        chosen = [option for option in fact.value_ids if option in asked.accepted]
        if fact.kind is Kind.MULTIPLE:
            return "(" + " or ".join(f"{fact.id}__{option}" for option in chosen) + ")"
        return f"({fact.id} in [{', '.join(repr(option) for option in chosen)}])"

    def peer(self, rows: Rows) -> Peer:
        """One row after the other, as it wants them; its own threads are not used."""
        given = list(map(self.row, rows.answers()))

        def run() -> list[int]:
            return [self.decision.evaluate(row)["result"]["result"] for row in given]

        return Peer("zen-engine, row by row", run, lambda found: np.array(found, np.int8))

    def row(self, answers: Answers) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, answer in answers.items():
            fact = self.facts[name]
            if fact.kind is Kind.MULTIPLE:
                assert isinstance(answer, frozenset)
                found |= {f"{name}__{option}": option in answer for option in fact.value_ids}
            else:
                found[name] = whole(fact, answer) if isinstance(answer, Interval) else min(answer)  # type: ignore[type-var]
        return found


@dataclass(frozen=True)
class Said:
    """A name whose comparisons are written out instead of made."""

    text: str

    def __ge__(self, other: float) -> Said:
        return Said(f"{self.text} >= {other:g}")

    def __gt__(self, other: float) -> Said:
        return Said(f"{self.text} > {other:g}")

    def __le__(self, other: float) -> Said:
        return Said(f"{self.text} <= {other:g}")

    def __lt__(self, other: float) -> Said:
        return Said(f"{self.text} < {other:g}")

    def __and__(self, other: Said) -> Said:
        return Said(f"{self.text} and {other.text}")

    def __str__(self) -> str:
        return self.text


def interpreter(rows: Rows) -> Peer:
    """What one writes first: conditions walked row by row, three-valued, the answers ready as dictionaries."""
    own, given = rows.judge, list(rows.answers())
    truth = assumed_truth(own)
    usual = {asked: truth(asked) for asked in own.rules.tests()}
    bits = {line.id: 1 << own.table.verdicts.index(line.id) for line in own.rules.lines}
    named = numbers(len(own.table.verdicts))

    def true(condition: Condition, row: Answers) -> bool | None:
        match condition:
            case Test(fact=fact, accepted=accepted):
                answer = row.get(fact)
                if answer is None:
                    return usual[condition]
                if isinstance(accepted, Interval):
                    assert isinstance(answer, Interval)
                    return accepted.low <= answer.low <= accepted.high and accepted.meets(answer)
                assert isinstance(answer, frozenset)
                return not accepted.isdisjoint(answer)
            case Named(condition=inner):
                return true(inner, row)
            case Not(part=inner):
                found = true(inner, row)
                return None if found is None else not found
            case And(parts=parts):
                return settled(parts, row, False)
            case Or(parts=parts):
                return settled(parts, row, True)

    def settled(parts: tuple[Condition, ...], row: Answers, by: bool) -> bool | None:
        unsure = False
        for part in parts:
            found = true(part, row)
            if found is by:
                return by
            unsure |= found is None
        return None if unsure else not by

    def one(row: Answers) -> int:
        if any(true(line, row) for line in own.rules.impossible):
            return 0
        possible = 0
        for line in own.rules.lines:
            found = true(line.condition, row)
            if found is not False:
                possible |= bits[line.id]
            if found:
                break
        return possible

    return Peer("naive interpreter, row by row", lambda: list(map(one, given)), lambda found: named.take(found))


def one_by_one(rows: Rows) -> Peer:
    """`Judge.judge`, one row after the other: the form's own way, for comparison."""
    own, given, known = rows.judge, list(rows.answers()), places(rows.judge)

    def run() -> list[str]:
        found = map(own.judge, given)
        return [result.verdict or result.status.value for result in found]

    return Peer("Judge.judge, row by row", run, lambda found: np.array([known[name] for name in found], np.int8))


def spark(rows: Rows, folder: str) -> Iterator[Peer]:
    """Spark on Parquet files: our reader on its workers, and our SQL. Results go nowhere ("noop"), as Spark counts."""
    from mantelzorg.bulk.spark import judge_spark, session

    spark_session = session()
    place = pa.array(np.arange(rows.count))
    for name, table in (("texts", pa.Table.from_pandas(rows.texts)), ("columns", rows.arrow)):
        pq.write_table(table.append_column("place", place), f"{folder}/{name}.parquet", row_group_size=1 << 18)
    frame = spark_session.read.parquet(f"{folder}/texts.parquet")
    spark_session.read.parquet(f"{folder}/columns.parquet").createOrReplaceTempView("situations")
    ours = judge_spark(frame, rows.judge).select("place", "result")
    by_sql = spark_session.sql(select(rows.judge, "situations")).select("place", "result")
    for name, made in (("judge_spark, text labels", ours), ("our SQL", by_sql)):
        yield Peer(
            f"Spark local[2], {name}",
            lambda made=made: made.write.format("noop").mode("overwrite").save(),
            lambda _, made=made: by_name(rows.judge, made.toArrow().sort_by("place").column("result")),
        )
