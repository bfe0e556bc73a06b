"""Every finding of `check`, planted in a small installation and found at its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from mantelzorg.checks import check_all

from .planting import Plant

RULES, FORM, CASES = "rules/simple.yaml", "questionnaires/form.yaml", "cases/few.yaml"
FACTS, SUPPORT, STYLE = "rules/facts.yaml", "rules/support.yaml", "reports/style.yaml"
HEAVY = "hours > 8 or wash in tasks\n    title"
DOUBT, LAST = "if: bond or heavy", "who == stranger and known\n"
COUNTS = "    title: {nl: Ja., en: Yes.}\n"


@dataclass(frozen=True)
class Planted:
    """In `file`, `old` becomes `new`; then `code` is found in `at` (or the same file) where `text` begins."""

    code: str
    file: str
    old: str
    new: str
    text: str
    at: str = ""
    severity: str = "error"


def warning(code: str, file: str, old: str, new: str, text: str, at: str = "") -> Planted:
    return Planted(code, file, old, new, text, at, "warning")


KNOWN, TIRED = (
    f'''      - fact: {fact}
        ask: {{nl: "{ask}", en: "{english}"}}
        short: {{nl: {short}, en: {fact}}}
'''
    for fact, ask, english, short in (
        ("known", "Kende u elkaar?", "Did you know each other?", "bekend"),
        ("tired", "Bent u moe?", "Are you tired?", "moe"),
    )
)

PLANTED = [
    Planted("no-verdict", RULES, "  - id: counts_not\n\n", "\n", "verdicts:"),
    Planted("verdict-never", RULES, DOUBT, "if: heavy and not need", "doubt\n"),
    Planted("line-hidden", RULES, DOUBT, "if: heavy and need and bond", "heavy and need and bond"),
    Planted("line-hidden", RULES, "if: not need", "if: not need or need", "bond and heavy\n"),
    Planted("line-never", RULES, DOUBT, "if: known and known == no", "known and known == no"),
    warning("criterion-never-matters", RULES, "if: not need", "if: ill == no", "ill\n    title"),
    warning("criterion-never-met", RULES, "if: ill", "if: ill and ill == no", "ill and ill == no"),
    warning("criterion-always-met", RULES, "if: ill", "if: ill or ill == no", "ill or ill == no"),
    warning("test-never-matters", RULES, HEAVY, HEAVY.replace("\n", " or hours > 9\n"), "hours > 9"),
    warning("test-never-matters", RULES, DOUBT, "if: bond or heavy and ill", "ill\n    tone: maybe"),
    warning("test-never-matters", RULES, "who == partner or known", "who == partner or known and who != stranger",
            "who != stranger"),
    Planted("impossible-nothing", RULES, LAST, LAST + "  - who == friend and who == partner\n", "who == friend"),
    Planted("impossible-nothing", RULES, LAST, LAST + "  - known and who == stranger\n", "known and who == stranger"),
    Planted("impossible-everything", RULES, LAST, LAST + "  - ill or ill == no\n", "ill or ill == no"),
    Planted("impossible-class", RULES, LAST, LAST + "  - who == stranger\n", "who == stranger\n"),
    warning("option-straddles", FORM, '"<=8"', '"<=9"', '"<=9"'),
    warning("option-alike", FORM, 'range: ">8"}', 'range: ">8"}\n          - {id: most, label: {nl: meer, en: more}, '
            'range: ">=40"}', "{id: most"),
    warning("option-never-matters", FORM, "told: [tasks]", "told: [who]", "fact: tasks"),
    warning("question-unused", SUPPORT, "if: tired", "if: ill", "tired\n", FORM),
    Planted("fact-not-asked", FORM, KNOWN, "", "simple\n"),
    warning("support-not-asked", FORM, TIRED, "", "sections:"),
    warning("no-next-step", RULES, "    action: {nl: Verwijs., en: Refer.}\n", "", "id: counts\n"),
    warning("no-own-words", RULES, "    you_title: {nl: Dit telt., en: This counts.}\n", "", "id: counts\n"),
    warning("no-own-text", RULES, "    you_text: {nl: Er is hulp voor u., en: There is help for you.}\n", "",
            "id: counts\n"),
    warning("no-offer", SUPPORT, "    icon: talk", "    suits_if: tired\n    icon: talk", "offers:"),
    warning("offer-never", SUPPORT, "wash in tasks or hours > 8", "tired and tired == no", "tired and tired == no"),
    Planted("case-rejected", CASES, "[counts]\n      reject: [counts_not]", "[doubt]\n      reject: [counts]",
            "reject:"),
    Planted("case-strong", CASES, "normal\n  facts: {who: partner", "strong\n  facts: {who: stranger",
            "accept:"),
    warning("case-not-accepted", CASES, "accept: [counts]", "accept: [doubt]", "accept:"),
    warning("sentence-long", RULES, "Er is hulp voor u.", "Er is nu hulp voor u en ook voor wie u helpt.", "Er is nu"),
    warning("sentences-long", STYLE, "mean_words: 6", "mean_words: 2", "Uw hulp doet er wel toe.", RULES),
    warning("word-to-avoid", RULES, "Er is hulp voor u.", "Er is hulp voor de zorgvrager.", "zorgvrager"),
    warning("word-to-avoid", FORM, "Bent u moe?", "Wordt een helper moe?", " helper"),
    warning("word-to-avoid", FACTS, "U helpt een vriend.", "Uw zorgvrager is een vriend.", "zorgvrager"),
    warning("fact-unused", FACTS, "  tired:", "  spare: {kind: number, label: {nl: a, en: a}, low: 0, high: 9, "
            "changes: both}\n  tired:", "spare:"),
    Planted("unknown-name", RULES, "if: not need", "if: not nead", "nead"),
    Planted("unknown-key", STYLE, "most_words: 9", "meest: 9", "meest"),
]  # fmt: skip


def place(text: str, part: str) -> tuple[int, int]:
    """Line and column, from 1, where `part` begins; it must be there once."""
    assert text.count(part) == 1, f"{part!r}: {text.count(part)} times"
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_the_small_installation_has_no_findings(small: Path) -> None:
    assert [str(found.problem) for found in check_all(small)[1]] == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.code)
def test_what_is_planted_is_found(small: Path, plant: Plant, planted: Planted) -> None:
    found = [one.problem for one in plant(planted.file, planted.old, planted.new)]
    at = planted.at or planted.file
    line, column = place((small / at).read_text("utf-8"), planted.text)
    told = [own for own in found if own.code == planted.code]
    places = [(own.file, own.mark.line, own.mark.column, own.severity) for own in told]
    assert (at, line, column, planted.severity) in places, [str(own) for own in found]
    assert all(own.what.endswith((".", "?")) for own in told)


def test_a_hidden_line_names_the_lines_that_hide_it(plant: Plant) -> None:
    (found,) = [one for one in plant(RULES, DOUBT, "if: bond and heavy and need") if one.problem.code == "line-hidden"]
    assert "'counts' (regel 41)" in found.problem.why
    assert found.rule_set == "simple"
    assert found.example == {"who": "partner", "ill": "yes", "tasks": ["wash"]}


def test_an_option_on_both_sides_names_the_threshold_and_the_rules(plant: Plant) -> None:
    (found,) = [one for one in plant(FORM, '"<=8"', '"<=9"') if one.problem.code == "option-straddles"]
    assert "'hours > 8' in 'simple'" in found.problem.what
    assert found.example["hours"] == "<=9"


def test_no_line_is_told_twice_when_a_whole_criterion_does_nothing(plant: Plant) -> None:
    codes = [one.problem.code for one in plant(RULES, "if: not need", "if: ill == no")]
    assert codes == ["criterion-never-matters"]


def test_every_code_is_in_the_manual() -> None:
    manual = Path(__file__).parents[2].joinpath("docs/checks.md").read_text("utf-8")
    codes = {planted.code for planted in PLANTED} | {"order-costs"}
    assert {code for code in codes if f"`{code}`" not in manual} <= {"unknown-name", "unknown-key"}


def situations(count: int) -> str:
    """Cases in which hardly anybody is ill."""
    case = """- id: c{n}
  story: Een verhaal.
  source: bron
  verdict_by: reasoning
  weight: weak
  facts: {{who: {who}, ill: "{ill}", known: "no", hours: {hours}, tasks: [shop]}}
  expect: {{simple: {{accept: [counts_not, counts, doubt], reject: []}}}}
"""
    whos = ("partner", "friend", "stranger")
    return "".join(
        case.format(n=n, who=whos[n % 3], ill="no" if n % 5 else "yes", hours=5 + n % 7) for n in range(count)
    )


def test_an_order_that_asks_the_deciding_question_last_is_told(small: Path, plant: Plant) -> None:
    (small / CASES).write_text(situations(24), "utf-8")
    ill = """      - fact: ill
        ask: {nl: "Is iemand ziek?", en: "Is somebody ill?"}
        short: {nl: ziek, en: ill}
"""
    assert [one.problem.code for one in plant(FORM, "rules: simple", "rules: simple ")] == []
    form = (small / FORM).read_text("utf-8").replace(ill, "")
    (small / FORM).write_text(form.replace("documents:\n", f"{ill}documents:\n"), "utf-8")
    (found,) = check_all(small)[1]
    assert (found.problem.code, found.problem.severity) == ("order-costs", "warning")
    assert found.problem.instead.startswith("eerst deze feiten: ill")


@pytest.mark.parametrize("file", [FACTS, RULES, SUPPORT, FORM, "rules/sources.yaml"])
def test_what_cannot_be_read_is_told_and_the_rest_is_still_checked(small: Path, file: str) -> None:
    (small / file).write_text("a: [\n", "utf-8")
    found = check_all(small)[1]
    assert file in {one.problem.file for one in found if one.is_error}


@pytest.mark.parametrize("file", [FACTS, SUPPORT])
def test_what_is_missing_is_told(small: Path, file: str) -> None:
    (small / file).unlink()
    assert (file, "unreadable") in {(one.problem.file, one.problem.code) for one in check_all(small)[1]}
