"""The engine once more, as simply as it can be said: try every situation.

Nothing here knows of classes, masks, tables or readers; a condition is looked at for one complete situation at a
time. Slow, and for that reason easy to trust: the laws compare the engine with this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product

from mantelzorg.conditions import And, Condition, Named, Not, Or, Test, parse, tests_of
from mantelzorg.facts import Answers, Changes, Fact, Interval, Kind, Unknown
from mantelzorg.rules import RuleSet

Value = str | frozenset[str] | float
Situation = Mapping[str, Value]
Boxes = Mapping[str, Sequence[Value]]
"""Per fact the values that are still possible."""


def inside(interval: Interval, number: float) -> bool:
    above = number > interval.low or (number == interval.low and interval.low_closed)
    below = number < interval.high or (number == interval.high and interval.high_closed)
    return above and below


def passes(test: Test, value: Value) -> bool:
    if isinstance(test.accepted, Interval):
        return inside(test.accepted, value)
    chosen = {value} if isinstance(value, str) else value
    return any(one in test.accepted for one in chosen)


def true(condition: Condition, situation: Situation) -> bool:
    match condition:
        case Test(fact=fact):
            return passes(condition, situation[fact])
        case Not(part=part):
            return not true(part, situation)
        case Named(condition=part):
            return true(part, situation)
        case And(parts=parts):
            return all(true(part, situation) for part in parts)
        case Or(parts=parts):
            return any(true(part, situation) for part in parts)
    raise TypeError(condition)


def every_value(fact: Fact, ends: Iterable[float]) -> tuple[Value, ...]:
    """All values; all sets of options that can be chosen; of a number every end and a point between any two."""
    if fact.kind is Kind.CHOICE:
        return fact.value_ids
    if fact.kind is Kind.MULTIPLE:
        options = [value for value in fact.value_ids if value != fact.alone]
        sets = [frozenset(some) for size in range(1, len(options) + 1) for some in combinations(options, size)]
        return (*sets, frozenset({fact.alone})) if fact.alone else tuple(sets)
    points = sorted({end for end in (*ends, fact.low, fact.high) if fact.low <= end <= fact.high})
    between = [(low + high) / 2 for low, high in pairwise(points)]
    return tuple(sorted([*points, *between]))


class Reference:
    """One rule set, with every complete situation judged. `ends` are the ends of the intervals in answers."""

    def __init__(self, rules: RuleSet, ends: Iterable[float] = ()) -> None:
        self.rules = rules
        own = {fact.id: fact for fact in rules.facts}
        self.assume = {name: parse(fact.assume, own, {}) for name, fact in own.items() if fact.assume}
        self.usual = {name: parse(fact.usual, own, {}) for name, fact in own.items() if fact.usual}
        used = dict.fromkeys(test.fact for test in rules.tests())
        self.facts = tuple(own[name] for name in used)
        held = [test for condition in (*self.assume.values(), *self.usual.values()) for test in tests_of(condition)]
        self.tests = tuple(dict.fromkeys([*rules.tests(), *held]))
        intervals = [test.accepted for test in self.tests if isinstance(test.accepted, Interval)]
        all_ends = {*ends, *(end for part in intervals for end in (part.low, part.high))}
        self.values = {fact.id: every_value(fact, all_ends) for fact in self.facts}
        self.verdicts = {tuple(s.values()): self._verdict(s) for s in self.situations(self.values)}

    def situations(self, boxes: Boxes) -> Iterator[dict[str, Value]]:
        names = [fact.id for fact in self.facts]
        for values in product(*(boxes[name] for name in names)):
            yield dict(zip(names, values, strict=True))

    def _verdict(self, situation: Situation) -> str | None:
        """The first verdict that applies; None where the combination cannot be."""
        if any(true(condition, situation) for condition in self.rules.impossible):
            return None
        return next(line.id for line in self.rules.lines if true(line.condition, situation))

    def boxes(self, answers: Answers, assuming: bool = False) -> dict[str, tuple[Value, ...]]:
        return {fact.id: self.box(fact, answers, assuming) for fact in self.facts}

    def box(self, fact: Fact, answers: Answers, assuming: bool = False) -> tuple[Value, ...]:
        """The values of one fact that the answers allow; an assumption counts only where nothing was said."""
        values = self.values[fact.id]
        if fact.id not in answers:
            assume = self.assume.get(fact.id) if assuming else None
            return tuple(v for v in values if assume is None or true(assume, {fact.id: v}))
        answer = answers[fact.id]
        if isinstance(answer, Unknown):
            return values
        if isinstance(answer, Interval):
            return tuple(v for v in values if inside(answer, v))
        return tuple(v for v in values if (v == answer if fact.kind is Kind.MULTIPLE else v in answer))

    def possible(self, boxes: Boxes) -> frozenset[str]:
        """The verdicts of all complete situations in the boxes that can be."""
        cells = product(*(boxes[fact.id] for fact in self.facts))
        return frozenset({self.verdicts[cell] for cell in cells} - {None})

    def alone(self, answers: Answers) -> frozenset[str]:
        """S0: what the answers alone leave possible."""
        return self.possible(self.boxes(answers))

    def used_boxes(self, answers: Answers) -> dict[str, tuple[Value, ...]]:
        """With every assumption that nobody spoke about, unless these cannot be."""
        assumed = self.boxes(answers, assuming=True)
        return assumed if self.possible(assumed) else self.boxes(answers)

    def judged(self, answers: Answers) -> frozenset[str]:
        """S1: what is left with the assumptions; S0 where the assumptions cannot be."""
        return self.possible(self.used_boxes(answers))

    def exactly(self, answers: Answers, fact: Fact) -> Iterator[dict[str, object]]:
        """The situation with every precise answer to one fact that what was said allows."""
        for value in self.box(fact, answers):
            yield {**answers, fact.id: precise(value)}

    def minimal(self, boxes: Boxes) -> set[frozenset[str]]:
        """All smallest sets of facts that leave the same verdicts possible as all boxes together."""
        result = self.possible(boxes)
        bound = [name for name, box in boxes.items() if len(box) < len(self.values[name])]
        found: set[frozenset[str]] = set()
        for size in range(len(bound) + 1):
            for some in map(frozenset, combinations(bound, size)):
                only = {name: boxes[name] if name in some else self.values[name] for name in boxes}
                if not any(smaller <= some for smaller in found) and self.possible(only) == result:
                    found.add(some)
        return found

    def statuses(self, condition: Condition, boxes: Boxes) -> set[bool]:
        """The truths of a condition over all complete situations, those that cannot be included."""
        return {true(condition, situation) for situation in self.situations(boxes)}

    def signature(self, fact: Fact, value: Value) -> tuple[bool, ...]:
        return tuple(passes(test, value) for test in self.tests if test.fact == fact.id)

    def alike(self, fact: Fact, values: Iterable[Value]) -> frozenset[Value]:
        """All values that no test can tell from one of these."""
        signatures = {self.signature(fact, value) for value in values}
        return frozenset(value for value in self.values[fact.id] if self.signature(fact, value) in signatures)

    def steps(self, fact: Fact, box: Sequence[Value]) -> list[frozenset[Value]]:
        """What an answer can still become: groups of values that no test tells apart."""
        now = self.alike(fact, box)
        groups = {self.alike(fact, [value]) for value in self.values[fact.id]}
        others = [group for group in groups if not group & now]
        if fact.changes is Changes.NEVER:
            return []
        return others if fact.changes is Changes.BOTH else [new for new in others if self._grows(fact, now, new)]

    def _grows(self, fact: Fact, now: frozenset[Value], new: frozenset[Value]) -> bool:
        if fact.kind is Kind.NUMBER:
            return max(now) <= min(new)
        if fact.kind is Kind.CHOICE:
            return max(map(fact.value_ids.index, now)) < min(map(fact.value_ids.index, new))
        # More options: every set of now can grow to a set of the new group; "none" is the empty set.
        alone = frozenset({fact.alone})
        return all(any(self._grown(old, after, alone) for after in new) for old in now)

    @staticmethod
    def _grown(old: Value, new: Value, alone: Value) -> bool:
        return new != alone and (old == alone or old <= new)


def precise(value: Value) -> frozenset[str] | Interval:
    """The answer that says exactly this value."""
    if isinstance(value, str):
        return frozenset({value})
    return value if isinstance(value, frozenset) else Interval(float(value), float(value))
