"""Writes the blocks as HTML for the screen. The only place where report text becomes HTML: all escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from mantelzorg.reports.blocks import (
    Action,
    Blanks,
    Block,
    Bullets,
    Emphasis,
    Footer,
    Heading,
    Lead,
    NoteLines,
    Notice,
    Paragraph,
    Pictograms,
    Quote,
    ReplyStrip,
    Rows,
    Table,
    Text,
    Tip,
    Title,
)
from mantelzorg.reports.languages import direction
from mantelzorg.reports.pictograms import address

_LINE = '<span class="line"></span>'


def write_html(blocks: Iterable[Block], language: str) -> str:
    """One <article> with its styles. Headings start at h2: the page around it has the h1."""
    body = "\n".join(_block(block) for block in blocks)
    return article(body, "report", language)


def article(body: str, kind: str, language: str) -> str:
    """What is already HTML, with the styles and the language around it."""
    opening = f'<article class="{kind}"{spoken(language)}>'
    return f"<style>{_style()}</style>\n{opening}\n{body}\n</article>\n"


def spoken(language: str) -> str:
    """The attributes that say which language it is, and that it is read from right to left."""
    return f' lang="{escape(language)}"' + ' dir="rtl"' * (direction(language) == "rtl")


@cache
def _style() -> str:
    return (Path(__file__).resolve().parents[2] / "reports" / "screen.css").read_text("utf-8").strip()


def _tag(name: str, inner: str, kind: str = "") -> str:
    """An element around HTML that is already safe; nothing at all when there is nothing inside."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<{name}{attribute}>{inner}</{name}>" if inner else ""


def _runs(text: Text) -> str:
    tags = {Emphasis.STRONG: "strong", Emphasis.QUIET: "small"}
    return "".join(
        _tag(tags[run.emphasis], escape(run.text)) if run.emphasis in tags else escape(run.text) for run in text
    )


def _items(labels: Iterable[str], kind: str = "") -> str:
    """A list of items that are already HTML."""
    return _tag("ul", "".join(_tag("li", label) for label in labels), kind)


def _content(content: Iterable[Paragraph | Bullets]) -> str:
    return "".join(
        _items(map(_runs, part.items)) if isinstance(part, Bullets) else _tag("p", _runs(part.text)) for part in content
    )


def _block(block: Block) -> str:
    match block:
        case Title():
            return _tag("header", _tag("h2", escape(block.text)) + _tag("p", escape(block.aside)))
        case Lead():
            asked = _tag("h3", escape(block.label)) + _tag("p", escape(block.question), "question")
            return _tag("section", _tag("div", asked) + _tag("p", escape(block.term), "term"), "lead")
        case Heading():
            return _tag("h3" if block.level == 2 else "h4", escape(block.text))
        case Paragraph() | Bullets():
            return _content((block,))
        case Quote():
            return _tag("blockquote", escape(block.text))
        case Table():
            return _table(block)
        case Rows():
            pairs = (_tag("dt", escape(row.label)) + _tag("dd", _content(row.content)) for row in block.rows)
            return _tag("dl", "".join(pairs))
        case Tip():
            return _tag("aside", escape(block.text))
        case Footer():
            return _tag("footer", escape(block.text))
        case _:
            return _named(block)


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.head)
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
    return f"<table><tr>{head}</tr>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _named(block: Notice | Action | Blanks | ReplyStrip | Pictograms | NoteLines) -> str:
    match block:
        case Notice():
            kind = "notice" if block.ticked is None else "notice ticked" if block.ticked else "notice unticked"
            return _tag("section", _tag("h3", escape(block.heading)) + _content(block.content), kind)
        case Action():
            return _action(block)
        case Blanks():
            heading = _tag("h3", escape(block.heading))
            return _tag("section", heading + _blanks(block.labels), "blanks")
        case ReplyStrip():
            return _reply(block)
        case Pictograms():
            pairs = (f'<img alt="" src="{address(item.icon)}"> {escape(item.label)}' for item in block.items)
            return _items(pairs, "pictograms")
        case NoteLines():
            lines = "".join(_tag("dt", escape(letter)) + _tag("dd", escape(text)) for letter, text in block.lines)
            return _tag("section", _tag("dl", lines) + _tag("p", escape(block.closing)), "note")


def _blanks(labels: Iterable[str]) -> str:
    return _items(escape(label) + " " + _LINE for label in labels)


def _action(block: Action) -> str:
    # From left to right in any language: a number is dialled in one order.
    number = _digits(block.number) or f"{_LINE} <small>{escape(block.missing)}</small>"
    heading = _tag("h3", escape(block.heading))
    return _tag("section", heading + _tag("p", number, "number") + _content(block.content), "action")


def _digits(number: str) -> str:
    return f'<bdi dir="ltr">{escape(number)}</bdi>' if number else ""


def _reply(block: ReplyStrip) -> str:
    choices = (escape(choice.label) + f" {_LINE}" * choice.blank for choice in block.choices)
    cut = _tag("p", escape(block.cut), "cut") + _tag("h3", escape(block.heading))
    return _tag("section", cut + _items(choices, "ticks") + _blanks(block.labels), "reply")
