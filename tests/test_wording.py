"""Facts, reasons and changes in words, in two languages."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from mantelzorg import note, wording
from mantelzorg.content import Content, load
from mantelzorg.facts import UNKNOWN, Answers, Interval, parse_answer


@cache
def content() -> Content:
    return load()


def answers(**given: object) -> Answers:
    return {name: parse_answer(content().facts[name], raw) for name, raw in given.items()}


def reasons(language: str = "nl", rules: str = "mantelzorg", **given: object) -> list[str]:
    known = answers(**given)
    judge = content().judges[rules]
    return [said.text for said in wording.reasons(judge, judge.assess(known), known, language)]


def changes(**given: object) -> list[str]:
    judge = content().judges["mantelzorg"]
    return [wording.change(judge, one, "nl") for one in judge.assess(answers(**given)).changes]


@pytest.mark.parametrize(
    ("parts", "word", "text"),
    [([], "and", ""), (["a"], "and", "a"), (["a", "b"], "and", "a en b"), (["a", "b", "c"], "or", "a, b of c")],
)
def test_a_list_reads_as_a_list(parts: list[str], word: str, text: str) -> None:
    assert wording.join(parts, "nl", word) == text


@pytest.mark.parametrize(
    ("given", "expected"),
    [("", ""), ("ja", "Ja."), ("Wat nu?", "Wat nu?"), ("de hulp loopt nog", "De hulp loopt nog.")],
)
def test_a_sentence_begins_and_ends_as_one(given: str, expected: str) -> None:
    assert wording.sentence(given) == expected


def test_a_date_is_written_in_full() -> None:
    assert wording.long_date(date(2026, 3, 1), "nl") == "1 maart 2026"
    assert wording.long_date(date(2026, 3, 1), "en") == "1 March 2026"


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(8, 8), "8"),
        (Interval(8, 168, False), "meer dan 8"),
        (Interval(8, 168), "minstens 8"),
        (Interval(0, 8, True, False), "minder dan 8"),
        (Interval(0, 8), "hooguit 8"),
        (Interval(4, 8), "4 t/m 8"),
        (Interval(4, 8, True, False), "4 tot 8"),
        (Interval(2.5, 2.5), "2,5"),
    ],
)
def test_a_number_is_said_as_people_say_it(interval: Interval, text: str) -> None:
    assert wording.number(interval, content().facts["hours_per_week"], "nl") == text


def test_an_answer_is_a_clause_and_several_share_their_beginning() -> None:
    reason = content().facts["care_reason"]
    assert wording.say(reason, frozenset({"dementia"}), "nl") == "hulp nodig door vergeetachtigheid of dementie"
    assert (
        wording.say(reason, frozenset({"frailty", "addiction"}), "nl") == "hulp nodig door een verslaving en ouderdom"
    )
    payment = content().facts["payment"]
    assert wording.say(payment, frozenset({"none", "expenses"}), "nl") == "geld voor de hulp: nee of alleen onkosten"
    assert wording.say(payment, UNKNOWN, "nl") == wording.label(payment, UNKNOWN, "nl") == ""


def test_what_says_the_same_twice_is_said_once() -> None:
    assert reasons(rules="almere-waardering-2021", recipient_in_almere="no")[0] == "De naaste woont niet in Almere."


def test_exclusions_share_one_sentence_which_never_begins_with_also_alone() -> None:
    whole = {"relationship": "parent", "care_reason": ["dementia"], "payment": "none", "on_behalf_of": "nobody"}
    told = " ".join(reasons(**whole, beyond_usual="mostly"))
    assert told.count("Verder:") == 1
    only = reasons(payment="none", on_behalf_of="nobody")
    assert only == ["Onbetaald en geen beroep of stage."]


def test_facts_stand_in_the_order_in_which_they_read_best() -> None:
    young = {"relationship": "parent", "helper_age": "4..17", "grows_up_with_care": "yes"}
    told = reasons(**young, care_reason=["mental_illness"], payment="none", on_behalf_of="nobody")
    assert told[0].startswith("Helpt een ouder, is 4 t/m 17 jaar en groeit op met iemand die veel zorg nodig heeft.")


def test_a_change_is_a_clause_not_a_label_with_a_value() -> None:
    usual = {"relationship": "partner", "shares_home": "yes", "care_reason": ["long_illness"], "outlook": "lasting"}
    paid = {"payment": "none", "on_behalf_of": "nobody", "tasks": ["transport"], "beyond_usual": "partly"}
    assert "bij gezondheid was dit bijna niet nodig" in changes(**usual, **paid)


def test_a_line_of_the_note_counts_what_does_not_fit() -> None:
    field = note.Field("Doet: ", (note.Listed(tuple(f"zorgtaak nummer {turn}" for turn in range(9))),))
    line = note.fitted([field], "nog {} andere")
    assert len(line) <= note.WIDTH
    assert line.startswith("Doet: zorgtaak nummer 0; ")
    assert line.endswith(" andere.")
    assert line.count("zorgtaak") + int(line.split("nog ")[1].split()[0]) == 9


def test_lines_of_the_note_are_shared_by_what_is_shortest() -> None:
    fields = [
        note.Field(f"{letter}: ", (note.Listed((letter * size,)),))
        for letter, size in zip("abcd", (60, 5, 5, 60), strict=True)
    ]
    assert note.lines(fields, 3, "nog {}") == [f"A: {'a' * 60}.", "B: bbbbb. C: ccccc.", f"D: {'d' * 60}."]
