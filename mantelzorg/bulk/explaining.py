"""For many rows at once: why each has its result, in words.

The words are those of the deciding part of a row: of an assessment in which only its smallest sufficient reason was
answered. Rows that share a deciding part up to the classes of its answers share everything but the answers' own words
("12 hours"), so that the rule set's sentences are looked up once for each such part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mantelzorg import reasons, wording
from mantelzorg.assessment import Assessment, Judge, Judgement, Status
from mantelzorg.bulk.codes import SAID_NOTHING, Codes
from mantelzorg.bulk.smallest import Flags, Smallest
from mantelzorg.bulk.words import words
from mantelzorg.facts import UNKNOWN, Answer
from mantelzorg.reasons import Reason
from mantelzorg.verdict_table import Bits

MOST_REMEMBERED = 100_000
Ids = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Piece:
    """One sentence: what was said at `places`, its meaning, and what follows; without places a fixed text.

    In a `conflict` the answers stand as a list with the names of their facts.
    """

    places: tuple[int, ...]
    meaning: str = ""
    after: str = ""
    conflict: bool = False


@dataclass(frozen=True)
class Answered:
    """A part of a table: per axis the number of each row's answer (None without a column), and all answers so far."""

    ids: Sequence[Ids | None]
    answers: Sequence[Sequence[Answer | None]]


class Explainer:
    """Says why, for rows of one rule set in one language."""

    def __init__(self, judge: Judge, smallest: Smallest, language: str) -> None:
        self.judge, self.smallest, self.language = judge, smallest, language
        order = {fact.id: place for place, fact in enumerate(judge.rules.facts)}
        self._order = [order[axis.fact.id] for axis in judge.table.axes]
        self._plans: dict[bytes, tuple[tuple[Piece, ...], tuple[int, ...]]] = {}
        self._texts: dict[tuple[bytes, tuple[int, ...]], str] = {}

    def forget(self) -> None:
        """To be called when answers are numbered anew."""
        self._texts.clear()

    def texts(self, codes: Codes, bits: Bits, answered: Answered) -> list[str]:
        """Per row why it has the result that `bits` say."""
        kept = self.smallest.kept(codes, bits)
        parts = self._parts(codes, kept)
        said = kept & np.stack([column != SAID_NOTHING for column in codes.columns])
        ids = [[] if own is None else own.tolist() for own in answered.ids]
        return [self._text(part, row, bits, said, ids, answered) for row, part in enumerate(parts)]

    def _parts(self, codes: Codes, kept: Flags) -> list[bytes]:
        """Per row its deciding part as codes: an assumption that is not in it counts as lifted."""
        part = np.zeros((len(codes), len(kept)), np.uint16)
        for place, (column, keep) in enumerate(zip(codes.columns, kept, strict=True)):
            usual, full = self.judge.table.assumptions[place], self.judge.table.full[place]
            part[:, place] = np.where(keep, column, SAID_NOTHING if usual == full else full)
        whole: list[bytes] = part.view(f"V{part.shape[1] * part.itemsize}").ravel().tolist()
        return whole

    def _text(
        self,
        part: bytes,
        row: int,
        bits: Bits,
        said: Flags,
        ids: Sequence[list[int]],
        answered: Answered,
    ) -> str:
        plan = self._plans.get(part)
        if plan is None:
            own = {
                place: answer
                for place, numbers in enumerate(ids)
                if said[place, row] and (answer := answered.answers[place][numbers[row]]) is not None
            }
            pieces = self._planned(part, int(bits[row]), own)
            plan = self._plans[part] = pieces, tuple(place for piece in pieces for place in piece.places)
        pieces, places = plan
        told = tuple([ids[place][row] for place in places])
        text = self._texts.get((part, told))
        if text is None:
            if len(self._texts) >= MOST_REMEMBERED or len(self._plans) >= MOST_REMEMBERED:
                self._texts.clear()
                self._plans.clear()
            text = self._texts[part, told] = self._filled(pieces, told, answered)
        return text

    def _planned(self, part: bytes, bits: int, own: dict[int, Answer]) -> tuple[Piece, ...]:
        """The sentences for a deciding part, of which `own` are the answers in one row."""
        judge, axes = self.judge, self.judge.table.axes
        if not bits:
            return (Piece(tuple(own), after=words(self.language)["conflict"], conflict=True),)
        answers: dict[str, Answer] = {axes[place].fact.id: answer for place, answer in own.items()}
        codes = np.frombuffer(part, np.uint16).tolist()
        lifted = {axis.fact.id: UNKNOWN for axis, code in zip(axes, codes, strict=True) if code == axis.full}
        given = judge.given({**lifted, **answers})
        masks = judge.assumed_masks(given)
        facts = tuple(axes[place].fact.id for place in own)
        in_part = zip(axes, given, masks, strict=True)
        assumed = tuple(axis.fact.id for axis, said, mask in in_part if said is None and mask != axis.full)
        possible = judge.named(bits)
        status = Status.DECIDED if len(possible) == 1 else Status.OPEN
        why = Reason(facts, assumed, reasons.criteria(judge, masks))
        found = Assessment(judge.rules, Judgement(status, possible), {}, assumed, (why,))
        told = [self._piece(said, own) for said in wording.reasons(judge, found, answers, self.language)]
        leaning = wording.assumptions(judge, found, self.language) if status is Status.DECIDED else ()
        template = words(self.language)["assumed"]
        return (*told, *(Piece((), after=template.format(said.text)) for said in leaning))

    def _piece(self, said: wording.Said, own: dict[int, Answer]) -> Piece:
        """The sentence without the answers' own words, so that it can be said of others."""
        axes = self.judge.table.axes
        places = [place for place in own if axes[place].fact.id in said.facts]
        if not said.meaning or len(places) < len(said.facts):
            return Piece((), after=said.text)
        places.sort(key=self._order.__getitem__)
        clauses = [wording.say(axes[place].fact, own[place], self.language) for place in places]
        begin = _sentence(clauses, said.meaning, self.language)
        return Piece(tuple(places), said.meaning, said.text[len(begin) :])

    def _filled(self, pieces: Sequence[Piece], told: Sequence[int], answered: Answered) -> str:
        left = iter(told)
        return " ".join(self._sentence(piece, left, answered) for piece in pieces)

    def _sentence(self, piece: Piece, told: Iterator[int], answered: Answered) -> str:
        if not piece.places:
            return piece.after
        said = [
            (self.judge.table.axes[place].fact, answered.answers[place][number])
            for place, number in zip(piece.places, told, strict=False)
        ]
        if piece.conflict:
            named = (
                f"{fact.label[self.language]} = {wording.label(fact, answer, self.language)}"
                for fact, answer in said
                if answer is not None
            )
            return piece.after.format(wording.join(named, self.language))
        clauses = [wording.say(fact, answer, self.language) for fact, answer in said if answer is not None]
        return _sentence(clauses, piece.meaning, self.language) + piece.after


def _sentence(clauses: Sequence[str], meaning: str, language: str) -> str:
    """As `wording.reasons` puts them together."""
    told = wording.sentence(wording.join(clauses, language))
    return told if told == meaning else f"{told} {meaning}"
