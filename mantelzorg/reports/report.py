"""A finished report, and how it is made from a context and a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mantelzorg.reports.blocks import Block, Title
from mantelzorg.reports.build import build
from mantelzorg.reports.context import MOST_TEXT, plain_context
from mantelzorg.reports.errors import ReportError
from mantelzorg.reports.languages import LANGUAGES, is_code, with_whole_numbers
from mantelzorg.reports.pdf import write_pdf
from mantelzorg.reports.plain import write_text
from mantelzorg.reports.screen import write_html
from mantelzorg.reports.templates import fill
from mantelzorg.reports.word import write_docx

SHEET = "take-home"
NAMES = ("referral", "note", SHEET)
SHARED = frozenset({SHEET})
"""One template for every language: its words are in the context."""
TRAINING = ("training-handout", "training-report")
"""What belongs to a training: as many pages as it takes."""
MOST_TRAINING_TEXT = 150_000


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
        """PDF/UA-1 on A4. Raises `UnprintableText` when a letter is in no typeface of ours."""
        layout = "sheet" if self.name == SHEET else "training" if self.name in TRAINING else "letter"
        return write_pdf(self.blocks, self.title, self.language, layout)

    def docx(self) -> bytes:
        """A Word file with real headings, lists and tables, and without author or dates."""
        return write_docx(self.blocks, self.title, self.language)


def render(name: str, context: Mapping[str, object], language: str = "nl") -> Report:
    """The report `name` (one of `NAMES` or `TRAINING`) for a context, in one of `LANGUAGES`; the sheet in any language.

    Raises `ReportError` for an unknown name or language, for a context that holds anything but plain
    data or too long a text, and for whatever is wrong in the template.
    """
    if name not in (*NAMES, *TRAINING) or not (language in LANGUAGES or (name in SHARED and is_code(language))):
        raise ReportError("no-template", f"{language}/{name}.html.j2", "Dit sjabloon bestaat niet.")
    template = f"{name}.html.j2" if name in SHARED else f"{language}/{name}.html.j2"
    most = MOST_TRAINING_TEXT if name in TRAINING else MOST_TEXT
    html = with_whole_numbers(fill(template, plain_context(context, most)), language)
    return Report(name, language, build(html, template))
