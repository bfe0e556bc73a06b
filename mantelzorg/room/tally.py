"""What was voted: counts, and what may be shown of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from mantelzorg.room.steps import Rhythm, Round

FEWEST_SHOWN = 5
"""With fewer votes the division is not shown: somebody's vote could be guessed."""

Counts = Mapping[str, int]
"""Choice -> how many; a choice that nobody made may be absent."""


class Choice(Enum):
    """What can be voted. Which fact to ask for has the ids of the facts as choices instead."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"
    RECOGNISE = "recognise"
    NOT_RECOGNISE = "not_recognise"
    TIPS = "tips"
    STAYS = "stays"
    UNSURE = "unsure"


_VERDICT = (Choice.YES, Choice.NO, Choice.DEPENDS, Choice.UNSURE)
_RECOGNISE = (Choice.RECOGNISE, Choice.NOT_RECOGNISE, Choice.UNSURE)
_PREDICT = (Choice.TIPS, Choice.STAYS, Choice.UNSURE)


def choices(rhythm: Rhythm, round_: Round) -> tuple[str, ...]:
    """The choices of a round, in the order in which they are offered; none for a round about facts."""
    if round_ is Round.ASK:
        return ()
    if round_ is Round.PREDICT:
        return tuple(choice.value for choice in _PREDICT)
    return tuple(choice.value for choice in (_RECOGNISE if rhythm is Rhythm.RECOGNISE else _VERDICT))


@dataclass(frozen=True)
class Tally:
    """The votes of one round. `order` are the choices as they were offered."""

    order: tuple[str, ...]
    counts: Counts

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def shown(self) -> bool:
        """Whether the division may be shown."""
        return self.total >= FEWEST_SHOWN

    @property
    def bars(self) -> tuple[tuple[str, int, int], ...]:
        """(choice, count, percent of all votes, rounded) for each choice; empty when it may not be shown."""
        if not self.shown:
            return ()
        return tuple((name, count := self.counts.get(name, 0), round(100 * count / self.total)) for name in self.order)

    @property
    def most(self) -> str | None:
        """The choice with most votes; None when it may not be shown or is shared."""
        best = sorted(self.bars, key=lambda bar: -bar[1])
        return best[0][0] if best and (len(best) < 2 or best[0][1] > best[1][1]) else None


def added(*parts: Counts) -> dict[str, int]:
    """Counts taken together."""
    whole: dict[str, int] = {}
    for part in parts:
        for name, count in part.items():
            whole[name] = whole.get(name, 0) + count
    return whole


def shifts(first: Tally, second: Tally) -> tuple[tuple[str, int], ...]:
    """How the share of each choice moved from one round to the next, in percentage points; largest first."""
    if not (first.shown and second.shown):
        return ()
    before = {name: percent for name, _, percent in first.bars}
    moved: Sequence[tuple[str, int]] = [(name, percent - before.get(name, 0)) for name, _, percent in second.bars]
    return tuple(sorted((pair for pair in moved if pair[1]), key=lambda pair: -abs(pair[1])))
