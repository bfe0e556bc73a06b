"""Makes what is seen of a room: from its state, the content and the votes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mantelzorg.cases import result_of
from mantelzorg.content import Content
from mantelzorg.room.explained import outcome, short
from mantelzorg.room.room import Room
from mantelzorg.room.scene import Scene, form_of, scene, turns
from mantelzorg.room.stage import Bar, Chip, Desk, Division, Option, Outcome, Stage, Turned
from mantelzorg.room.steps import Round, Step, after
from mantelzorg.room.tally import Tally
from mantelzorg.room.votes import Votes
from mantelzorg.room.words import words
from mantelzorg.training.cases import TrainingCase

MOST_ASKED = 3
_CHOOSES_FLIP = (Step.VERDICT, Step.FLIP)
_DIVIDED = {
    Step.REVEAL: Round.FIRST,
    Step.DISCUSS: Round.FIRST,
    Step.SECOND_REVEAL: Round.SECOND,
    Step.FLIP: Round.PREDICT,
}


@dataclass(frozen=True)
class View:
    """Everything that the pictures of a room are made from. `now` is in seconds since 1970."""

    room: Room
    content: Content
    cases: Mapping[str, TrainingCase]
    votes: Votes
    now: float
    store_gone: bool = False

    def stage(self) -> Stage:
        """What everybody may see."""
        room = self.room
        parts: dict[str, object] = {}
        if room.item is not None:
            played = self.scene(room.place.item)
            parts = {"title": played.title, "story": played.story, "disagreed": room.item.disagreed}
            if room.open_round:
                parts |= self._voting(room.open_round)
            parts |= {name: made for name, make in self._makers(played).items() if (made := make()) is not None}
        return Stage(
            room.code,
            room.language,
            room.rhythm,
            room.place,
            room.revision,
            len(room.items),
            room.hands_mode or self.store_gone,
            self.votes.seats,
            store_gone=self.store_gone,
            **parts,  # type: ignore[arg-type]
        )

    def scene(self, item: int) -> Scene:
        """What is played at a place of the programme."""
        return scene(self.room.items[item], self.cases, self.content, self.room.language)

    def _voting(self, round_: Round) -> dict[str, object]:
        item = self.room.place.item
        tally = self.votes.tally(self.room, item, round_)
        options = tuple(Option(name, self.label(round_, name)) for name in tally.order)
        closed = (item, round_) in self.votes.settled
        return {"round": round_, "options": options, "voted": tally.total, "closed": closed}

    def _makers(self, played: Scene) -> dict[str, Callable[[], object]]:
        """What is filled in during this step, each with what makes it."""
        step = self.room.place.step
        makers: dict[str, Callable[[], object]] = {}
        if step in _DIVIDED:
            makers["division"] = lambda: self._division(_DIVIDED[step])
        if step is Step.DISCUSS:
            makers["seconds"] = self._seconds
        if step in (Step.VERDICT, Step.PREDICT, Step.FLIP):
            makers["outcome"] = lambda: self._now(played)
        if step in (Step.PREDICT, Step.FLIP):
            makers["turned"] = lambda: self._turned(played, step is Step.FLIP)
        if step is Step.DEBRIEF:
            makers["debrief"] = lambda: played.debrief
        return makers

    def _division(self, round_: Round) -> Division:
        item = self.room.place.item
        tally = self.votes.tally(self.room, item, round_)
        first = self.votes.tally(self.room, item, Round.FIRST) if round_ is Round.SECOND else None
        before = {name: percent for name, _, percent in first.bars} if first else {}
        bars = tuple(Bar(self.label(round_, name), n, percent, before.get(name)) for name, n, percent in tally.bars)
        return Division(tally.total, bars)

    def _seconds(self) -> int | None:
        deadline = self.room.deadline
        return None if deadline is None else round(deadline - self.now)

    def _now(self, played: Scene) -> Outcome:
        voted = self.votes.last(self.room, self.room.place.item)
        return outcome(played.judge, played.answers, self.content, self.room.language, voted)

    def _turned(self, played: Scene, done: bool) -> Turned:
        if not (done and played.flip):
            return Turned(played.say)
        tips = result_of(played.judge, played.answers) != result_of(played.judge, played.flipped)
        return Turned(played.say, outcome(played.judge, played.flipped, self.content, self.room.language), tips)

    def label(self, round_: Round, choice: str) -> str:
        """A choice in words; of a fact to ask for its short name."""
        if round_ is not Round.ASK:
            return words(self.room.language)[choice]
        names = {question.fact: question.short for question in form_of(self.content).questions()}
        return names[choice][self.room.language] if choice in names else choice

    def desk(self) -> Desk:
        """What the trainer sees."""
        room, stage = self.room, self.stage()
        next_place = after(room.place, room.rhythm, len(room.items))
        titles = tuple(self.scene(place).title for place in range(len(room.items)))
        own = self._own_part() if room.item is not None else {}
        return Desk(
            stage,
            next_step=None if room.place.step is Step.END else next_place.step,
            next_title="" if next_place.item == room.place.item and room.item else titles[next_place.item],
            can_undo=bool(room.past),
            programme=titles,
            **own,  # type: ignore[arg-type]
        )

    def _own_part(self) -> dict[str, object]:
        room = self.room
        assert room.item
        played = self.scene(room.place.item)
        parts: dict[str, object] = {"note": played.note, "sources": played.sources, "remark": room.item.remark}
        if played.broken:
            now = short(played.judge, played.answers, played.broken, room.language)
            parts["broken"] = words(room.language)["now_says"].format(now)
        if self.chooses_flip:
            parts["chips"] = self._chips(played)
        if room.open_round:
            parts["hands"] = self._hands(room.open_round)
        parts["asked"] = self._asked()
        return parts

    @property
    def chooses_flip(self) -> bool:
        """Whether the trainer can choose now what to turn over: before the room predicts, or afterwards."""
        return self.room.place.step in _CHOOSES_FLIP

    def _chips(self, played: Scene) -> tuple[Chip, ...]:
        language, item = self.room.language, self.room.item
        chosen = item.flip if item else None
        prepared = scene(self.room.items[self.room.place.item].prepared(), self.cases, self.content, language)
        chips = []
        if prepared.flip:
            before, result = result_of(played.judge, played.answers), result_of(played.judge, prepared.flipped)
            name = short(played.judge, prepared.flipped, result, language) if result != before else ""
            chips.append(Chip("", prepared.say, name, chosen is None, True))
        for turn in turns(played, language):
            name = short(played.judge, {**played.answers, **turn.answers}, turn.verdict, language)
            chips.append(Chip(turn.id, turn.label, name if turn.tips else "", chosen == turn.raw))
        return tuple(chips)

    def _hands(self, round_: Round) -> tuple[tuple[Option, int], ...]:
        item = self.room.place.item
        hands = self.room.items[item].hands.get(round_, {})
        names = self.room.choices_of(item, round_)
        return tuple((Option(name, self.label(round_, name)), hands.get(name, 0)) for name in names)

    def _asked(self) -> tuple[tuple[str, int], ...]:
        tally: Tally = self.votes.tally(self.room, self.room.place.item, Round.ASK)
        wanted = sorted(tally.bars, key=lambda bar: -bar[1])
        return tuple((self.label(Round.ASK, name), count) for name, count, _ in wanted[:MOST_ASKED] if count)
