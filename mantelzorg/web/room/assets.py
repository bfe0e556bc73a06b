"""The files that the pages load: styles, scripts and a typeface, each under one name and with its exact type."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from mantelzorg.reports.typeface import FOLDER as FONTS

HERE = Path(__file__).parent
ADDRESS = "/training/static/"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".ttf": "font/ttf",
}
# A page loads one script: on bad wifi every request more can be the one that fails.
FILES: dict[str, tuple[Path, ...]] = {
    "phone.css": (HERE / "phone.css",),
    "room.css": (HERE / "room.css", HERE / "slide.css", HERE / "desk.css", HERE / "home.css"),
    "phone.js": (HERE / "swap.js", HERE / "phone.js"),
    "beamer.js": (HERE / "swap.js", HERE / "clock.js", HERE / "beamer.js"),
    "trainer.js": (HERE / "swap.js", HERE / "clock.js", HERE / "trainer.js"),
    "home.js": (HERE / "home.js",),
    "own_case.js": (HERE / "own_case.js",),
    "source-sans.ttf": (FONTS / "SourceSans3-Variable.ttf",),
}


@cache
def asset(name: str) -> tuple[bytes, str] | None:
    """The content of a file and its media type; None when there is no such file."""
    parts = FILES.get(name)
    if parts is None:
        return None
    content, kind = b"".join(part.read_bytes() for part in parts), Path(name).suffix
    return {".css": _short_style, ".js": _short_script}.get(kind, bytes)(content), TYPES[kind]


def _short_script(source: bytes) -> bytes:
    """A script without what only its authors need: comments on lines of their own, and white space before a line."""
    return re.sub(rb"^\s+", b"", re.sub(rb"^\s*/\*.*\*/\n", b"", source, flags=re.MULTILINE), flags=re.MULTILINE)


def _short_style(source: bytes) -> bytes:
    """A style without comments, and without spaces around what separates."""
    return re.sub(rb"\s*([{};])\s*", rb"\1", re.sub(rb"(:|,)\s+", rb"\1", re.sub(rb"/\*.*?\*/", b"", source)))


@cache
def address(name: str) -> str:
    """Where a page finds a file. It changes with the content, so the file may be kept for ever."""
    found = asset(name)
    if found is None:
        raise KeyError(name)
    return f"{ADDRESS}{name}?v={sha256(found[0]).hexdigest()[:12]}"
