"""Tries a self-check before new content goes live: what would break its pages is told to the author instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mantelzorg.content import Content
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.self_check import QUESTIONNAIRE, SelfCheck
from mantelzorg.two_languages import sheet_of
from mantelzorg.voice import DUTCH

FILE = f"questionnaires/{QUESTIONNAIRE}.yaml"
_DAY = date(2026, 1, 31)
_WALKS = 4
_LONGEST = 40


def try_self_check(content: Content) -> None:
    """Walk through the self-check in every language. Raises ContentError with what does not work."""
    form = content.questionnaires.get(QUESTIONNAIRE)
    if form is None:
        return
    absent = sorted(name for name in TEXTS if name not in form.texts)
    if absent:
        what = f"Hier ontbreken teksten: {', '.join(absent)}."
        raise ContentError([Problem(FILE, Mark(), "text-missing", what)])
    for language in ("nl", "en", *content.catalogues):
        for check in _walks(content, language):
            try:
                _say_everything(check)
            except Exception as error:
                what = f"Met deze inhoud kan de zelftest niet worden getoond ({type(error).__name__}: {error})."
                raise ContentError([Problem(FILE, Mark(), "page", what)]) from None


def _walks(content: Content, language: str) -> Iterator[SelfCheck]:
    """A few visits to their end: always the same option, one walk per place."""
    for walk in range(_WALKS):
        chosen: dict[str, tuple[str, ...]] = {}
        check = SelfCheck(content, chosen, language, _DAY)
        for _ in range(_LONGEST):
            following = check.path.following
            if following is None:
                break
            options = following.options
            chosen[following.fact] = (options[walk % len(options)].id,)
            check.asked(following.fact)
            check = SelfCheck(content, chosen, language, _DAY)
        yield check


def _say_everything(check: SelfCheck) -> None:
    check.read_back()
    check.result()
    second = "" if check.voice.language == DUTCH else check.voice.language
    sheet_of(check.situation, check.content.catalogues.get(second), second)


TEXTS = frozenset(
    (
        "again",
        "again_begin",
        "assumed",
        "at_most",
        "back",
        "begin",
        "begin_young",
        "between_answers",
        "between_parts",
        "call",
        "call_doubt",
        "call_number",
        "can_change",
        "change",
        "change_answers",
        "changes_nothing",
        "check_text",
        "check_title",
        "choose",
        "choose_clash",
        "clear",
        "cleared",
        "conflict",
        "danger",
        "done_text",
        "done_title",
        "dutch_and",
        "footer",
        "how",
        "known",
        "last_one",
        "name",
        "next",
        "not_known",
        "not_known_back",
        "not_reviewed",
        "number_missing",
        "offline",
        "only_dutch",
        "or",
        "other_language",
        "part_dutch",
        "print",
        "privacy_1",
        "privacy_2",
        "privacy_more",
        "privacy_more_1",
        "privacy_more_2",
        "privacy_more_3",
        "privacy_title",
        "rather_call",
        "read_aloud",
        "restored",
        "right",
        "save_pdf",
        "save_text",
        "say_no",
        "scheme",
        "signals",
        "skip",
        "signals_note",
        "start_no_test",
        "start_nothing_kept",
        "start_text",
        "start_time",
        "start_title",
        "stop_reading",
        "support",
        "support_title",
        "take_along",
        "take_text",
        "tool",
        "two_languages",
        "two_languages_text",
        "unknown",
        "why",
        "you_can_say",
    )
)
"""Every text that a page of the self-check says."""
