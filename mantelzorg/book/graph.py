"""The picture of how criteria lead to a verdict, as a tree that two drawers share.

The root is a verdict, under it stand the lines that give it, and under a line what the line asks. A criterion
that two lines name stands there twice: without crossing lines a picture can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from textwrap import wrap

from mantelzorg.book.plain_conditions import Plain
from mantelzorg.conditions import And, Condition, Named, Not, Or
from mantelzorg.rules import RuleSet, VerdictLine

WIDTHS = {"verdict": 20, "line": 17}
WIDEST = 32
"""In letters."""


class Shape(Enum):
    """What a node stands for."""

    VERDICT = "verdict"
    LINE = "line"
    JOIN = "join"
    CRITERION = "criterion"
    TEST = "test"


@dataclass(frozen=True)
class Node:
    """A node with what leads to it. `negative`: it counts when this does not hold."""

    label: str
    shape: Shape
    parts: tuple[Node, ...] = ()
    negative: bool = False
    tone: str = ""

    def lines(self) -> list[str]:
        """The label, wrapped."""
        return wrap(self.label, WIDTHS.get(self.shape.value, WIDEST)) or [""]


def verdict_tree(rules: RuleSet, verdict: str, plain: Plain) -> Node:
    """The picture for one verdict."""
    own = [(place + 1, line) for place, line in enumerate(rules.lines) if line.id == verdict]
    first = own[0][1]
    parts = tuple(_line(number, line, plain, len(rules.lines)) for number, line in own)
    return Node(verdict_name(first, plain.language), Shape.VERDICT, parts, tone=first.tone.value)


def verdict_name(line: VerdictLine, language: str) -> str:
    """The shortest full name of a verdict."""
    return line.texts.get("name", line.texts["short"])[language]


def _line(number: int, line: VerdictLine, plain: Plain, last: int) -> Node:
    label = str(plain.words["line"]).format(number)
    condition = line.condition
    if isinstance(condition, And):
        rest = str(plain.words["otherwise" if last > 1 else "always"])
        parts = tuple(_node(part, plain) for part in condition.parts)
        return Node(label, Shape.LINE, parts) if parts else Node(f"{label}: {rest}", Shape.LINE)
    return Node(label, Shape.LINE, (_node(condition, plain),))


def _node(condition: Condition, plain: Plain, negative: bool = False) -> Node:
    match condition:
        case Not(part=part):
            return _node(part, plain, not negative)
        case Named(name=name):
            return Node(_marked(plain.titles[name], negative, plain), Shape.CRITERION, negative=negative)
        case And(parts=parts) | Or(parts=parts):
            key = "one" if isinstance(condition, Or) else "every"
            inner = tuple(_node(part, plain) for part in parts)
            return Node(_marked(str(plain.words[key]), negative, plain), Shape.JOIN, inner, negative)
        case _:
            return Node(_marked(plain.said(condition), negative, plain), Shape.TEST, negative=negative)


def _marked(label: str, negative: bool, plain: Plain) -> str:
    """A node that must not hold says so itself: a dashed line alone is easily missed."""
    return f"{plain.words['no']}: {label}" if negative else label


FILLS = {"yes": "#e5f1eb", "maybe": "#fbf1de", "no": "#e9eff8"}
INKS = {"yes": "#0b5c46", "maybe": "#74490a", "no": "#31507f"}
EDGE = "#6f7f86"
INK = "#1d2a2e"
_LOOKS = {
    Shape.LINE: 'shape=box, style="filled,rounded", fillcolor="#e3f1ef", color="#0b5a63"',
    Shape.JOIN: 'shape=box, style="filled,rounded", fillcolor="#efede6", color="#6f7f86"',
    Shape.CRITERION: 'shape=box, style="filled{dashed}", fillcolor="#ffffff", color="#6f7f86"',
    Shape.TEST: 'shape=box, style="filled{dashed}", fillcolor="#f7f6f2", color="#6f7f86"',
}


def dot(root: Node) -> str:
    """The picture for graphviz. Text stands only in filled boxes, so it can be read on a light and a dark page."""
    lines = [
        "digraph {",
        '  graph [rankdir=LR, bgcolor="transparent", nodesep=0.12, ranksep=0.45, margin=0.05]',
        f'  node [fontname="sans-serif", fontsize=12, fontcolor="{INK}", height=0.3, margin="0.12,0.05"]',
        f'  edge [color="{EDGE}", arrowsize=0.7]',
    ]
    names: dict[int, str] = {}
    for place, node in enumerate(walk(root)):
        names[id(node)] = f"n{place}"
        lines.append(f'  n{place} [label="{_escaped(node)}", {_look(node)}]')
    for node in walk(root):
        for part in node.parts:
            style = " [style=dashed]" if part.negative else ""
            lines.append(f"  {names[id(part)]} -> {names[id(node)]}{style}")
    return "\n".join([*lines, "}"])


def walk(node: Node) -> Iterator[Node]:
    """The node and everything under it, from top to bottom."""
    yield node
    for part in node.parts:
        yield from walk(part)


def _look(node: Node) -> str:
    if node.shape is Shape.VERDICT:
        fill, ink = FILLS[node.tone], INKS[node.tone]
        return f'shape=box, style="filled,bold", fillcolor="{fill}", color="{ink}", fontcolor="{ink}"'
    return _LOOKS[node.shape].format(dashed=",dashed" if node.negative else "")


def _escaped(node: Node) -> str:
    return r"\n".join(line.replace("\\", r"\\").replace('"', r"\"") for line in node.lines())
