"""Rules with an assumption that the answers can contradict: it is given up, row by row as for one situation."""

from dataclasses import replace
from itertools import product

import numpy as np

from mantelzorg.assessment import Judge
from mantelzorg.bulk.codes import Codes, code_type
from mantelzorg.bulk.judging import judge_codes
from mantelzorg.conditions import parse
from mantelzorg.content import load
from mantelzorg.facts import Answers


def test_an_assumption_that_the_answers_contradict_is_given_up() -> None:
    rules = load().judges["cbs"].rules
    facts = {fact.id: fact for fact in rules.facts}
    now_and_last = parse("care_now == now and outlook == last_phase", facts, {})
    own = Judge(replace(rules, impossible=(*rules.impossible, now_and_last)))
    options = {"outlook": [None, "lasting", "last_phase"], "care_now": [None, "now", "ended"], "helper_age": [None]}
    rows: list[Answers] = [
        {name: frozenset({value}) for name, value in zip(options, chosen, strict=True) if value}
        for chosen in product(*options.values())
    ]
    codes = Codes(
        tuple(
            np.array([axis.mask(row[axis.fact.id]) if axis.fact.id in row else 0 for row in rows], code_type(axis))
            for axis in own.table.axes
        ),
        len(rows),
    )
    once = [(found := own.judge(row)).verdict or found.status.value for row in rows]
    assert judge_codes(codes, own).astype(str).tolist() == once
    assert {"contradiction", "open", "not_carer"} <= set(once)
