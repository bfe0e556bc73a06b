"""The strict reader: values, places, and everything it refuses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mantelzorg import yaml_events, yaml_reader, yaml_text
from mantelzorg.characters import FORBIDDEN, has_stacked_marks
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.yaml_reader import Document, read


def refusal(text: str | bytes) -> tuple[Problem, ...]:
    """The problems that reading `text` gives."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ContentError) as caught:
        read(data, "regels.yaml")
    return caught.value.problems


def places(text: str | bytes) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.mark.line, problem.mark.column) for problem in refusal(text)]


def value_of(scalar: str) -> object:
    data = read(f"a: {scalar}\n".encode(), "x.yaml").data
    assert isinstance(data, dict)
    return data["a"]


class TestValues:
    @pytest.mark.parametrize("scalar", ["", "~", "null", "Null", "NULL"])
    def test_nothing(self, scalar: str) -> None:
        assert value_of(scalar) is None

    @pytest.mark.parametrize(
        ("scalar", "value"),
        [("0", 0), ("-1", -1), ("8", 8), ("999999999999999", 999999999999999), ("-0", 0)],
    )
    def test_whole_numbers(self, scalar: str, value: int) -> None:
        assert value_of(scalar) == value
        assert type(value_of(scalar)) is int

    @pytest.mark.parametrize(("scalar", "value"), [("0.5", 0.5), ("-12.25", -12.25), ("8.0", 8.0)])
    def test_decimals(self, scalar: str, value: float) -> None:
        assert value_of(scalar) == value
        assert type(value_of(scalar)) is float

    @pytest.mark.parametrize(
        "scalar",
        [
            "no",
            "yes",
            "on",
            "off",
            "true",
            "False",
            "y",
            "n",
            "22:30",
            "0123",
            "1_000",
            "0x1F",
            "0o7",
            "+5",
            ".5",
            "5.",
            "1e3",
            "1.0e+400",
            ".nan",
            "-.INF",
            "=",
            "2024-02-30",
            "2021-01-01",
            "nULL",
            "1000000000000000",
            "01.5",
            "١٢",
            "1,5",
            "<=",
            "uren>8",
        ],
    )
    def test_everything_else_is_text(self, scalar: str) -> None:
        assert value_of(scalar) == scalar

    @pytest.mark.parametrize("inside", ["8", "0.5", "null", "~", "", "no"])
    def test_quoted_is_always_text(self, inside: str) -> None:
        assert value_of(f"'{inside}'") == value_of(f'"{inside}"') == inside

    def test_blocks_are_text(self) -> None:
        document = read(b"a: |\n  8\nb: >-\n  een\n  twee\n", "x.yaml")
        assert document.data == {"a": "8\n", "b": "een twee"}

    def test_keys_are_text_in_one_unicode_form(self) -> None:
        document = read("1: x\nno: y\ncafe\u0301: e\u0301\n".encode(), "x.yaml")
        assert document.data == {"1": "x", "no": "y", "café": "é"}

    @pytest.mark.parametrize("data", [b"", b"# niets\n", b"---\n", b"\xef\xbb\xbf"])
    def test_an_empty_file_is_nothing(self, data: bytes) -> None:
        assert read(data, "x.yaml").data is None

    @pytest.mark.parametrize(
        "data",
        [b"\xef\xbb\xbfa: 1\nb: 2", b"a: 1\r\nb: 2\r\n", b"a: 1\rb: 2\r", b"---\na: 1\nb: 2\n...\n"],
    )
    def test_windows_files_are_welcome(self, data: bytes) -> None:
        document = read(data, "x.yaml")
        assert document.data == {"a": 1, "b": 2}
        assert document.key_marks[("b",)].column == 1


class TestPlaces:
    def test_of_values_and_keys(self) -> None:
        document = read(b"titel: Zorg\r\nregels:\r\n  - id: r1\r\n    lijst: [a, {b: c}]\r\n", "x.yaml")
        assert document.marks == {
            (): Mark(1, 1),
            ("titel",): Mark(1, 8),
            ("regels",): Mark(3, 3),
            ("regels", 0): Mark(3, 5),
            ("regels", 0, "id"): Mark(3, 9),
            ("regels", 0, "lijst"): Mark(4, 12),
            ("regels", 0, "lijst", 0): Mark(4, 13),
            ("regels", 0, "lijst", 1): Mark(4, 16),
            ("regels", 0, "lijst", 1, "b"): Mark(4, 20),
        }
        assert document.key_marks[("regels",)] == Mark(2, 1)
        assert document.key_marks[("regels", 0, "lijst", 1, "b")] == Mark(4, 17)

    def test_columns_count_characters(self) -> None:
        assert read("é😀: {a: 1}\n".encode(), "x.yaml").marks[("é😀", "a")] == Mark(1, 9)


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a: 1\nb:\n  c: 1\n  'c': 2\n", [("duplicate-key", 4, 3)]),
            ("a: !!str 1\n", [("tag", 1, 4)]),
            ("a: ! 1\n", [("tag", 1, 4)]),
            ("a: != 3\n", [("tag", 1, 4)]),
            ("a: &x 1\nb: *x\n", [("anchor", 1, 4), ("alias", 2, 4)]),
            ("<<: {a: 1}\n", [("merge-key", 1, 1)]),
            ("%YAML 1.2\n---\na: 1\n", [("directive", 1, 1)]),
            ("%ONZIN\n---\na: 1\n", [("directive", 1, 1)]),
            ("a: 1\n---\nb: 1\n", [("second-document", 2, 1)]),
            ("null: 1\n", [("empty-key", 1, 1)]),
            ("'': 1\n", [("empty-key", 1, 1)]),
            ("? [a]\n: 1\n", [("complex-key", 1, 3)]),
            ("a: bel kamer #3\n", [("cut-by-comment", 1, 4)]),
            ("a: >\nb: 1\n", [("empty-block", 1, 4)]),
            ("a: >=\n", [("syntax", 1, 5)]),
            ("a: > 8\n", [("syntax", 1, 6)]),
            ("a: b: c\n", [("syntax", 1, 5)]),
            ("a: {b: 1\n", [("syntax", 1, 4)]),
            ("a: 'x\n", [("syntax", 1, 4)]),
            ('a: "C:\\Windows"\n', [("syntax", 1, 8)]),
            ('a: "\\Uffffffff"\n', [("unreadable", 1, 7)]),
            ("a:\n\tb: 1\n\tc: 2\n", [("tab", 2, 1), ("tab", 3, 1)]),
            ("a:\n\u00a0 b: 1\n", [("odd-space", 2, 1)]),
            ("a:\u00a01\n", [("odd-space", 1, 1)]),
            ("a: x\u200by\n", [("bad-character", 1, 5)]),
            ("a: x\ufeffy\n", [("bad-character", 1, 5)]),
            ('a: "\\u202e"\n', [("bad-character", 1, 4)]),
            ('a: "\\ud800"\n', [("bad-character", 1, 4)]),
            ("a: x" + "\u0301\u0316" * 10 + "\n", [("stacked-marks", 1, 4)]),
            (b"a: caf\xe9\n", [("not-utf-8", 1, 7)]),
            (b"\xff\xfea\x00", [("not-utf-8", 1, 1)]),
        ],
    )
    def test_with_its_place(self, text: str | bytes, expected: list[tuple[str, int, int]]) -> None:
        assert places(text) == expected

    def test_all_at_once(self) -> None:
        text = "a: !x 1\nb: y\u200b\na: 2\nc: {d: *z, ~: 1}\n<<: 3\ne: >\nf: {"
        assert [problem.code for problem in refusal(text)] == [
            "tag", "bad-character", "duplicate-key", "alias", "empty-key", "merge-key", "empty-block", "syntax",
        ]  # fmt: skip

    def test_a_tab_in_text_is_no_problem(self) -> None:
        assert value_of("|\n  x\n  \ty") == "x\n\ty\n"

    @pytest.mark.parametrize("text", ["a: 8 # uren\n", "a: '#3'\n", "a: kamer#3\n", "a: '>='\n", "a: x\u00a0y\n"])
    def test_what_only_looks_alike_is_accepted(self, text: str) -> None:
        assert isinstance(read(text.encode(), "x.yaml"), Document)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("a:\n\tb: 1\n", ["tab", "Regel 2", "spaties"]),
            ("a: >=\n", ["operator", "aanhalingstekens"]),
            ("a: >\nb: 1", ["operator", "aanhalingstekens", "'>'"]),
            ("a: 1\na: 2\n", ["'a'", "regel 1"]),
            ("a: x\u200b\n", ["U+200B"]),
            (b"\xe9", ["Sla op als UTF-8"]),
            ("a: Let op: b\n", ["dubbele punt", "aanhalingstekens"]),
        ],
    )
    def test_in_words_an_author_can_use(self, text: str | bytes, words: list[str]) -> None:
        told = str(refusal(text)[0])
        assert [word for word in words if word not in told] == []

    def test_conflict_markers_hide_the_syntax_error_they_cause(self) -> None:
        text = "a: 1\n<<<<<<< HEAD\nb: 1\n=======\n>>>>>>> x\n"
        assert places(text) == [("conflict-marker", 2, 1), ("conflict-marker", 5, 1)]


class TestLimits:
    def test_bytes(self) -> None:
        assert places(b"#" * (yaml_text.MAX_BYTES + 1)) == [("too-large", 1, 1)]

    def test_nodes(self) -> None:
        assert [code for code, _, _ in places("[" + "1," * yaml_events.MAX_NODES + "]")] == ["too-many-nodes"]

    def test_depth(self) -> None:
        assert value_of("[" * 39 + "]" * 39)
        assert places("[" * 41) == [("too-deep", 1, 41)]

    def test_length(self) -> None:
        assert value_of("x" * yaml_events.MAX_SCALAR) == "x" * yaml_events.MAX_SCALAR
        assert places("a: " + "x" * (yaml_events.MAX_SCALAR + 1)) == [("too-long", 1, 4)]

    def test_problems(self) -> None:
        assert len(refusal("a: 1\n" * 1000)) == yaml_events.MAX_PROBLEMS


class TestAnyInput:
    @settings(deadline=None)
    @given(st.text())
    def test_text_survives_quoting_or_is_refused(self, text: str) -> None:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
        data = f'a: "{escaped}"\n'.encode()
        if FORBIDDEN.search(text) or has_stacked_marks(text):
            assert refusal(data)
        else:
            assert read(data, "x.yaml").data == {"a": unicodedata.normalize("NFC", text)}

    @settings(deadline=None)
    @given(st.binary() | st.text("-:?[]{}\"'|>&*!%@#\t \n\rab10\\~<,.=\u00a0\u200b").map(str.encode))
    def test_only_content_errors(self, data: bytes) -> None:
        try:
            document = read(data, "x.yaml")
        except ContentError as error:
            found = error.problems
        else:
            assert set(document.marks) == set(paths(document.data))
            assert set(document.key_marks) == {path for path in document.marks if path and isinstance(path[-1], str)}
            return
        assert found
        assert all(problem.file == "x.yaml" and problem.what for problem in found)


def paths(data: object, path: yaml_reader.Path = ()) -> list[yaml_reader.Path]:
    """The paths of all values in `data`."""
    inside: list[tuple[str | int, object]] = []
    if isinstance(data, dict):
        inside = list(data.items())
    elif isinstance(data, list):
        inside = list(enumerate(data))
    return [path, *(deeper for part, value in inside for deeper in paths(value, (*path, part)))]
