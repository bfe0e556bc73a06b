"""Reads the restricted HTML of a filled template into a tree, and refuses every tag that is not on the list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NoReturn

from mantelzorg.reports.errors import ReportError

# Every tag that may occur, with the classes it may carry.
TAGS: dict[str, frozenset[str]] = {
    tag: frozenset(classes.split())
    for tag, classes in {
        "header": "", "h1": "", "h2": "", "h3": "", "strong": "", "small": "", "blockquote": "",
        "p": "term number missing cut closing url",
        "dl": "", "dt": "", "dd": "", "ul": "ticks blanks", "li": "blank",
        "table": "", "tr": "", "th": "", "td": "",
        "section": "lead notice ticked unticked action blanks reply pictograms note address kept page",
        "aside": "", "footer": "",
    }.items()
}  # fmt: skip
INLINE = frozenset({"strong", "small"})


@dataclass
class Node:
    """A tag with what is in it. `place` is where it stands in the template."""

    tag: str
    place: str
    classes: frozenset[str] = frozenset()
    icon: str = ""
    children: list[Node | str] = field(default_factory=list)

    def fail(self, what: str, instead: str = "") -> NoReturn:
        fail(self.place, what, instead)


def fail(place: str, what: str, instead: str = "") -> NoReturn:
    """Raises the `ReportError` for a fault at `place` ("nl/referral.html.j2:12")."""
    file, _, line = place.rpartition(":")
    raise ReportError("markup", file, what, int(line), instead)


def read_tree(html: str, template: str) -> Node:
    """The tree under a nameless root. Raises `ReportError` for an unknown tag, class or attribute."""
    reader = _Reader(template)
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        reader.open[-1].fail(f"<{reader.open[-1].tag}> wordt nergens gesloten.")
    return reader.open[0]


class _Reader(HTMLParser):
    def __init__(self, template: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("", f"{template}:1")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A tag name that was put together by the template has no place of its own.
        place = next((value or "" for name, value in attrs if name == "data-place"), self.open[-1].place)
        if tag not in TAGS:
            fail(place, f"<{tag}> kan niet in een rapport.", ", ".join(f"<{name}>" for name in TAGS))
        node = Node(tag, place)
        for name, value in attrs:
            self._attribute(node, name, value or "")
        self.open[-1].children.append(node)
        self.open.append(node)

    def _attribute(self, node: Node, name: str, value: str) -> None:
        if name == "class":
            node.classes = frozenset(value.split())
            if unknown := sorted(node.classes - TAGS[node.tag]):
                allowed = ", ".join(sorted(TAGS[node.tag])) or "geen class"
                node.fail(f'<{node.tag} class="{unknown[0]}"> kan niet in een rapport.', allowed)
        elif name == "data-icon" and node.tag == "li":
            node.icon = value
        elif name != "data-place":
            node.fail(f"Het attribuut {name} van <{node.tag}> kan niet in een rapport.")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open[-1].fail(f"<{tag}/> kan niet in een rapport.", f"<{tag}></{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            self.open[-1].fail(f"Na <{self.open[-1].tag}> komt </{tag}>; die horen niet bij elkaar.")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        # Only the white space of HTML is folded: a no-break space keeps "Bel 112" together.
        self.open[-1].children.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def handle_decl(self, decl: str) -> None:
        self.open[-1].fail("<!…> kan niet in een rapport.")

    def handle_pi(self, data: str) -> None:
        self.open[-1].fail("<?…> kan niet in een rapport.")

    def unknown_decl(self, data: str) -> None:
        self.open[-1].fail("<![…]> kan niet in een rapport.")
