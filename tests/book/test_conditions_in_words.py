"""Conditions as an author writes them, and in plain words."""

from __future__ import annotations

import pytest

from mantelzorg.book.plain_conditions import Plain
from mantelzorg.conditions import ALWAYS, parse
from mantelzorg.content import Content
from mantelzorg.literal_conditions import literal

WRITTEN = [
    "hours_per_week == 8",
    "3 <= hours_per_week < 12.5",
    "hours_per_week > 3",
    "months_caring <= 1000",
    "not (payment == pgb or not unpaid_extra)",
    "not payment in [pgb, wage]",
    "payment != pgb and (relationship == parent or bond_before_care == no) and none in tasks",
    "(hours_per_week > 3 and unpaid_extra) or not any_of(tasks, [nursing, company])",
    "not not health_reason and (health_reason and unpaid_extra)",
    "unpaid_extra == no",
    "unpaid_extra != no",
    "unpaid_extra in [yes, no]",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_what_is_written_is_read_as_the_same_condition(text: str, content: Content) -> None:
    names = {"health_reason": parse("dementia in care_reason", content.facts, {})}
    condition = parse(text, content.facts, names)
    assert parse(literal(condition, content.facts), content.facts, names) == condition


def test_every_condition_of_every_rule_set_is_written_back(content: Content) -> None:
    for judge in content.judges.values():
        rules = judge.rules
        names = {criterion.id: criterion.condition for criterion in rules.criteria}
        own = [part.condition for part in (*rules.criteria, *rules.lines)]
        for condition in (*own, *rules.impossible):
            text = literal(condition, content.facts)
            assert condition == (parse(text, content.facts, names) if text else ALWAYS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("relationship == parent", "‘voor wie’: ouder"),
        ("relationship != stranger", "‘voor wie’: niet onbekende"),
        ("unpaid_extra", "‘ook onbetaalde hulp’: ja"),
        ("hours_per_week > 8", "‘uren per week’: helpt meer dan 8 uur per week"),
        ("not hours_per_week > 8", "‘uren per week’: helpt hooguit 8 uur per week"),
        ("not hours_per_week <= 8", "‘uren per week’: helpt meer dan 8 uur per week"),
        ("not 3 <= hours_per_week < 8", "‘uren per week’: niet helpt minstens 3 en minder dan 8 uur per week"),
        ("3 <= hours_per_week < 8", "‘uren per week’: helpt minstens 3 en minder dan 8 uur per week"),
        ("dementia in care_reason", "‘waardoor hulp nodig is’: onder andere dementie"),
        ("not dementia in care_reason", "‘waardoor hulp nodig is’: niet dementie"),
        ("bond", "wel “Er was al een band”"),
        ("not bond and lasting", "niet “Er was al een band”, en wel “Geen kort herstel”"),
        ("not (bond or lasting)", "niet (wel “Er was al een band”, of wel “Geen kort herstel”)"),
        ("bond and (lasting or unpaid)", "wel “Er was al een band”, en (wel “Geen kort herstel”, of wel “Onbetaald”)"),
    ],
)
def test_a_condition_in_words(text: str, said: str, content: Content) -> None:
    rules = content.judges["mantelzorg"].rules
    names = {criterion.id: criterion.condition for criterion in rules.criteria}
    assert Plain(rules, "nl").said(parse(text, content.facts, names)) == said


def test_a_condition_as_a_list(content: Content) -> None:
    plain = Plain(content.judges["mantelzorg"].rules, "en")
    both = plain.points(parse("unpaid_extra and hours_per_week < 3", content.facts, {}))
    assert both.head == "All are needed:"
    assert both.items == ("‘unpaid help as well’: yes", "‘hours a week’: helps less than 3 hours a week")
    assert plain.points(parse("unpaid_extra or hours_per_week < 3", content.facts, {})).head == "One is enough:"
    assert plain.points(parse("unpaid_extra", content.facts, {})).head == ""
    assert plain.said(ALWAYS) == "in all cases"
