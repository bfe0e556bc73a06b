"""`assess --receipt` and `replay`: a situation judged, kept in a file, and judged again later."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mantelzorg import receipt
from mantelzorg.assessment import Judge
from mantelzorg.cli.json_file import read_json
from mantelzorg.cli.situation import STANDARD_INPUT, read_bytes
from mantelzorg.content import load
from mantelzorg.facts import Answers
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.receipt import Outcome, Replay

ZONE = ZoneInfo("Europe/Amsterdam")
SAID = {
    Outcome.SAME: "Dezelfde regels, dezelfde uitkomst.",
    Outcome.MOVED_SAME: "De regels zijn gewijzigd; de uitkomst is hetzelfde gebleven.",
    Outcome.MOVED_OTHER: "De regels zijn gewijzigd, en de uitkomst is nu anders.",
    Outcome.MOVED_UNREADABLE: "De regels zijn gewijzigd, en kennen een antwoord van toen niet meer:",
    Outcome.GONE: "Deze regels zijn er niet meer; de uitkomst is niet na te gaan.",
    Outcome.ALTERED: "De regels zijn dezelfde, maar de uitkomst niet: het bewijs is gewijzigd, of het programma.",
}
HOLDS = (Outcome.SAME, Outcome.MOVED_SAME)


def run(file: str, as_json: bool) -> int:
    """Judge a receipt again and print what became of it. 1 when the result no longer holds. Raises ContentError."""
    content = load()
    shown = "standaardinvoer" if file == STANDARD_INPUT else file
    found = receipt.replay(read_json(read_bytes(file), shown), content.facts, content.judges)
    print(json.dumps(_data(found), ensure_ascii=False, indent=2) if as_json else "\n".join(_told(found)))
    return int(found.outcome not in HOLDS)


def _data(found: Replay) -> dict[str, object]:
    rules = found.judge.rules if found.judge else None
    now = found.now
    return {
        "outcome": found.outcome.value,
        "holds": found.outcome in HOLDS,
        "rule_set": found.receipt.rule_set,
        "then": found.receipt.model_dump(include={"version", "digest", "date", "verdict", "possible"}),
        "now": rules
        and {
            "version": rules.version,
            "digest": rules.digest,
            "verdict": now.verdict if now else None,
            "possible": list(now.possible) if now else None,
        },
        "unknown_answers": list(found.unknown),
    }


def _told(found: Replay) -> Iterator[str]:
    then, judge, now = found.receipt, found.judge, found.now
    yield SAID[found.outcome]
    yield from (f"  - {said}" for said in found.unknown)
    yield ""
    yield f"Regels: {then.rule_set}"
    before = _result(judge, then.possible)
    yield f"  toen ({then.date}): versie {then.version}, inhoud {then.digest}: {before}"
    if judge:
        after = f": {_result(judge, now.possible)}" if now else ""
        yield f"  nu: versie {judge.rules.version}, inhoud {judge.rules.digest}{after}"


def _result(judge: Judge | None, possible: list[str] | tuple[str, ...]) -> str:
    if not possible:
        return "de antwoorden spreken elkaar tegen"
    names = receipt.title_of(judge, possible, "nl") if judge else " / ".join(possible)
    return names if len(possible) == 1 else f"nog open ({names})"


def write(file: str, judge: Judge, answers: Answers) -> None:
    """Write the receipt of a situation: whole or not at all, and for nobody else to read. Raises ContentError."""
    made = receipt.make(judge, answers, datetime.now(ZONE).date())
    text = json.dumps(made.model_dump(), ensure_ascii=False, indent=2) + "\n"
    target, beside = Path(file), ""
    try:
        handle, beside = tempfile.mkstemp(prefix=".receipt-", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        Path(beside).replace(target)
    except (OSError, ValueError) as error:
        if beside:
            Path(beside).unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "geen bestandsnaam"
        what = f"Dit bestand is niet te schrijven ({reason})."
        raise ContentError([Problem(file, Mark(), "unwritable", what)]) from None
