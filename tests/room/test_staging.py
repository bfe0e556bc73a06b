"""What is seen of a room: with our own cases, at every step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from staged import at, cases, content, room, view

from mantelzorg.cases import result_of
from mantelzorg.facts import Answers, parse_answers
from mantelzorg.room.actions import acted
from mantelzorg.room.explained import expected
from mantelzorg.room.recording import record
from mantelzorg.room.room import Item, Room
from mantelzorg.room.scene import turns
from mantelzorg.room.stage import Mark, Stage
from mantelzorg.room.steps import ROUNDS, Rhythm, Round, Step, steps
from mantelzorg.room.votes import Votes

SPLIT = Votes({(0, Round.FIRST): {"yes": 6, "no": 4}, (0, Round.SECOND): {"yes": 9, "no": 1}}, 12)
AFTER_VERDICT = (Step.VERDICT, Step.PREDICT, Step.FLIP)


def stage_at(step: Step, votes: Votes = SPLIT, of: Room | None = None) -> Stage:
    return view(at(of or room(), 0, step), votes).stage()


def decides(name: str, answers: Answers) -> str:
    return result_of(content().judges[cases()[name].rule_set], answers)


@given(
    st.sampled_from([Step.STORY, *ROUNDS]),
    st.lists(st.sampled_from(["yes", "no", "depends", "unsure"]), max_size=12),
    st.randoms(),
)
def test_nothing_of_an_open_vote_can_be_seen_but_how_many_voted(step: Step, votes: list[str], random: object) -> None:
    """Two rooms in which as many voted, but otherwise, look the same."""
    round_ = ROUNDS.get(step, Round.FIRST)
    others = ["yes"] * len(votes)
    if round_ is Round.ASK:
        asks = room().items[0].asks
        votes, others = [asks[len(one) % len(asks)] for one in votes], [asks[0]] * len(votes)
    one, other = ({(0, round_): {name: chosen.count(name) for name in chosen}} for chosen in (votes, others))
    assert stage_at(step, Votes(one, 12)) == stage_at(step, Votes(other, 12))


@pytest.mark.parametrize("step", steps(Rhythm.QUIZ))
def test_the_rules_are_silent_until_their_turn(step: Step) -> None:
    stage = stage_at(step)
    assert (stage.outcome is not None) == (step in AFTER_VERDICT)
    assert (stage.turned is not None) == (step in (Step.PREDICT, Step.FLIP))
    assert bool(stage.debrief) == (step is Step.DEBRIEF)
    if stage.turned and step is Step.PREDICT:
        assert stage.turned.outcome is None
        assert stage.turned.tips is None


def test_every_case_plays_with_what_the_rules_say_now() -> None:
    for place, name in enumerate(item.case for item in room().items):
        case = cases()[name]
        stage = view(at(room(), place, Step.FLIP)).stage()
        assert stage.title == case.title["nl"]
        assert stage.outcome is not None
        assert stage.turned is not None
        now, then = decides(name, case.answers), decides(name, case.flipped)
        assert stage.turned.tips == (now != then)
        line = content().judges[case.rule_set].line(case.answers, now)
        assert (stage.outcome.tone is None) == (now == "open")
        assert stage.outcome.tone == (line.tone if line else None)
        assert 1 <= len(stage.outcome.trace) <= 6


def test_what_makes_no_difference_makes_none() -> None:
    """The lines that are said not to count stand for facts that can be left out."""
    for name, case in cases().items():
        if case.audience != "referrer":
            continue
        of = room(programme=(name,))
        outcome = view(at(of, 0, Step.VERDICT)).stage().outcome
        assert outcome is not None
        judge = content().judges[case.rule_set]
        assessment = judge.assess(case.answers)
        used = {fact for why in assessment.reasons for fact in why.facts}
        beside = [trace for trace in outcome.trace if trace.mark is Mark.COUNTS_NOT]
        if beside:
            left = {fact: answer for fact, answer in case.answers.items() if fact in used}
            assert judge.judge(left).verdict == assessment.verdict, name


def test_the_second_vote_shows_what_it_was_before() -> None:
    division = stage_at(Step.SECOND_REVEAL).division
    assert division is not None
    assert [(bar.label, bar.count, bar.before) for bar in division.bars[:2]] == [("Ja", 9, 60), ("Nee", 1, 40)]


def test_a_room_that_votes_otherwise_is_told_so_and_never_that_it_was_wrong() -> None:
    of = room(programme=("fatma",))
    for votes, differs in (({"yes": 9}, False), ({"no": 9}, True), ({"yes": 4, "no": 4}, None), ({"no": 4}, None)):
        stage = stage_at(Step.VERDICT, Votes({(0, Round.FIRST): votes}, 9), of)
        assert stage.outcome is not None
        assert stage.outcome.differs is differs


@pytest.mark.parametrize("name", [name for name, case in cases().items() if case.audience == "referrer"])
def test_chips_say_what_follows(name: str) -> None:
    """Each single change tips to what it says, or stays; and can be turned over by pressing it."""
    shown = view(at(room(programme=(name,)), 0, Step.FLIP))
    now = decides(name, cases()[name].answers)
    found = turns(shown.scene(0), "nl")
    assert any(turn.tips for turn in found)
    for turn in found:
        after = parse_answers(content().facts, turn.raw)
        assert len(after) == 1
        assert decides(name, {**cases()[name].answers, **after}) == turn.verdict
        assert turn.tips == (turn.verdict != now)
    chips = {chip.id: chip for chip in shown.desk().chips}
    assert next(iter(chips)) == ""
    for turn in found:
        turned = acted(shown, "flip", {"chip": turn.id})
        assert turned is not None
        stage = view(turned).stage()
        assert stage.turned is not None
        assert stage.turned.tips == turn.tips
        assert [chip.id for chip in view(turned).desk().chips if chip.chosen] == [turn.id]
    assert acted(shown, "flip", {"chip": "no-such=chip"}) is None


def test_a_flip_is_chosen_before_the_room_predicts_not_while() -> None:
    shown = view(at(room(), 0, Step.PREDICT))
    assert shown.desk().chips == ()
    assert acted(shown, "flip", {"chip": ""}) is None


def test_a_case_that_the_rules_left_behind_says_so_to_the_trainer_only() -> None:
    case = cases()["fatma"]
    changed = {"fatma": replace(case, expect={**case.expect, case.rule_set: "volunteering"})}
    shown = replace(view(at(room(programme=("fatma",)), 0, Step.VERDICT)), cases=changed)
    assert "ja" in shown.desk().broken
    assert view(at(room(programme=("fatma",)), 0, Step.VERDICT)).desk().broken == ""


def test_a_case_that_is_gone_does_not_end_the_room() -> None:
    of = replace(room(), items=(Item("no-such-case"), *room().items))
    for step in steps(Rhythm.QUIZ):
        assert view(at(of, 0, step)).desk().stage.title == "no-such-case"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_meeting_of_caregivers_hears_nothing_of_rules(language: str) -> None:
    of = room(Rhythm.RECOGNISE, language=language)
    votes = Votes({(0, Round.FIRST): {"recognise": 5, "unsure": 2}}, 8)
    for step in steps(Rhythm.RECOGNISE):
        desk = view(at(of, 0, step), votes).desk()
        assert desk.stage.outcome is None
        assert desk.stage.turned is None
        assert desk.stage.seconds is None
        assert desk.chips == ()
    left = record(view(at(of, 0, Step.DEBRIEF), votes))
    assert [(case.verdict, case.expected, case.rule_set, case.facts) for case in left.cases] == [("", "", "", ())]


def test_what_people_asked_for_is_told_most_wanted_first() -> None:
    of = room(programme=("fatma",))
    asks = of.items[0].asks
    votes = Votes({(0, Round.ASK): {asks[2]: 4, asks[0]: 1, asks[1]: 2, asks[3]: 3}}, 12)
    asked = view(at(of, 0, Step.DEBRIEF), votes).desk().asked
    assert [count for _, count in asked] == [4, 3, 2]
    few = Votes({(0, Round.ASK): {asks[2]: 4}}, 12)
    assert view(at(of, 0, Step.DEBRIEF), few).desk().asked == ()


def test_the_record_holds_what_was_on_the_screen_with_the_verdicts_of_now() -> None:
    of = at(room(), 1, Step.DEBRIEF)
    votes = Votes({(0, Round.FIRST): {"yes": 7}, (1, Round.PREDICT): {"tips": 6}}, 9)
    left = record(view(of, votes))
    assert [case.case for case in left.cases] == [item.case for item in of.items[:2]]
    for place, played in enumerate(left.cases):
        case = cases()[played.case]
        assert played.verdict == decides(played.case, case.answers)
        line = content().judges[case.rule_set].line(case.answers, played.verdict)
        assert played.expected == expected(line.tone if line else None).value
        assert played.tipped == ((decides(played.case, case.flipped) != played.verdict) if place else None)
        assert played.facts
        assert set(played.facts) <= set(left.fact_labels)
    assert left.voters == 9
    assert left.versions == {
        "mantelzorg": f"{content().judges['mantelzorg'].rules.version}-" + left.versions["mantelzorg"][-7:]
    }


def test_hands_count_where_there_is_no_phone() -> None:
    of = at(room(programme=("fatma",)), 0, Step.VOTE)
    for _ in range(6):
        pressed = acted(view(of), "count", {"choice": "yes", "by": 1})
        assert pressed is not None
        of = pressed
    assert view(of, gone=True).stage().hands_mode
    stage = view(of.forward()).stage()
    assert stage.division is not None
    assert stage.division.bars[0].count == 6
    assert record(view(of.forward())).voters == 6


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("count", {"choice": "banana", "by": 1}),
        ("count", {"choice": "yes", "by": 1000}),
        ("count", {"choice": "yes", "by": True and "1"}),
        ("timer", {"seconds": -5}),
        ("timer", {"seconds": True}),
        ("timer", {"seconds": 10**9}),
        ("hands", {"on": "yes"}),
        ("disagree", {"on": True, "remark": ["a"]}),
        ("own_case", {"chosen": {"relationship": "parent"}}),
        ("own_case", {"chosen": {}}),
        ("own_case", {"chosen": {"no_such_fact": ["x"]}}),
        ("explode", {}),
    ],
)
def test_what_makes_no_sense_is_refused(action: str, data: dict[str, object]) -> None:
    assert acted(view(at(room(), 0, Step.VOTE)), action, data) is None
