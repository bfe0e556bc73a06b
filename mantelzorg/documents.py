"""From an assessed situation to the context of the documents: plain dicts, strings and lists, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mantelzorg import note, sheet, wording
from mantelzorg.facts import Fact, Kind
from mantelzorg.questionnaire import Line
from mantelzorg.rules import Tone
from mantelzorg.situation import Situation, voice_of
from mantelzorg.voice import Voice

MOST_UNKNOWN = 4
MOST_NOTE_LINES = 4


@dataclass(frozen=True)
class Wishes:
    """What only the documents need: consent, the helper's wish and how to reach them."""

    with_whom: str | None = None
    consent: bool = False
    own_words: str = ""
    neutral: bool = False
    extra: Mapping[str, tuple[str, ...]] | None = None


def context(of: Situation, wishes: Wishes) -> dict[str, object]:
    """Everything that the templates in `reports/` may use; `reports/README.md` lists it."""
    urgency = of.support.urgency(of.known)
    heard = [signal.say[of.language] for signal in of.support.heard(of.known)]
    discussed = of.support.discussed(of.known)
    said = wording.reasons(of.judge, of.assessment, of.known, of.language)
    voice = voice_of(of.questionnaire, of.chosen, of.language)
    return {
        **sheet.context(of, voice, wishes.neutral),
        "date": wording.long_date(of.today, of.language),
        "footer": of.text("footer").format(version=of.version, date=wording.long_date(of.today, of.language)),
        "outcome": {
            "verdict": of.assessment.verdict or "open",
            "tone": of.line.tone.value if of.line else "open",
            "short": of.verdict_text("short"),
            "reasons": [one.text for one in said[:1]],
        },
        "question": _question(of, wishes),
        "term": urgency.term[of.language],
        "situation": _rows(of, of.questionnaire.documents.situation),
        "signals": heard,
        "signals_note": of.text("signals_note"),
        "signals_none": of.text("signals_none" if discussed else "signals_not_discussed"),
        "wish": wording.sentence(_extra(of, wishes, "wish")) or wording.sentence(of.text("signals_not_discussed")),
        "own_words": wishes.own_words,
        "unknown": list(unknown(of)) or [of.text("signals_none")],
        "done": [wording.sentence(one) for one in _picked(of, wishes, "done")] or [_none(of)],
        "reach": _reach(of, wishes),
        "consent": _consent(of, wishes),
        "note": _note(of, wishes, heard, discussed, said),
        "note_tip": of.text("note_tip"),
    }


def centre(of: Situation) -> dict[str, str]:
    """To whom a referral goes."""
    voice = Voice(of.language)
    return {**sheet.contact(of, voice), "name": of.support.contacts[of.support.centre].name}


def unknown(of: Situation) -> tuple[str, ...]:
    """The open questions that can still change the result; else those that were not discussed.

    A question that waits for another answer is left out while that is missing.
    """
    waits = {question.fact: question.after for question in of.questionnaire.questions()}
    open_facts = [question.fact for question in of.assessment.questions if question.relevant and not question.assumed]
    ready = [fact for fact in open_facts if not waits.get(fact) or waits[fact] in of.known]
    relevant = ready or open_facts
    first = of.asked(relevant)
    if first:
        return first[:MOST_UNKNOWN]
    told = {fact for line in of.questionnaire.documents.situation for fact in line.facts}
    asked = [question.fact for question in of.questionnaire.questions() if question.fact in told]
    return of.asked([fact for fact in asked if fact not in of.known])[:MOST_UNKNOWN]


def _none(of: Situation) -> str:
    return wording.sentence(of.text("nothing_yet"))


def _rows(of: Situation, lines: Sequence[Line]) -> list[dict[str, str]]:
    rows = []
    for line in lines:
        said = [_said(of, fact, line.by_label) for fact in line.facts if fact in of.known]
        if said:
            rows.append({"label": line.label[of.language] if line.label else "", "text": "; ".join(said)})
    return rows


def _said(of: Situation, fact: str, by_label: bool) -> str:
    return "; ".join(_named(of, fact)) if by_label else wording.say(_fact(of, fact), of.known[fact], of.language)


def _fact(of: Situation, fact: str) -> Fact:
    return of.judge.rules.fact(fact)


def _named(of: Situation, fact: str) -> tuple[str, ...]:
    """An answer in labels, one for each thing chosen."""
    found, answer = _fact(of, fact), of.known[fact]
    if found.kind is Kind.MULTIPLE and isinstance(answer, frozenset):
        return tuple(value.label[of.language] for value in found.values if value.id in answer)
    return (wording.label(found, answer, of.language),)


def _question(of: Situation, wishes: Wishes) -> str:
    wish = _extra(of, wishes, "wish")
    return of.text("question").format(wish) if wish else of.text("question_plain")


def _picked(of: Situation, wishes: Wishes, name: str) -> list[str]:
    chosen = (wishes.extra or {}).get(name, ())
    extra = next((one for one in of.questionnaire.extra if one.id == name), None)
    return [label[of.language] for option, label in extra.options if option in chosen] if extra else []


def _extra(of: Situation, wishes: Wishes, name: str) -> str:
    return "".join(_picked(of, wishes, name)[:1])


def _reach(of: Situation, wishes: Wishes) -> list[str]:
    picked = [
        ", ".join(_picked(of, wishes, name))
        for name in ("language", "moment", "voicemail")
        if _picked(of, wishes, name)
    ]
    return [wording.sentence(one) for one in picked] or [wording.sentence(of.text("signals_not_discussed"))]


def _consent(of: Situation, wishes: Wishes) -> dict[str, object]:
    if wishes.with_whom == "other":
        return {"given": False, "text": of.text("consent_not_there")}
    if not wishes.consent:
        return {"given": False, "text": of.text("consent_missing")}
    text = of.text("consent_given").format(wording.long_date(of.today, of.language))
    return {"given": True, "text": text}


def _note(
    of: Situation, wishes: Wishes, heard: list[str], discussed: bool, said: Sequence[wording.Said]
) -> dict[str, list[str]]:
    more = of.text("and_more")
    verdict = of.text("note_verdict").format(of.verdict_text("short"))
    why = f"{verdict} {said[0].meaning}" if of.line and said and said[0].meaning else verdict
    first = [re.split("[.;] ?", signal)[0] for signal in heard]  # what comes behind it is advice
    signals = [signal[:1].lower() + signal[1:] for signal in first]
    none = of.text("signals_none" if discussed else "signals_not_discussed")
    open_questions = unknown(of)
    again = of.verdict_text("again")
    return {
        "s": note.lines(tuple(_fields(of)), MOST_NOTE_LINES, more),
        "o": [],
        "e": [
            why if len(why) <= note.WIDTH else verdict,
            _listing(of, "note_signals", signals or [none]),
        ],
        "p": [
            note.fitted([note.Field("", (note.Listed(tuple(_steps(of, wishes))),))], more),
            *([_listing(of, "note_ask", open_questions)] if open_questions else []),
            *([of.text("note_again").format(again)] if again else []),
        ],
    }


def _fields(of: Situation) -> Iterator[note.Field]:
    for line in of.questionnaire.documents.note:
        facts = [fact for fact in line.facts if fact in of.known]
        lists = [note.Listed(_named(of, fact)) for fact in facts]
        if not line.by_label:
            clauses = [wording.clauses(_fact(of, fact), of.known[fact], of.language) for fact in facts]
            lists = [note.Listed(clause, ", ") for clause in clauses]
        if lists:
            yield note.Field(f"{line.label[of.language]}: " if line.label else "", tuple(lists))


def _listing(of: Situation, name: str, parts: Sequence[str]) -> str:
    start = of.text(name).partition("{}")[0]
    return note.fitted([note.Field(start, (note.Listed(tuple(parts)),))], of.text("and_more"))


def _steps(of: Situation, wishes: Wishes) -> list[str]:
    """What was done; while nothing was, what to do."""
    referred = _consent(of, wishes)["given"] and not (of.line and of.line.tone is Tone.NO)
    done = ([of.text("note_referred").rstrip(".")] if referred else []) + _picked(of, wishes, "done")
    return done or [of.text("note_offered").rstrip(".")]
