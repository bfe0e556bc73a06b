"""Conditions over facts: `relationship in [parent, child] and not hours_per_week < 8`.

The text is parsed with Python's `ast` on a whitelist of node types; nothing is ever evaluated. Every test
compares one fact with constants, which is what makes the verdict table possible.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mantelzorg.facts import Fact, Interval, Kind, suggest

MOST_CHARACTERS = 4_000
MOST_DEPTH = 100


@dataclass(frozen=True)
class Test:
    """The answer lies in `accepted`; for a multiple choice: at least one chosen value does."""

    __test__ = False

    fact: str
    accepted: frozenset[str] | Interval


@dataclass(frozen=True)
class Not:
    part: Condition


@dataclass(frozen=True)
class And:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Named:
    """A criterion that stands for its condition."""

    name: str
    condition: Condition


Condition = Test | Not | And | Or | Named
ALWAYS = And(())
"""The condition that every situation meets."""


@dataclass(frozen=True)
class Fault:
    """Something wrong in a condition: `offset` counts characters from its start."""

    offset: int
    code: str
    what: str
    instead: str = ""


class ConditionError(Exception):
    """A condition that cannot be read; carries all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.what for fault in faults))


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every test in a condition, those behind names included."""
    match condition:
        case Test():
            yield condition
        case Not(part=part) | Named(condition=part):
            yield from tests_of(part)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from tests_of(part)


def facts_of(condition: Condition) -> tuple[str, ...]:
    """The facts that a condition asks for, in the order of the text, each once."""
    return tuple(dict.fromkeys(test.fact for test in tests_of(condition)))


def parse(text: str, facts: Mapping[str, Fact], names: Mapping[str, Condition]) -> Condition:
    """Read a condition. `names` are the criteria that it may use. Raises ConditionError with all faults."""
    if len(text) > MOST_CHARACTERS:
        what = f"Deze voorwaarde is langer dan {MOST_CHARACTERS} tekens."
        raise ConditionError([Fault(0, "condition-too-long", what)])
    if "#" in text:
        what = "Een voorwaarde heeft geen opmerking: wat na '#' staat zou niet meetellen."
        raise ConditionError([Fault(text.index("#"), "condition-syntax", what)])
    flat = text.replace("\n", " ").rstrip()
    bare = flat.lstrip()
    indent = len(flat) - len(bare)
    try:
        tree = ast.parse(bare, mode="eval")
    except SyntaxError as error:
        return _unreadable(text, indent + (error.offset or 1) - 1)
    except (ValueError, RecursionError, MemoryError):
        return _unreadable(text, 0)
    reader = _Reader(facts, names)
    try:
        condition = reader.read(tree.body)
    except RecursionError:
        return _unreadable(text, 0)
    if reader.faults:
        # Python counts the bytes of a line, an author counts characters.
        raw = bare.encode()
        raise ConditionError(
            [replace(own, offset=indent + len(raw[: own.offset].decode(errors="ignore"))) for own in reader.faults]
        )
    return condition


def _unreadable(text: str, offset: int) -> Condition:
    near = text[max(0, offset - 10) : offset + 20].strip()
    what = f"Deze voorwaarde is niet te lezen bij '{near}'."
    instead = "fact == value, fact in [a, b], fact > 3, value in fact, verbonden met and, or, not en haakjes"
    raise ConditionError([Fault(offset, "condition-syntax", what, instead)])


class _Reader:
    """Turns a Python expression tree into a condition, gathering faults instead of stopping at the first."""

    def __init__(self, facts: Mapping[str, Fact], names: Mapping[str, Condition]) -> None:
        self.facts, self.names = facts, names
        self.faults: list[Fault] = []
        self.depth = 0

    def fault(self, node: ast.AST, code: str, what: str, instead: str = "") -> Condition:
        self.faults.append(Fault(getattr(node, "col_offset", 0), code, what, instead))
        return ALWAYS

    def read(self, node: ast.expr) -> Condition:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise RecursionError
        try:
            return self._read(node)
        finally:
            self.depth -= 1

    def _read(self, node: ast.expr) -> Condition:
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return And(tuple(self.read(value) for value in values))
            case ast.BoolOp(op=ast.Or(), values=values):
                return Or(tuple(self.read(value) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.read(operand))
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.Compare():
                return self._compare(node)
            case ast.Call(func=ast.Name(id="any_of"), args=[ast.Name(id=name), ast.List(elts=values)], keywords=[]):
                return self._any_of(node, name, values)
            case _:
                return self.fault(node, "condition-form", f"'{ast.unparse(node)[:60]}' is geen voorwaarde.")

    def _name(self, node: ast.expr, name: str) -> Condition:
        if name in self.names:
            return Named(name, self.names[name])
        fact = self.facts.get(name)
        if fact is None:
            hint = suggest(name, [*self.facts, *self.names])
            return self.fault(node, "unknown-name", f"'{name}' is geen feit en geen criterium.{hint}")
        if set(fact.value_ids) != {"yes", "no"}:
            return self.fault(node, "not-yes-no", f"'{name}' is geen ja/nee-vraag.", f"{name} == … of {name} in […]")
        return Test(name, frozenset({"yes"}))

    def _fact(self, node: ast.expr, *kinds: Kind) -> Fact | None:
        if not isinstance(node, ast.Name):
            self.fault(node, "condition-form", f"'{ast.unparse(node)[:60]}' is geen feit.")
            return None
        fact = self.facts.get(node.id)
        if fact is None:
            self.fault(node, "unknown-fact", f"'{node.id}' is geen feit.{suggest(node.id, self.facts)}")
        elif fact.kind not in kinds:
            how = {
                Kind.CHOICE: f"{fact.id} == … of {fact.id} in […]",
                Kind.MULTIPLE: f"… in {fact.id} of any_of({fact.id}, […])",
                Kind.NUMBER: f"{fact.id} > 3 of 3 <= {fact.id} < 12",
            }[fact.kind]
            self.fault(node, "wrong-test", f"'{fact.id}' kan zo niet worden getoetst.", how)
            fact = None
        return fact

    def _values(self, fact: Fact, nodes: list[ast.expr]) -> frozenset[str]:
        values = []
        for node in nodes:
            if isinstance(node, ast.Name) and node.id in fact.value_ids:
                values.append(node.id)
            else:
                word = ast.unparse(node)[:60]
                what = f"'{word}' is geen waarde van '{fact.id}'.{suggest(word, fact.value_ids)}"
                self.fault(node, "unknown-value", what)
        return frozenset(values)

    def _any_of(self, node: ast.expr, name: str, values: list[ast.expr]) -> Condition:
        fact = self._fact(ast.Name(id=name, col_offset=node.col_offset), Kind.MULTIPLE)
        return Test(fact.id, self._values(fact, values)) if fact else ALWAYS

    def _compare(self, node: ast.Compare) -> Condition:
        match node.ops, [node.left, *node.comparators]:
            case [ast.In()], [left, ast.List(elts=values)]:
                fact = self._fact(left, Kind.CHOICE)
                return Test(fact.id, self._values(fact, values)) if fact else ALWAYS
            case [ast.In()], [value, ast.Name() as right]:
                fact = self._fact(right, Kind.MULTIPLE)
                return Test(fact.id, self._values(fact, [value])) if fact else ALWAYS
            case [ast.Eq() | ast.NotEq() as op], [left, ast.Name() as value]:
                fact = self._fact(left, Kind.CHOICE)
                test = Test(fact.id, self._values(fact, [value])) if fact else ALWAYS
                return Not(test) if isinstance(op, ast.NotEq) else test
            case _:
                return self._bounds(node)

    def _bounds(self, node: ast.Compare) -> Condition:
        """`fact > 3`, `3 <= fact < 12`, `fact == 8`: the interval that the comparison accepts."""
        terms = [node.left, *node.comparators]
        names = [term for term in terms if isinstance(term, ast.Name)]
        if len(names) != 1:
            return self.fault(node, "condition-form", f"'{ast.unparse(node)[:60]}' is geen voorwaarde.")
        fact = self._fact(names[0], Kind.NUMBER)
        if fact is None:
            return ALWAYS
        interval = Interval()
        for op, left, right in zip(node.ops, terms, terms[1:], strict=False):
            part = self._bound(op, left, right)
            if part is None:
                return self.fault(node, "condition-form", f"'{ast.unparse(node)[:60]}' is geen grens voor '{fact.id}'.")
            interval = interval.cut(part)
        if not interval.meets(Interval(fact.low, fact.high)):
            what = f"'{ast.unparse(node)}' kan niet: '{fact.id}' loopt van {fact.low:g} tot en met {fact.high:g}."
            return self.fault(node, "outside-range", what)
        return Test(fact.id, interval)

    def _bound(self, op: ast.cmpop, left: ast.expr, right: ast.expr) -> Interval | None:
        flipped = isinstance(right, ast.Name)
        if flipped == isinstance(left, ast.Name):
            return None
        number = left if flipped else right
        if not isinstance(number, ast.Constant) or type(number.value) not in (int, float):
            return None
        bound = float(str(number.value))
        if bound != bound or abs(bound) == float("inf"):
            return None
        match op:
            case ast.Eq():
                return Interval(bound, bound)
            case ast.Gt() | ast.GtE() | ast.Lt() | ast.LtE():
                closed = isinstance(op, ast.GtE | ast.LtE)
                below = isinstance(op, ast.Lt | ast.LtE) != flipped
                return Interval(high=bound, high_closed=closed) if below else Interval(low=bound, low_closed=closed)
            case _:
                return None
