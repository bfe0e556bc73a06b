"""What is said of many rows at once is what is said of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import TEXT, rule_sets, situations, value

from bulk.frames import frames, random_rows, text_frame
from mantelzorg import wording
from mantelzorg.assessment import Judge, Status
from mantelzorg.bulk import relevance, smallest
from mantelzorg.bulk.codes import encode
from mantelzorg.bulk.explaining import Answered, Explainer
from mantelzorg.bulk.judging import bulk_reader, possible
from mantelzorg.bulk.relevance import Relevance
from mantelzorg.bulk.smallest import Smallest
from mantelzorg.conditions import ALWAYS, parse
from mantelzorg.content import Content, load
from mantelzorg.facts import UNKNOWN, Answer, Answers, Fact, Interval, Kind
from mantelzorg.rules import RuleSet, Tone, VerdictLine
from mantelzorg.serialise import known

law = settings(max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def first_reason(own: Judge, row: Answers) -> set[str]:
    """The facts of the first reason of one situation, or of the first conflict."""
    found = own.assess(row)
    if found.judgement.status is Status.CONTRADICTION:
        return set(found.conflicts[0])
    return {*found.reasons[0].facts, *found.reasons[0].assumed}


def in_bulk(own: Judge, frame: object) -> list[set[str]]:
    codes = encode(frame, own)  # type: ignore[arg-type]
    reader = bulk_reader(own)
    kept = Smallest(own, reader.plain).kept(codes, reader.possible(codes))
    names = [axis.fact.id for axis in own.table.axes]
    return [{name for name, keep in zip(names, row, strict=True) if keep} for row in kept.T]


def asked_in_bulk(own: Judge, rows: Sequence[Answers], frame: object) -> None:
    """Compares the relevant questions of the open rows."""
    codes = encode(frame, own)  # type: ignore[arg-type]
    bits = bulk_reader(own).possible(codes)
    is_open = np.flatnonzero(bits & (bits - 1))
    asked = Relevance(own, bulk_reader(own)).questions(codes.of(is_open), bits[is_open])
    names = [axis.fact.id for axis in own.table.axes]
    for row, flags in zip(is_open, asked.T, strict=True):
        expected = [question.fact for question in own.questions(rows[row]) if question.relevant]
        assert [name for name, flag in zip(names, flags, strict=True) if flag] == expected
        assert expected, "an open result always has a question that matters"


@law
@given(st.data(), st.sampled_from([0, 10]))
def test_the_deciding_part_of_a_row_is_its_first_reason(data: st.DataObject, few: int) -> None:
    own = Judge(data.draw(rule_sets()))
    rows = data.draw(st.lists(situations(own.rules.facts, eager=True), min_size=1, max_size=6))
    frame = data.draw(frames(own.rules.facts, rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smallest, "FEW", few)
        assert in_bulk(own, frame) == [first_reason(own, row) for row in rows]


@pytest.mark.parametrize(("few", "extra"), [(0, 4), (0, 1), (10_000, 4)])
def test_the_deciding_parts_under_our_rule_sets_are_the_first_reasons(
    content: Content, monkeypatch: pytest.MonkeyPatch, few: int, extra: int
) -> None:
    monkeypatch.setattr(smallest, "FEW", few)
    monkeypatch.setattr(smallest, "MOST_EXTRA", extra)
    for own in content.judges.values():
        rows = random_rows(own, 250, seed=4, unknown=0.25)
        assert in_bulk(own, text_frame(own, rows)) == [first_reason(own, row) for row in rows], own.rules.id


@law
@given(st.data())
def test_the_questions_of_open_rows_are_those_of_one_situation(data: st.DataObject) -> None:
    own = Judge(data.draw(rule_sets()))
    rows = data.draw(st.lists(situations(own.rules.facts), min_size=1, max_size=8))
    asked_in_bulk(own, rows, data.draw(frames(own.rules.facts, rows)))


@pytest.mark.parametrize("most_classes", [10, 1])
def test_the_questions_under_our_rule_sets_are_those_of_one_situation(
    content: Content, monkeypatch: pytest.MonkeyPatch, most_classes: int
) -> None:
    monkeypatch.setattr(relevance, "MOST_CLASSES", most_classes)
    for own in content.judges.values():
        rows = random_rows(own, 300, seed=5, unknown=0.5)
        asked_in_bulk(own, rows, text_frame(own, rows))


def against_an_assumption() -> Judge:
    """Rules under which `b` is assumed to be "a", which does not go with `f0 == a`; `c` counts when `b` does not."""
    facts = tuple(Fact(name, Kind.CHOICE, TEXT, tuple(map(value, ["a", "z"]))) for name in ("f0", "c"))
    assumed = Fact("b", Kind.CHOICE, TEXT, tuple(map(value, ["a", "z"])), assume="b == a", assumed=TEXT)
    known = {fact.id: fact for fact in (*facts, assumed)}
    lines = [VerdictLine("v0", parse("b == a", known, {}), Tone.NO, {})]
    lines += [VerdictLine("v1", parse("c == a", known, {}), Tone.NO, {}), VerdictLine("v2", ALWAYS, Tone.NO, {})]
    impossible = (parse("f0 == a and b == a", known, {}),)
    every = (*facts, assumed)
    return Judge(RuleSet("r", "1", date(2026, 1, 1), (), tuple(lines), impossible, ("v0",), {}, every))


def test_answers_that_an_assumption_does_not_go_with_lift_it() -> None:
    own = against_an_assumption()
    options = [None, "a", "z"]
    rows: list[Answers] = [
        {fact: frozenset({said}) for fact, said in zip(("f0", "b", "c"), cells, strict=True) if said}
        for cells in product(options, repeat=3)
    ]
    frame = pd.DataFrame(
        [{fact: "".join(row[fact]) if fact in row else "" for fact in ("f0", "b", "c")} for row in rows]
    )
    judged = [own.judge(row) for row in rows]
    assert [own.named(int(bits)) for bits in possible(frame, own)] == [result.possible for result in judged]
    assert own.judge({"f0": frozenset({"a"})}).possible == ("v1", "v2"), "the assumption would have said v0"
    assert in_bulk(own, frame) == [first_reason(own, row) for row in rows]
    asked_in_bulk(own, rows, frame)


def test_a_question_that_matters_only_since_it_lifts_an_assumption_is_asked() -> None:
    """`f0` changes no verdict by itself, but one answer to it does away with what is assumed of `b`."""
    facts = tuple(Fact(name, Kind.CHOICE, TEXT, tuple(map(value, ["a", "z"]))) for name in ("f0", "c"))
    assumed = Fact("b", Kind.CHOICE, TEXT, tuple(map(value, ["a", "z"])), assume="b == a", assumed=TEXT)
    every = (*facts, assumed)
    known = {fact.id: fact for fact in every}
    lines = [VerdictLine("v0", parse("c == a and b == a", known, {}), Tone.NO, {})]
    lines += [VerdictLine("v1", parse("b == a", known, {}), Tone.NO, {}), VerdictLine("v2", ALWAYS, Tone.NO, {})]
    impossible = (parse("f0 == a and b == a", known, {}),)
    own = Judge(RuleSet("r", "1", date(2026, 1, 1), (), tuple(lines), impossible, ("v0",), {}, every))
    assert "f0" in {question.fact for question in own.questions({}) if question.relevant}
    asked_in_bulk(own, [{}], pd.DataFrame({"f0": [""], "b": [""], "c": [""]}))


def explained(own: Judge, rows: Sequence[Answers], language: str = "nl") -> list[str]:
    codes = encode(text_frame(own, rows), own)
    bits = bulk_reader(own).possible(codes)
    ids = np.arange(len(rows), dtype=np.int32)
    answers = [[row.get(axis.fact.id) for row in rows] for axis in own.table.axes]
    explainer = Explainer(own, Smallest(own, bulk_reader(own).plain), language)
    return explainer.texts(codes, bits, Answered([ids] * len(answers), answers))


def told(own: Judge, row: Answers, language: str = "nl") -> str:
    found = own.assess(row)
    said = [*wording.reasons(own, found, known(row), language)]
    leaning = {"nl": "Aangenomen: ", "en": "Assumed: "}[language]
    assumed = wording.assumptions(own, found, language) if found.verdict else ()
    return " ".join([*(one.text for one in said), *(leaning + one.text for one in assumed)])


def deciding_part(own: Judge, row: Answers) -> dict[str, Answer]:
    """Only the answers of the first reason; assumptions that it does not need are lifted."""
    part = first_reason(own, row)
    assumable = {fact.id for fact in own.rules.facts if fact.assume}
    lifted = dict.fromkeys(assumable - part, UNKNOWN)
    return {**lifted, **{fact: answer for fact, answer in row.items() if fact in part}}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_decided_rows_are_explained_as_the_page_explains_their_deciding_answers(
    content: Content, language: str
) -> None:
    for own in content.judges.values():
        rows = random_rows(own, 400, seed=6, unknown=0.2)
        texts, same, decided = explained(own, rows, language), 0, 0
        for row, text in zip(rows, texts, strict=True):
            if own.judge(row).verdict:
                decided += 1
                same += text == told(own, row, language)
                assert text == told(own, deciding_part(own, row), language)
        assert same >= 0.98 * decided, own.rules.id


def test_a_contradiction_names_the_answers_that_do_not_go_together(content: Content) -> None:
    own = content.judges["mantelzorg"]
    row: Answers = {"relationship": frozenset({"stranger"}), "bond_before_care": frozenset({"yes"})}
    assert own.judge(row).status is Status.CONTRADICTION
    assert explained(own, [row]) == ["Deze antwoorden gaan niet samen: voor wie = onbekende en band vooraf = ja."]


def test_rows_that_share_their_deciding_part_keep_their_own_numbers(content: Content) -> None:
    own = content.judges["alkmaar-2020"]
    rows: list[Answers] = [{"hours_per_week": Interval(hours, hours)} for hours in (2.0, 3.5, 2.0)]
    texts = explained(own, rows)
    assert texts[0] == texts[2]
    assert "Helpt 2 uur" in texts[0]
    assert "Helpt 3,5 uur" in texts[1]
