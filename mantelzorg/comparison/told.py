"""A comparison as a list of headings, paragraphs, items and a table; `report` gives it a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mantelzorg import wording
from mantelzorg.cases import CONTRADICTION, OPEN
from mantelzorg.comparison.common_table import IMPOSSIBLE, Move
from mantelzorg.comparison.compare import Comparison, Described, EditEffect
from mantelzorg.comparison.edits import Edit, Part
from mantelzorg.comparison.replayed import ChangedCase
from mantelzorg.comparison.sentences import Speaker, count, verdict_name, words
from mantelzorg.rules import RuleSet


@dataclass(frozen=True)
class Block:
    """A piece of the report: `#` or `##` a heading, `-` an item, nothing a paragraph; or a table."""

    mark: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Pattern:
    """Which situations, in words, went from some verdicts to one. An example has no `size`."""

    clauses: str
    old: tuple[str, ...]
    new: str
    target: int
    size: int = 0
    already: int = 0
    core: str = ""
    """What holds besides wherever the verdict moved."""


class Teller:
    """Words a comparison in one language."""

    def __init__(self, found: Comparison, language: str) -> None:
        self.found, self.language = found, language
        self.words = words(language)
        self.say = Speaker(found.table, found.old, found.new, language)

    def blocks(self) -> Iterator[Block]:
        found = self.found
        old, new = (_version(rules, place) for rules, place in zip((found.old, found.new), found.places, strict=True))
        yield Block("#", self.words["title"].format(old=old, new=new))
        yield from self._notes()
        if found.same:
            yield Block("", self.words["same"])
        elif found.cases:
            yield from self._cases(*found.cases)
        yield from self._edits()
        if not found.same:
            yield from self._cells()
            yield from self._sentences()

    def _number(self, number: int) -> str:
        return count(number, self.language)

    def _notes(self) -> Iterator[Block]:
        for fact, what in self.found.changed_facts:
            told = wording.join((self.words[key] for key in what), self.language)
            yield Block("", self.words["facts_changed"].format(f"`{fact.id}`", told))
        for rules, verdicts in zip((self.found.old, self.found.new), self.found.foreign, strict=True):
            if verdicts:
                listed = wording.join((f"`{verdict}`" for verdict in verdicts), self.language)
                yield Block("", self.words["other_verdicts"].format(_version(rules), listed))

    def _cases(self, total: int, changed: Sequence[ChangedCase]) -> Iterator[Block]:
        yield Block("##", self.words["cases"])
        key = {0: "cases_none", 1: "cases_one"}.get(len(changed), "cases_some") if total else "cases_absent"
        yield Block("", self.words[key].format(changed=self._number(len(changed)), total=self._number(total)))
        for case in changed:
            verdict = self.words["rejected"] if case.rejected else ""
            if case.expected is False and not case.rejected:
                verdict = self.words["unexpected"]
            old, new = self._result(case.old, self.found.old), self._result(case.new, self.found.new)
            text = self.words["case"].format(id=case.id, old=old, new=new, verdict=verdict, story=case.story)
            yield Block("-", " ".join(text.split()))

    def _result(self, result: str, rules: RuleSet) -> str:
        if result in (OPEN, CONTRADICTION) and result not in rules.verdicts:
            return self.words[result]
        return verdict_name(rules, result, self.language)

    def _edits(self) -> Iterator[Block]:
        effects = self.found.edits
        if effects is None:
            yield Block("", self.words["not_versions"])
            return
        if effects:
            yield Block("##", self.words["edits"])
            yield Block("", self.words["edits_lead"])
        for effect in effects:
            yield Block("-", f"{self._edited(effect.edit)} {self._moved(effect)}")
        if self.found.together:
            yield Block("", self.words["edits_together"].format(self._number(self.found.together)))
        elif self.found.changed:
            yield Block("", self.words["edits_all"])

    def _edited(self, edit: Edit) -> str:
        old, new = self.found.old, self.found.new
        told = {
            key: f"`{text}`" if text else self.words["always"]
            for key, text in (("before", edit.before), ("after", edit.after))
        }
        told |= {"name": edit.name, "change": self.words["change"].format(**told), "new_name": edit.new_name}
        suffix = "_added" if edit.before is None else "_removed" if edit.after is None else ""
        if edit.part is Part.CRITERION:
            told["title"] = new.criterion(edit.name).title[self.language]
        elif edit.part is Part.LINE:
            told["title"] = self._result(edit.name, new if edit.before is None else old)
            if edit.name != edit.new_name:
                suffix = "_renamed" if edit.before == edit.after else "_replaced"
                told["new_title"] = self._result(edit.new_name, new)
        return self.words[f"{edit.part.value}{suffix}"].format(**told)

    def _moved(self, effect: EditEffect) -> str:
        told = wording.join((self._move(move) for move in effect.moves), self.language)
        return f"{told}." if told else self.words["no_moves"]

    def _move(self, move: Move) -> str:
        old, new = self.say.before(move.old), self.say.after(move.new)
        return self.words["moves"].format(count=self._number(move.count), old=old, new=new)

    def _cells(self) -> Iterator[Block]:
        yield Block("##", self.words["cells"])
        changed, possible = self._number(self.found.changed), self._number(self.found.possible)
        yield Block("", self.words["cells_lead"].format(changed=changed, all=possible))
        rows = [
            (self.say.before(move.old), self.say.after(move.new), self._number(move.count))
            for move in self.found.moves
            if IMPOSSIBLE not in (move.old, move.new)
        ]
        if rows:
            head = tuple(self.words[f"column_{key}"] for key in ("old", "new", "count"))
            yield Block("", rows=(head, *rows))
        gone = sum(move.count for move in self.found.moves if move.new == IMPOSSIBLE)
        come = sum(move.count for move in self.found.moves if move.old == IMPOSSIBLE)
        if gone or come:
            yield Block("", self.words["cells_impossible"].format(self._number(gone), self._number(come)))

    def _sentences(self) -> Iterator[Block]:
        patterns = self.patterns()
        if patterns:
            yield Block("##", self.words["sentences"])
        for pattern in patterns:
            yield Block("-", self.sentence(pattern))

    def patterns(self) -> list[Pattern]:
        """What to say, in order; the same situations that had several verdicts are told once."""
        found: dict[tuple[str, str, bool], Pattern] = {}
        for described in self.found.sentences:
            for own in self._of(described):
                key = own.clauses, own.new, bool(own.size)
                known = found.get(key)
                if known and own.size:
                    own = replace(known, old=(*known.old, *own.old), target=known.target + own.target, core="")
                found[key if own.size else (own.clauses, f"{own.old} {own.new}", False)] = own
        return list(found.values())

    def _of(self, described: Described) -> Iterator[Pattern]:
        old, new = self.say.before(described.move.old), self.say.after(described.move.new)
        for box in described.boxes:
            yield Pattern(
                self.say.box(box.box), (old,), new, box.target, box.size, box.already, self.say.box(box.core, box.box)
            )
        for cube in described.cubes:
            yield Pattern(self.say.cube(cube), (old,), new, cube.target, cube.size, cube.already)
        if described.left and described.example:
            yield Pattern(self.say.box(described.example), (old,), new, described.left)

    def sentence(self, pattern: Pattern) -> str:
        """`Voor wie geldt: …, gaat de uitkomst van *a* naar *b*.`, and in how many situations."""
        old = wording.join((f"*{name}*" for name in pattern.old), self.language, "or")
        ends = {"old": old, "new": f"*{pattern.new}*", "clauses": pattern.clauses or self.words["any"]}
        if not pattern.size:
            return self.words["rest"].format(count=self._number(pattern.target), **ends)
        said = self.words["fits" if pattern.clauses else "everyone"].format(**ends)
        whole, known = pattern.target == pattern.size, pattern.target + pattern.already == pattern.size
        key = ("one_of" if pattern.size == 1 else "all_of") if whole else "others_were_so" if known else "part_of"
        numbers = {"target": self._number(pattern.target), "size": self._number(pattern.size)}
        core = self.words["core"].format(core=pattern.core, **numbers) if pattern.core else ""
        return f"{said} {self.words[key].format(**numbers)}{core}"


def _version(rules: RuleSet, place: str = "") -> str:
    return f"{rules.id} {rules.version}{place and f' ({place})'}"
