"""What a new version does to real rows, for a terminal, a pull request and a program; never a small count."""

from __future__ import annotations

from collections.abc import Iterator

from mantelzorg.bulk.judging import CONTRADICTION, OPEN
from mantelzorg.bulk.words import words as bulk_words
from mantelzorg.comparison.on_data import SAME, OnData, Step
from mantelzorg.comparison.sentences import count, verdict_name, words
from mantelzorg.comparison.small_counts import SMALL, Protected
from mantelzorg.rules import RuleSet


def on_data_text(found: OnData, file: str, language: str) -> str:
    """For a terminal."""
    title, *lines = _lines(found, file, language)
    return "\n".join(
        [title, "=" * len(title), "", *(f"  - {line[2:]}" if line.startswith("- ") else line for line in lines)]
    )


def on_data_markdown(found: OnData, file: str, language: str) -> str:
    """For a pull request."""
    title, *lines = _lines(found, f"`{file.replace('`', '')}`", language)
    return "\n\n".join([f"## {title}", "\n".join(lines)])


def on_data_json(found: OnData) -> dict[str, object]:
    """For a program: the same numbers, and no others. `changed` is None where it may not be told."""
    safe = found.protected()
    shown = [(step, rows) for step, rows in (safe.shown.items() if safe else ()) if step != SAME]
    return {
        "old": found.old.id,
        "new": found.new.id,
        "rows": found.rows if safe else None,
        "unreadable": found.unreadable if safe else None,
        "changed": _changed(found, safe),
        "moves": [{"from": old, "to": new, "rows": rows} for (old, new), rows in shown],
        "pooled": {"moves": [_pair(step) for step in safe.pooled], "rows": safe.pool}
        if safe and safe.pooled and not _only_few(found)
        else None,
        "hidden_under": SMALL,
    }


def _pair(step: Step) -> dict[str, str] | str:
    return "unchanged" if step == SAME else {"from": step[0], "to": step[1]}


def _changed(found: OnData, safe: Protected[Step] | None) -> int | None:
    if safe is None or SAME in safe.pooled:
        return None
    return found.judged - safe.shown.get(SAME, 0)


def _only_few(found: OnData) -> bool:
    """Whether the rows that change are together a small count: then not even their results are told."""
    return 0 < sum(rows for step, rows in found.moves.items() if step[0] != step[1]) < SMALL


def _lines(found: OnData, file: str, language: str) -> Iterator[str]:
    said = words(language)
    safe = found.protected()
    yield said["on_title"].format(file=file)
    numbers = {"judged": count(found.judged, language), "unreadable": count(found.unreadable, language)}
    if safe is None:
        yield said["on_too_few"].format(small=SMALL)
        return
    yield said["on_rows"].format(**numbers, old=found.old.id, new=found.new.id)
    if _only_few(found):
        yield said["on_few"].format(small=SMALL)
        return
    changed = _changed(found, safe)
    if changed is None:
        yield said["on_unsaid"]
    else:
        yield said["on_changed" if changed else "on_none"].format(**numbers, changed=count(changed, language))
    yield from _moves(found, safe, language)


def _moves(found: OnData, safe: Protected[Step], language: str) -> Iterator[str]:
    said = words(language)

    def named(step: Step, form: str, **more: str) -> str:
        if step == SAME:
            return said["on_same"]
        old, new = (_name(rules, own, language) for rules, own in zip((found.old, found.new), step, strict=True))
        return said[form].format(old=old, new=new, **more)

    for step, rows in safe.shown.items():
        if step != SAME:
            yield f"- {named(step, 'on_move', count=count(rows, language))}"
    if safe.pooled:
        moves = "; ".join(named(step, "on_pool_move") for step in safe.pooled)
        yield f"- {said['on_pool'].format(count=count(safe.pool, language), moves=moves)}"
        yield said["on_why"].format(small=SMALL)


def _name(rules: RuleSet, result: str, language: str) -> str:
    if result == CONTRADICTION:
        return str(bulk_words(language)["contradiction"])
    if result == OPEN:
        texts = rules.texts.get("open_short")
        return texts[language] if texts else OPEN
    return verdict_name(rules, result, language)
