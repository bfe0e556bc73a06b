"""What stands inside the tags of a filled template: running text, labels, and which tags may be where."""

from __future__ import annotations

from collections.abc import Iterable

from mantelzorg.reports.blocks import Choice, Emphasis, Run, Text
from mantelzorg.reports.markup import INLINE, Node


def tags_in(node: Node) -> list[Node]:
    """The tags in a node that may hold tags only."""
    for child in node.children:
        if isinstance(child, str) and child.strip():
            node.fail(f"Tekst buiten een alinea: {child.strip()[:40]}", "<p>…</p>")
    return [child for child in node.children if isinstance(child, Node)]


def only(node: Node, tags: str) -> list[Node]:
    """The tags in a node, which may only be of these kinds."""
    children = tags_in(node)
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


def text_of(node: Node) -> Text:
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


def words_of(node: Node) -> str:
    """The words of a node, without emphasis."""
    return "".join(run.text for run in text_of(node))


def one(nodes: list[Node], tag: str, kind: str = "") -> str:
    """The words of the one tag of this kind, or nothing when there is none."""
    found = [node for node in nodes if node.tag == tag and node.classes == (frozenset({kind}) if kind else set())]
    if len(found) > 1:
        found[1].fail(f"<{tag}> staat hier twee keer.")
    return words_of(found[0]) if found else ""


def labels_of(nodes: list[Node]) -> tuple[str, ...]:
    """The items of the lists among these nodes, but for tick boxes."""
    lists = [node for node in nodes if node.tag == "ul" and "ticks" not in node.classes]
    return tuple(words_of(item) for blanks in lists for item in only(blanks, "li"))


def choices_of(node: Node) -> tuple[Choice, ...]:
    """The tick boxes of a list."""
    return tuple(Choice(words_of(item), "blank" in item.classes) for item in only(node, "li"))
