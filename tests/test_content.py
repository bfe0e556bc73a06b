"""Content that does not fit: every problem of every file at once, each at its own place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mantelzorg.content import ROOT, load
from mantelzorg.problems import ContentError, Problem

Edit = tuple[str, str, str]
"""A file, text that occurs once in it, and what it becomes."""
Broken = Callable[..., tuple[Problem, ...]]


CBS, FACTS, SUPPORT, FORM = "rules/cbs.yaml", "rules/facts.yaml", "rules/support.yaml", "questionnaires/referrer.yaml"
SMALL = {CBS, FACTS, SUPPORT, "rules/sources.yaml"}


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """The problems of a copy of the content in which some things are changed.

    Rule sets and questionnaires that are not concerned are left out: a table takes time to build.
    """
    for folder in ("rules", "questionnaires"):
        shutil.copytree(ROOT / folder, tmp_path / folder)

    def problems(*edits: Edit) -> tuple[Problem, ...]:
        names = {name for name, _, _ in edits}
        for path in tmp_path.glob("*/*.yaml"):
            if FORM not in names and path.relative_to(tmp_path).as_posix() not in SMALL | names:
                path.unlink()
        for name, old, new in edits:
            text = (tmp_path / name).read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
            (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(ContentError) as caught:
            load(tmp_path)
        return caught.value.problems

    return problems


def place_of(text: str, word: str, after: int) -> tuple[int, int]:
    """Line and column of the first occurrence of a word in a text, counted from 1."""
    before = text[: text.index(word, after)]
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


def test_the_content_that_ships_is_right():
    content = load()
    assert set(content.rule_sets) >= {"mantelzorg", "cbs", "almere-waardering-2019", "almere-waardering-2021"}
    assert content.digest == load().digest
    assert re.fullmatch("[0-9a-f]{12}", content.digest)
    assert len({judge.rules.digest for judge in content.judges.values()}) == len(content.judges)


def test_every_text_is_there_in_every_language():
    content = load()
    for judge in content.judges.values():
        for line in judge.rules.lines:
            for key, text in line.texts.items():
                assert set(text) - {"je"} == {"nl", "en"}, (line.id, key)
                assert all(each.strip() for each in text.values()), (line.id, key)


ADULT = "helper_age >= 16"
CBS_IMPOSSIBLE = "none in care_reason and outlook == last_phase"


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "at", "told"),
    [
        (CBS, ADULT, "helper_aeg >= 16", "unknown-fact", "helper_aeg", "Bedoelde u 'helper_age'?"),
        (CBS, ADULT, "helper_age >= 1600", "outside-range", "helper_age >= 1600", "van 0 tot en met 120"),
        (CBS, ADULT, "helper_age", "not-yes-no", None, "geen ja/nee-vraag"),
        (CBS, ADULT, "helper_age >=", "condition-syntax", None, "niet te lezen"),
        (CBS, "!= stranger", "!= strangr", "unknown-value", "strangr", "Bedoelde u 'stranger'?"),
        (CBS, "relationship != stranger", "acarer", "unknown-name", "acarer", "geen feit en geen criterium"),
        (CBS, "if: adult and known", "if: adlut and known", "unknown-name", "adlut", "Bedoelde u 'adult'?"),
        (CBS, CBS_IMPOSSIBLE, "adult and willing", "unknown-name", "adult", "geen feit"),
        (CBS, "source: [cbs-2016, cbs-2020]\nwanted", "source: cbs-1816\nwanted", "unknown-source", "cbs-1816",
         "cbs-2016"),
        (CBS, "wanted: [carer]", "wanted: [career]", "unknown-verdict", "[career]", "Bedoelde u 'carer'?"),
        (CBS, "id: cbs\n", "id: cbss\n", "id-file", "cbss", "Noem dit 'cbs'"),
        (CBS, "kind: definition", "kind: definitie", "not-a-choice", "definitie", "Bedoelde u 'definition'?"),
        (CBS, "from: 2016-01-01", "from: 2016-02-30", "no-such-date", "2016-02-30", "geen bestaande datum"),
        (CBS, "{nl: Een bekende, en: A known person}", "{nl: Een bekende}", "missing", "title: {nl: Een", "'en'"),
        (CBS, "  adult:\n", "  adult: {}\n  adult:\n", "duplicate-key", None, "adult"),
        (CBS, "  adult:\n", "  helper_age:\n", "name-taken", None, "al de naam van een feit"),
        (CBS, "  - id: not_carer\n", "  - id: not_carer\n    if: adult\n", "no-verdict", "verdicts:", "helper_age"),
        (CBS, "  - id: carer\n    if:", "  - id: carer\n    tones:", "unknown-key", "tones", "bestaat hier niet"),
        (CBS, "    short: {nl: telt mee, en: counts}\n", "", "verdict-text", None, "mist: short"),
        (CBS, "    tone: yes\n", "", "verdict-text", None, "mist: tone"),
        (CBS, "    short: {nl: onbetaald, en: unpaid}\n", "", "exclusion-short", None, "'short'"),
        (FACTS, "assume: care_now == now", "assume: care_now == then", "unknown-value", "then", "care_now"),
        (FACTS, "assume: care_now == now", "assume: payment == none", "assume-other-fact", "payment",
         "Alleen 'care_now'"),
        (FACTS, "usual: on_behalf_of == nobody", "usual: on_behalf == nobody", "unknown-fact", "on_behalf ",
         "on_behalf_of"),
        (FACTS, "    high: 168\n", "", "fact-range", None, "'low' en 'high'"),
        (FACTS, "    low: 0\n    high: 168\n", "    low: 168\n    high: 0\n", "fact-range", None, "'low' is kleiner"),
        (FACTS, "alone: nobody", "alone: nobdy", "unknown-value", "nobdy", "Bedoelde u 'nobody'?"),
        (SUPPORT, "if: sleep in consequences", "if: slep in consequences", "unknown-value", "slep",
         "Bedoelde u 'sleep'?"),
        (SUPPORT, "centre: vmca", "centre: vcma", "unknown-contact", "vcma", "Bedoelde u 'vmca'?"),
        (SUPPORT, "suits_if: helper_age <= 25", "suits_if: helper_age =< 25", "condition-syntax", None,
         "niet te lezen"),
        (FORM, "rules: mantelzorg\n", "rules: mantelzrg\n", "unknown-rule-set", "mantelzrg",
         "Bedoelde u 'mantelzorg'?"),
        (FORM, "fact: strain\n", "fact: stain\n", "unknown-fact", "stain", "Bedoelde u 'strain'?"),
        (FORM, "fact: strain\n", "fact: payment\n", "asked-twice", None, "'payment' wordt twee keer gevraagd"),
        (FORM, "after: payment\n", "after: payement\n", "unknown-fact", "payement", "Bedoelde u 'payment'?"),
        (FORM, "{id: goes_wrong, ", "{id: goes_wrng, ", "option-answer", None, "'goes_wrng' bestaat niet"),
        (FORM, "range: 4..17", "range: 4..170", "option-answer", None, "valt buiten wat kan"),
    ],
)  # fmt: skip
def test_a_problem_has_its_place_its_code_and_a_way_out(
    broken: Broken, tmp_path: Path, name: str, old: str, new: str, code: str, at: str | None, told: str
):
    problems = broken((name, old, new))
    found = [problem for problem in problems if problem.code == code]
    assert found, [str(problem) for problem in problems]
    assert {problem.file for problem in problems} == {name}
    problem = found[0]
    assert told in str(problem)
    assert str(problem).startswith(f"{name}:{problem.mark.line}:{problem.mark.column}: [{code}] ")
    if at is not None:
        text = (tmp_path / name).read_text(encoding="utf-8")
        place = place_of(text, at, text.index(new) if at in new else 0)
        assert (problem.mark.line, problem.mark.column) == place


def test_an_unknown_contact_of_an_offer_is_named(broken: Broken):
    old = "    icon: arrange\n    contact: wijkteam\n"
    problems = broken((SUPPORT, old, old.replace("wijkteam", "wijktaem")))
    assert [(problem.code, "Bedoelde u 'wijkteam'?" in problem.what) for problem in problems] == [
        ("unknown-contact", True)
    ]


def test_a_fact_that_a_document_uses_must_exist(broken: Broken):
    problems = broken((FORM, "{facts: [can_keep_going], label", "{facts: [can_keep_goin], label"))
    assert [problem.code for problem in problems] == ["unknown-fact"]


def test_a_line_that_is_not_the_last_needs_a_condition(broken: Broken):
    condition = re.search(r"    if: adult and .*\n", (ROOT / CBS).read_text(encoding="utf-8"))
    assert condition
    problems = broken((CBS, condition[0], ""))
    assert [problem.code for problem in problems] == ["verdict-always"]


def test_all_problems_of_all_files_at_once(broken: Broken):
    problems = broken(
        (CBS, ADULT, "helper_aeg >= 16"),
        (CBS, "wanted: [carer]", "wanted: [career]"),
        (CBS, CBS_IMPOSSIBLE, "none in care_reson and outlook == last_fase"),
        (SUPPORT, "centre: vmca", "centre: vcma"),
        (SUPPORT, "if: sleep in consequences", "if: slep in consequences"),
        (FORM, "fact: strain\n", "fact: stain\n"),
        ("rules/almere-waardering-2019.yaml", "if: helper_age >= 4", "if: helper_age >= 400"),
    )
    assert [(problem.file, problem.code) for problem in problems] == [
        (FORM, "unknown-fact"),
        ("rules/almere-waardering-2019.yaml", "outside-range"),
        (CBS, "unknown-verdict"),
        (CBS, "unknown-fact"),
        (CBS, "unknown-fact"),
        (CBS, "unknown-value"),
        (SUPPORT, "unknown-contact"),
        (SUPPORT, "unknown-value"),
    ]


def test_one_line_per_problem_in_the_order_of_the_files(broken: Broken):
    problems = broken((CBS, ADULT, "helper_aeg >= 16"), (SUPPORT, "centre: vmca", "centre: vcma"))
    with pytest.raises(ContentError) as caught:
        raise ContentError(reversed(problems))
    assert str(caught.value).splitlines() == [str(problem) for problem in problems]


def test_files_that_cannot_be_read_as_yaml_are_all_told(broken: Broken):
    problems = broken((CBS, "id: cbs\n", "id: [cbs\n"), (SUPPORT, "centre: vmca", "centre: &a vmca"))
    assert {problem.file for problem in problems} == {CBS, SUPPORT}


def test_broken_facts_do_not_flood_the_author_with_what_follows_from_them(broken: Broken):
    problems = broken((FACTS, "alone: nobody", "alone: nobdy"))
    assert {problem.file for problem in problems} == {FACTS}


@pytest.mark.parametrize("name", [FACTS, SUPPORT, "rules/sources.yaml"])
def test_a_file_that_is_missing_is_named(broken: Broken, tmp_path: Path, name: str):
    (tmp_path / name).unlink()
    assert [(problem.file, problem.code) for problem in broken()] == [(name, "unreadable")]


def test_a_file_that_is_empty_is_told(broken: Broken, tmp_path: Path):
    (tmp_path / CBS).write_bytes(b"")
    assert [problem.file for problem in broken()] == [CBS]


def test_a_table_too_large_names_the_costly_facts(broken: Broken):
    hours = "\n".join(f"  hours_{n}:\n    if: hours_per_week > {n}\n    <<" for n in range(13))
    texts = "    title: {nl: x, en: x}\n    met: {nl: x, en: x}\n    not_met: {nl: x, en: x}\n    source: cbs-2016"
    problems = broken((CBS, "criteria:\n", "criteria:\n" + hours.replace("    <<", texts) + "\n"))
    assert [problem.code for problem in problems] == ["table-too-large"]
    assert "hours_per_week (15 klassen)" in problems[0].what


def test_too_many_verdicts_are_told(broken: Broken):
    line = "  - id: v{n}\n    if: adult\n    tone: no\n"
    texts = "    title: {nl: x, en: x}\n    lead: {nl: x, en: x}\n    short: {nl: x, en: x}\n"
    lines = "".join(line.format(n=n) + texts for n in range(16))
    problems = broken((CBS, "verdicts:\n", "verdicts:\n" + lines))
    assert "meer dan 16 uitkomsten" in problems[0].what


def test_rules_without_any_test_are_no_crash(broken: Broken, tmp_path: Path):
    text = (tmp_path / CBS).read_text(encoding="utf-8")
    head, _, rest = text.partition("criteria:\n")
    last = rest[rest.index("  - id: not_carer") : rest.index("impossible:")]
    bare = f"{head}criteria: {{}}\nverdicts:\n{last}".replace("wanted: [carer]", "wanted: [not_carer]")
    (tmp_path / CBS).write_text(bare, encoding="utf-8")
    assert load(tmp_path).judges["cbs"].judge({}).verdict == "not_carer"


def test_a_new_municipality_is_one_new_file(tmp_path: Path):
    for folder in ("rules", "questionnaires"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    text = (ROOT / "rules/almere-waardering-2021.yaml").read_text(encoding="utf-8")
    (tmp_path / "rules/ergens.yaml").write_text(text.replace("id: almere-waardering-2021", "id: ergens"), "utf-8")
    content = load(tmp_path)
    assert set(content.rule_sets) == {*load().rule_sets, "ergens"}
    assert content.digest != load().digest
    assert content.judges["cbs"].rules.digest == load().judges["cbs"].rules.digest
