"""Draws the tree of `graph` as SVG, so that the printed book needs no graphviz.

Columns go from what is asked (left) to the verdict (right); every leaf has a row of its own and a node stands at
the middle of its parts, so no lines cross.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from mantelzorg.book.graph import EDGE, FILLS, INK, INKS, Node, Shape, walk

WIDTHS = {0: 150, 1: 130}
"""Of the verdict and of the lines; what they ask is wider."""
WIDE, GAP, TIP = 236, 34, 7
LINE_HEIGHT, PADDING, SPACE = 16, 6, 7
FILL = {Shape.LINE: "#e3f1ef", Shape.JOIN: "#efede6", Shape.CRITERION: "#ffffff", Shape.TEST: "#f7f6f2"}


@dataclass
class _Placed:
    """The middle of the right end, and the size, of each node by its identity."""

    boxes: dict[int, tuple[float, float, float, float]] = field(default_factory=dict)
    bottom: float = SPACE


def draw(root: Node, name: str, thicken: float = 0) -> str:
    """An <svg> that is called `name`.

    `thicken` draws the outline of the letters as well: typst sets the text of a drawing in the thinnest form of a
    variable typeface, whatever weight is asked.
    """
    depth = _depth(root)
    ends = _columns(depth)
    placed = _Placed()
    _place(root, 0, ends, placed)
    whole, high = ends[0] + 2, placed.bottom
    parts = [*_edges(root, placed), *(part for node in walk(root) for part in _box(node, placed, thicken))]
    size = f'width="{whole:.0f}" height="{high:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {whole:.0f} {high:.0f}" role="img"'
        f' aria-label="{escape(name)}" font-family="Source Sans 3, Segoe UI, sans-serif" font-size="13">'
        f"{''.join(parts)}</svg>"
    )


def _depth(node: Node) -> int:
    return 1 + max((_depth(part) for part in node.parts), default=0)


def _columns(depth: int) -> list[float]:
    """The right end of each column, the verdict's first."""
    ends, right = [], 2.0
    for column in reversed(range(depth)):
        right += _width(column)
        ends.append(right)
        right += GAP
    return ends[::-1]


def _width(column: int) -> float:
    return WIDTHS.get(column, WIDE)


def _place(node: Node, column: int, ends: list[float], placed: _Placed) -> float:
    """Give a node its box; returns the height of its middle."""
    high = len(node.lines()) * LINE_HEIGHT + 2 * PADDING
    if node.parts:
        middles = [_place(part, column + 1, ends, placed) for part in node.parts]
        middle = max((middles[0] + middles[-1]) / 2, SPACE + high / 2)
        placed.bottom = max(placed.bottom, middle + high / 2 + SPACE)
    else:
        middle = placed.bottom + high / 2
        placed.bottom += high + SPACE
    placed.boxes[id(node)] = (ends[column], middle, _width(column), high)
    return middle


def _edges(root: Node, placed: _Placed) -> Iterable[str]:
    for node in walk(root):
        right, middle, width, _ = placed.boxes[id(node)]
        for part in node.parts:
            start, height, _, _ = placed.boxes[id(part)]
            end, bend = right - width, GAP / 2
            dashed = ' stroke-dasharray="5 4"' if part.negative else ""
            yield (
                f'<path d="M{start:.1f} {height:.1f}C{start + bend:.1f} {height:.1f} {end - bend:.1f} {middle:.1f}'
                f' {end - TIP:.1f} {middle:.1f}" fill="none" stroke="{EDGE}" stroke-width="1.3"{dashed}/>'
                f'<path d="M{end:.1f} {middle:.1f}l-{TIP} -4v8z" fill="{EDGE}"/>'
            )


def _box(node: Node, placed: _Placed, thicken: float) -> Iterable[str]:
    right, middle, width, high = placed.boxes[id(node)]
    fill = FILLS[node.tone] if node.tone else FILL[node.shape]
    ink = INKS[node.tone] if node.tone else INK
    stroke = ink if node.tone else EDGE
    dashed = ' stroke-dasharray="5 4"' if node.negative else ""
    bold = node.shape is Shape.VERDICT
    weight = ' font-weight="700"' if bold else ""
    if thicken:
        weight = f' stroke="{ink}" stroke-width="{thicken * (2 if bold else 1)}"'
    left, top = right - width, middle - high / 2
    yield (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width}" height="{high}" rx="5" fill="{fill}"'
        f' stroke="{stroke}"{dashed}/>'
    )
    for place, line in enumerate(node.lines()):
        base = top + PADDING + (place + 0.76) * LINE_HEIGHT
        yield f'<text x="{left + 9:.1f}" y="{base:.1f}" fill="{ink}"{weight}>{escape(line)}</text>'
