"""What a change of a rule set does: cases, edits, situations and plain sentences. See `docs/compare.md`."""

from mantelzorg.comparison.compare import Comparison, compare
from mantelzorg.comparison.report import as_json, as_markdown, as_text

__all__ = ["Comparison", "as_json", "as_markdown", "as_text", "compare"]
