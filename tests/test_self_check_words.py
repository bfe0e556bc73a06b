"""How the self-check is written: short sentences, and no words that a helper does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from statistics import mean

import pytest

from mantelzorg.checks.style import Style, check, load_style, sentences, voices_in
from mantelzorg.content import ROOT
from mantelzorg.translations import used_texts
from mantelzorg.yaml_reader import Document, read
from tests.web.self_check_walk import content, form

FORM = "questionnaires/self-check.yaml"
SUPPORT, FACTS = "rules/support.yaml", "rules/facts.yaml"
FILES = [FORM, *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "rules").glob("*.yaml")))]
MEAN, MOST = 12, 18
NOT_FOR_HELPERS = re.compile(
    r"\b(zorgvragers?|cliënt(en)?|(uw|de|je) naaste|gebruikelijke (hulp|zorg)|overbelast(ing)?|draag(last|kracht)"
    r"|respijtzorg|indicatie|voorziening(en)?|in aanmerking|recht op|criteri(a|um)|voldoet niet)\b",
    re.IGNORECASE,
)
ELSEWHERE = ("poster_", "footer")
"""Printed texts: in the questionnaire, and not said by the pages."""


@cache
def style() -> Style:
    return load_style(read((ROOT / "reports/style.yaml").read_bytes(), "reports/style.yaml"))


@cache
def document(file: str) -> Document:
    return read((ROOT / file).read_bytes(), file)


def planted(file: str, old: str, new: str) -> list[str]:
    text = (ROOT / file).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r}: {text.count(old)} times"
    return [found.problem.code for found in check(style(), read(text.replace(old, new).encode(), file))]


def dutch(value: object) -> Iterator[str]:
    """Every Dutch text below a value."""
    if isinstance(value, dict):
        yield from (one for name, one in value.items() if name in ("nl", "je") and isinstance(one, str))
        for inner in value.values():
            yield from dutch(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from dutch(inner)


def counted(text: str) -> list[int]:
    """How many words the sentences have, counted otherwise than the check does."""
    parts = (re.findall(r"[\w’'-]*\w[\w’'-]*", part) for part in re.split(r"[.!?…]+", text))
    return [len(words) for words in parts if words]


def test_the_rules_for_style_are_those_that_were_agreed() -> None:
    assert (style().mean_words, style().most_words) == (MEAN, MOST)
    assert form().id in style().questionnaires


@pytest.mark.parametrize("file", FILES)
def test_nothing_that_is_said_to_the_helper_breaks_them(file: str) -> None:
    assert [str(found.problem) for found in check(style(), document(file))] == []


def test_every_dutch_text_of_the_questionnaire_is_looked_at() -> None:
    looked_at = [voice.text for voice in voices_in(style(), document(FORM))]
    assert sorted(looked_at) == sorted(dutch(document(FORM).data))
    assert len(looked_at) > 300


def test_the_sheet_and_what_signals_and_urgency_say_are_looked_at() -> None:
    looked_at = {voice.text for voice in voices_in(style(), document(SUPPORT))}
    support = content().support
    said = [*support.sheet.values(), *(one.you for one in (*support.signals, *support.urgencies) if one.you)]
    assert {text for one in said for text in dutch(one)} <= looked_at


def test_all_that_the_self_check_says_is_short() -> None:
    lengths = {text: counted(text) for text in used_texts(content(), form())}
    assert [text for text, found in lengths.items() if max(found, default=0) > MOST] == []
    assert mean(words for found in lengths.values() for words in found) <= MEAN


def test_all_that_the_self_check_says_is_in_words_of_the_helper() -> None:
    assert [text for text in used_texts(content(), form()) if NOT_FOR_HELPERS.search(text)] == []


def test_no_question_calls_somebody_a_carer() -> None:
    asked = [question.ask for question in form().questions()]
    asked += [one.label for question in form().questions() for one in question.options]
    assert [text for one in asked for text in dutch(one) if re.search("mantelzorger", text, re.IGNORECASE)] == []


def test_no_text_of_the_questionnaire_lacks_a_familiar_form_where_it_says_u() -> None:
    for one in content().support.sheet, form().texts:
        for name, text in one.items():
            if not name.startswith(ELSEWHERE) and "je" not in text:
                assert not re.search(r"\b[Uuú]w?\b", text["nl"]), (name, text["nl"])


@pytest.mark.parametrize("text", ["Een. Twee woorden!", "Stel: wat dan? Niets …", "’s Nachts ook", ""])
def test_both_ways_to_count_words_agree(text: str) -> None:
    assert counted(text) == sentences(text)


LONG = " ".join(["woord"] * (MOST + 1)) + "."
ENOUGH = " ".join(["woord"] * MOST) + "."


@pytest.mark.parametrize(
    ("file", "old"),
    [
        (FORM, '"Niet alles is al vertaald. De rest staat in het Nederlands."'),
        (FORM, '"Groeit u op met iemand thuis die veel zorg nodig heeft?"'),
        (FORM, '"We vragen geen naam en bewaren niets."'),
        (SUPPORT, '"Er is vaker ruzie."'),
        (SUPPORT, '"Wordt het te zwaar?"'),
        (FACTS, '"U krijgt alleen kosten terug."'),
        ("rules/mantelzorg.yaml", '"Dat is echte hulp."'),
        ("rules/almere-waardering-2021.yaml", '"U helpt langer dan 3 maanden."'),
    ],
)
def test_a_long_sentence_is_found_wherever_it_stands(file: str, old: str) -> None:
    assert planted(file, old, f'"{LONG}"') == ["sentence-long"]
    assert planted(file, old, f'"{ENOUGH}"') == []


@pytest.mark.parametrize("word", ["cliënt", "Uw naaste", "gebruikelijke hulp", "overbelast", "recht op", "Criteria"])
def test_a_word_to_avoid_is_found(word: str) -> None:
    assert planted(SUPPORT, '"U slaapt slecht."', f'"Dit is {word}."') == ["word-to-avoid"]
    assert planted(SUPPORT, "Slaapt slecht.", f"Dit is {word}.") == [], "staff may read it"


def test_mantelzorger_may_be_said_in_a_result_and_not_in_a_question() -> None:
    said = '"U bent mantelzorger."'
    assert planted("rules/mantelzorg.yaml", '"Dat is echte hulp."', said) == []
    assert planted(FORM, '"Hoe oud bent u?"', said) == ["word-to-avoid"]
