"""How hard the texts of the self-check are to read, in every language that it speaks.

python benchmarks/reading.py [--write]     with --write the results go to docs/benchmarks.md

All texts that a helper may meet, said to somebody who helps their mother. Only texts with a full stop, a question mark
or an exclamation mark count as sentences; labels of options and buttons are left out of the scores.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from statistics import fmean

import pyphen  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from questions import write  # noqa: E402

from mantelzorg.content import Content, load  # noqa: E402
from mantelzorg.self_check import QUESTIONNAIRE  # noqa: E402
from mantelzorg.situation import voice_of  # noqa: E402
from mantelzorg.translations import _spoken  # noqa: E402
from mantelzorg.voice import DUTCH, ENGLISH, FAMILIAR, PLACEHOLDER, Voice  # noqa: E402

WORD = re.compile(r"\w+(?:['’-]\w+)*")
END = re.compile(r"(?<=[.!?؟])[’”»\"]?\s+")
CLOSED = re.compile(r"[.!?؟][’”»\"]?$")
TURKISH_VOWELS = "aeıioöuüâîû"


@dataclass(frozen=True)
class Formula:
    """A score between about 0 (hard) and 100 (easy): base - of_sentence * words per sentence - of_word * syllables per
    word."""

    name: str
    base: float
    of_sentence: float
    of_word: float
    syllables: Callable[[str], int]

    def score(self, sentences: Sequence[Sequence[str]]) -> float:
        words = [word for sentence in sentences for word in sentence]
        return (
            self.base
            - self.of_sentence * len(words) / len(sentences)
            - self.of_word * fmean(map(self.syllables, words))
        )


@cache
def _hyphens(dictionary: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=dictionary)


def _parts(dictionary: str) -> Callable[[str], int]:
    return lambda word: len(_hyphens(dictionary).positions(word.lower())) + 1


def _turkish(word: str) -> int:
    """In Turkish every vowel is a syllable."""
    lower = word.replace("I", "ı").replace("İ", "i").lower()
    return max(1, sum(letter in TURKISH_VOWELS for letter in lower))


DOUMA = Formula("Flesch-Douma", 206.835, 0.93, 77, _parts("nl_NL"))
FORMULAS = {
    DUTCH: DOUMA,
    FAMILIAR: DOUMA,
    ENGLISH: Formula("Flesch", 206.835, 1.015, 84.6, _parts("en_US")),
    "tr": Formula("Ateşman", 198.825, 2.610, 40.175, _turkish),
}
"""For the other languages there is no formula that we trust; the report says why."""
NAMES = {DUTCH: "Dutch, u", FAMILIAR: "Dutch, je", ENGLISH: "English"}


def voices(content: Content) -> dict[str, Voice]:
    """Everybody who is spoken to, by the name of the language."""
    form = content.questionnaires[QUESTIONNAIRE]
    mother = {"relationship": ("mother",)}
    door, option = form.door or ("", "")
    found = {name: voice_of(form, mother, name) for name in (DUTCH, ENGLISH)}
    young = {FAMILIAR: voice_of(form, {**mother, door: (option,)}, DUTCH)}
    others = {name: voice_of(form, mother, name, own) for name, own in content.catalogues.items()}
    return {DUTCH: found[DUTCH], **young, ENGLISH: found[ENGLISH], **others}


def texts(content: Content, voice: Voice) -> list[str]:
    """What this reader may meet, each text once; what is not translated is left out."""
    spoken = (text for text in _spoken(content, content.questionnaires[QUESTIONNAIRE]) if voice.says(text))
    return list(dict.fromkeys(PLACEHOLDER.sub("", voice(text)).strip() for text in spoken))


def words(text: str) -> list[str]:
    """The words of a text. Signs above and below letters are no letters of their own."""
    plain = "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) != "Mn")
    return WORD.findall(plain)


def sentences(found: Sequence[str]) -> list[list[str]]:
    """The words of every whole sentence."""
    whole = (part for text in found if CLOSED.search(text) for part in END.split(text))
    return [own for own in map(words, whole) if own]


def lines(content: Content) -> Iterator[str]:
    """The section, in Markdown."""
    yield "## The self-check: how hard it is to read"
    yield ""
    yield f"`python benchmarks/reading.py --write`, {date.today()}, pyphen {pyphen.__version__}. All texts that a"
    yield "helper may meet, said to somebody who helps their mother. Sentences and scores leave out the labels of"
    yield "options and buttons. Our own aim: at most 12 words a sentence on average, never more than 18."
    yield ""
    yield "| | texts | sentences | words a sentence | longest | letters a word | score | formula |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, voice in voices(content).items():
        yield _row(name, voice, content)
    yield ""
    yield LIMITS


def _row(name: str, voice: Voice, content: Content) -> str:
    found = texts(content, voice)
    own = sentences(found)
    letters = [len(word) for text in found for word in words(text) if not word.isdigit()]
    formula = FORMULAS.get(name)
    score = f"**{formula.score(own):.0f}** | {formula.name}" if formula else "| none that we trust"
    label = NAMES.get(name) or (voice.catalogue.name if voice.catalogue else name)
    counts = f"{len(found)} | {len(own)} | {fmean(map(len, own)):.1f} | {max(map(len, own))} | {fmean(letters):.1f}"
    return f"| {label} | {counts} | {score} |"


LIMITS = """\
What the scores mean. Flesch-Douma, Flesch and Ateşman all run from about 0 (very hard) to 100 (very easy) and are made
of two figures only: words a sentence and syllables a word. Douma (1960) calls 80 to 90 easy and 90 to 100 very easy, as
for children of about ten; Ateşman (1997) calls 70 to 90 easy and from 90 very easy. Their scales differ: compare a
language with itself at another time, not with another language.

What they do not mean.
- A score near 100 says that sentences and words are short, no more. No formula sees whether a word is known, whether a
  question can be misunderstood, or whether the order helps. That takes readers; none have read it for this figure.
- This is no "B1". The European levels describe what a person can do, not a text; the label is disputed, and no formula
  here was made for it.
- The formulas were made for running text of a hundred words and more. Single questions and short lines are outside what
  they were fitted to, and short sentences push the score to its ceiling.
- pyphen counts where a word may be hyphenated and never splits off one letter: "over" counts as one. Going by the words
  on which another counter differs, that makes Dutch about half a point too easy. In English it does more: against the
  CMU pronouncing dictionary, which knows 99 % of these words, it finds 1.26 syllables a word instead of 1.31, and the
  score is 4 points too high.
  Turkish needs no dictionary: every vowel is a syllable.
- Polish has formulas that count hard words, not checked here for texts this short; the one for Arabic needs vowel signs
  that our texts, like most, do not have; for Ukrainian we know none. There only the counts are given. Words a sentence
  cannot be compared between languages either: Turkish says in one word what Dutch says in three."""


def main() -> None:
    """Measure, print, and write if asked."""
    text = "\n".join(lines(load()))
    print(text)
    if "--write" in sys.argv[1:]:
        write("reading", text)


if __name__ == "__main__":
    main()
