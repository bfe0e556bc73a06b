"""What holds for every screen, whatever was chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from situations import SITUATIONS, chosen, content, options, screening, shown

from mantelzorg.assessment import Status
from mantelzorg.facts import UNKNOWN
from mantelzorg.rules import Tone as RuleTone
from mantelzorg.web.screening import Screening
from mantelzorg.web.view import Chrome, RowMark, Screen, Tone

Chosen = Mapping[str, tuple[str, ...]]
many = settings(
    max_examples=35, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
UNFILLED = r"\bNone\b(?! mentioned)|[{}]|[a-z]_[a-z]"
FORBIDDEN = re.compile(rf"[Ww]eigert|recht op|entitle|refuses|%|kan het niet aan|{UNFILLED}")
OTHER = {
    "nl": re.compile(r"\b(the|with|your|you|because|helps|care|whether|carer)\b", re.IGNORECASE),
    "en": re.compile(r"\b(het|een|niet|wordt|voor|deze|mantelzorger|helper is er|naaste|uw)\b", re.IGNORECASE),
}
NAMES = re.compile(r"Is dit mantelzorg\?")


def check_verdict(shown: Screen, made: Screening) -> None:
    assert shown.verdict.title
    assert len(shown.verdict.reasons) <= 3
    if made.line is not None and not made.clashes:
        assert shown.verdict.reasons
        contact = shown.verdict.contact or (shown.support and shown.support.contact)
        assert contact
        assert contact.number
        assert [heading for heading, _ in shown.verdict.extra if heading in ("Kijk opnieuw als", "Look again when")]


def check_words(shown_screen: Screen, made: Screening) -> None:
    for text in shown(shown_screen):
        assert not FORBIDDEN.search(text), text
        assert not OTHER[shown_screen.language].search(NAMES.sub("", text)), text


def check_first(shown: Screen, made: Screening) -> None:
    first = [row.fact for part in shown.sections for row in part.rows if row.mark is RowMark.FIRST]
    hidden = [row.fact for part in shown.sections for row in part.more if row.mark is RowMark.FIRST]
    assert hidden == []
    relevant = {one.fact for one in made.assessment.questions if one.relevant and not one.assumed}
    assert set(first) <= relevant - set(made.chosen)
    if made.situation.known and made.assessment.judgement.status is Status.OPEN and not made.clashes:
        assert len(first) == 1 or relevant <= set(made.chosen)


def check_documents(shown: Screen, made: Screening) -> None:
    assert bool(shown.documents) is (bool(made.situation.known) and shown.verdict.tone is not Tone.CONTRADICTION)
    for document in shown.documents:
        assert not re.search(r"\b113\b|0800 2000|Meldcode", document.text)
        no = made.line is not None and made.line.tone is RuleTone.NO
        assert bool(document.text) is not (document.id == "referral" and no)
        if document.text and document.id != "note":
            assert document.html


def check_note(shown: Screen, made: Screening) -> None:
    lines = shown.documents[0].text.rstrip("\n").split("\n") if shown.documents else []
    assert len(lines) <= 10, lines
    for line in lines:
        assert len(line) <= 90, line
        assert line.isascii(), line


def check_sheet(shown: Screen, made: Screening) -> None:
    if shown.documents:
        sheet = shown.documents[2].text
        for signal in made.content.support.heard(made.situation.known):
            assert signal.say[shown.language].split(".")[0] not in sheet


def check_settled(shown: Screen, made: Screening) -> None:
    """The sentence stands there exactly when no single answer can change a verdict that is decided."""
    decided = made.assessment.verdict is not None and not made.clashes
    assert bool(shown.verdict.settled) is decided
    table = made.judge.table
    for question in made.form.questions() if decided else ():
        for option in question.options:
            answer = option.answer
            if question.fact in made.situation.known or answer is UNKNOWN:
                continue
            place = table.places.get(question.fact)
            if place is not None and question.fact not in made.answers:
                assumed = table.assumptions[place]
                if table.axes[place].mask(answer) & ~assumed:
                    continue
            found = made.judge.judge({**made.answers, question.fact: answer})
            assert found.status is Status.CONTRADICTION or found.verdict == made.assessment.verdict, option.id


CHECKS: tuple[Callable[[Screen, Screening], None], ...] = (
    check_verdict,
    check_words,
    check_first,
    check_documents,
    check_note,
    check_sheet,
    check_settled,
)


@pytest.mark.parametrize("language", ["nl", "en"])
@many
@given(chosen())
def test_whatever_was_chosen(language: str, picked: Chosen) -> None:
    made = screening(
        picked, Chrome(language=language, with_whom="helper", consent=True, extra=options({"wish": "talk"}))
    )
    whole = made.screen()
    for check in CHECKS:
        check(whole, made)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", SITUATIONS)
def test_each_kind_of_situation(name: str, language: str) -> None:
    made = screening(options(SITUATIONS[name]), Chrome(language=language, with_whom="both", consent=True))
    whole = made.screen()
    for check in CHECKS:
        check(whole, made)


def test_everything_chosen_at_once_still_fits_the_note() -> None:
    full = {
        question.fact: tuple(option.id for option in question.options if option.id not in ("none", "nobody"))
        if question.multiple
        else (question.options[0].id,)
        for question in content().questionnaires["referrer"].questions()
    }
    for language in ("nl", "en"):
        made = screening({**full, "care_reason": full["care_reason"][:3]}, Chrome(language=language))
        check_note(made.screen(), made)
        check_note(screening({**full, "helper_age": ("from_26",)}, Chrome(language=language)).screen(), made)
