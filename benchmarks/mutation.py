"""How many small mistakes in the rules the cases catch.

python benchmarks/mutation.py [RULE SET …]     all rule sets by default; 1 when fewer than 95 % are caught
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from mantelzorg.assessment import Judge  # noqa: E402
from mantelzorg.cases import Case  # noqa: E402
from mantelzorg.checks import read_all  # noqa: E402
from mantelzorg.checks.boxes import Replay  # noqa: E402
from mantelzorg.checks.mutants import Equivalence, Mutant, mutants  # noqa: E402

AIM = 0.95


@dataclass
class Score:
    """The mutants of one rule set, by what became of them."""

    equivalent: list[Mutant] = field(default_factory=list)
    caught: list[Mutant] = field(default_factory=list)
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def part(self) -> float:
        told_apart = len(self.caught) + len(self.survivors)
        return len(self.caught) / told_apart if told_apart else 1.0


def score(judge: Judge, cases: Sequence[Case]) -> Score:
    """Try every mutant of a rule set on the cases."""
    found, own = Score(), [case for case in cases if judge.rules.id in case.expect]
    equivalence = Equivalence(judge.rules, judge.table)
    usual = Replay(judge.rules, judge.table)
    before = [usual.result_of(case.answers) for case in own]
    for mutant in mutants(judge.rules):
        if equivalence.equivalent(mutant):
            found.equivalent.append(mutant)
            continue
        replay = Replay(mutant.applied(judge.rules), judge.table)
        pairs = zip(own, before, strict=True)
        caught = any(_notices(judge, case, result, replay.result_of(case.answers)) for case, result in pairs)
        (found.caught if caught else found.survivors).append(mutant)
    return found


def _notices(judge: Judge, case: Case, before: str, after: str) -> bool:
    accept, reject = case.expect[judge.rules.id]
    return (after in reject and before not in reject) or (before in accept and after not in accept)


def main(names: Sequence[str]) -> int:
    """Print the score of every rule set and its survivors."""
    material = read_all(ROOT)
    start, good = time.perf_counter(), True
    for judge in material.judges.values():
        if names and judge.rules.id not in names:
            continue
        found = score(judge, material.all_cases)
        good &= found.part >= AIM
        counts = f"{len(found.equivalent)} equivalent, {len(found.caught)} caught, {len(found.survivors)} survive"
        total = len(found.equivalent) + len(found.caught) + len(found.survivors)
        print(f"{judge.rules.id}: {total} mutants, {counts}: {found.part:.1%}")
        for mutant in found.survivors:
            print(f"  {mutant}")
    print(f"{len(material.all_cases)} cases, {time.perf_counter() - start:.1f} s")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
