"""What the take-home sheet says to the helper, in any language. It never repeats a signal: others may read it."""

from __future__ import annotations

from collections.abc import Sequence

from mantelzorg import wording
from mantelzorg.facts import UNKNOWN, Answers, Fact
from mantelzorg.rules import Tone
from mantelzorg.situation import Situation
from mantelzorg.voice import Voice

MOST_TOLD = 3


def context(of: Situation, voice: Voice, neutral: bool = False) -> dict[str, object]:
    """Everything that the template of the sheet may use; `reports/README.md` lists it."""
    words = {name: voice(text, contact=of.support.to_call().name) for name, text in of.support.sheet.items()}
    return {
        "caregiver": {
            "title": of.said(voice, "you_title") or of.said(voice, "title"),
            "text": of.said(voice, "you_text"),
            "reasons": [said for fact in _told(of) if (said := you(of.judge.rules.fact(fact), of.known, voice))][
                :MOST_TOLD
            ],
            "say": own_sentence(of, voice),
            "again": of.said(voice, "again"),
            "neutral": neutral,
        },
        "words": words,
        "contact": contact(of, voice),
        "offers": [{"icon": offer.icon, "label": voice(offer.name)} for offer in of.support.named(of.known)],
    }


def contact(of: Situation, voice: Voice) -> dict[str, str]:
    """Whom to call: the centre, or while its number is not filled in the first national line that is certain."""
    found = of.support.to_call()
    hours = voice(found.hours.model_dump(exclude_none=True)) if found.hours else ""
    return {"name": found.name, "number": found.number, "hours": hours, "missing": ""}


def you(fact: Fact, answers: Answers, voice: Voice) -> str:
    """An answer said to who gave it: "U helpt uw moeder."; empty where the content has no such sentence."""
    answer = answers.get(fact.id, UNKNOWN)
    chosen = answer if isinstance(answer, frozenset) else frozenset[str]()
    said = [value.you for value in fact.values if value.id in chosen and value.you]
    return voice(said[0]) if said else ""


def own_sentence(of: Situation, voice: Voice) -> str:
    """What the helper can say on the telephone; nothing with a "no", where it would not be true."""
    if of.line and of.line.tone is Tone.NO:
        return ""
    known = of.questionnaire.documents.who in of.known
    return voice(of.support.sheet["sentence" if known else "sentence_plain"])


def _told(of: Situation) -> Sequence[str]:
    """The facts that the sheet repeats; with a "no" only those of its first reason."""
    used = of.assessment.reasons[0].facts if of.assessment.reasons and of.line else ()
    told = sorted(of.questionnaire.documents.told, key=lambda fact: fact not in used)
    if of.line and of.line.tone is Tone.NO:
        said = wording.reasons(of.judge, of.assessment, of.known, of.language)
        return [fact for fact in told if said and fact in said[0].facts]
    return told
