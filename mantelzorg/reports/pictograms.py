"""The project's own line drawings, the same on screen and on paper."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "reports" / "pictograms"
NAMES = frozenset(file.stem for file in _FOLDER.glob("*.svg"))


@cache
def drawing(name: str) -> str:
    """The SVG of a pictogram. Raises `KeyError` for a name that is not in `NAMES`."""
    if name not in NAMES:
        raise KeyError(name)
    return (_FOLDER / f"{name}.svg").read_text("utf-8")


@cache
def address(name: str) -> str:
    """The drawing as an address for an <img>: pages are sanitised, and that removes inline SVG."""
    return "data:image/svg+xml;base64," + b64encode(drawing(name).encode()).decode()
