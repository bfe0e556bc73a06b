"""What the rule sets that ship say: thresholds to the letter, and every stance they take as situations and results."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from mantelzorg.assessment import Judge, Status
from mantelzorg.cases import result_of
from mantelzorg.content import Content, load
from mantelzorg.facts import Kind, parse_answers
from mantelzorg.verdict_table import uncovered

NEVER_TESTED = {"willing", "strain", "can_keep_going", "consequences"}
SCHEMES = ("almere-waardering-2019", "almere-waardering-2021")

HELPER: dict[str, object] = {
    "relationship": "parent",
    "bond_before_care": "yes",
    "care_reason": "long_illness",
    "outlook": "lasting",
    "care_now": "now",
    "tasks": "household",
    "beyond_usual": "partly",
    "shares_home": "no",
    "hours_per_week": 10,
    "months_caring": 12,
    "payment": "none",
    "unpaid_extra": "no",
    "on_behalf_of": "nobody",
    "continues_outside_scheme": "no",
    "without_help": "someone_else",
    "helper_age": 50,
    "grows_up_with_care": "no",
    "recipient_home": "own_home",
    "recipient_in_almere": "yes",
}
"""Somebody of 50 who helps a long ill parent elsewhere in the household, everything known."""

Say = Callable[..., str]


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def say(content: Content) -> Say:
    """The result of a rule set for the helper above, but for what is said otherwise; None leaves a fact out."""

    def say(rule_set: str = "mantelzorg", **other: object) -> str:
        raw = {name: value for name, value in {**HELPER, **other}.items() if value is not None}
        return result_of(content.judges[rule_set], parse_answers(content.facts, raw))

    return say


# Thresholds


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("hours", "months", "result"),
    [
        (8, 12, "does_not_meet"),
        (8.1, 12, "meets"),
        (10, 3, "does_not_meet"),
        (10, 3.1, "meets"),
        (8, 3, "does_not_meet"),
        (">8", ">3", "meets"),
        (">=8", 12, "open"),
        (10, ">=3", "open"),
        ("<=8", None, "does_not_meet"),
        (None, "<=3", "does_not_meet"),
        ("4..8", 12, "does_not_meet"),
        ("4..9", 12, "open"),
    ],
)
def test_almere_wants_more_than_8_hours_and_more_than_3_months(
    say: Say, scheme: str, hours: object, months: object, result: str
):
    assert say(scheme, hours_per_week=hours, months_caring=months) == result


@pytest.mark.parametrize(
    ("hours", "months", "result"),
    [
        (8, 0, "carer"),
        (7.9, 3, "carer"),
        (7.9, 2.9, "not_carer"),
        ("<8", "<3", "not_carer"),
        ("<8", "<=3", "open"),
        ("<=8", "<3", "open"),
        (">=8", None, "carer"),
        (None, ">=3", "carer"),
        (None, None, "open"),
    ],
)
def test_the_survey_wants_at_least_3_months_or_at_least_8_hours(say: Say, hours: object, months: object, result: str):
    assert say("cbs", hours_per_week=hours, months_caring=months) == result


@pytest.mark.parametrize(
    ("hours", "months", "result"),
    [(8, 6, "meets"), (7.9, 6, "does_not_meet"), (8, 5.9, "does_not_meet"), (">=8", ">=6", "meets"), (8, None, "open")],
)
def test_alkmaar_wants_at_least_8_hours_and_at_least_6_months(say: Say, hours: object, months: object, result: str):
    assert say("alkmaar-2020", hours_per_week=hours, months_caring=months) == result


@pytest.mark.parametrize("hours", [0, 0.5, 8, 168, None])
@pytest.mark.parametrize("months", [0, 3, 1200, None])
def test_the_broad_definition_has_no_minimum_of_hours_or_months(say: Say, hours: object, months: object):
    assert say(hours_per_week=hours, months_caring=months) == "mantelzorg"


def test_the_broad_definition_does_not_even_ask_for_hours_or_months(content: Content):
    used = {axis.fact.id for axis in content.judges["mantelzorg"].table.axes}
    assert not used & {"hours_per_week", "months_caring"}


@pytest.mark.parametrize(
    ("rule_set", "age", "result"),
    [
        ("cbs", 15.9, "not_carer"),
        ("cbs", 16, "carer"),
        ("almere-waardering-2019", 3, "does_not_meet"),
        ("almere-waardering-2019", 4, "meets"),
        ("almere-waardering-2021", 17, "does_not_meet"),
        ("almere-waardering-2021", 18, "meets"),
        ("alkmaar-2020", 17, "does_not_meet"),
        ("alkmaar-2020", 18, "meets"),
    ],
)
def test_ages(say: Say, rule_set: str, age: object, result: str):
    assert say(rule_set, helper_age=age) == result


@pytest.mark.parametrize(("age", "result"), [(3, "does_not_meet"), (4, "meets"), (17, "meets"), (18, "does_not_meet")])
def test_since_2021_a_child_that_grows_up_with_care_needs_no_hours_in_almere(say: Say, age: int, result: str):
    child = {"helper_age": age, "grows_up_with_care": "yes", "hours_per_week": 0, "months_caring": 0}
    assert say("almere-waardering-2021", **child) == result
    assert say("almere-waardering-2019", **child) == "does_not_meet"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "other",
    [
        {"recipient_in_almere": "no"},
        {"care_reason": "frailty"},
        {"care_reason": "recovering"},
        {"care_now": "ended"},
        {"on_behalf_of": "volunteer_organisation"},
        {"payment": "wage"},
        {"shares_home": "yes", "beyond_usual": "no"},
        {"relationship": "neighbour", "bond_before_care": "no"},
    ],
)
def test_what_almere_does_not_reward(say: Say, scheme: str, other: dict[str, object]):
    assert say(scheme) == "meets"
    assert say(scheme, **other) == "does_not_meet"


# Stances of the broad definition


@pytest.mark.parametrize("payment", ["wage", "pgb"])
@pytest.mark.parametrize(("extra", "result"), [("yes", "mantelzorg"), ("no", "paid_care"), (None, "open")])
def test_of_paid_help_the_unpaid_part_counts(say: Say, payment: str, extra: str | None, result: str):
    assert say(payment=payment, unpaid_extra=extra) == result


def test_expenses_are_no_pay(say: Say):
    assert say(payment="expenses") == "mantelzorg"


@pytest.mark.parametrize("extra", ["yes", "no"])
def test_a_profession_is_paid_care_whatever_comes_on_top(say: Say, extra: str):
    assert say(on_behalf_of="profession", unpaid_extra=extra) == "paid_care"


@pytest.mark.parametrize(
    ("relationship", "bond", "outside", "result"),
    [
        ("stranger", "no", "no", "volunteering"),
        ("friend", "no", "no", "volunteering"),  # a fondness that grew while volunteering
        ("acquaintance", "no", "no", "volunteering"),
        ("stranger", "no", "yes", "borderline"),
        ("friend", "no", "yes", "borderline"),
        ("friend", "yes", "no", "borderline"),
        ("parent", "yes", "no", "borderline"),
    ],
)
def test_volunteering_stays_so_unless_there_was_a_bond_or_it_goes_on_outside(
    say: Say, relationship: str, bond: str, outside: str, result: str
):
    volunteer = {"on_behalf_of": "volunteer_organisation", "continues_outside_scheme": outside}
    assert say(relationship=relationship, bond_before_care=bond, **volunteer) == result


@pytest.mark.parametrize("relationship", ["neighbour", "friend", "acquaintance"])
@pytest.mark.parametrize(
    ("help_given", "result"),
    [
        ({"tasks": "personal_care"}, "mantelzorg"),
        ({"tasks": ["supervision", "company"]}, "mantelzorg"),
        ({"without_help": "goes_wrong"}, "mantelzorg"),
        ({"beyond_usual": "mostly"}, "mantelzorg"),
        ({}, "borderline"),
        ({"beyond_usual": "no"}, "incidental_help"),
        ({"tasks": "company"}, "incidental_help"),
    ],
)
def test_of_a_neighbour_with_a_bond_the_weight_of_the_help_counts(
    say: Say, relationship: str, help_given: dict[str, object], result: str
):
    assert say(relationship=relationship, **help_given) == result


@pytest.mark.parametrize(("tasks", "result"), [("household", "incidental_help"), ("nursing", "borderline")])
def test_without_a_bond_help_is_at_most_borderline(say: Say, tasks: str, result: str):
    assert say(relationship="neighbour", bond_before_care="no", tasks=tasks) == result
    assert say(relationship="stranger", bond_before_care="no", tasks=tasks) == result


@pytest.mark.parametrize("relationship", ["partner", "parent", "child", "housemate"])
@pytest.mark.parametrize(
    ("beyond", "tasks", "result"),
    [
        ("no", "household", "usual_care"),
        ("no", ["household", "personal_care"], "usual_care"),
        ("partly", "household", "usual_care"),
        ("partly", ["household", "personal_care"], "borderline"),
        ("partly", "supervision", "borderline"),
        ("mostly", "household", "mantelzorg"),
        ("mostly", "personal_care", "mantelzorg"),
    ],
)
def test_of_housemates_what_goes_beyond_the_usual_counts(
    say: Say, relationship: str, beyond: str, tasks: object, result: str
):
    assert say(relationship=relationship, shares_home="yes", beyond_usual=beyond, tasks=tasks) == result


def test_outside_the_household_help_is_never_usual_care(content: Content):
    judge = content.judges["mantelzorg"]
    ill = parse_answers(content.facts, {"shares_home": "no", "care_reason": "long_illness", "outlook": "lasting"})
    assert "usual_care" not in judge.judge(ill).possible


@pytest.mark.parametrize(
    ("reason", "beyond", "result"),
    [("disability", "mostly", "mantelzorg"), ("disability", "no", "usual_care"), ("none", "no", "usual_care")],
)
def test_a_parent_is_compared_with_parents_of_healthy_children(say: Say, reason: str, beyond: str, result: str):
    parent = {"relationship": "child", "shares_home": "yes", "tasks": ["personal_care", "supervision"]}
    assert say(**parent, care_reason=reason, beyond_usual=beyond) == result


def test_babysitting_a_healthy_grandchild_is_ordinary_help(say: Say):
    assert (
        say(relationship="other_family", care_reason="none", beyond_usual="no", tasks="childcare") == "incidental_help"
    )


@pytest.mark.parametrize(
    ("shares_home", "tasks", "result"),
    [
        ("yes", "household", "usual_care"),
        ("no", "household", "incidental_help"),
        ("yes", "personal_care", "borderline"),
        ("no", "nursing", "borderline"),
    ],
)
def test_short_help_during_recovery(say: Say, shares_home: str, tasks: str, result: str):
    short = {"care_reason": "recovering", "outlook": "temporary"}
    assert say(**short, shares_home=shares_home, tasks=tasks) == result


@pytest.mark.parametrize("shares_home", ["yes", "no"])
@pytest.mark.parametrize("beyond", ["no", "partly", "mostly"])
def test_in_the_last_phase_it_counts_from_the_first_day(say: Say, shares_home: str, beyond: str):
    first_day = {"months_caring": 0, "hours_per_week": 1, "outlook": "last_phase"}
    assert say(**first_day, shares_home=shares_home, beyond_usual=beyond) == "mantelzorg"


@pytest.mark.parametrize("home", ["own_home", "institution", None])
def test_an_institution_does_not_exclude(say: Say, content: Content, home: str | None):
    assert say(recipient_home=home) == "mantelzorg"
    assert "recipient_home" not in content.judges["mantelzorg"].table.places


@pytest.mark.parametrize("relationship", ["parent", "sibling", "other_family"])
@pytest.mark.parametrize(("age", "result"), [(6, "mantelzorg"), (25, "mantelzorg"), (26, "usual_care")])
def test_a_young_person_who_grows_up_with_care_counts_without_tasks(say: Say, relationship: str, age: int, result: str):
    young = {"helper_age": age, "grows_up_with_care": "yes", "tasks": "none"}
    assert say(relationship=relationship, **young, shares_home="yes", beyond_usual="no") == result


@pytest.mark.parametrize(
    "other", [{}, {"relationship": "neighbour"}, {"payment": "wage"}, {"outlook": "last_phase"}, {"shares_home": "yes"}]
)
def test_care_that_has_ended_is_former_care(say: Say, other: dict[str, object]):
    assert say(care_now="ended", **other) == "former_care"


def test_care_that_is_still_to_begin_is_borderline(say: Say):
    assert say(care_now="expected") == "borderline"


@pytest.mark.parametrize("willing", ["yes", "under_pressure", "only_if_paid", None])
@pytest.mark.parametrize("rule_set", ["mantelzorg", "cbs", *SCHEMES, "alkmaar-2020"])
def test_being_willing_changes_no_verdict(say: Say, rule_set: str, willing: str | None):
    assert say(rule_set, willing=willing) == say(rule_set)


# Assumptions


def test_that_care_is_given_now_is_assumed_named_and_cancelled_by_not_knowing(content: Content):
    judge = content.judges["mantelzorg"]
    silent = {name: value for name, value in HELPER.items() if name != "care_now"}
    assessment = judge.assess(parse_answers(content.facts, silent))
    assert (assessment.verdict, assessment.assumptions) == ("mantelzorg", ("care_now",))
    unsure = judge.assess(parse_answers(content.facts, silent | {"care_now": "unknown"}))
    assert unsure.judgement.status is Status.OPEN
    assert set(unsure.judgement.possible) == {"mantelzorg", "former_care", "borderline"}
    assert unsure.assumptions == ()


def test_an_assumed_fact_stays_askable(content: Content):
    silent = {name: value for name, value in HELPER.items() if name != "care_now"}
    questions = content.judges["mantelzorg"].assess(parse_answers(content.facts, silent)).questions
    assert [(each.fact, each.relevant, each.assumed) for each in questions] == [("care_now", True, True)]


def test_once_the_care_has_ended_there_is_nothing_left_to_ask(content: Content):
    assessment = content.judges["mantelzorg"].assess(parse_answers(content.facts, {"care_now": "ended"}))
    assert assessment.verdict == "former_care"
    assert not [question.fact for question in assessment.questions if question.relevant]


# Contradictions and changes


def test_answers_that_do_not_go_together_are_named(content: Content):
    raw = HELPER | {"relationship": "stranger", "care_reason": "none", "outlook": "last_phase"}
    assessment = content.judges["mantelzorg"].assess(parse_answers(content.facts, raw))
    assert assessment.judgement.status is Status.CONTRADICTION
    assert {frozenset(some) for some in assessment.conflicts} == {
        frozenset({"relationship", "bond_before_care"}),
        frozenset({"care_reason", "outlook"}),
    }
    assert assessment.reasons == assessment.changes == assessment.questions == ()


def test_hours_that_are_not_enough_are_what_would_change_it(content: Content):
    judge = content.judges["almere-waardering-2021"]
    changes = judge.assess(parse_answers(content.facts, HELPER | {"hours_per_week": 8})).changes
    ((fact, c),) = changes[0].settings
    assert (changes[0].verdict, judge.described(fact, c)) == ("meets", "hours_per_week boven 8 t/m 168")


@pytest.mark.parametrize("fact", ["payment", "care_now", "shares_home", "on_behalf_of", "relationship", "helper_age"])
def test_nobody_is_told_to_end_the_care_or_to_move_out(content: Content, fact: str):
    assert content.facts[fact].changes.value == "never"


# Every rule set


@pytest.fixture(scope="module")
def judges(content: Content) -> dict[str, Judge]:
    return dict(content.judges)


def test_no_rule_set_uses_what_is_a_signal(judges: dict[str, Judge]):
    for name, judge in judges.items():
        assert not {test.fact for test in judge.rules.tests()} & NEVER_TESTED, name
        assert not set(judge.table.places) & NEVER_TESTED, name


def test_no_table_has_a_gap_and_every_verdict_occurs(judges: dict[str, Judge]):
    assert len(judges) >= 4
    for name, judge in judges.items():
        assert uncovered(judge.rules, judge.table) is None, name
        assert judge.named(int(np.bitwise_or.reduce(judge.table.cells, axis=None))) == judge.rules.verdicts, name


def test_every_criterion_can_go_both_ways(judges: dict[str, Judge]):
    for name, judge in judges.items():
        assert {judge.criterion_status(own.id, judge.table.full) for own in judge.rules.criteria} == {None}, name


def test_every_class_is_possible_somewhere(judges: dict[str, Judge]):
    for name, judge in judges.items():
        for place, axis in enumerate(judge.table.axes):
            for c in range(axis.size):
                row = [*judge.table.full[:place], 1 << c, *judge.table.full[place + 1 :]]
                assert judge.reader.one(row), (name, axis.fact.id, c)


def test_a_scheme_never_says_that_somebody_is_no_carer(judges: dict[str, Judge]):
    schemes = {name for name, judge in judges.items() if judge.rules.scheme}
    assert schemes == {*SCHEMES, "alkmaar-2020"}
    for name in schemes:
        assert set(judges[name].rules.verdicts) == {"meets", "does_not_meet"}


def test_equal_situations_are_explained_once(content: Content):
    judge = content.judges["mantelzorg"]
    answers = parse_answers(content.facts, HELPER)
    assert judge.assess(answers) is judge.assess({**answers, "hours_per_week": answers["months_caring"]})


def test_classes_are_described_in_the_words_of_a_condition(judges: dict[str, Judge]):
    judge = judges["mantelzorg"]
    told = {
        axis.fact.kind: [judge.described(axis.fact.id, c) for c in range(axis.size)]
        for axis in judge.table.axes
        if axis.fact.id in {"payment", "helper_age", "care_reason"}
    }
    assert told[Kind.NUMBER] == ["helper_age van 0 t/m 25", "helper_age boven 25 t/m 120"]
    assert "payment in [none, expenses]" in told[Kind.CHOICE]
    assert any(each.startswith("care_reason met iets uit [") for each in told[Kind.MULTIPLE])
