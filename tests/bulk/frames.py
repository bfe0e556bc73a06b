"""Data frames of drawn situations, each answer written as a person or another program could."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from mantelzorg.assessment import Judge
from mantelzorg.facts import Answer, Answers, Fact, Interval, Kind, Unknown


@st.composite
def written(draw: st.DrawFn, fact: Fact, answer: Answer | None) -> object:
    """One answer as it could stand in a cell; as it is where no text says it."""
    if answer is None:
        return draw(st.sampled_from([None, "", "  ", np.nan]))
    if isinstance(answer, Unknown):
        return draw(st.sampled_from(["unknown", "Onbekend", "weet ik niet", "?", answer]))
    if isinstance(answer, Interval):
        return draw(st.sampled_from([answer, *_number_forms(fact, answer)]))
    ids = sorted(answer)
    forms: list[object] = [" | ".join(ids), ";".join(ids), ids, answer]
    return draw(st.sampled_from(forms))


def _number_forms(fact: Fact, answer: Interval) -> list[object]:
    low, high = f"{answer.low:g}", f"{answer.high:g}"
    if answer.low == answer.high:
        return [low, low.replace(".", ","), answer.low, f" {low} "]
    if answer.low_closed and answer.high_closed:
        return [f"{low}..{high}", f"{low} .. {high}"]
    if answer.high == fact.high and answer.high_closed:
        return [f">{low}", f"> {low}"]
    if answer.low == fact.low and answer.low_closed:
        return [f"<{high}"]
    return []


@st.composite
def frames(draw: st.DrawFn, facts: Sequence[Fact], rows: Sequence[Answers]) -> pd.DataFrame:
    """A row per situation; a column per fact, in some order, and one that is no fact."""
    columns: dict[str, list[object]] = {"zaak": [f"Z{row:03}" for row in range(len(rows))]}
    for fact in draw(st.permutations(facts)):
        columns[fact.id] = [draw(written(fact, row.get(fact.id))) for row in rows]
    return pd.DataFrame(columns, dtype=object)


def random_rows(judge: Judge, count: int, seed: int, unknown: float = 0.3) -> list[dict[str, Answer]]:
    """Situations of one of our own rule sets: answers drawn evenly, some imprecise, some absent, some unknown."""
    random = np.random.default_rng(seed)
    return [dict(_row(judge, random, unknown)) for _ in range(count)]


def _row(judge: Judge, random: np.random.Generator, unknown: float) -> Iterable[tuple[str, Answer]]:
    for axis in judge.table.axes:
        fact = axis.fact
        if random.random() < unknown:
            if random.random() < 0.3:
                yield fact.id, Unknown()
        elif fact.kind is Kind.NUMBER:
            ends = {end for parts in axis.regions for part in parts for end in (part.low, part.high)}
            low, high = sorted(random.choice([*ends, *(end + 0.5 for end in ends if end < fact.high)], 2))
            precise = random.random() < 0.8
            yield fact.id, Interval(float(low), float(low if precise else high))
        else:
            options = [value for value in fact.value_ids if value != fact.alone]
            most = 3 if fact.kind is Kind.MULTIPLE or random.random() < 0.2 else 1
            chosen = random.choice(options, min(most, len(options)), replace=False).tolist()
            is_alone = fact.alone and random.random() < 0.15
            yield fact.id, frozenset({fact.alone} if is_alone else chosen)


def text(answer: Answer | None) -> str:
    """An answer of `random_rows` as text."""
    if answer is None or isinstance(answer, Unknown):
        return "" if answer is None else "onbekend"
    if isinstance(answer, Interval):
        return f"{answer.low:g}" if answer.low == answer.high else f"{answer.low:g}..{answer.high:g}"
    return "|".join(sorted(answer))


def text_frame(judge: Judge, rows: Sequence[Answers]) -> pd.DataFrame:
    """The answers of `random_rows` as a frame of text."""
    names = [axis.fact.id for axis in judge.table.axes]
    return pd.DataFrame({name: [text(row.get(name)) for row in rows] for name in names}, dtype=str)
