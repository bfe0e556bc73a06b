"""The sheet to take home in Dutch with the helper's own language beside it, section by section.

Staff and helper can point at the same line: both have the same blocks in the same order, or it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from mantelzorg.reports.blocks import Block, Footer, Tip, as_data
from mantelzorg.reports.errors import ReportError
from mantelzorg.reports.languages import direction
from mantelzorg.reports.pdf import icons, typeset
from mantelzorg.reports.pictograms import drawing
from mantelzorg.reports.plain import write_text
from mantelzorg.reports.report import SHEET, Report
from mantelzorg.reports.screen_bilingual import write_html
from mantelzorg.reports.sections import Part, sections


@dataclass(frozen=True)
class Bilingual:
    """A finished sheet in two languages; made by `beside`."""

    dutch: Report
    own: Report
    notice: tuple[str, str]
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        return self.dutch.title

    @property
    def footer(self) -> str:
        return " ".join(block.text for block in self.dutch.blocks if isinstance(block, Footer))

    @property
    def languages(self) -> tuple[str, str]:
        return self.dutch.language, self.own.language

    def html(self) -> str:
        """A preview for `st.html`: two columns, one when there is little room; each part says its language."""
        return write_html(self.parts, self.notice, self.footer, self.languages)

    def text(self) -> str:
        """Plain text: all of the Dutch, all of the own language, and the footer once."""
        both = (write_text(_said(report)) for report in (self.dutch, self.own))
        return "\n".join(filter(None, (*both, *self.notice, self.footer))) + "\n"

    def pdf(self) -> bytes:
        """PDF/UA-1 on one A4, the own language tagged as such. Raises as `Report.pdf` does."""
        said = {"title": self.title, "parts": as_data(self.parts), "notice": list(self.notice), "footer": self.footer}
        form = {
            "languages": list(self.languages),
            "directions": [direction(language) for language in self.languages],
            "drawings": {name: drawing(name) for name in icons(self.dutch.blocks)},
        }
        return typeset("bilingual.typ", said | form, said)


def beside(dutch: Report, own: Report, notice: tuple[str, str] = ("", "")) -> Bilingual:
    """Two take-home sheets as one: Dutch on the left, the own language on the right.

    `notice` stands small above the footer, in Dutch and in the own language. Raises `ReportError` when it is another
    document, or when the two do not have the same parts in the same order.
    """
    place = f"{SHEET}.html.j2"
    if {dutch.name, own.name} != {SHEET}:
        raise ReportError("not-alike", place, "Alleen het blad om mee te nemen kan in twee talen.")
    return Bilingual(dutch, own, notice, sections(_said(dutch), _said(own), place))


def _said(report: Report) -> tuple[Block, ...]:
    """What stands in both languages: all but the footer."""
    return tuple(block for block in report.blocks if not isinstance(block, Footer | Tip))
