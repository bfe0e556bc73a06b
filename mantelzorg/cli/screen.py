"""`screen`: a file of situations judged row by row, into another file."""

from __future__ import annotations

import gc
import json
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import FrameType
from typing import Literal, cast

from mantelzorg import wording
from mantelzorg.assessment import Judge
from mantelzorg.bulk.screening import Summary, Wish, screen
from mantelzorg.bulk.words import words
from mantelzorg.cli.assess import ALL, FORM
from mantelzorg.content import Content, load
from mantelzorg.facts import suggest
from mantelzorg.problems import ContentError, Mark, Problem

SOME_ERRORS = 1
INTERRUPTED, STOPPED = 130, 143
HERE, SPARK = "here", "spark"
WIDTH = 30
PAUSE = 0.2
"""Seconds between two pictures of the progress bar."""


@dataclass(frozen=True)
class Given:
    """The command line of `screen`."""

    source: str
    target: str
    rules: Sequence[str]
    json: bool
    language: str
    sheet: str | None
    decimal: str
    require: Sequence[str]
    engine: str = HERE


OPTIONS = tuple(each.name for each in fields(Given))


class _StoppedError(BaseException):
    """Somebody asked the process to end."""


def run(given: Given) -> int:
    """Screen a file and print a summary: 0, 1 when some rows could not be read, 130 or 143 when interrupted.

    Raises ContentError when nothing could be done.
    """
    content = load()
    decimal = cast(Literal["point", "comma", "either"], given.decimal)
    wish = Wish(
        Path(given.source),
        Path(given.target),
        _judges(content, given.rules),
        given.language,
        given.sheet,
        decimal,
        _known_facts(content, given.require),
    )
    gc.freeze()  # the content stays: looking through it for garbage again and again takes a fifth of the time
    bar = _Bar(given.language)
    try:
        with _ends_on_term():
            summary = _by_spark(wish, content) if given.engine == SPARK else screen(wish, content, bar.show)
    except (KeyboardInterrupt, _StoppedError) as ended:
        bar.clear()
        print(words(given.language)["summary"]["interrupted"], file=sys.stderr)
        return INTERRUPTED if isinstance(ended, KeyboardInterrupt) else STOPPED
    finally:
        bar.clear()
    if given.json:
        print(json.dumps(_as_json(summary, given), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_told(summary, wish, content)))
    return SOME_ERRORS if summary.errors else 0


def _by_spark(wish: Wish, content: Content) -> Summary:
    # Nobody needs Spark who does not ask for it.
    from mantelzorg.bulk.spark import screen_spark

    return screen_spark(wish, content)


def _judges(content: Content, names: Sequence[str]) -> list[Judge]:
    if not names:
        return [content.judges[content.questionnaires[FORM].rules]]
    if ALL in names:
        return list(content.judges.values())
    for name in names:
        if name not in content.judges:
            what = f"{name[:60]!r}: deze regels bestaan niet.{suggest(name, content.judges)}"
            known = ", ".join((*content.judges, ALL))
            raise ContentError([Problem("--rules", Mark(), "unknown-rule-set", what, instead=known)])
    return [content.judges[name] for name in dict.fromkeys(names)]


def _known_facts(content: Content, names: Sequence[str]) -> Sequence[str]:
    for name in names:
        if name not in content.facts:
            what = f"{name[:60]!r}: dit feit bestaat niet.{suggest(name, content.facts)}"
            raise ContentError([Problem("--require", Mark(), "unknown-fact", what, instead=", ".join(content.facts))])
    return names


@contextmanager
def _ends_on_term() -> Iterator[None]:
    """Let a request to end go through the same clearing up as an interrupt."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise _StoppedError

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Bar:
    """Rows so far, rows a second and the time left, on one line of a terminal; elsewhere nothing."""

    def __init__(self, language: str) -> None:
        self._template = words(language)["summary"]["progress"]
        self._begun = self._shown = time.monotonic()
        self._on = sys.stderr.isatty()

    def show(self, rows: int, part: float) -> None:
        """To be called now and then."""
        now = time.monotonic()
        if not self._on or now - self._shown < PAUSE:
            return
        self._shown, spent = now, now - self._begun
        left = spent * (1 - part) / part if part else 0
        done = round(WIDTH * part)
        bar = "█" * done + "░" * (WIDTH - done)
        text = self._template.format(bar=bar, rows=_grouped(rows), rate=_grouped(round(rows / spent)), left=round(left))
        print(f"\r{text[: shutil.get_terminal_size().columns - 1]}\033[K", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._on:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _as_json(summary: Summary, given: Given) -> dict[str, object]:
    return {"source": given.source, "target": given.target, **asdict(summary)}


def _told(summary: Summary, wish: Wish, content: Content) -> Iterator[str]:
    """The summary for a person: what was read and how, the results as a table, and what to look at."""
    texts = words(wish.language)["summary"]
    about = ", ".join(texts["about"][key].format(value) for key, value in summary.about.items())
    yield texts["read"].format(file=wish.source, about=about or summary.kind)
    yield texts["rows"].format(rows=_grouped(summary.rows), target=wish.target)
    for name, counts in summary.results.items():
        yield ""
        yield from _table(content.judges[name], counts, wish.language)
    yield ""
    yield from _notes(summary, wish)


def _table(judge: Judge, counts: dict[str, int], language: str) -> Iterator[str]:
    yield judge.rules.texts["title"][language]
    total = sum(counts.values())
    wide = max(map(len, counts), default=0)
    for name, count in counts.items():
        share = f"{100 * count / total:.0f}"
        yield f"  {name:<{wide}} {_grouped(count):>12} {share:>4} %"


def _notes(summary: Summary, wish: Wish) -> Iterator[str]:
    language = wish.language
    texts = words(language)["summary"]
    if summary.errors:
        first = wording.join(summary.first_errors, language)
        column = words(language)["column"]["error"]
        yield texts["errors"].format(count=_grouped(summary.errors), column=column, first=first)
    for name, close in summary.near.items():
        yield texts["near"].format(name=name[:60], close=close)
    if summary.extra:
        yield texts["extra"].format(names=", ".join(name[:60] for name in summary.extra))
    for rules, facts in summary.missing.items():
        if facts:
            yield texts["missing"].format(rules=rules, facts=", ".join(facts))
    for name, count in summary.repeated.items():
        yield texts["repeated"].format(name=name[:60], count=_grouped(count))
    if summary.replaced:
        yield texts["replaced"].format(names=", ".join(summary.replaced))
    if summary.blank:
        yield texts["blank"].format(count=_grouped(summary.blank))
