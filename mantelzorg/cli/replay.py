"""`cases`: a file of cases replayed against the rule sets that they name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mantelzorg.cases import Result, load_cases, replay, totals
from mantelzorg.cli.situation import read_bytes
from mantelzorg.content import ROOT, load
from mantelzorg.yaml_reader import read

PUBLISHED = "cases/published.yaml"


def run(file: str | None, as_json: bool) -> int:
    """Replay and print. 1 when a result is rejected or a strong case is not accepted. Raises ContentError."""
    content = load()
    name = file or PUBLISHED
    document = read(read_bytes(file or str(ROOT / PUBLISHED)), name)
    results = replay(load_cases(document, content.facts, content.judges), content.judges)
    counted = totals(results)
    if as_json:
        print(json.dumps({"totals": counted, "cases": _by_case(results)}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_line(result) for result in results))
        print(
            f"\n{counted['results']} uitkomsten: {counted['accepted']} goedgekeurd, {counted['rejected']} afgekeurd. "
            f"Van de {counted['strong']} sterke zijn er {counted['strong_accepted']} goedgekeurd."
        )
    return int(counted["rejected"] > 0 or counted["strong_accepted"] < counted["strong"])


def _by_case(results: Sequence[Result]) -> list[dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    listed: dict[str, list[dict[str, object]]] = {}
    for one in results:
        own = listed.setdefault(one.case.id, [])
        own.append({"rule_set": one.rule_set, "result": one.result, "accepted": one.accepted, "rejected": one.rejected})
        found[one.case.id] = {"id": one.case.id, "weight": one.case.weight, "results": own}
    return list(found.values())


def _line(one: Result) -> str:
    said = "AFGEKEURD" if one.rejected else "goedgekeurd" if one.accepted else "niet goedgekeurd"
    return f"{one.case.id:<12} {one.case.weight:<7} {one.rule_set:<24} {one.result:<16} {said}"
