"""The pieces of the page for many situations: values in, HTML out, with every text escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from mantelzorg.assessment import Judge
from mantelzorg.book import html as pieces
from mantelzorg.bulk.peek import Peek
from mantelzorg.bulk.results import title
from mantelzorg.bulk.screening import Summary
from mantelzorg.content import Content
from mantelzorg.web.cards import Words, text


def preview(first: Peek, told: Mapping[int, str], content: Content, words: Words, language: str) -> str:
    """The first rows, under each heading which fact it is."""
    heads = []
    for heading in first.headings:
        found = heading.fact.id if heading.fact else ""
        fact = told.get(heading.place, found)
        means = content.facts[fact].label[language] if fact else words["list_no_fact"]
        style = "weighs" if fact else "quiet"
        heads.append(f'{text(heading.name)}<br><span class="{style} small">{text(means)}</span>')
    rows = [[text(cell) for cell in row] for row in first.rows]
    near = [
        words["list_near"].format(name=heading.name, close=content.facts[heading.close].label[language])
        for heading in first.headings
        if heading.close and heading.place not in told
    ]
    hints = "".join(f"<p>{text(one)}</p>" for one in near)
    return pieces.table(words["list_preview"], heads, rows) + hints


def bars(judge: Judge, counts: Mapping[str, int], language: str) -> str:
    """How many rows got which result; each bar with its number, so that colour and length say nothing alone."""
    total = sum(counts.values()) or 1
    rows = []
    for name, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        width = round(100 * count / total)
        label = text(title(judge, name, language))
        rows.append(
            f'<div class="count"><dt>{label}</dt><dd><span class="length" style="width:{width}%"></span>'
            f"<b>{count}</b> <small>{width} %</small></dd></div>"
        )
    return f'<dl class="counts">{"".join(rows)}</dl>'


def notes(summary: Summary, words: Words) -> str:
    """What was read and what to look at."""
    lines = [words["list_read"].format(rows=summary.rows, facts=", ".join(summary.facts))]
    if summary.errors:
        first = "; ".join(summary.first_errors)
        lines.append(words["list_errors"].format(count=summary.errors, first=first))
    missing = {fact for facts in summary.missing.values() for fact in facts}
    if missing:
        lines.append(words["list_missing"].format(facts=", ".join(sorted(missing))))
    if summary.extra:
        lines.append(words["list_extra"].format(names=", ".join(summary.extra)))
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
