"""Reports: a context and a template become one list of blocks, and the blocks become four formats.

    report = render("referral", context, "nl")
    report.html(), report.pdf(), report.docx(), report.text()
    both = beside(render("take-home", context, "nl"), render("take-home", own_context, "ar"))
    both.html(), both.pdf(), both.text()

What a context holds is in `reports/README.md`; the templates and the layouts are beside it.
"""

from __future__ import annotations

from mantelzorg.reports.bilingual import Bilingual, beside
from mantelzorg.reports.context import clean
from mantelzorg.reports.errors import ReportError, UnprintableText
from mantelzorg.reports.languages import LANGUAGES
from mantelzorg.reports.report import NAMES, SHARED, Report, render
from mantelzorg.reports.typeface import lacking

__all__ = [
    "LANGUAGES",
    "NAMES",
    "SHARED",
    "Bilingual",
    "Report",
    "ReportError",
    "UnprintableText",
    "beside",
    "clean",
    "lacking",
    "render",
]
