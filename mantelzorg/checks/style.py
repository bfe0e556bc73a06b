"""How texts for the helper are written: the length of a sentence, and words to avoid. See `reports/style.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import mean
from typing import Annotated, Literal

from pydantic import Field

from mantelzorg.checks.findings import Finding, Notes
from mantelzorg.schema import Filled, Id
from mantelzorg.validation import Strict, validate
from mantelzorg.yaml_reader import Document, Path

LANGUAGES = ("nl", "je")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ASKED = frozenset({"ask", "help", "say", "short", "why"})
"""The texts of a question, besides the labels of its options."""


class Avoid(Strict):
    """Words not to use, everywhere or only in a question, and what to write instead."""

    words: Annotated[list[Filled], Field(min_length=1)]
    instead: Filled
    place: Literal["everywhere", "question"] = Field(default="everywhere", alias="in")


class Style(Strict):
    """`reports/style.yaml`. `questionnaires` are those that speak to the helper, `typical_cases` the files of cases
    that show what happens how often; without them all are taken to."""

    questionnaires: list[Id]
    typical_cases: list[Id] = Field(default_factory=list)
    mean_words: Annotated[int, Field(ge=1)]
    most_words: Annotated[int, Field(ge=1)]
    avoid: list[Avoid]


def load_style(document: Document) -> Style:
    """Read the style file. Raises ContentError."""
    return validate(document, Style)


@dataclass(frozen=True)
class Voice:
    """One text for the helper and where it stands."""

    path: Path
    text: str
    question: bool = False


def check(style: Style, document: Document) -> list[Finding]:
    """The findings on the texts that this file addresses to the helper."""
    notes = Notes(document)
    voices = list(voices_in(style, document))
    for voice in voices:
        _long(style, voice, notes)
        _avoided(style, voice, notes)
    _mean(style, voices, notes)
    return notes.findings


def voices_in(style: Style, document: Document) -> Iterator[Voice]:
    """Every text to the helper: what is called `you…`, the sheet, and in some questionnaires everything."""
    data = document.data
    asked = isinstance(data, dict) and "sections" in data and data.get("id") in style.questionnaires
    for path, text in _texts(data, ()):
        keys = [key for key in path if isinstance(key, str)]
        if len(keys) < 2 or keys[-1] not in LANGUAGES:
            continue
        to_helper = asked or any(key == "you" or key.startswith("you_") for key in keys) or keys[0] == "sheet"
        question = asked and (keys[-2] in _ASKED or "options" in keys)
        if to_helper:
            yield Voice(path, text, question)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*path, place))
    elif isinstance(value, str) and len(path) > 1:
        yield path, value


def sentences(text: str) -> list[int]:
    """How many words each sentence of a text has."""
    counted = (len(_WORD.findall(part)) for part in _SENTENCE.findall(text))
    return [words for words in counted if words]


def _long(style: Style, voice: Voice, notes: Notes) -> None:
    longest = max(sentences(voice.text), default=0)
    if longest > style.most_words:
        what = f"Deze zin heeft {longest} woorden."
        why = f"Een zin voor de helper heeft er hoogstens {style.most_words}."
        notes.warn(voice.path, "sentence-long", what, why, "twee zinnen, met elk één gedachte")


def _mean(style: Style, voices: Iterable[Voice], notes: Notes) -> None:
    counted = [(words, voice) for voice in voices for words in sentences(voice.text)]
    if counted and (average := mean(words for words, _ in counted)) > style.mean_words:
        longest = max(counted, key=lambda pair: pair[0])[1]
        what = f"De zinnen voor de helper hebben hier gemiddeld {average:.1f} woorden.".replace(".", ",", 1)
        why = f"Dat is meer dan {style.mean_words}; hier staat de langste."
        notes.warn(longest.path, "sentences-long", what, why, "kortere zinnen")


def _avoided(style: Style, voice: Voice, notes: Notes) -> None:
    for avoid in style.avoid:
        if avoid.place == "question" and not voice.question:
            continue
        for word in avoid.words:
            if match := re.search(rf"\b{re.escape(word)}\b", voice.text, re.IGNORECASE):
                what = f"'{match.group()}' past niet in een tekst voor de helper."
                notes.warn(voice.path, "word-to-avoid", what, instead=avoid.instead, offset=match.start())
