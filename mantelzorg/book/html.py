"""Writes the rule book as one HTML file to print: no script, nothing fetched, every text escaped.

The pieces (`facts_table`, `criteria`, …) are shared with the page of the app, which lays them out itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from mantelzorg.book.book import Book, CriterionPart, LinePart, RuleSetPart, Said, Source
from mantelzorg.book.drawing import draw
from mantelzorg.book.side_by_side import Limits, Situation
from mantelzorg.book.words import words


def write_html(book: Book) -> str:
    """The whole book."""
    w = words(book.language)
    body = tag("main", "".join([_front(book), *(_part(part, book.language) for part in book.parts)]))
    return (
        f'<!DOCTYPE html>\n<html lang="{book.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(w['title'])}</title>\n<style>\n{style()}\n</style>\n</head>\n"
        f'<body class="book">\n{body}</body>\n</html>\n'
    )


@cache
def style() -> str:
    """The style of the printed book."""
    return Path(__file__).with_name("book.css").read_text(encoding="utf-8").strip()


def tag(name: str, inner: str, kind: str = "") -> str:
    """An element around HTML that is already safe; nothing when there is nothing inside."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<{name}{attribute}>{inner}</{name}>\n" if inner else ""


def bullets(items: Iterable[str], kind: str = "") -> str:
    """A list of items that are already safe."""
    return tag("ul", "".join(tag("li", item) for item in items), kind)


def table(name: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are already safe; the first cell of a row names it. It can be scrolled by itself."""
    heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = []
    for first, *rest in rows:
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>\n')
    inner = f"<table><thead><tr>{heads}</tr></thead>\n<tbody>{''.join(lines)}</tbody></table>"
    return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(name)}">{inner}</div>\n'


def link(source: Source, text: str) -> str:
    """A link to a source, or its bare text where the address is not one for a browser."""
    if not re.match(r"https?://\S+$", source.url):
        return escape(text)
    return f'<a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def source_line(source: Source, language: str) -> str:
    """Title, year, what it says and when that was checked."""
    checked = str(words(language)["checked"]).format(source.checked)
    return (
        f"{link(source, source.title)} ({escape(source.year)}). {escape(source.says)}"
        f' <span class="quiet">{escape(checked)}</span>'
    )


def facts_table(part: RuleSetPart, language: str) -> str:
    """What a rule set is: question, kind, version, date, fingerprint."""
    w = words(language)
    pairs = [
        (w["question"], f"<strong>{escape(part.question)}</strong><br>{escape(part.note)}"),
        (w["kind"], escape(w["scheme" if part.scheme else "definition"])),
        (w["version"], f"{escape(part.version)}, {escape(w['valid_from'].lower())} {escape(part.valid_from)}"),
        (w["digest"], f"<code>{escape(part.id)} {escape(part.digest)}</code>"),
    ]
    return tag("dl", "".join(tag("div", tag("dt", escape(term)) + tag("dd", said)) for term, said in pairs), "facts")


def criteria(part: RuleSetPart, language: str, level: int = 4) -> str:
    """Every criterion with its condition, what it means, its sources and what people get wrong."""
    return "".join(_criterion(own, language, level) for own in part.criteria)


def _criterion(own: CriterionPart, language: str, level: int) -> str:
    w = words(language)
    points = tag("p", f"{escape(own.points.head)}") + bullets(map(escape, own.points.items))
    if not own.points.head:
        points = tag("p", escape(own.points.items[0]))
    condition = tag("div", points + tag("p", f"<code>{escape(own.literal)}</code>", "exact"), "condition")
    said = [(w["holds"], own.met), (w["fails"], own.not_met)]
    pairs = "".join(tag("div", tag("dt", escape(term)) + tag("dd", escape(text))) for term, text in said)
    sources = "; ".join(f"{link(one, one.title)} ({escape(one.year)})" for one in own.sources)
    pairs += tag("div", tag("dt", escape(w["source"])) + tag("dd", sources))
    pitfall = f"<strong>{escape(w['pitfall'])}:</strong> {escape(own.pitfall)}" if own.pitfall else ""
    exclusion = escape(w["exclusion"]) if own.exclusion else ""
    inner = tag(f"h{level}", escape(own.title)) + condition + tag("dl", pairs) + tag("p", pitfall, "pitfall")
    return tag("section", inner + tag("p", exclusion, "quiet"), "criterion")


def verdicts(part: RuleSetPart, language: str) -> str:
    """The verdict lines, in order."""
    return tag("ol", "".join(_line(line, language) for line in part.lines), "order")


def _line(line: LinePart, language: str) -> str:
    exact = tag("p", f"<code>{escape(line.when.literal)}</code>", "exact") if line.when.literal else ""
    head = f'<strong class="tone-{line.tone}">{escape(line.name)}</strong> {escape(line.when.text)}.'
    said = tag("p", f"{escape(line.title)} {escape(line.lead)}", "quiet")
    return f'<li value="{line.number}">{tag("p", head)}{exact}{said}</li>\n'


def conditions(items: Iterable[Said], language: str) -> str:
    """Conditions in words, each with how it stands in the file."""
    found = [f'{escape(one.text)} <code class="exact">{escape(one.literal)}</code>' for one in items]
    return bullets(found) or tag("p", escape(words(language)["none"]))


def sources(part: RuleSetPart, language: str) -> str:
    """All sources of a rule set."""
    return bullets((source_line(source, language) for source in part.sources), "sources")


def limits_table(found: Limits, language: str) -> str:
    """What each rule set asks of each number."""
    head = [words(language)["rules"], *(label for label, _ in found.rows)]
    rows = [
        [escape(title), *(escape(cells[place]) or "–" for _, cells in found.rows)]
        for place, title in enumerate(found.titles)
    ]
    return table(words(language)["limits"], map(escape, head), rows)


def situation_table(found: Situation, language: str) -> str:
    """One situation: the story, what is known, and what each rule set makes of it."""
    w = words(language)
    known = "; ".join(f"{label}: {said}" for label, said in found.known)
    rows = (
        [escape(row.title), f'<strong class="tone-{row.tone}">{escape(row.result)}</strong>', escape(row.reason) or "–"]
        for row in found.rows
    )
    said = tag("blockquote", escape(found.story)) + tag("p", f"{escape(w['known'])}: {escape(known)}.", "quiet")
    return said + table(w["situation"], [w["rules"], w["result"], w["reason"]], rows)


def _front(book: Book) -> str:
    w = words(book.language)
    items = "".join(f'<li><a href="#{part.id}">{escape(part.title)}</a></li>\n' for part in book.parts)
    contents = f'<nav aria-label="{escape(w["contents"])}">{tag("h2", escape(w["contents"]))}<ol>\n{items}</ol></nav>\n'
    parts = [
        tag("h1", escape(w["title"])),
        tag("p", escape(w["lead"]), "lead"),
        tag("p", escape(w["digest_of"].format(book.digest)), "quiet"),
        contents,
        tag("h2", escape(w["how_title"])) + bullets(map(escape, w["how"])),
    ]
    if book.limits.rows:
        lead = tag("p", escape(w["limits_lead"]))
        parts.append(tag("h2", escape(w["limits"])) + lead + limits_table(book.limits, book.language))
    if book.situation:
        lead = tag("p", escape(w["situation_lead"]))
        parts.append(tag("h2", escape(w["situation"])) + lead + situation_table(book.situation, book.language))
    return tag("div", "".join(parts), "front")


def _part(part: RuleSetPart, language: str) -> str:
    w = words(language)
    pictures = "".join(f"<figure>{draw(own.tree, own.text)}</figure>\n" for own in part.pictures)
    inner = [
        f'<h2 id="{escape(part.id)}">{escape(part.title)}</h2>\n',
        facts_table(part, language),
        tag("h3", escape(w["criteria"])) + criteria(part, language),
        tag("h3", escape(w["verdicts"])) + tag("p", escape(w["verdicts_lead"])) + verdicts(part, language),
        tag("h3", escape(w["picture"])) + tag("p", escape(w["picture_lead"])) + pictures,
        tag("h3", escape(w["impossible"])) + conditions(part.impossible, language),
        tag("h3", escape(w["assumptions"])) + conditions(part.assumptions, language),
        tag("h3", escape(w["sources"])) + sources(part, language),
    ]
    return tag("section", "".join(inner), "rules")
