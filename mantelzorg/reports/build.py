"""Turns the tree of a filled template into the list of blocks."""

from __future__ import annotations

from collections.abc import Callable

from mantelzorg.reports.blocks import (
    Action,
    Address,
    Blanks,
    Block,
    Bullets,
    Footer,
    Heading,
    Kept,
    Lead,
    NoteLines,
    Notice,
    PageBreak,
    Paragraph,
    Pictogram,
    Pictograms,
    Quote,
    ReplyStrip,
    Row,
    Rows,
    Table,
    Ticks,
    Tip,
    Title,
)
from mantelzorg.reports.markup import Node, read_tree
from mantelzorg.reports.node_text import choices_of, labels_of, one, only, tags_in, text_of, words_of
from mantelzorg.reports.pictograms import NAMES
from mantelzorg.reports.qr import is_web


def build(html: str, template: str) -> tuple[Block, ...]:
    """The blocks of a filled template; empty paragraphs, lists and rows are left out.

    Raises `ReportError` with the template's line for a tag, class or attribute that is not allowed, a tag
    in the wrong place, and a document without exactly one title.
    """
    root = read_tree(html, template)
    blocks = tuple(block for node in tags_in(root) if (block := _block(node)) is not None)
    if sum(isinstance(block, Title) for block in blocks) != 1:
        root.fail("Een rapport heeft precies één titel.", "<h1>…</h1>, met tekst erin")
    return blocks


def _block(node: Node) -> Block | None:
    if node.tag == "section":
        return _section(node)
    maker = _MAKERS.get(node.tag)
    return maker(node) if maker else node.fail(f"<{node.tag}> kan hier niet staan.")


def _title(node: Node) -> Title | None:
    if node.tag == "h1":
        return Title(words_of(node)) if words_of(node) else None
    parts = {child.tag: words_of(child) for child in only(node, "h1 p")}
    return Title(parts["h1"], parts.get("p", "")) if parts.get("h1") else None


def _paragraph(node: Node) -> Paragraph | None:
    return Paragraph(text) if (text := text_of(node)) else None


def _list(node: Node) -> Block | None:
    if "ticks" in node.classes:
        choices = choices_of(node)
        return Ticks(choices) if choices else None
    if "blanks" in node.classes:
        return Blanks("", labels_of([node]))
    return _bullets(node)


def _bullets(node: Node) -> Bullets | None:
    items = tuple(text for item in only(node, "li") if (text := text_of(item)))
    return Bullets(items) if items else None


def _table(node: Node) -> Table:
    head, *rest = (tuple(words_of(cell) for cell in only(row, "th td")) for row in only(node, "tr"))
    if any(len(row) != len(head) for row in rest):
        node.fail("De rijen van de tabel zijn niet even lang.")
    return Table(head, tuple(rest))


def _rows(node: Node) -> Rows | None:
    rows: list[Row] = []
    label = ""
    for child in only(node, "dt dd"):
        if child.tag == "dt":
            label = words_of(child)
        elif content := _content(child):
            rows.append(Row(label, content))
    return Rows(tuple(rows)) if rows else None


def _content(node: Node) -> tuple[Paragraph | Bullets, ...]:
    if not any(isinstance(child, Node) and child.tag in ("p", "ul") for child in node.children):
        return (Paragraph(text),) if (text := text_of(node)) else ()
    made = (_paragraph(child) if child.tag == "p" else _bullets(child) for child in only(node, "p ul"))
    return tuple(block for block in made if block)


_MAKERS: dict[str, Callable[[Node], Block | None]] = {
    "header": _title,
    "h1": _title,
    "h2": lambda node: Heading(words_of(node)) if words_of(node) else None,
    "h3": lambda node: Heading(words_of(node), 3) if words_of(node) else None,
    "p": _paragraph,
    "blockquote": lambda node: Quote(words_of(node)) if words_of(node) else None,
    "ul": _list,
    "table": _table,
    "dl": _rows,
    "aside": lambda node: Tip(words_of(node)) if words_of(node) else None,
    "footer": lambda node: Footer(words_of(node)) if words_of(node) else None,
}


def _section(node: Node) -> Block | None:
    makers = [maker for name, maker in _SECTIONS.items() if name in node.classes]
    if len(makers) != 1:
        node.fail("Een <section> heeft precies één soort.", ", ".join(_SECTIONS))
    return makers[0](node)


def _plain_paragraphs(nodes: list[Node]) -> tuple[Paragraph, ...]:
    made = (_paragraph(node) for node in nodes if node.tag == "p" and not node.classes)
    return tuple(paragraph for paragraph in made if paragraph)


def _lead(node: Node) -> Lead:
    parts = only(node, "h2 p")
    return Lead(one(parts, "h2"), one(parts, "p"), one(parts, "p", "term"))


def _notice(node: Node) -> Notice:
    parts = only(node, "h2 p")
    ticked = True if "ticked" in node.classes else False if "unticked" in node.classes else None
    return Notice(one(parts, "h2"), _plain_paragraphs(parts), ticked)


def _action(node: Node) -> Action:
    parts = only(node, "h2 p")
    number, missing = one(parts, "p", "number"), one(parts, "p", "missing")
    return Action(one(parts, "h2"), number, missing, _plain_paragraphs(parts))


def _blanks(node: Node) -> Blanks:
    parts = only(node, "h2 ul")
    return Blanks(one(parts, "h2"), labels_of(parts))


def _reply(node: Node) -> ReplyStrip:
    parts = only(node, "p h2 ul")
    choices = tuple(choice for part in parts if "ticks" in part.classes for choice in choices_of(part))
    return ReplyStrip(one(parts, "p", "cut"), one(parts, "h2"), choices, labels_of(parts))


def _address(node: Node) -> Address | None:
    parts = only(node, "p")
    label, url = one(parts, "p"), one(parts, "p", "url")
    if url and not is_web(url):
        node.fail("Dit is geen webadres.", "https://voorbeeld.nl")
    return Address(label, url) if url else None


def _kept(node: Node) -> Kept | None:
    parts = only(node, "h2 h3 p ul dl table blockquote section")
    blocks = tuple(block for part in parts if (block := _block(part)) is not None)
    return Kept(blocks) if blocks else None


def _pictograms(node: Node) -> Pictograms | None:
    items = [item for part in only(node, "ul") for item in only(part, "li")]
    for item in items:
        if item.icon not in NAMES:
            item.fail(f"Er is geen pictogram '{item.icon}'.", ", ".join(sorted(NAMES)))
    return Pictograms(tuple(Pictogram(item.icon, words_of(item)) for item in items)) if items else None


def _note(node: Node) -> NoteLines:
    parts = only(node, "dl p")
    lines: list[tuple[str, str]] = []
    for part in parts:
        pairs = only(part, "dt dd") if part.tag == "dl" else []
        lines += [(words_of(letter), words_of(text)) for letter, text in zip(pairs[::2], pairs[1::2], strict=True)]
    return NoteLines(tuple(line for line in lines if line[1]), one(parts, "p", "closing"))


_SECTIONS: dict[str, Callable[[Node], Block | None]] = {
    "lead": _lead,
    "notice": _notice,
    "action": _action,
    "blanks": _blanks,
    "reply": _reply,
    "pictograms": _pictograms,
    "note": _note,
    "address": _address,
    "kept": _kept,
    "page": lambda node: PageBreak(),
}
