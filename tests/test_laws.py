"""The laws of the engine, on drawn rule sets, against brute force over every complete situation.

`LAW_EXAMPLES=3000 pytest tests/test_laws.py` draws more, and other ones each time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product

import numpy as np
from brute_force import Boxes, precise, true
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import TEXT, World, answered, value, worlds

from mantelzorg import conditions
from mantelzorg.assessment import Judge, Status
from mantelzorg.conditions import Condition, Named, Test
from mantelzorg.facts import UNKNOWN, Answers, Changes, Fact, Kind
from mantelzorg.questions import Settles
from mantelzorg.reasons import Reason
from mantelzorg.rules import RuleSet, Tone, VerdictLine

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "0"))
Law = Callable[..., None]


def law(test: Law, examples: int = 100) -> Law:
    quick = settings(
        max_examples=EXAMPLES or examples,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    return quick(test)


def law_of_rare_things(test: Law) -> Law:
    """For what only some of the situations have, as a change that would help."""
    return law(test, examples=200)


def names(bits: int, judge: Judge) -> frozenset[str]:
    return frozenset(judge.named(bits))


def alone(judge: Judge, answers: Answers) -> frozenset[str]:
    """S0 of the engine."""
    return names(judge.reader.one(judge.plain_masks(judge.given(answers))), judge)


def judged(judge: Judge, answers: Answers) -> frozenset[str]:
    """S1 of the engine."""
    return frozenset(judge.judge(answers).possible)


def more(world: World, data: st.DataObject) -> tuple[Fact, Answers]:
    """A fact that nothing is known about, and the situation with an answer to it."""
    unsaid = [fact for fact in world.rules.facts if world.answers.get(fact.id, UNKNOWN) == UNKNOWN]
    assume(unsaid)
    fact = data.draw(st.sampled_from(unsaid))
    return fact, {**world.answers, fact.id: data.draw(answered(fact))}


def only(world: World, boxes: Boxes, facts: frozenset[str]) -> dict[str, tuple]:
    return {name: boxes[name] if name in facts else world.reference.values[name] for name in boxes}


# Verdicts


@law
@given(worlds())
def test_the_answers_alone_leave_exactly_the_verdicts_of_their_completions(world: World):
    assert alone(world.judge, world.answers) == world.reference.alone(world.answers)


@law
@given(worlds())
def test_decided_if_and_only_if_every_possible_completion_agrees(world: World):
    left = world.reference.judged(world.answers)
    result = world.judge.judge(world.answers)
    assert set(result.possible) == left
    assert result.assumed == (left != world.reference.alone(world.answers))
    assert result.status is [Status.CONTRADICTION, Status.DECIDED, Status.OPEN][min(len(left), 2)]
    assert result.verdict == (min(left) if len(left) == 1 else None)


@law
@given(worlds(eager=True))
def test_a_contradiction_is_a_situation_without_possible_completion(world: World):
    result = world.judge.judge(world.answers)
    assert (result.status is Status.CONTRADICTION) == (not world.reference.alone(world.answers))


@law
@given(worlds())
def test_a_complete_situation_gets_the_first_verdict_that_applies(world: World):
    facts = world.reference.facts
    for cell, verdict in list(world.reference.verdicts.items())[::7]:
        answers = {fact.id: precise(value) for fact, value in zip(facts, cell, strict=True)}
        assert world.judge.judge(answers).possible == ((verdict,) if verdict else ())


@law
@given(worlds())
def test_what_mostly_holds_fills_in_only_what_nobody_spoke_of(world: World):
    filled = world.judge.with_usual(world.answers)
    for fact in world.reference.facts:
        box = world.reference.box(fact, filled)
        usual = world.reference.usual.get(fact.id)
        if usual is None or fact.id in world.answers or fact.kind is not Kind.CHOICE:
            assert filled.get(fact.id) == world.answers.get(fact.id)
        else:
            assert set(box) == {value for value in fact.value_ids if true(usual, {fact.id: value})}


# One more answer


@law
@given(worlds(), st.data())
def test_one_more_answer_never_flips_what_the_answers_alone_decide(world: World, data: st.DataObject):
    _, after = more(world, data)
    assert alone(world.judge, after) <= alone(world.judge, world.answers)


@law
@given(worlds(), st.data())
def test_a_narrower_answer_only_shrinks_what_is_possible(world: World, data: st.DataObject):
    said = [fact for fact in world.reference.facts if len(world.reference.box(fact, world.answers)) > 1]
    assume(said)
    fact = data.draw(st.sampled_from(said))
    for narrower in world.reference.exactly(world.answers, fact):
        assert alone(world.judge, narrower) <= alone(world.judge, world.answers)


def goes_with_assumptions(world: World, after: Answers, fact: Fact) -> bool:
    """Whether what is said about a fact stays within its assumption, and the assumptions still can be."""
    condition = world.reference.assume.get(fact.id)
    if fact.id not in {own.id for own in world.reference.facts}:
        return True
    stays = all(condition is None or true(condition, {fact.id: v}) for v in world.reference.box(fact, after))
    return stays and bool(world.reference.possible(world.reference.boxes(after, assuming=True)))


@law
@given(worlds(), st.data())
def test_with_assumptions_an_answer_that_goes_with_them_only_shrinks_what_is_possible(
    world: World, data: st.DataObject
):
    fact, after = more(world, data)
    if fact.id not in world.answers and goes_with_assumptions(world, after, fact):
        assert judged(world.judge, after) <= judged(world.judge, world.answers)
    assert judged(world.judge, after) <= alone(world.judge, world.answers)


@law
@given(worlds())
def test_not_knowing_cancels_an_assumption(world: World):
    silent = {name: answer for name, answer in world.answers.items() if name not in world.reference.assume}
    unsure = silent | dict.fromkeys(world.reference.assume, UNKNOWN)
    result = world.judge.judge(unsure)
    assert frozenset(result.possible) == alone(world.judge, unsure) == world.reference.alone(silent)
    assert not result.assumed
    assert frozenset(world.judge.judge(silent).possible) == world.reference.judged(silent)


# Why


@law
@given(worlds(eager=True))
def test_the_reasons_are_all_the_smallest_sets_that_force_the_result(world: World):
    assume(world.reference.alone(world.answers))
    boxes = world.reference.used_boxes(world.answers)
    found = [frozenset(why.facts + why.assumed) for why in world.judge.assess(world.answers).reasons]
    assert len(found) == len(set(found))
    assert set(found) == world.reference.minimal(boxes)


@law
@given(worlds(eager=True))
def test_a_reason_forces_the_result_and_no_part_of_it_does(world: World):
    boxes = world.reference.used_boxes(world.answers)
    result = world.reference.possible(boxes)
    for why in world.judge.assess(world.answers).reasons:
        facts = frozenset(why.facts + why.assumed)
        assert world.reference.possible(only(world, boxes, facts)) == result
        assert all(world.reference.possible(only(world, boxes, facts - {name})) > result for name in facts)


@law
@given(worlds())
def test_a_reason_tells_what_was_said_from_what_is_assumed(world: World):
    assessment = world.judge.assess(world.answers)
    for why in assessment.reasons:
        assert set(why.facts) <= set(world.answers)
        assert not set(why.assumed) & set(world.answers)
        assert set(why.assumed) <= set(world.reference.assume)
    if assessment.verdict and not assessment.judgement.assumed:
        assert assessment.assumptions == ()
    if assessment.verdict and assessment.judgement.assumed:
        assert assessment.assumptions


def direct_tests(condition: Condition) -> Iterator[Test]:
    if isinstance(condition, Named):
        return
    if isinstance(condition, Test):
        yield condition
    for part in getattr(condition, "parts", ()) or filter(None, [getattr(condition, "part", None)]):
        yield from direct_tests(part)


def verdicts_of(world: World, why: Reason) -> set[str]:
    """The verdicts of all situations, also those that cannot be, in which the criteria are as the reason says."""
    reference = world.reference
    direct = {test.fact for line in world.rules.lines for test in direct_tests(line.condition)}
    boxes = reference.used_boxes(world.answers)
    settled = only(world, boxes, frozenset(why.facts + why.assumed) & direct)
    known = [(world.rules.criterion(name).condition, met) for name, met in why.criteria]
    return {
        next(line.id for line in world.rules.lines if true(line.condition, situation))
        for situation in reference.situations(settled)
        if all(true(condition, situation) is met for condition, met in known)
    }


@law
@given(worlds(eager=True))
def test_the_criteria_that_a_reason_names_suffice(world: World):
    """With nothing known but these criteria, and the facts that a verdict line itself tests, the verdict follows."""
    assessment = world.judge.assess(world.answers)
    assume(assessment.verdict)
    for why in assessment.reasons:
        if why.criteria:
            assert verdicts_of(world, why) == {assessment.verdict}


@law
@given(worlds(eager=True))
def test_the_criteria_that_a_reason_names_are_as_its_facts_say(world: World):
    boxes = world.reference.used_boxes(world.answers)
    for why in world.judge.assess(world.answers).reasons:
        settled = only(world, boxes, frozenset(why.facts + why.assumed))
        for name, met in why.criteria:
            assert world.reference.statuses(world.rules.criterion(name).condition, settled) == {met}


@law
@given(worlds())
def test_the_status_of_a_criterion_is_what_all_completions_say(world: World):
    statuses = world.judge.assess(world.answers).criteria
    boxes = world.reference.boxes(world.answers)
    for criterion in world.rules.criteria:
        seen = world.reference.statuses(criterion.condition, boxes)
        assert statuses[criterion.id] == (seen.pop() if len(seen) == 1 else None)
        assert world.judge.criteria[criterion.id].status(world.answers) == statuses[criterion.id]


# Contradictions


@law
@given(worlds(eager=True))
def test_the_conflicts_are_all_the_smallest_sets_that_cannot_be(world: World):
    conflicts = world.judge.assess(world.answers).conflicts
    if world.reference.alone(world.answers):
        assert conflicts == ()
        return
    boxes = world.reference.boxes(world.answers)
    assert {frozenset(some) for some in conflicts} == world.reference.minimal(boxes)
    for some in map(frozenset, conflicts):
        assert not world.reference.possible(only(world, boxes, some))
        assert all(world.reference.possible(only(world, boxes, some - {name})) for name in some)


# What would change it


def nearer(world: World, wanted: str, most: int) -> bool:
    """Whether changing at most so many answered facts, each the way it can, certainly gives the wanted verdict."""
    reference = world.reference
    boxes = reference.used_boxes(world.answers)
    steps = {f.id: reference.steps(f, boxes[f.id]) for f in reference.facts if f.id in world.answers}
    for size in range(1, most + 1):
        for some in combinations(steps, size):
            for new in product(*(steps[name] for name in some)):
                changed = boxes | {name: tuple(v) for name, v in zip(some, new, strict=True)}
                if reference.possible(changed) == {wanted}:
                    return True
    return False


@law_of_rare_things
@given(worlds() | worlds(eager=True))
def test_a_change_gives_the_wanted_verdict_the_way_facts_can_change(world: World):
    reference, judge = world.reference, world.judge
    boxes = reference.used_boxes(world.answers)
    for change in judge.assess(world.answers).changes:
        changed = dict(boxes)
        for name, c in change.settings:
            assert name in world.answers
            fact, axis = world.rules.fact(name), judge.table.axes[judge.table.places[name]]
            group = [v for v in reference.values[name] if axis.mask(precise(v)) == 1 << c]
            assert frozenset(group) in reference.steps(fact, boxes[name])
            changed[name] = tuple(group)
        assert reference.possible(changed) == {change.verdict}


@law_of_rare_things
@given(worlds() | worlds(eager=True))
def test_nothing_nearer_than_a_change_gives_the_wanted_verdict(world: World):
    assessment = world.judge.assess(world.answers)
    assume(assessment.verdict)
    for wanted in world.rules.wanted:
        if wanted == assessment.verdict:
            assert assessment.changes == ()
            return
        sizes = {len(change.settings) for change in assessment.changes if change.verdict == wanted}
        assert len(sizes) <= 1
        assert not nearer(world, wanted, min(sizes) - 1 if sizes else 3)
        if sizes:
            assert {change.verdict for change in assessment.changes} == {wanted}
            changed = [name for change in assessment.changes for name, _ in change.settings]
            assert len(changed) == len(set(changed)), "alternatives change different facts"
            return
    assert assessment.changes == ()


# What to ask


@law
@given(worlds())
def test_every_fact_without_a_precise_answer_is_a_question_once(world: World):
    reference = world.reference
    assume(reference.alone(world.answers))
    asked = [question.fact for question in world.judge.assess(world.answers).questions]
    assert len(asked) == len(set(asked))
    several = {
        fact.id
        for fact in reference.facts
        if len({reference.signature(fact, value) for value in reference.box(fact, world.answers)}) > 1
    }
    assert set(asked) == several


@law
@given(worlds())
def test_an_irrelevant_question_changes_nothing(world: World):
    """Whatever is answered, the result stays, or the answer cannot be with the others."""
    before = world.reference.judged(world.answers)
    for question in world.judge.assess(world.answers).questions:
        if not question.relevant:
            for after in world.reference.exactly(world.answers, world.rules.fact(question.fact)):
                result = world.reference.judged(after)
                assert result == before or not result


@law
@given(worlds())
def test_an_irrelevant_question_stays_so_whatever_else_is_answered(world: World):
    """Facts may matter only together: no single answer narrows the result, and yet they are worth asking."""
    reference = world.reference
    boxes = reference.used_boxes(world.answers)
    for question in world.judge.assess(world.answers).questions:
        if not question.relevant:
            place = [fact.id for fact in reference.facts].index(question.fact)
            seen: dict[tuple, set[str | None]] = {}
            for cell in product(*boxes.values()):
                seen.setdefault(cell[:place] + cell[place + 1 :], set()).add(reference.verdicts[cell])
            assert all(len(verdicts - {None}) <= 1 for verdicts in seen.values())


@law
@given(worlds())
def test_an_open_verdict_has_a_relevant_question(world: World):
    assessment = world.judge.assess(world.answers)
    if assessment.judgement.status is Status.OPEN:
        assert any(question.relevant for question in assessment.questions)


@law
@given(worlds())
def test_a_relevant_question_can_change_something(world: World):
    """Once the rest is known, for some rest: two answers differ, in their verdict or in that one cannot be."""
    reference = world.reference
    boxes = reference.boxes(world.answers)
    for question in world.judge.assess(world.answers).questions:
        if question.relevant:
            place = [fact.id for fact in reference.facts].index(question.fact)
            seen: dict[tuple, set[str | None]] = {}
            for cell in product(*boxes.values()):
                seen.setdefault(cell[:place] + cell[place + 1 :], set()).add(reference.verdicts[cell])
            assert any(len(verdicts) > 1 for verdicts in seen.values())


@law
@given(worlds())
def test_once_decided_only_an_answer_that_gives_another_verdict_is_worth_asking(world: World):
    assessment = world.judge.assess(world.answers)
    assume(assessment.verdict)
    for question in assessment.questions:
        after = [
            world.reference.judged(answers)
            for answers in world.reference.exactly(world.answers, world.rules.fact(question.fact))
        ]
        assert question.relevant == any(result and result != {assessment.verdict} for result in after)
        assert question.relevant <= bool(world.reference.assume)


@law
@given(worlds())
def test_a_question_that_settles_does(world: World):
    for question in world.judge.assess(world.answers).questions:
        if question.relevant and not question.assumed:
            fact = world.rules.fact(question.fact)
            results = [world.reference.judged(after) for after in world.reference.exactly(world.answers, fact)]
            decided = [len(result) == 1 for result in results if result]
            promise = Settles.ALWAYS if all(decided) else Settles.MAY if any(decided) else Settles.NO
            assert question.settles is promise


# The reader


@law
@given(worlds(), st.data())
def test_reading_many_rows_one_row_and_the_table_agree(world: World, data: st.DataObject):
    table, reader = world.judge.table, world.judge.reader
    masks = st.tuples(*(st.integers(1, axis.full) for axis in table.axes))
    rows = data.draw(st.lists(masks, min_size=1, max_size=8))
    read = reader.possible(np.array(rows, dtype=np.int64).reshape(len(rows), -1))
    for row, bits in zip(rows, read.tolist(), strict=True):
        cells = table.cells
        for place, mask in enumerate(row):
            cells = cells.take([c for c in range(cells.shape[place]) if mask >> c & 1], axis=place)
        assert bits == reader.one(row) == np.bitwise_or.reduce(cells, axis=None)


@law
@given(worlds(), st.data())
def test_forgetting_is_reading_again_without_the_answer(world: World, data: st.DataObject):
    judge = world.judge
    masks = judge.plain_masks(judge.given(world.answers))
    places = sorted(data.draw(st.sets(st.integers(0, len(masks) - 1))))
    bits = judge.reader.subsets(masks, places)
    assert bits.shape == (2,) * len(places)
    for cell in product((0, 1), repeat=len(places)):
        gone = {place for place, forgotten in zip(places, cell, strict=True) if forgotten}
        row = [judge.table.full[place] if place in gone else mask for place, mask in enumerate(masks)]
        assert bits[cell] == judge.reader.one(row)


@law
@given(worlds())
def test_values_of_one_class_pass_the_same_tests(world: World):
    for axis in world.judge.table.axes:
        signatures: dict[int, set[tuple[bool, ...]]] = {}
        for each in world.reference.values[axis.fact.id]:
            signatures.setdefault(axis.mask(precise(each)), set()).add(world.reference.signature(axis.fact, each))
        assert all(mask.bit_count() == 1 and len(seen) == 1 for mask, seen in signatures.items())
        assert len(signatures) == len({min(seen) for seen in signatures.values()})
        assert {mask.bit_length() - 1 for mask in signatures} == set(range(axis.size)), "no class that cannot be"


def test_the_drawn_rule_sets_are_not_all_alike():
    """The laws would be worth little if what is drawn never was contradictory, assumed, open or decided."""
    seen: set[object] = set()

    @law_of_rare_things
    @given(worlds() | worlds(eager=True))
    def gather(world: World) -> None:
        assessment = world.judge.assess(world.answers)
        seen.update({assessment.judgement.status, ("assumed", assessment.judgement.assumed)})
        seen.add(("changes", bool(assessment.changes)))
        seen.add(("many reasons", len(assessment.reasons) > 1))
        seen.update(question.settles for question in assessment.questions)
        seen.update(("tests", len(list(conditions.tests_of(own.condition))) > 1) for own in world.rules.criteria)

    gather()
    both = [("assumed", flag) for flag in (True, False)]
    assert {*Status, *Settles, *both, ("changes", True), ("many reasons", True), ("tests", True)} <= seen


# By hand: what is rarely drawn


def asked(assumption: str, lines: dict[str, str], impossible: str = "") -> dict[str, tuple[bool, Settles, bool]]:
    """The questions of an empty form over f0 (a, b or c, assumed) and f1 (a or b): relevant, promise, assumed."""
    f0 = Fact("f0", Kind.CHOICE, TEXT, tuple(map(value, "abc")), assume=assumption, assumed=TEXT)
    facts = {"f0": f0, "f1": Fact("f1", Kind.CHOICE, TEXT, tuple(map(value, "ab")))}
    made = [VerdictLine(name, conditions.parse(text, facts, {}), Tone.NO, {}) for name, text in lines.items()]
    made.append(VerdictLine("rest", conditions.ALWAYS, Tone.NO, {}))
    cannot = (conditions.parse(impossible, facts, {}),) if impossible else ()
    rules = RuleSet("made", "1", date(2026, 1, 1), (), tuple(made), cannot, (), {}, (f0, facts["f1"]))
    return {each.fact: (each.relevant, each.settles, each.assumed) for each in Judge(rules).assess({}).questions}


def test_an_answer_that_undoes_an_assumption_is_worth_asking_for():
    found = asked("f0 == a", {"v0": "f0 == a"}, impossible="f0 == a and f1 == a")
    assert found == {"f0": (True, Settles.NO, True), "f1": (True, Settles.ALWAYS, False)}


def test_a_promise_counts_the_answers_against_an_assumption():
    lines = {"v0": "f0 == a", "v1": "f0 == b", "v2": "f1 == a"}
    assert asked("f0 in [a, b]", lines)["f0"] == (True, Settles.MAY, False)


def test_facts_that_matter_only_together_are_worth_asking():
    lines = {"v0": "f0 == a and f1 == a or f0 != a and f1 == b"}
    assert asked("f0 in [a, b, c]", lines) == {"f0": (True, Settles.NO, False), "f1": (True, Settles.NO, False)}


def test_more_options_never_become_none_and_none_becomes_any():
    f0 = Fact("f0", Kind.MULTIPLE, TEXT, tuple(map(value, "abz")), alone="z", changes=Changes.GROWS)
    none = conditions.parse("z in f0", {"f0": f0}, {})
    lines = (VerdictLine("none", none, Tone.NO, {}), VerdictLine("some", conditions.ALWAYS, Tone.NO, {}))
    rules = RuleSet("made", "1", date(2026, 1, 1), (), lines, (), ("none",), {}, (f0,))
    assert Judge(rules).assess({"f0": frozenset("a")}).changes == ()
    other = Judge(replace(rules, wanted=("some",))).assess({"f0": frozenset("z")}).changes
    assert [change.verdict for change in other] == ["some"]
