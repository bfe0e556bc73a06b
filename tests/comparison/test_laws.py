"""What must hold for every two versions of a rule set."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import HealthCheck, given, settings
from strategies import rule_sets

from comparison.versions import EverySituation, Versions, versions
from mantelzorg.comparison import as_json, as_markdown, as_text, compare
from mantelzorg.comparison.boxes import cover, inside
from mantelzorg.comparison.common_table import IMPOSSIBLE, NONE, CommonTable, Move, build, moves
from mantelzorg.comparison.compare import Comparison
from mantelzorg.comparison.cubes import Patterns
from mantelzorg.rules import RuleSet

quick = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def named(table: CommonTable, found: tuple[Move, ...]) -> Counter[tuple[str, str]]:
    names = {IMPOSSIBLE: "impossible", NONE: "none"} | {n + 1: v for n, v in enumerate(table.verdicts)}
    return Counter({(names[move.old], names[move.new]): move.count for move in found})


@quick
@given(versions())
def test_the_counts_are_those_of_trying_every_situation(both: Versions) -> None:
    found = compare(*both)
    every = EverySituation(*both)
    assert found.table.old.size == len(every.all)
    assert named(found.table, found.moves) == every.moves(*both)
    assert found.changed == sum(move.count for move in found.moves if IMPOSSIBLE not in (move.old, move.new))


@quick
@given(versions())
def test_boxes_of_facts_cover_all_that_moved_and_nothing_that_has_another_verdict(both: Versions) -> None:
    table = build(*both)
    for move in moves(table.old, table.new):
        target = (table.old == move.old) & (table.new == move.new)
        allowed = (table.new == move.new) | (table.new == IMPOSSIBLE)
        found = cover(target, allowed)
        assert not found.left.any()
        covered = np.zeros_like(target)
        for box in found.boxes:
            assert inside(allowed, box).all()
            covered[np.ix_(*([c for c in range(mask.bit_length()) if mask >> c & 1] for mask in box))] = True
        assert (covered & target).sum() == target.sum() == move.count


@quick
@given(versions())
def test_patterns_of_criteria_cover_all_that_moved_and_nothing_that_has_another_verdict(both: Versions) -> None:
    table = build(*both)
    patterns = Patterns(table, *both)
    for move in moves(table.old, table.new):
        if IMPOSSIBLE in (move.old, move.new):
            continue
        target = (table.old == move.old) & (table.new == move.new)
        found = patterns.cover(target, move.new)
        covered = np.zeros_like(target)
        for cube in found.cubes:
            cells = patterns.meeting(cube)[patterns.numbers]
            assert np.isin(table.new[cells], (move.new, IMPOSSIBLE)).all()
            assert cube.target == (cells & target).sum()
            assert cube.size == (cells & (table.new != IMPOSSIBLE)).sum()
            assert cube.already == (cells & (table.new == move.new) & (table.old == move.new)).sum()
            covered |= cells
        assert found.left == 0
        assert not patterns.uncovered(found, target).any()
        assert (covered & target).sum() == move.count


@quick
@given(versions(most=6))
def test_sentences_and_what_they_leave_add_up(both: Versions) -> None:
    found = compare(*both, most=1)
    for described in found.sentences:
        told = [*described.boxes, *described.cubes]
        assert len(told) == 1
        assert told[0].target + described.left == described.move.count
        assert (described.example is not None) == (described.left > 0)
        if described.example:
            allowed = np.isin(found.table.new, (described.move.new, IMPOSSIBLE))
            assert inside(allowed, described.example).all()


@quick
@given(versions())
def test_edit_by_edit_is_right_and_says_what_only_edits_together_change(both: Versions) -> None:
    old, new = both
    found = compare(old, new)
    every = EverySituation(old, new)
    assert found.edits is not None
    for effect in found.edits:
        assert named(found.table, effect.moves) == every.moves(old, effect.edit.rules)
    alone = np.zeros_like(found.table.changed)
    for effect in found.edits:
        alone |= found.table.judged(effect.edit.rules) != found.table.old
    assert found.together == (found.table.changed & ~alone).sum()


@quick
@given(versions(most=1))
def test_a_single_edit_explains_everything(both: Versions) -> None:
    found = compare(*both)
    assert found.edits is not None
    if not found.edits:
        assert found.same
    if len(found.edits) == 1:
        assert found.edits[0].moves == found.moves


@quick
@given(rule_sets())
def test_equal_rule_sets_have_no_difference(rules: RuleSet) -> None:
    found = compare(rules, rules)
    assert found.same
    assert found.edits == ()
    assert "Geen verschil" in as_text(found, "nl")


@settings(quick, max_examples=25)
@given(versions())
def test_the_same_versions_give_the_same_words(both: Versions) -> None:
    def all_forms(found: Comparison) -> tuple[object, ...]:
        return tuple(form(found, language) for form in (as_text, as_markdown, as_json) for language in ("nl", "en"))

    assert all_forms(compare(*both)) == all_forms(compare(*both))
