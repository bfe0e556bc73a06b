"""An assessment as plain data for other programs: dicts, lists, text, true, false and null."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mantelzorg import wording
from mantelzorg.assessment import Assessment, Judge, Status
from mantelzorg.changes import Change
from mantelzorg.facts import Answers, Kind, Unknown
from mantelzorg.reasons import Reason

STATUS = {True: "met", False: "not_met", None: "open"}


def assessed(judge: Judge, answers: Answers, language: str) -> dict[str, object]:
    """All that a rule set can say about a situation.

    `status` is "decided" or "open". Answers that contradict each other are "open" without a verdict and with
    nothing possible; `contradiction` then lists the smallest sets of facts that cannot go together.
    """
    found = judge.assess(answers)
    rules = judge.rules
    return {
        "rule_set": rules.id,
        "version": rules.version,
        "valid_from": rules.valid_from.isoformat(),
        "digest": rules.digest,
        "status": "decided" if found.judgement.status is Status.DECIDED else "open",
        "verdict": found.verdict,
        "title": title(judge, found, answers, language),
        "possible": list(found.judgement.possible),
        "criteria": [
            {"id": criterion.id, "status": STATUS[found.criteria[criterion.id]], "title": criterion.title[language]}
            for criterion in rules.criteria
        ],
        "assumptions": [
            {"fact": fact, "text": said.text}
            for said in wording.assumptions(judge, found, language)
            for fact in said.facts
        ],
        "reasons": [_reason(judge, found, why, answers, language) for why in found.reasons],
        "changes": [_change(judge, change, language) for change in found.changes],
        "questions": [
            {"fact": one.fact, "relevant": one.relevant, "settles": one.settles.value, "assumed": one.assumed}
            for one in found.questions
        ],
        "contradiction": [list(conflict) for conflict in found.conflicts],
    }


def title(judge: Judge, found: Assessment, answers: Answers, language: str) -> str | None:
    """The verdict in a few words, or that it is still open; None when the answers contradict each other."""
    if found.judgement.status is Status.CONTRADICTION:
        return None
    line = judge.line(answers, found.verdict)
    said = line.texts["title"] if line else judge.rules.texts.get("open_title")
    return said[language] if said else None


def known(answers: Answers) -> Answers:
    """The answers that say something."""
    return {fact: answer for fact, answer in answers.items() if not isinstance(answer, Unknown)}


def _reason(judge: Judge, found: Assessment, why: Reason, answers: Answers, language: str) -> dict[str, object]:
    """One sufficient reason; only the first is put in terms of criteria, the others repeat their answers."""
    text = [said.text for said in wording.reasons(judge, replace(found, reasons=(why,)), known(answers), language)]
    return {
        "facts": list(why.facts),
        "assumed": list(why.assumed),
        "criteria": [{"id": name, "met": met} for name, met in why.criteria],
        "text": text or _clauses(judge, why.facts, answers, language),
    }


def _clauses(judge: Judge, facts: Sequence[str], answers: Answers, language: str) -> list[str]:
    said = [wording.say(judge.rules.fact(fact), answers[fact], language) for fact in facts]
    return [wording.sentence(wording.join(said, language))] if said else []


def _change(judge: Judge, change: Change, language: str) -> dict[str, object]:
    return {
        "verdict": change.verdict,
        "settings": [_setting(judge, fact, c, language) for fact, c in change.settings],
        "text": wording.change(judge, change, language),
    }


def _setting(judge: Judge, fact: str, c: int, language: str) -> dict[str, object]:
    axis = judge.table.axes[judge.table.places[fact]]
    setting: dict[str, object] = {"fact": fact, "text": wording.class_label(axis, c, language)}
    if axis.fact.kind is Kind.CHOICE:
        values = axis.values(1 << c)
        setting["values"] = [value for value in axis.fact.value_ids if value in values]
    return setting
