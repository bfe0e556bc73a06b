"""`assess`: one situation judged, for people or for programs."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml

from mantelzorg import wording
from mantelzorg.assessment import Assessment, Judge, Status
from mantelzorg.cli import receipts
from mantelzorg.cli.situation import read_situation
from mantelzorg.content import Content, load
from mantelzorg.facts import Answers, suggest
from mantelzorg.questions import Question, Settles
from mantelzorg.serialise import assessed, known, title

ALL = "all"
FORM = "referrer"
"""The questionnaire whose rule set judges when none is named."""
WIDEST, NARROWEST = 100, 40


class UnknownRuleSetError(Exception):
    """There is no rule set of this name; the message says which there are."""


@cache
def _words(language: str) -> dict[str, str]:
    catalogue = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    found: dict[str, str] = catalogue[language]
    return found


def run(file: str, rules: str | None, as_json: bool, language: str, receipt: str | None = None) -> int:
    """Judge the situation in a file, print the result and write a receipt of it if a file for that is named.

    Raises ContentError, UnknownRuleSetError.
    """
    if receipt and rules == ALL:
        raise UnknownRuleSetError("--receipt: een bewijs gaat over één verzameling regels. Noem die met --rules.")
    content = load()
    judges = _chosen(content, rules)
    answers = read_situation(file, content.facts)
    if receipt:
        receipts.write(receipt, judges[0], answers)
    if as_json:
        found = [assessed(judge, answers, language) for judge in judges]
        print(json.dumps(found if rules == ALL else found[0], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(told(judge, answers, language)) for judge in judges))
    return 0


def _chosen(content: Content, rules: str | None) -> list[Judge]:
    if rules == ALL:
        return list(content.judges.values())
    name = rules or content.questionnaires[FORM].rules
    if name not in content.judges:
        possible = ", ".join((*content.judges, ALL))
        raise UnknownRuleSetError(
            f"--rules: {name[:60]!r} bestaat niet.{suggest(name, content.judges)} Mogelijk: {possible}."
        )
    return [content.judges[name]]


def told(judge: Judge, answers: Answers, language: str) -> Iterator[str]:
    """The lines for a person."""
    found, words = judge.assess(answers), _words(language)
    yield judge.rules.texts["question"][language]
    yield ""
    if found.judgement.status is Status.CONTRADICTION:
        yield from _wrapped(words["contradiction"])
        said = (_answers_said(judge, conflict, answers, language) for conflict in found.conflicts)
        yield from _part(words["conflict"], said)
    else:
        yield from _verdict(judge, found, answers, language)
        reasons = wording.reasons(judge, found, known(answers), language)
        yield from _part(words["why"], (said.text for said in reasons))
        yield from _part(words["assumed"], (said.text for said in wording.assumptions(judge, found, language)))
        yield from _open(judge, found, language)
        yield from _part(words["change"], _changes(judge, found, language))
    yield ""
    start = wording.long_date(judge.rules.valid_from, language)
    of = {"id": judge.rules.id, "version": judge.rules.version, "date": start, "digest": judge.rules.digest}
    yield from _wrapped(words["rules"].format(**of))


def _verdict(judge: Judge, found: Assessment, answers: Answers, language: str) -> Iterator[str]:
    line = judge.line(answers, found.verdict)
    yield from _wrapped(f"» {title(judge, found, answers, language) or ''}", "  ")
    if line and "lead" in line.texts:
        yield from _wrapped(f"  {line.texts['lead'][language]}", "  ")
    if line is None:
        shorts = [judge.rules.line(verdict).texts["short"][language] for verdict in found.judgement.possible]
        yield from _part(_words(language)["possible"], shorts)


def _open(judge: Judge, found: Assessment, language: str) -> Iterator[str]:
    words = _words(language)
    # What a decided verdict leans on was already told as an assumption.
    leaning = found.judgement.status is Status.OPEN
    matter = [one for one in found.questions if one.relevant and (leaning or not one.assumed)]
    label = {fact.id: fact.label[language] for fact in judge.rules.facts}
    if not found.questions:
        yield from ("", words["complete"])
    elif not matter:
        own = judge.rules.texts.get("open_settled")
        yield from ("", own[language] if own else words["settled"])
    yield from _part(words["open"], (f"{label[one.fact]}: {_promise(one, words)}" for one in matter))
    rest = [label[question.fact] for question in found.questions if not question.relevant]
    yield from _part(words["nothing"], [wording.join(rest, language)] if matter and rest else [])


def _promise(question: Question, words: dict[str, str]) -> str:
    if question.assumed:
        return words["leaning"]
    return words[{Settles.ALWAYS: "always", Settles.MAY: "may", Settles.NO: "no"}[question.settles]]


def _changes(judge: Judge, found: Assessment, language: str) -> Iterator[str]:
    for change in found.changes:
        short = judge.rules.line(change.verdict).texts["short"][language]
        yield f"{wording.change(judge, change, language)} → {short}"


def _answers_said(judge: Judge, facts: Sequence[str], answers: Answers, language: str) -> str:
    named = [judge.rules.fact(name) for name in facts]
    parts = [f"{fact.label[language]} = {wording.label(fact, answers[fact.id], language)}" for fact in named]
    return wording.join(parts, language)


def _part(heading: str, lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    """A heading with its lines, or nothing when there are none."""
    for place, line in enumerate(lines):
        if place == 0:
            yield from ("", heading)
        yield from _wrapped(f"  - {line}", "    ")


def _wrapped(line: str, indent: str = "") -> list[str]:
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)
