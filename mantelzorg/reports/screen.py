"""Writes the blocks as HTML for the screen. The only place where report text becomes HTML: all escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from mantelzorg.reports.blocks import (
    Action,
    Address,
    Blanks,
    Block,
    Bullets,
    Choice,
    Emphasis,
    Footer,
    Heading,
    Kept,
    Lead,
    NoteLines,
    Notice,
    PageBreak,
    Paragraph,
    Pictograms,
    Quote,
    ReplyStrip,
    Rows,
    Table,
    Text,
    Ticks,
    Tip,
    Title,
)
from mantelzorg.reports.languages import direction
from mantelzorg.reports.pictograms import address

_LINE = '<span class="line"></span>'


def write_html(blocks: Iterable[Block], language: str) -> str:
    """One <article> with its styles. Headings start at h2: the page around it has the h1."""
    body = "\n".join(html_of(block) for block in blocks)
    return article(body, "report", language)


def article(body: str, kind: str, language: str) -> str:
    """What is already HTML, with the styles and the language around it."""
    opening = f'<article class="{kind}"{spoken(language)}>'
    return f"<style>{_style()}</style>\n{opening}\n{body}\n</article>\n"


def spoken(language: str) -> str:
    """The attributes that say which language it is, and which way it is read: the page around it may differ."""
    return f' lang="{escape(language)}" dir="{direction(language)}"'


@cache
def _style() -> str:
    return (Path(__file__).resolve().parents[2] / "reports" / "screen.css").read_text("utf-8").strip()


def element(name: str, inner: str, kind: str = "") -> str:
    """An element around HTML that is already safe; nothing at all when there is nothing inside."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<{name}{attribute}>{inner}</{name}>" if inner else ""


def _runs(text: Text) -> str:
    tags = {Emphasis.STRONG: "strong", Emphasis.QUIET: "small"}
    return "".join(
        element(tags[run.emphasis], escape(run.text)) if run.emphasis in tags else escape(run.text) for run in text
    )


def items(labels: Iterable[str], kind: str = "") -> str:
    """A list of items that are already HTML."""
    return element("ul", "".join(element("li", label) for label in labels), kind)


def _content(content: Iterable[Paragraph | Bullets]) -> str:
    return "".join(map(html_of, content))


def html_of(block: Block) -> str:
    """One block, with every text escaped."""
    match block:
        case Title():
            return element("header", element("h2", escape(block.text)) + element("p", escape(block.aside)))
        case Lead():
            asked = element("h3", escape(block.label)) + element("p", escape(block.question), "question")
            return element("section", element("div", asked) + element("p", escape(block.term), "term"), "lead")
        case Heading():
            return element("h3" if block.level == 2 else "h4", escape(block.text))
        case Paragraph():
            return element("p", _runs(block.text))
        case Bullets():
            return items(map(_runs, block.items))
        case Quote():
            return element("blockquote", escape(block.text))
        case Table():
            return _table(block)
        case Rows():
            pairs = (element("dt", escape(row.label)) + element("dd", _content(row.content)) for row in block.rows)
            return element("dl", "".join(pairs))
        case Tip():
            return element("aside", escape(block.text))
        case Footer():
            return element("footer", escape(block.text))
        case Kept():
            return "".join(map(html_of, block.content))
        case PageBreak():
            return ""
        case _:
            return _named(block)


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.head)
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
    return f"<table><tr>{head}</tr>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _named(block: Notice | Action | Blanks | ReplyStrip | Pictograms | NoteLines | Ticks | Address) -> str:
    match block:
        case Notice():
            kind = "notice" if block.ticked is None else "notice ticked" if block.ticked else "notice unticked"
            return element("section", element("h3", escape(block.heading)) + _content(block.content), kind)
        case Action():
            return _action(block)
        case Blanks():
            heading = element("h3", escape(block.heading))
            return element("section", heading + _blanks(block.labels), "blanks")
        case ReplyStrip():
            return _reply(block)
        case Ticks():
            return items(map(_choice, block.choices), "ticks")
        case Address():
            return element("p", " ".join(filter(None, (escape(block.label), escape(block.url)))))
        case Pictograms():
            pairs = (f'<img alt="" src="{address(item.icon)}"> {escape(item.label)}' for item in block.items)
            return items(pairs, "pictograms")
        case NoteLines():
            lines = "".join(element("dt", escape(letter)) + element("dd", escape(text)) for letter, text in block.lines)
            return element("section", element("dl", lines) + element("p", escape(block.closing)), "note")


def _blanks(labels: Iterable[str]) -> str:
    return items(escape(label) + " " + _LINE for label in labels)


def _action(block: Action) -> str:
    number = digits(block.number) or f"{_LINE} <small>{escape(block.missing)}</small>"
    heading = element("h3", escape(block.heading))
    return element("section", heading + element("p", number, "number") + _content(block.content), "action")


def digits(number: str) -> str:
    """A number to call: it is dialled from left to right in any language."""
    return f'<bdi dir="ltr">{escape(number)}</bdi>' if number else ""


def _choice(choice: Choice) -> str:
    return escape(choice.label) + f" {_LINE}" * choice.blank


def _reply(block: ReplyStrip) -> str:
    cut = element("p", escape(block.cut), "cut") + element("h3", escape(block.heading))
    return element("section", cut + items(map(_choice, block.choices), "ticks") + _blanks(block.labels), "reply")
