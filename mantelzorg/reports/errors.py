"""What can be wrong with a report: its template, what it was given to say, or a letter it cannot print."""

from __future__ import annotations

from mantelzorg.problems import ContentError, Mark, Problem


class ReportError(ContentError):
    """A report that cannot be made. Carries one `Problem`; `what` is a Dutch sentence for the author.

    `file` is the template ("nl/referral.html.j2") or the place in the context ("context.outcome.short").
    """

    def __init__(self, code: str, file: str, what: str, line: int = 1, instead: str = "") -> None:
        super().__init__([Problem(file, Mark(line), code, what, instead=instead)])

    @property
    def problem(self) -> Problem:
        return self.problems[0]


class UnprintableText(ReportError):  # noqa: N818 - named after what the reader sees, it is a ReportError
    """The PDF cannot show some letters, because no typeface of ours has them. `text` holds those letters.

    The screen, Word and plain text do show them. Nothing is ever left out or replaced silently.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        what = f"Deze tekens kunnen niet in de PDF: {text}"
        super().__init__("unprintable", "context", what, instead="gewone letters, cijfers en leestekens")
