"""A case that a trainer makes from facts during a training: played once, and written down only where the trainer asks.

It has no words of its own: its story is what the facts say. So nothing can be typed about anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

import yaml

from mantelzorg import wording
from mantelzorg.cases import CONTRADICTION, result_of
from mantelzorg.content import Content
from mantelzorg.facts import Answers
from mantelzorg.questionnaire import Chosen
from mantelzorg.receipt import written
from mantelzorg.room.recording import deciding
from mantelzorg.room.room import Item
from mantelzorg.room.scene import Scene, Turn, asks, form_of, scene, told, turns
from mantelzorg.room.words import LANGUAGES, words
from mantelzorg.training.cases import MOST_WORDS, URGENCY

MODELINE = "# yaml-language-server: $schema=../../docs/schema/training.schema.json\n"


def own_item(chosen: Chosen, content: Content, language: str) -> Item | None:
    """The case of these options of the referrer's questionnaire; None when they say nothing or contradict."""
    form = form_of(content)
    answers = form.answers(form.offered(chosen))
    judge = content.judges[form.rules]
    raw = {name: written(content.facts[name], answer) for name, answer in answers.items()}
    result = result_of(judge, answers)
    if not told(answers, content, language) or result == CONTRADICTION:
        return None
    item = Item(own=raw, result=result, asks=asks(answers, content))
    played = scene(item, {}, content, language)
    return Item(own=raw, result=result, deciding=deciding(played), asks=item.asks)


def to_yaml(item: Item, content: Content) -> str:
    """An own case as a file of prepared cases that `check` accepts; what only a person can say is to be filled in."""
    both = {language: scene(item, {}, content, language) for language in LANGUAGES}
    played = both["nl"]
    to_fill = {language: words(language)["fill_in"] for language in LANGUAGES}
    case = {
        "id": "own-case",
        "title": dict(to_fill),
        "audience": "referrer",
        "difficulty": 1,
        "story": _story(both),
        "facts": dict(item.own or {}),
        "expect": _results(played, played.answers, content),
        "flip": _flip(both, content),
        "debrief": {language: of.debrief for language, of in both.items()},
        "note": dict(to_fill),
        "source": list(played.judge.rules.sources[:1]),
    }
    return MODELINE + yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=120)


def _story(both: Mapping[str, Scene]) -> dict[str, str]:
    """As many of the first facts, the same ones in each language, as a story may have words."""
    lengths = [list(accumulate(len(told.split()) for told in of.story)) for of in both.values()]
    fit = min(sum(length <= MOST_WORDS for length in own) for own in lengths)
    return {language: " ".join(of.story[:fit]) for language, of in both.items()}


def _flip(both: Mapping[str, Scene], content: Content) -> dict[str, object]:
    """The most plausible single fact that tips it, or else one that does not."""
    first: dict[str, Turn] = {language: turns(of, language)[0] for language, of in both.items()}
    turn, played = first["nl"], both["nl"]
    say = {language: wording.sentence(one.label) for language, one in first.items()}
    after = {**played.answers, **turn.answers}
    return {"say": say, "facts": dict(turn.raw), "expect": _results(played, after, content)}


def _results(played: Scene, answers: Answers, content: Content) -> dict[str, str]:
    return {
        played.judge.rules.id: result_of(played.judge, answers),
        URGENCY: content.support.urgency(answers).id,
    }
