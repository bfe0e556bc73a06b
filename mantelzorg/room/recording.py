"""Makes what is left of a training from a room as it stands."""

from __future__ import annotations

from mantelzorg import wording
from mantelzorg.cases import result_of
from mantelzorg.room.explained import expected
from mantelzorg.room.record import PlayedCase, Record
from mantelzorg.room.room import Item
from mantelzorg.room.scene import Scene, form_of
from mantelzorg.room.staging import View
from mantelzorg.room.steps import Rhythm, Round, rounds


def record(view: View) -> Record:
    """The record of a room: every case that was on the screen. Own cases are there without their facts."""
    room = view.room
    played = [(place, item) for place, item in enumerate(room.items) if item.shown]
    cases = tuple(_played(view, place, item) for place, item in played)
    judges = {case.rule_set: view.content.judges[case.rule_set].rules for case in cases if case.rule_set}
    voters = [tally.total for case in cases for tally in case.tallies.values()]
    return Record(
        day=room.opened,
        language=room.language,
        rhythm=room.rhythm,
        voters=max([view.votes.seats, *voters]),
        cases=cases,
        versions={name: f"{rules.version}-{rules.digest[:7]}" for name, rules in judges.items()},
        fact_labels=_labels(view, cases),
    )


def _played(view: View, place: int, item: Item) -> PlayedCase:
    room = view.room
    tallies = {round_: view.votes.tally(room, place, round_) for round_ in rounds(room.rhythm)}
    kept = {round_: tally for round_, tally in tallies.items() if tally.total}
    of = view.scene(place)
    if room.rhythm is Rhythm.RECOGNISE:
        return PlayedCase(item.case, of.title, "", "", "", "", (), kept, None, item.disagreed, item.remark)
    result = item.result or result_of(of.judge, of.answers)
    line = of.judge.line(of.answers, result)
    title = line.texts["title"] if line else of.judge.rules.texts["open_title"]
    return PlayedCase(
        item.case,
        of.title,
        of.judge.rules.id,
        result,
        title[room.language],
        expected(line.tone if line else None).value,
        item.deciding or deciding(of),
        kept,
        _tipped(item, of) if Round.PREDICT in kept else None,
        item.disagreed,
        item.remark,
    )


def deciding(of: Scene) -> tuple[str, ...]:
    """The facts that decide a case: those of the first criterion that tells why."""
    found = wording.chosen_reasons(of.judge, of.judge.assess(of.answers), of.answers)
    return found[0][2] if found else ()


def _tipped(item: Item, of: Scene) -> bool | None:
    if not item.case:
        return item.tipped
    return result_of(of.judge, of.answers) != result_of(of.judge, of.flipped)


def _labels(view: View, cases: tuple[PlayedCase, ...]) -> dict[str, str]:
    short = {question.fact: question.short[view.room.language] for question in form_of(view.content).questions()}
    named = {fact for case in cases for fact in case.facts}
    asked = {fact for case in cases if Round.ASK in case.tallies for fact in case.tallies[Round.ASK].order}
    facts = view.content.facts
    known = [fact for fact in facts if fact in named | asked]
    return {fact: short.get(fact, facts[fact].label[view.room.language]) for fact in known}
