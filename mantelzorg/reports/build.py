"""Turns the tree of a filled template into the list of blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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
    Pictogram,
    Pictograms,
    Quote,
    ReplyStrip,
    Row,
    Rows,
    Run,
    Table,
    Text,
    Ticks,
    Tip,
    Title,
)
from mantelzorg.reports.markup import INLINE, Node, read_tree
from mantelzorg.reports.pictograms import NAMES
from mantelzorg.reports.qr import is_web


def build(html: str, template: str) -> tuple[Block, ...]:
    """The blocks of a filled template; empty paragraphs, lists and rows are left out.

    Raises `ReportError` with the template's line for a tag, class or attribute that is not allowed, a tag
    in the wrong place, and a document without exactly one title.
    """
    root = read_tree(html, template)
    blocks = tuple(block for node in _tags(root) if (block := _block(node)) is not None)
    if sum(isinstance(block, Title) for block in blocks) != 1:
        root.fail("Een rapport heeft precies één titel.", "<h1>…</h1>, met tekst erin")
    return blocks


def _block(node: Node) -> Block | None:
    if node.tag == "section":
        return _section(node)
    maker = _MAKERS.get(node.tag)
    return maker(node) if maker else node.fail(f"<{node.tag}> kan hier niet staan.")


def _tags(node: Node) -> list[Node]:
    """The tags in a node that may hold tags only."""
    for child in node.children:
        if isinstance(child, str) and child.strip():
            node.fail(f"Tekst buiten een alinea: {child.strip()[:40]}", "<p>…</p>")
    return [child for child in node.children if isinstance(child, Node)]


def _only(node: Node, tags: str) -> list[Node]:
    children = _tags(node)
    for child in children:
        if child.tag not in tags.split():
            child.fail(f"<{child.tag}> kan niet in <{node.tag or 'het rapport'}> staan.", tags)
    return children


def _runs(node: Node, emphasis: Emphasis = Emphasis.NONE) -> Iterable[Run]:
    for child in node.children:
        if isinstance(child, str):
            yield Run(child, emphasis)
        elif child.tag in INLINE:
            yield from _runs(child, Emphasis.STRONG if child.tag == "strong" else Emphasis.QUIET)
        else:
            child.fail(f"<{child.tag}> kan niet in <{node.tag}> staan.", "<strong>, <small>")


def _text(node: Node) -> Text:
    """The running text of a node, with single spaces between words and none at the ends."""
    runs: list[Run] = []
    for run in _runs(node):
        starts_line = not runs or runs[-1].text.endswith(" ")
        text = run.text.lstrip(" ") if starts_line else run.text
        if text:
            runs.append(Run(text, run.emphasis))
    if runs:
        runs[-1] = Run(runs[-1].text.rstrip(" "), runs[-1].emphasis)
    return tuple(run for run in runs if run.text)


def _words(node: Node) -> str:
    return "".join(run.text for run in _text(node))


def _title(node: Node) -> Title | None:
    if node.tag == "h1":
        return Title(_words(node)) if _words(node) else None
    parts = {child.tag: _words(child) for child in _only(node, "h1 p")}
    return Title(parts["h1"], parts.get("p", "")) if parts.get("h1") else None


def _paragraph(node: Node) -> Paragraph | None:
    return Paragraph(text) if (text := _text(node)) else None


def _list(node: Node) -> Block | None:
    if "ticks" in node.classes:
        choices = _choices(node)
        return Ticks(choices) if choices else None
    if "blanks" in node.classes:
        return Blanks("", _labels([node]))
    return _bullets(node)


def _bullets(node: Node) -> Bullets | None:
    items = tuple(text for item in _only(node, "li") if (text := _text(item)))
    return Bullets(items) if items else None


def _table(node: Node) -> Table:
    head, *rest = (tuple(_words(cell) for cell in _only(row, "th td")) for row in _only(node, "tr"))
    if any(len(row) != len(head) for row in rest):
        node.fail("De rijen van de tabel zijn niet even lang.")
    return Table(head, tuple(rest))


def _rows(node: Node) -> Rows | None:
    rows: list[Row] = []
    label = ""
    for child in _only(node, "dt dd"):
        if child.tag == "dt":
            label = _words(child)
        elif content := _content(child):
            rows.append(Row(label, content))
    return Rows(tuple(rows)) if rows else None


def _content(node: Node) -> tuple[Paragraph | Bullets, ...]:
    if not any(isinstance(child, Node) and child.tag in ("p", "ul") for child in node.children):
        return (Paragraph(text),) if (text := _text(node)) else ()
    made = (_paragraph(child) if child.tag == "p" else _bullets(child) for child in _only(node, "p ul"))
    return tuple(block for block in made if block)


_MAKERS: dict[str, Callable[[Node], Block | None]] = {
    "header": _title,
    "h1": _title,
    "h2": lambda node: Heading(_words(node)) if _words(node) else None,
    "h3": lambda node: Heading(_words(node), 3) if _words(node) else None,
    "p": _paragraph,
    "blockquote": lambda node: Quote(_words(node)) if _words(node) else None,
    "ul": _list,
    "table": _table,
    "dl": _rows,
    "aside": lambda node: Tip(_words(node)) if _words(node) else None,
    "footer": lambda node: Footer(_words(node)) if _words(node) else None,
}


def _section(node: Node) -> Block | None:
    makers = [maker for name, maker in _SECTIONS.items() if name in node.classes]
    if len(makers) != 1:
        node.fail("Een <section> heeft precies één soort.", ", ".join(_SECTIONS))
    return makers[0](node)


def _one(nodes: list[Node], tag: str, kind: str = "") -> str:
    """The words of the one tag of this kind, or nothing when there is none."""
    found = [node for node in nodes if node.tag == tag and node.classes == (frozenset({kind}) if kind else set())]
    if len(found) > 1:
        found[1].fail(f"<{tag}> staat hier twee keer.")
    return _words(found[0]) if found else ""


def _plain_paragraphs(nodes: list[Node]) -> tuple[Paragraph, ...]:
    made = (_paragraph(node) for node in nodes if node.tag == "p" and not node.classes)
    return tuple(paragraph for paragraph in made if paragraph)


def _labels(nodes: list[Node]) -> tuple[str, ...]:
    lists = [node for node in nodes if node.tag == "ul" and "ticks" not in node.classes]
    return tuple(_words(item) for blanks in lists for item in _only(blanks, "li"))


def _lead(node: Node) -> Lead:
    parts = _only(node, "h2 p")
    return Lead(_one(parts, "h2"), _one(parts, "p"), _one(parts, "p", "term"))


def _notice(node: Node) -> Notice:
    parts = _only(node, "h2 p")
    ticked = True if "ticked" in node.classes else False if "unticked" in node.classes else None
    return Notice(_one(parts, "h2"), _plain_paragraphs(parts), ticked)


def _action(node: Node) -> Action:
    parts = _only(node, "h2 p")
    number, missing = _one(parts, "p", "number"), _one(parts, "p", "missing")
    return Action(_one(parts, "h2"), number, missing, _plain_paragraphs(parts))


def _blanks(node: Node) -> Blanks:
    parts = _only(node, "h2 ul")
    return Blanks(_one(parts, "h2"), _labels(parts))


def _reply(node: Node) -> ReplyStrip:
    parts = _only(node, "p h2 ul")
    choices = tuple(choice for part in parts if "ticks" in part.classes for choice in _choices(part))
    return ReplyStrip(_one(parts, "p", "cut"), _one(parts, "h2"), choices, _labels(parts))


def _choices(node: Node) -> tuple[Choice, ...]:
    return tuple(Choice(_words(item), "blank" in item.classes) for item in _only(node, "li"))


def _address(node: Node) -> Address | None:
    parts = _only(node, "p")
    label, url = _one(parts, "p"), _one(parts, "p", "url")
    if url and not is_web(url):
        node.fail("Dit is geen webadres.", "https://voorbeeld.nl")
    return Address(label, url) if url else None


def _kept(node: Node) -> Kept | None:
    parts = _only(node, "h2 h3 p ul dl table blockquote section")
    blocks = tuple(block for part in parts if (block := _block(part)) is not None)
    return Kept(blocks) if blocks else None


def _pictograms(node: Node) -> Pictograms | None:
    items = [item for part in _only(node, "ul") for item in _only(part, "li")]
    for item in items:
        if item.icon not in NAMES:
            item.fail(f"Er is geen pictogram '{item.icon}'.", ", ".join(sorted(NAMES)))
    return Pictograms(tuple(Pictogram(item.icon, _words(item)) for item in items)) if items else None


def _note(node: Node) -> NoteLines:
    parts = _only(node, "dl p")
    lines: list[tuple[str, str]] = []
    for part in parts:
        pairs = _only(part, "dt dd") if part.tag == "dl" else []
        lines += [(_words(letter), _words(text)) for letter, text in zip(pairs[::2], pairs[1::2], strict=True)]
    return NoteLines(tuple(line for line in lines if line[1]), _one(parts, "p", "closing"))


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
