"""Several trainings together: which criterion rooms understand least.

Only what every record shows is counted, so that nobody's vote can be worked out from more files. Nothing is called
right or wrong: a vote says the same as the rules, or something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mantelzorg.room.after.file import shown
from mantelzorg.room.record import PlayedCase, Record
from mantelzorg.room.steps import Round
from mantelzorg.room.tally import FEWEST_SHOWN, Choice, Tally


@dataclass(frozen=True)
class Share:
    """So many of so many votes."""

    same: int = 0
    votes: int = 0

    @property
    def percent(self) -> int | None:
        """Rounded; None with too few votes to show."""
        return round(100 * self.same / self.votes) if self.votes >= FEWEST_SHOWN else None

    def __add__(self, other: Share) -> Share:
        return Share(self.same + other.same, self.votes + other.votes)


NOTHING = Share()


@dataclass(frozen=True)
class Line:
    """What rooms made of one criterion, or of one case.

    `id` is that of the fact or the prepared case. `final` are the votes that said the same as the rules in the last
    round of a case, `before` in its first. `twice` are both rounds of the cases that were voted on twice. `predicted`
    are the predictions of the flip that came true.
    """

    id: str
    label: str
    trainings: int
    final: Share = NOTHING
    before: Share = NOTHING
    twice: tuple[Share, Share] = (NOTHING, NOTHING)
    predicted: Share = NOTHING
    disagreed: int = 0

    @property
    def shift(self) -> int | None:
        """How much the share moved by talking, in percentage points; None where no case was voted on twice."""
        before, after = (share.percent for share in self.twice)
        return None if before is None or after is None else after - before


@dataclass(frozen=True)
class Remark:
    """What a room noted where it did not agree with the rules; may be empty."""

    day: str
    title: str
    text: str


@dataclass(frozen=True)
class Overview:
    """Several trainings. `criteria` and `cases` have the least understood first; `hidden` are the names of those with
    too few votes to show. `double` counts records that were given twice and left out; `played` cases with rules."""

    trainings: int
    double: int
    played: int
    criteria: tuple[Line, ...]
    cases: tuple[Line, ...]
    hidden: tuple[str, ...]
    predicted: Share
    disagreed: int
    remarks: tuple[Remark, ...]


Played = tuple[Record, PlayedCase]


def overview(records: Iterable[Record]) -> Overview:
    """The records together; identical ones count once. Meetings without rules count as trainings only."""
    given = [shown(record) for record in records]
    kept = [record for place, record in enumerate(given) if record not in given[:place]]
    played = [(record, case) for record in kept for case in record.cases if case.expected]
    criteria = _lines(played, lambda case: case.facts, _labels(kept))
    cases = _lines(played, lambda case: (case.case,) if case.case else (), _titles(played))
    against = [(record, case) for record, case in played if case.disagreed]
    return Overview(
        len(kept),
        len(given) - len(kept),
        len(played),
        _ordered(criteria),
        _ordered(cases),
        tuple(line.label for line in (*criteria, *cases) if line.final.percent is None),
        sum((_predicted(case) for _, case in played), NOTHING),
        len(against),
        tuple(Remark(record.day, case.title, case.remark) for record, case in against),
    )


def _labels(records: Sequence[Record]) -> dict[str, str]:
    """The names of the facts, those of the latest training."""
    return {fact: label for one in sorted(records, key=lambda one: one.day) for fact, label in one.fact_labels.items()}


def _titles(played: Sequence[Played]) -> dict[str, str]:
    return {case.case: case.title for _, case in sorted(played, key=lambda pair: pair[0].day)}


def _lines(played: Sequence[Played], of: Callable[[PlayedCase], Sequence[str]], labels: dict[str, str]) -> list[Line]:
    names = dict.fromkeys(name for _, case in played for name in of(case))
    return [_line(name, labels.get(name, name), [pair for pair in played if name in of(pair[1])]) for name in names]


def _line(name: str, label: str, played: Sequence[Played]) -> Line:
    cases = [case for _, case in played]
    twice = [case for case in cases if _shown(case, Round.FIRST) and _shown(case, Round.SECOND)]
    return Line(
        name,
        label,
        len({id(record) for record, _ in played}),
        sum((_same(case, Round.SECOND if _shown(case, Round.SECOND) else Round.FIRST) for case in cases), NOTHING),
        sum((_same(case, Round.FIRST) for case in cases), NOTHING),
        (
            sum((_same(case, Round.FIRST) for case in twice), NOTHING),
            sum((_same(case, Round.SECOND) for case in twice), NOTHING),
        ),
        sum(map(_predicted, cases), NOTHING),
        sum(case.disagreed for case in cases),
    )


def _shown(case: PlayedCase, round_: Round) -> Tally | None:
    tally = case.tallies.get(round_)
    return tally if tally and tally.shown else None


def _same(case: PlayedCase, round_: Round) -> Share:
    """The votes of a round that said the same as the rules."""
    tally = _shown(case, round_)
    return Share(tally.counts.get(case.expected, 0), tally.total) if tally else NOTHING


def _predicted(case: PlayedCase) -> Share:
    """The predictions that came true when the fact was turned over."""
    tally = _shown(case, Round.PREDICT)
    if tally is None or case.tipped is None:
        return NOTHING
    came = Choice.TIPS if case.tipped else Choice.STAYS
    return Share(tally.counts.get(came.value, 0), tally.total)


def _ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Those that can be shown, the least understood first; of equal ones first what most votes tell."""
    seen = [line for line in lines if line.final.percent is not None]
    return tuple(sorted(seen, key=lambda line: (line.final.same / line.final.votes, -line.final.votes, line.label)))
