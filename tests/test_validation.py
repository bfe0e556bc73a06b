"""What an author is told about a document that does not fit its model."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationError, model_validator

from mantelzorg.problems import ContentError, Problem
from mantelzorg.validation import Strict, validate
from mantelzorg.yaml_reader import read

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class Operator(Enum):
    MORE = "meer"
    LESS = "minder"


class Words(Strict):
    nl: Annotated[str, Field(min_length=1, max_length=70)]
    en: str


class Test(Strict):
    __test__ = False

    fact: Id
    op: Operator
    value: int


class Any_(Strict):  # noqa: N801
    any_of: tuple[Test, ...]


class Rule(Strict):
    title: Words
    when: Test | Any_ | str = Field(alias="if")
    hours: Annotated[float, Field(ge=0, le=168)] | None = None
    weight: int = 1
    kind: Literal["eis", "hulp"] = "eis"
    since: date | None = None
    tags: list[str] | str = ""


def _no_shouting(text: str) -> str:
    if text.isupper():
        raise ValueError("Schrijf dit niet in hoofdletters.")
    return text


class File(Strict):
    id: Id
    name: Annotated[str, AfterValidator(_no_shouting)] = "x"
    rules: Annotated[dict[Id, Rule], Field(min_length=1)]

    @model_validator(mode="after")
    def _id_is_no_rule(self) -> File:
        if self.id in self.rules:
            raise ValueError("Een regel mag niet heten zoals het bestand.")
        return self


GOOD = """\
id: almere
rules:
  lang:
    title: {nl: Lang, en: Long}
    if: uren > 8
"""


def problems(text: str, model: type[BaseModel] = File) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        validate(read(text.encode(), "regels.yaml"), model)
    return caught.value.problems


def only(text: str) -> str:
    (problem,) = problems(text)
    return str(problem).removeprefix("regels.yaml:")


def test_a_document_that_fits() -> None:
    text = GOOD + "    since: 2021-01-31\n    hours: 8\n    tags: [a]\n"
    file = validate(read(text.encode(), "x.yaml"), File)
    rule = file.rules["lang"]
    assert (file.id, rule.title.nl, rule.when) == ("almere", "Lang", "uren > 8")
    assert (rule.since, rule.hours, rule.tags) == (date(2021, 1, 31), 8.0, ["a"])
    with pytest.raises(ValidationError):
        file.id = "b"


def test_lists_and_text_become_tuples_and_enums() -> None:
    text = GOOD.replace("uren > 8", "{any_of: [{fact: uren, op: meer, value: 8}]}")
    when = validate(read(text.encode(), "x.yaml"), File).rules["lang"].when
    assert when == Any_(any_of=(Test(fact="uren", op=Operator.MORE, value=8),))


@pytest.mark.parametrize(
    ("line", "starts", "words"),
    [
        ("wieght: 1", "6:5: [unknown-key]", ["'wieght' bestaat hier niet", "Bedoelde u 'weight'?"]),
        ("w\u0435ight: 1", "6:5: [unknown-key]", ["Bedoelde u 'weight'?", "U+0435 (cyrillic small letter ie)"]),
        ("qqq: 1", "6:5: [unknown-key]", ["Hier kan: hours, if, kind"]),
        ("weight: veel", "6:13: [wrong-kind]", ["een geheel getal", "'veel'"]),
        ("weight: 1.5", "6:13: [wrong-kind]", ["een geheel getal", "'1.5'"]),
        ("weight:", "6:12: [no-value]", ["Hier ontbreekt een waarde na 'weight'."]),
        ("hours: 7,5", "6:12: [wrong-kind]", ["een getal", "7.5 (met een punt"]),
        ("hours: '8'", "6:12: [wrong-kind]", ["8 (met een punt, zonder aanhalingstekens)"]),
        ("hours: 169", "6:12: [out-of-range]", ["168", "of minder"]),
        ("hours: -1", "6:12: [out-of-range]", ["0", "of meer"]),
        ("kind: ei", "6:11: [not-a-choice]", ["Bedoelde u 'eis'?", "'eis' of 'hulp'"]),
        ("kind: 1", "6:11: [not-a-choice]", ["'eis' of 'hulp'"]),
        ("since: 2024-02-30", "6:12: [bad-value]", ["geen datum", "2021-01-31"]),
        ("tags: {a: b}", "6:11: [wrong-kind]", ["een lijst of een tekst", "een groep met sleutels"]),
        ("tags: [a, 1]", "6:15: [wrong-kind]", ["een tekst", "tussen aanhalingstekens"]),
    ],
)
def test_one_wrong_line(line: str, starts: str, words: list[str]) -> None:
    told = only(f"{GOOD}    {line}\n")
    assert told.startswith(starts)
    assert [word for word in words if word not in told] == [], told


@pytest.mark.parametrize(
    ("old", "new", "starts", "words"),
    [
        ("id: almere", "id: 1", "1:5: [wrong-kind]", ["dezelfde waarde tussen aanhalingstekens"]),
        ("id: almere", "id: Almere", "1:5: [wrong-form]", ["'Almere'", "van de vorm een-naam"]),
        ("id: almere", "id: alm\u0435re", "1:5: [wrong-form]", ["U+0435"]),
        ("id: almere", "id: lang", "1:1: [bad-value]", ["Een regel mag niet heten zoals het bestand."]),
        ("id: almere", "id: a\nname: HARD", "2:7: [bad-value]", ["Schrijf dit niet in hoofdletters."]),
        ("id: almere\n", "", "1:1: [missing]", ["'id' ontbreekt.", "id: …"]),
        (", en: Long", "", "4:5: [missing]", ["'en' ontbreekt bij 'title'"]),
        ("en: Long", "en: ", "4:26: [no-value]", ["na 'en'"]),
        ("nl: Lang", "nl: ''", "4:17: [no-value]", ["ontbreekt een waarde"]),
        ("{nl: Lang, en: Long}", "Lang", "4:12: [wrong-kind]", ["een groep met sleutels", "'Lang'"]),
        ("{nl: Lang, en: Long}", "[Lang]", "4:12: [wrong-kind]", ["een groep met sleutels", "een lijst"]),
        ("  lang:", "  Té_lang:", "3:3: [bad-key]", ["'Té_lang' kan zo niet", "U+00E9"]),
    ],
)
def test_one_wrong_place(old: str, new: str, starts: str, words: list[str]) -> None:
    told = only(GOOD.replace(old, new))
    assert told.startswith(starts), told
    assert [word for word in words if word not in told] == [], told


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{fact: uren, op: mer, value: 8}", ["5:26: [not-a-choice] 'mer' kan hier niet. Bedoelde u 'meer'?"]),
        ("{any_of: [{fact: uren, op: meer}]}", ["5:19: [missing] De sleutel 'value' ontbreekt."]),
        ("{any_off: []}", ["5:10: [unknown-key]", "5:5: [missing] De sleutel 'any_of' ontbreekt bij 'if'"]),
        ("[a]", ["5:9: [wrong-kind] Hier hoort een groep met sleutels of een tekst te staan"]),
        ("", ["5:8: [no-value] Hier ontbreekt een waarde na 'if'."]),
    ],
)
def test_of_a_union_only_what_the_author_meant(condition: str, expected: list[str]) -> None:
    told = sorted(str(problem) for problem in problems(GOOD.replace("uren > 8", condition)))
    assert len(told) == len(expected)
    assert [text for text, start in zip(told, sorted(expected), strict=True) if start not in text] == []


def test_all_at_once_and_in_order() -> None:
    text = "id: A\nrules:\n  lang:\n    title: {nl: 1}\n    hours: x\n    iff: y\nnaam: z\n"
    assert [(problem.code, problem.mark.line) for problem in problems(text)] == [
        ("wrong-form", 1), ("missing", 3), ("missing", 4), ("wrong-kind", 4), ("wrong-kind", 5), ("unknown-key", 6),
        ("unknown-key", 7),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "# niets\n"])
def test_an_empty_file(text: str) -> None:
    assert only(text).startswith("1:1: [empty-file] Het bestand is leeg")


@pytest.mark.parametrize("text", ["- a\n", "tekst\n"])
def test_a_file_of_another_kind(text: str) -> None:
    assert "een groep met sleutels" in only(text)


def test_no_rules_at_all() -> None:
    assert only("id: a\nrules: {}\n").startswith("2:8: [out-of-range]")


def test_long_values_are_cut() -> None:
    told = only(GOOD.replace("nl: Lang", f"nl: {'x' * 80}"))
    assert "x" * 59 + "…" in told
    assert "x" * 60 not in told


def test_nothing_of_pydantic_shows() -> None:
    text = GOOD.replace("uren > 8", "{fact: 1, op: [], value: {}, z: 1}").replace("almere", "LANG")
    told = "\n".join(map(str, problems(text)))
    assert [word for word in ("function", "Input", "should", "Test", "loc", "[key]") if word in told] == []
