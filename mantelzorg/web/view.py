"""What the referrer's page shows: plain values, already worded in one language.

The page draws these and nothing else; it knows no facts, rules or verdicts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

Answers = Mapping[str, tuple[str, ...]]
"""Fact id -> the chosen option ids. A fact that is absent is not known; `UNKNOWN` says so explicitly."""

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Chrome:
    """What was chosen on the page that is no answer about the care itself.

    `extra` holds the rows of the documents (`Document.rows`), by the id of the row.
    """

    language: str = "nl"
    with_whom: str | None = None
    consent: bool = False
    own_words: str = ""
    neutral: bool = False
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def wish(self) -> str | None:
        chosen = self.extra.get("wish", ())
        return chosen[0] if chosen else None


class Tone(Enum):
    """How a result looks: word, icon and edge, never colour alone."""

    YES = "yes"
    YES_PROVISIONAL = "yes-provisional"
    MAYBE = "maybe"
    MAYBE_PROVISIONAL = "maybe-provisional"
    OPEN = "open"
    NO = "no"
    CONTRADICTION = "contradiction"


class RowMark(Enum):
    """What the form says beside a question: where to look first, and what may be skipped."""

    NONE = ""
    FIRST = "first"
    SETTLED = "settled"
    SCHEME_ONLY = "scheme-only"
    ASSUMED = "assumed"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Option:
    id: str
    label: str


@dataclass(frozen=True)
class Row:
    """One question. `options` excludes the quiet "not known" choice, whose label is `unknown`
    (empty for a multiple choice: there, nothing chosen is not known)."""

    fact: str
    ask: str
    options: tuple[Option, ...]
    multiple: bool = False
    unknown: str = ""
    help: str = ""
    say: str = ""
    mark: RowMark = RowMark.NONE
    mark_text: str = ""


@dataclass(frozen=True)
class Section:
    """A white card of questions; `more` are the rows behind a closed expander."""

    id: str
    title: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...] = ()
    more_title: str = ""


@dataclass(frozen=True)
class Contact:
    """Whom to call. `number` is "" where the municipality has not filled it in; then `missing` says so."""

    name: str
    number: str = ""
    hours: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Reason:
    """From fact to meaning. `facts` are the answers to go back to when it is not right."""

    text: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Support:
    """The card above the verdict when the strain is high, whatever the verdict is."""

    title: str
    text: str
    danger: str
    contact: Contact


@dataclass(frozen=True)
class Verdict:
    """The first answer. `extra` are (heading, text) pairs: what there is, what would change it, when to look again."""

    tone: Tone
    title: str
    lead: str
    reasons_title: str = ""
    reasons: tuple[Reason, ...] = ()
    action: str = ""
    contact: Contact | None = None
    extra: tuple[tuple[str, str], ...] = ()
    assumptions_title: str = ""
    assumptions: tuple[Reason, ...] = ()
    open_title: str = ""
    settled: str = ""
    can_change_label: str = ""
    can_change: tuple[str, ...] = ()
    no_change_label: str = ""
    no_change: tuple[str, ...] = ()
    short: str = ""
    """The few words of the bar at the foot of a phone, and of the announcement to screen readers."""


@dataclass(frozen=True)
class Line:
    """A labelled line of the small card: signals, a local scheme. `strong` comes first."""

    label: str
    strong: str
    text: str = ""


@dataclass(frozen=True)
class Document:
    """A text to paste or print. The makers give bytes and are called only on a click.

    `html` is safe HTML of the same text, for the preview and for pasting with its form kept. `rows`, the
    consent, the own words and the neutral version are asked in the tab; an empty label leaves them out.
    """

    id: str
    tab: str
    copy_label: str
    text: str
    html: str = ""
    warning: str = ""
    file_stem: str = ""
    pdf: Callable[[], bytes] | None = None
    docx: Callable[[], bytes] | None = None
    rows: tuple[Row, ...] = ()
    consent_label: str = ""
    own_words_label: str = ""
    own_words_help: str = ""
    neutral_label: str = ""
    tip: str = ""


@dataclass(frozen=True)
class Source:
    title: str
    says: str
    url: str
    year: str
    checked: str


@dataclass(frozen=True)
class Guide:
    """What stands on the right before the first answer: the three questions, each with a line."""

    items: tuple[tuple[str, str], ...]
    after: str = ""


@dataclass(frozen=True)
class Screen:
    """The whole page for one set of answers."""

    language: str
    with_whom: Row
    sections: tuple[Section, ...]
    verdict: Verdict
    guide: Guide | None = None
    support: Support | None = None
    lines: tuple[Line, ...] = ()
    documents: tuple[Document, ...] = ()
    sources_title: str = ""
    sources: tuple[Source, ...] = ()
    version: str = ""
    safety: str = ""
    announcement: str = ""
    notice: str = ""
    """For staff: newer content has a fault, and the last good content goes on."""
