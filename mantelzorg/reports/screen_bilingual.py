"""Writes the sheet in two languages as HTML for the screen, from the same pieces as a report in one language."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from mantelzorg.reports.pictograms import address
from mantelzorg.reports.screen import article, digits, element, html_of, items, spoken
from mantelzorg.reports.sections import Call, Drawings, Part

Languages = tuple[str, str]


def write_html(parts: Iterable[Part], notice: tuple[str, str], footer: str, languages: Languages) -> str:
    """One <article> in Dutch; what is in the other language says so. Columns stack where there is little room."""
    body = [_part(part, languages) for part in parts]
    remark = _pair((element("p", escape(text)) for text in notice), languages) if any(notice) else ""
    end = element("footer", remark + element("p", escape(footer)))
    return article("\n".join([*body, end]), "report beside", languages[0])


def _part(part: Part, languages: Languages) -> str:
    if isinstance(part, Call):
        return _call(part, languages)
    if isinstance(part, Drawings):
        return _drawings(part, languages)
    return _pair(("".join(map(html_of, blocks)) for blocks in (part.dutch, part.own)), languages)


def _pair(both: Iterable[str], languages: Languages) -> str:
    """Two pieces of HTML beside each other."""
    sides = zip(both, languages, strict=True)
    return '<div class="pair">' + "".join(f"<div{spoken(language)}>{html}</div>" for html, language in sides) + "</div>"


def _call(part: Call, languages: Languages) -> str:
    both = (part.dutch, part.own)
    headings = _pair((element("h3", escape(block.heading)) for block in both), languages)
    content = _pair(("".join(map(html_of, block.content)) for block in both), languages)
    missing = (element("small", escape(block.missing)) for block in both)
    number = digits(part.dutch.number) or '<span class="line"></span>'
    room = "" if part.dutch.number else _pair(missing, languages)
    return element("section", headings + element("p", number, "number") + room + content, "action")


def _drawings(part: Drawings, languages: Languages) -> str:
    labels = zip(part.dutch.items, part.own.items, strict=True)
    return items((_drawing(dutch.icon, (dutch.label, own.label), languages) for dutch, own in labels), "pictograms")


def _drawing(icon: str, labels: tuple[str, str], languages: Languages) -> str:
    said = zip(labels, languages, strict=True)
    spans = (f"<span{spoken(language)}>{escape(label)}</span>" for label, language in said)
    return f'<img alt="" src="{address(icon)}"> ' + " ".join(spans)
