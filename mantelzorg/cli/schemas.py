"""`schema`: the JSON Schemas that help an editor, checked or written."""

from __future__ import annotations

from mantelzorg.content import ROOT
from mantelzorg.json_schemas import files


def run(write: bool) -> int:
    """Tell whether every schema file is current; with `write` make them so. 1 when one is not. Raises ContentError."""
    stale = 0
    for name, text in files().items():
        path = ROOT / name
        current = path.is_file() and path.read_text(encoding="utf-8") == text
        if not current and write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        said = "is bij" if current else "geschreven" if write else "loopt achter"
        stale += not current and not write
        print(f"{name}: {said}")
    if stale:
        print("\nBijwerken: python -m mantelzorg schema --write")
    return int(stale > 0)
