"""Templates are filled in a sandbox, and their faults are told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mantelzorg.reports import ReportError, render
from mantelzorg.reports.build import build
from mantelzorg.reports.context import plain_context
from mantelzorg.reports.markup import TAGS
from mantelzorg.reports.pictograms import NAMES as ICONS
from mantelzorg.reports.templates import FOLDER, _environment, fill, sentence

from .samples import CONTEXTS

ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ x.__class__ }}",
    "{{ x['__class__'] }}",
    "{{ x|attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('touch /tmp/pwned').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ namespace() }}",
    "{{ joiner() }}",
    "{{ dict(a=1) }}",
    "{% for i in range(10) %}{{ i }}{% endfor %}",
    "{{ 'a' * 100000000 }}",
    "{{ 100000000 * 'a' }}",
    "{{ [x] * 100000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ x.upper() }}",
    "{{ 'a'.ljust(100000000) }}",
    "{{ items.append(1) }}",
    "{{ items.clear() }}",
    "{{ group.update({}) }}",
    "{{ x|safe }}",
    "{{ x|pprint }}",
    "{{ loop }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% autoescape false %}{{ x }}{% endautoescape %}",
]


def filled(folder: Path, source: str, **context: object) -> str:
    (folder / "t.html.j2").write_text(source, "utf-8")
    return fill("t.html.j2", plain_context(context), folder)


@pytest.mark.parametrize("source", ESCAPES)
def test_a_template_cannot_leave_the_sandbox(tmp_path: Path, source: str):
    with pytest.raises(ReportError) as caught:
        filled(tmp_path, f"<h1>T</h1>\n<p>{source}</p>", x="<b>", items=[1], group={"a": "b"})
    assert caught.value.problem.mark.line == 2
    assert not Path("/tmp/pwned").exists()


def test_arithmetic_on_numbers_works(tmp_path: Path):
    assert ">6 1<" in filled(tmp_path, "<p>{{ x * 2 }} {{ x % 2 }}</p>", x=3)


def test_text_is_escaped_although_the_name_ends_in_j2(tmp_path: Path):
    assert "&lt;b&gt;&amp;lt;" in filled(tmp_path, "<p>{{ x }}</p>", x="<b>&lt;")


def test_filters_keep_the_text_escaped(tmp_path: Path):
    html = filled(tmp_path, "<p>{{ x|join(' ') }}{{ x|sentence }}{{ x|first|replace('a', '<') }}</p>", x=["<a>"])
    assert "<a>" not in html


def test_a_key_wins_from_a_method_of_the_same_name(tmp_path: Path):
    assert ">yes<" in filled(tmp_path, "<p>{{ x.items }}</p>", x={"items": "yes"})


def test_an_undefined_name_is_named_with_its_line(tmp_path: Path):
    with pytest.raises(ReportError, match=r"t\.html\.j2:3:1.*outcom\b"):
        filled(tmp_path, "<h1>T</h1>\n\n<p>{{ outcom }}</p>")
    with pytest.raises(ReportError, match=r"t\.html\.j2:2:1.*shrt"):
        filled(tmp_path, "<h1>T</h1>\n<p>{{ outcome.shrt }}</p>", outcome={"short": "ja"})


def test_broken_syntax_is_told_with_its_line(tmp_path: Path):
    with pytest.raises(ReportError, match=r"t\.html\.j2:2:1"):
        filled(tmp_path, "<h1>T</h1>\n{% if x %}\n<p>x</p>")


def test_a_wrong_tag_is_told_with_the_line_in_the_template(tmp_path: Path):
    source = "<h1>T</h1>\n{% for i in x %}\n<p>{{ i }}</p>\n\n{% endfor %}\n<p>a</p>\n\n<p>b <blink>c</blink></p>"
    with pytest.raises(ReportError, match=r"t\.html\.j2:8:1.*<blink>"):
        build(filled(tmp_path, source, x=["1", "2", "3"]), "t.html.j2")


def test_a_tag_name_from_the_context_is_refused(tmp_path: Path):
    with pytest.raises(ReportError, match="<script>"):
        build(filled(tmp_path, "<h1>T</h1><{{ x }}>", x="script"), "t.html.j2")


def test_a_page_without_end_is_refused(tmp_path: Path):
    loops = "".join(f"{{% for i{n} in x %}}" for n in range(6)) + "a" + "{% endfor %}" * 6
    with pytest.raises(ReportError, match="200000"):
        filled(tmp_path, loops, x=list(range(40)))


@pytest.mark.parametrize("value", [None, object(), b"x", {1: {2}}, [lambda: 1]])
def test_only_plain_data_gets_in(value: object):
    with pytest.raises(ReportError, match=r"context\.x"):
        plain_context({"x": value})


@pytest.mark.parametrize(
    ("name", "language"),
    [("other", "nl"), ("note", "de"), ("note", "tr"), ("take-home", "../nl"), ("../note", "nl"), ("", "")],
)
def test_only_known_reports(name: str, language: str):
    with pytest.raises(ReportError, match="bestaat niet"):
        render(name, {}, language)


@pytest.mark.parametrize("missing", ["date", "contact", "outcome", "signals", "consent", "footer"])
def test_a_context_that_lacks_something_is_told_what(missing: str):
    context = CONTEXTS["nl"]()
    del context[missing]
    with pytest.raises(ReportError, match=missing):
        render("referral", context)


def test_a_sheet_that_lacks_a_word_is_told_which():
    context = CONTEXTS["nl"]()
    del context["words"]["bring"]
    with pytest.raises(ReportError, match="bring"):
        render("take-home", context)


@pytest.mark.parametrize(
    ("parts", "said"),
    [("een", "Een."), (["een", "twee"], "Een, twee."), ("ijs", "IJs."), ("Klaar!", "Klaar!"), ("", ""), ([], "")],
)
def test_sentence(parts: str | list[str], said: str):
    assert sentence(parts) == said


def test_the_readme_for_authors_names_every_tag_filter_and_pictogram():
    readme = (FOLDER / "README.md").read_text("utf-8")
    classes = {name for names in TAGS.values() for name in names}
    expected = {f"<{tag}>" for tag in TAGS} - {"<li>", "<tr>", "<section>", "<h1>"} | classes | (ICONS - {"phone"})
    filters = set(_environment(FOLDER).filters) - {"e", "escape"}
    assert not [word for word in expected | filters if word.strip("<>") not in readme]
