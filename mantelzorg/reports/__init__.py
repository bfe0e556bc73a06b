"""Reports: a context and a template become one list of blocks, and the blocks become four formats.

    report = render("referral", context, "nl")
    report.html(), report.pdf(), report.docx(), report.text()

What a context holds is in `reports/README.md`; the templates and the layout are beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mantelzorg.reports.blocks import Block, Title
from mantelzorg.reports.build import build
from mantelzorg.reports.context import clean, plain_context
from mantelzorg.reports.errors import ReportError, UnprintableText
from mantelzorg.reports.pdf import write_pdf
from mantelzorg.reports.plain import write_text
from mantelzorg.reports.screen import write_html
from mantelzorg.reports.templates import fill
from mantelzorg.reports.typeface import lacking
from mantelzorg.reports.word import write_docx

__all__ = ["LANGUAGES", "NAMES", "SHARED", "Report", "ReportError", "UnprintableText", "clean", "lacking", "render"]

NAMES = ("referral", "note", "take-home")
SHARED = frozenset({"take-home"})
"""One template for every language: its words are in the context."""
LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Report:
    """A finished report. Each format is made when it is asked for, from `blocks` alone."""

    name: str
    language: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        return next(block.text for block in self.blocks if isinstance(block, Title))

    def html(self) -> str:
        """A preview for `st.html`: every text escaped, styles included, no script, no link."""
        return write_html(self.blocks, self.language)

    def text(self) -> str:
        """Plain text; for the note: the ASCII lines to paste into a record, without its tip."""
        return write_text(self.blocks)

    def pdf(self) -> bytes:
        """PDF/UA-1 on A4. Raises `UnprintableText` when a letter is not in the typeface."""
        layout = "sheet" if self.name == "take-home" else "letter"
        return write_pdf(self.blocks, self.title, self.language, layout)

    def docx(self) -> bytes:
        """A Word file with real headings, lists and tables, and without author or dates."""
        return write_docx(self.blocks, self.title, self.language)


def render(name: str, context: Mapping[str, object], language: str = "nl") -> Report:
    """The report `name` (one of `NAMES`) in `language` (one of `LANGUAGES`) for a context.

    Raises `ReportError` for an unknown name or language, for a context that holds anything but plain
    data or too long a text, and for whatever is wrong in the template.
    """
    if name not in NAMES or language not in LANGUAGES:
        raise ReportError("no-template", f"{language}/{name}.html.j2", "Dit sjabloon bestaat niet.")
    template = f"{name}.html.j2" if name in SHARED else f"{language}/{name}.html.j2"
    return Report(name, language, build(fill(template, plain_context(context)), template))
