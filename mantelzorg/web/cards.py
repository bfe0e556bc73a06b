"""The cards at the right of the page: values in, HTML out, with every text escaped.

The only HTML let through is `Document.html`, which its maker has already made safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

from mantelzorg.web.view import (
    Contact,
    Document,
    Guide,
    Line,
    Reason,
    Screen,
    Source,
    Support,
    Tone,
    Verdict,
)

Words = Mapping[str, str]

_PHONE = re.compile(r"(?<![\d-])(?:0[1-9]\d{0,3}[ -]?\d{3,4}(?:[ -]?\d{2,4})?|\+31[ \d-]{8,13}\d|11[23])(?![\d-])")


def text(value: str) -> str:
    """`value` as HTML, its own line ends kept."""
    return escape(value, quote=True).replace("\n", "<br>")


def with_numbers(value: str) -> str:
    """`value` as HTML, in which each telephone number can be dialled."""
    parts, end = [], 0
    for found in _PHONE.finditer(value):
        parts += [text(value[end : found.start()]), dial(found.group(0))]
        end = found.end()
    return "".join([*parts, text(value[end:])])


def dial(number: str) -> str:
    """A link that calls `number`, or the bare text where it holds no number."""
    digits = re.sub(r"[^\d+]", "", number)
    return f'<a href="tel:{digits}" target="_self">{text(number)}</a>' if digits else text(number)


def contact_html(contact: Contact) -> str:
    """Name, number and hours; where the number is missing, the page says so."""
    number = dial(contact.number) if contact.number else text(contact.missing)
    name = f"{text(contact.name)}: " if contact.name and number else text(contact.name)
    hours = f' <span class="quiet">{text(contact.hours)}</span>' if contact.hours and contact.number else ""
    return f'<strong class="number">{name}{number}</strong>{hours}'


def support_card(support: Support) -> str:
    """What comes before any verdict when the helper can hardly go on."""
    return (
        '<section class="card support" id="support" tabindex="-1" aria-labelledby="support-title">'
        f'<h2 id="support-title">{_icon("heart")}{text(support.title)}</h2>'
        f"<p>{with_numbers(support.text)} <strong>{with_numbers(support.danger)}</strong></p>"
        f'<p class="call">{_icon("phone")}<span>{contact_html(support.contact)}</span></p></section>'
    )


def verdict_card(verdict: Verdict, words: Words) -> str:
    """The answer, why, the next step, and what is still open: always in this order."""
    step = _step(verdict)
    extra = "".join(_block(title, f"<p>{with_numbers(said)}</p>") for title, said in verdict.extra)
    body = [
        _reasons(verdict.reasons_title, verdict.reasons, words),
        *([extra, step] if verdict.tone is Tone.NO else [step, extra]),
        _reasons(verdict.assumptions_title, verdict.assumptions, words),
        _open(verdict),
    ]
    inner = "".join(body)
    return (
        f'<section class="card verdict tone-{verdict.tone.value}" id="verdict" tabindex="-1"'
        ' aria-labelledby="verdict-title">'
        f'<div class="head">{_icon(verdict.tone.value)}<div><h2 id="verdict-title">{text(verdict.title)}</h2>'
        f"<p>{with_numbers(verdict.lead)}</p></div></div>"
        + (f'<div class="body">{inner}</div>' if inner else "")
        + "</section>"
    )


def notice_strip(notice: str) -> str:
    """A quiet line under the header, for staff."""
    return f'<p class="notice" role="status">{text(notice)}</p>'


def guide_list(guide: Guide) -> str:
    """Before the first answer: which questions the page will answer."""
    items = "".join(f"<li><strong>{text(question)}</strong><br>{text(said)}</li>" for question, said in guide.items)
    after = f'<p class="quiet small">{text(guide.after)}</p>' if guide.after else ""
    return f'<div class="guide"><ol>{items}</ol>{after}</div>'


def lines_card(lines: Iterable[Line]) -> str:
    """Signals and local schemes, apart from the verdict."""
    pairs = "".join(
        f"<div><dt>{text(line.label)}</dt><dd><strong>{text(line.strong)}</strong> {text(line.text)}</dd></div>"
        for line in lines
    )
    return f'<dl class="card lines">{pairs}</dl>'


def document_body(document: Document, words: Words) -> str:
    """The copy button, and under it the text that it copies.

    What is copied is percent-encoded: the page's cleaner of HTML drops an attribute that looks like markup.
    """
    warning = f'<p class="warning">{_icon("stop")}<span>{text(document.warning)}</span></p>'
    parts = [warning if document.warning else ""]
    if document.text:
        rich = f' data-copy-html="{quote(document.html)}"' if document.html else ""
        parts += [
            f'<button type="button" class="copy" data-copy="{quote(document.text)}"{rich}>'
            f"{text(document.copy_label)}</button>",
            f'<div class="preview{" rich" if document.html else ""}" tabindex="0" role="region"'
            f' aria-label="{escape(words["text_of"].format(tab=document.tab))}">'
            f"{document.html or escape(document.text)}</div>",
        ]
    if document.tip:
        parts.append(f'<p class="note">{text(document.tip)}</p>')
    return "".join(parts)


def sources_list(sources: Iterable[Source], words: Words) -> str:
    """Each source with what it says, so that the reader need not open it."""
    return f'<ul class="sources">{"".join(_source(source, words) for source in sources)}</ul>'


def bar(screen: Screen, words: Words) -> str:
    """The strip at the foot of a phone: the verdict, what is open, and a way to it."""
    verdict = screen.verdict
    target = "support" if screen.support else "verdict"
    tail = bar_tail(verdict, words)
    return (
        f'<nav class="bar tone-{verdict.tone.value}" aria-label="{escape(words["result"])}">'
        f"{_icon(verdict.tone.value)}<span><strong>{text(verdict.short or verdict.title)}</strong>"
        + (f' <span class="quiet">· {text(tail)}</span>' if tail else "")
        + f'</span><a href="#{target}" target="_self" data-show="{target}">{text(words["view"])}</a></nav>'
    )


def bar_tail(verdict: Verdict, words: Words) -> str:
    """How much is open: only what can still change the verdict counts."""
    count = len(verdict.can_change)
    if count:
        return words["open_one"] if count == 1 else words["open_many"].format(count=count)
    return words["settled"] if verdict.settled else ""


def footer(screen: Screen) -> str:
    """The version of the rules, and whom to ask about safety."""
    return f'<p class="foot">{text(screen.version)} {with_numbers(screen.safety)}</p>'


def _icon(name: str) -> str:
    return f'<i class="icon icon-{name}" aria-hidden="true"></i>'


def _block(title: str, inner: str) -> str:
    heading = f"<h3>{text(title)}</h3>" if title else ""
    return f"{heading}{inner}" if inner else ""


def _reasons(title: str, reasons: tuple[Reason, ...], words: Words) -> str:
    items = "".join(f"<li>{text(reason.text)}{_change(reason, words)}</li>" for reason in reasons)
    return _block(title, f"<ul>{items}</ul>") if items else ""


def _change(reason: Reason, words: Words) -> str:
    """The way back to the answer. What it changes is said to who cannot see what it stands beside."""
    if not reason.facts:
        return ""
    fact = escape(reason.facts[0], quote=True)
    return (
        f' <a class="change" href="#{fact}" target="_self" data-row="{fact}">{text(words["change"])}'
        f'<span class="hidden">: {text(reason.text)}</span></a>'
    )


def _step(verdict: Verdict) -> str:
    if not verdict.action and verdict.contact is None:
        return ""
    called = contact_html(verdict.contact) if verdict.contact else ""
    action = f"{with_numbers(verdict.action)}<br>" if verdict.action and called else with_numbers(verdict.action)
    return f'<p class="call box">{_icon("phone")}<span>{action}{called}</span></p>'


def _open(verdict: Verdict) -> str:
    settled = f'<p class="settled">{_icon("tick")}<strong>{text(verdict.settled)}</strong></p>'
    parts = [
        settled if verdict.settled else "",
        _listed(verdict.can_change_label, verdict.can_change, "weighs"),
        _listed(verdict.no_change_label, verdict.no_change, "quiet small"),
    ]
    return _block(verdict.open_title, "".join(parts))


def _listed(label: str, names: tuple[str, ...], style: str) -> str:
    if not names:
        return ""
    return f'<p class="{style}"><strong>{text(label)}</strong> {text(", ".join(names))}.</p>'


def _source(source: Source, words: Words) -> str:
    title = text(source.title)
    if re.match(r"https?://[^\s]+$", source.url):
        title = (
            f'<a href="{escape(source.url, quote=True)}" target="_blank" rel="noopener noreferrer">{title}'
            f'<span class="hidden"> ({text(words["new_tab"])})</span></a>'
        )
    checked = words["source_checked"].format(date=source.checked) if source.checked else ""
    dates = ", ".join(part for part in (source.year, checked) if part)
    return f'<li><strong>{title}</strong> <span class="quiet">{text(dates)}</span><br>{text(source.says)}</li>'
