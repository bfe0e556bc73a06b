"""What a rule book must say, taken from the rule sets themselves and not from the book's data."""

from __future__ import annotations

from collections.abc import Iterator

from mantelzorg.content import Content
from mantelzorg.rules import RuleSet


def texts_of(rules: RuleSet, content: Content, language: str) -> Iterator[str]:
    """Every criterion, verdict, source and pitfall, and what the rule set says about itself."""
    yield from (rules.texts[name][language] for name in ("title", "question", "note"))
    yield from (rules.version, rules.digest)
    names = set(rules.sources)
    for criterion in rules.criteria:
        yield from (text[language] for text in (criterion.title, criterion.met, criterion.not_met))
        if criterion.pitfall:
            yield criterion.pitfall[language]
        names |= set(criterion.sources)
    for line in rules.lines:
        yield from (line.texts[name][language] for name in ("title", "lead"))
        yield line.texts.get("name", line.texts["short"])[language]
    for name in sorted(names):
        source = rules.own_sources.get(name) or content.sources[name]
        yield from (source.title, source.year, source.says.model_dump()[language], source.checked)
