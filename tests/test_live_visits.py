"""Visits that go on while somebody writes every hostile file over a live rule file, and what staff are told."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from mantelzorg.content import ROOT, Content, load
from mantelzorg.facts import parse_answers
from mantelzorg.live_content import Live, LiveContent
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.web import trial
from mantelzorg.web.visit_content import notice, of_visit
from mantelzorg.web.words import words

CORPUS = ROOT.parent / "shared" / "attacks" / "yaml"
ATTACKS = sorted(CORPUS.glob("*.yaml"))
FIRST, SECOND = "alkmaar-2020", "almere-waardering-2021"
VISITORS = 4


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small installation: two rule sets and a questionnaire that needs both."""
    names = ("facts", "sources", "support", FIRST, SECOND)
    for folder in ("rules", "questionnaires"):
        (tmp_path / folder).mkdir()
    for name in names:
        shutil.copy(ROOT / "rules" / f"{name}.yaml", tmp_path / "rules")
    form = (ROOT / "questionnaires" / "referrer.yaml").read_text("utf-8")
    form = form.replace("\nrules: mantelzorg\n", f"\nrules: {FIRST}\n")
    (tmp_path / "questionnaires" / "referrer.yaml").write_text(form, "utf-8")
    return tmp_path


def version(root: Path, months: int, name: str = FIRST) -> bytes:
    """The rule file with another threshold, which its version also tells."""
    text = (ROOT / "rules" / f"{name}.yaml").read_text("utf-8")
    changed = text.replace("months_caring >= 6", f"months_caring >= {months}")
    changed = changed.replace('version: "2020.1"', f'version: "{months}"')
    assert changed != text
    return changed.encode()


def told(content: Content, months: int) -> tuple[str, str | None]:
    """The version of the first rule set, and its verdict for so many months of care."""
    judge = content.judges[FIRST]
    raw = {"helper_age": 40, "months_caring": months, "hours_per_week": 20, "recipient_home": "own_home"}
    return judge.rules.version, judge.judge(parse_answers(content.facts, raw)).verdict


@dataclass
class Visitors:
    """Threads that judge all the time. `wrong` must stay empty."""

    live: LiveContent
    ended: threading.Event = field(default_factory=threading.Event)
    wrong: list[str] = field(default_factory=list)
    judged: int = 0
    seen: set[str] = field(default_factory=set)

    def visit(self) -> None:
        try:
            while not self.ended.wait(0.02):
                content = self.live.now().content
                for months in (5, 7, 9, 11) * 5:  # one visit: its answers all come from what it began with
                    self.answer(content, months)
        except Exception as error:
            self.wrong.append(repr(error))

    def answer(self, content: Content, months: int) -> None:
        threshold, verdict = told(content, months)
        self.judged += 1
        self.seen.add(threshold)
        if (verdict == "meets") != (months >= int(threshold)):
            self.wrong.append(f"{months} months by version {threshold}: {verdict}")


@contextmanager
def visiting(live: LiveContent) -> Iterator[Visitors]:
    visitors = Visitors(live)
    threads = [threading.Thread(target=visitors.visit) for _ in range(VISITORS)]
    for thread in threads:
        thread.start()
    try:
        yield visitors
    finally:
        visitors.ended.set()
        for thread in threads:
            thread.join()


def in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def in_two_halves(path: Path, data: bytes) -> None:
    """As a slow editor saves: for a while the file is only half there."""
    with path.open("wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        file.write(data[len(data) // 2 :])


def by_rename(path: Path, data: bytes) -> None:
    beside = path.with_suffix(".new")
    beside.write_bytes(data)
    beside.replace(path)


def settled(live: LiveContent) -> Live:
    """What is live once the newest files have been read, by whichever thread."""
    pause = threading.Event()
    for _ in range(6000):
        found = live.now()
        if live._stamp == live._look():
            return live.now()
        pause.wait(0.01)
    raise AssertionError(f"never read: {found.problems}")


@pytest.mark.skipif(not ATTACKS, reason="the corpus ../shared/attacks/yaml is absent")
def test_no_hostile_file_disturbs_a_visit(root: Path) -> None:
    path = root / "rules" / f"{FIRST}.yaml"
    path.write_bytes(version(root, 6))
    live = LiveContent(root, seconds=0)
    good = live.now().content.digest
    with visiting(live) as visitors:
        for place, attack in enumerate(ATTACKS):
            write = (in_place, in_two_halves, by_rename)[place % 3]
            write(path, attack.read_bytes())
            refused = settled(live)
            assert refused.problems, attack.name
            assert {problem.file for problem in refused.problems} == {f"rules/{FIRST}.yaml"}, attack.name
            assert refused.content.digest == good, attack.name
            assert all(problem.what for problem in refused.problems), attack.name
            if place % 8 == 7:
                write(path, version(root, 6 + place % 3 * 2))
                good = settled(live).content.digest
                assert not live.now().problems
        path.write_bytes(version(root, 10))
        assert told(settled(live).content, 9) == ("10", "does_not_meet")
    assert visitors.wrong == []
    assert visitors.judged > 0
    assert {"6", "8", "10"} & visitors.seen


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(1000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def delete(path: Path) -> None:
    path.unlink()


def lock(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path.chmod(0)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def lost_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere.yaml"))


@pytest.mark.parametrize("name", [FIRST, "facts"])
@pytest.mark.parametrize("harm", [cut, empty, delete, lock, folder, lost_link])
def test_the_last_good_content_survives(root: Path, harm: object, name: str) -> None:
    assert callable(harm)
    path = root / "rules" / f"{name}.yaml"
    whole = path.read_bytes()
    live = LiveContent(root, seconds=0)
    good = live.now().content
    harm(path)
    found = live.now()
    assert found.content is good
    assert found.problems
    mended = path.with_name("mended")
    mended.write_bytes(whole)
    if path.is_dir():
        path.rmdir()
    mended.replace(path)
    assert live.now().problems == ()
    assert live.now().content.digest == good.digest


def test_a_change_that_keeps_size_and_time_is_seen(root: Path) -> None:
    path = root / "rules" / f"{FIRST}.yaml"
    path.write_bytes(version(root, 7))
    live = LiveContent(root, seconds=0)
    before, status = live.now().content, path.stat()
    path.write_bytes(version(root, 9))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert (told(before, 8), told(live.now().content, 8)) == (("7", "meets"), ("9", "does_not_meet"))


def test_files_are_looked_at_once_per_second(root: Path) -> None:
    time = [100.0]
    live = LiveContent(root, clock=lambda: time[0])
    first = live.now().content
    (root / "rules" / f"{FIRST}.yaml").write_bytes(version(root, 9))
    time[0] += 0.9
    assert live.now().content is first
    time[0] += 0.2
    assert told(live.now().content, 8)[0] == "9"


def test_what_is_saved_while_it_is_read_never_becomes_a_mixture(root: Path) -> None:
    path = root / "rules" / f"{FIRST}.yaml"
    saves = iter([9])

    def read(where: Path) -> Content:
        found = load(where)
        for months in saves:
            path.write_bytes(version(root, months))
        return found

    live = LiveContent(root, seconds=0)
    good = live.now().content
    live._read = read
    path.write_bytes(version(root, 7))
    assert live.now().content is good
    assert told(live.now().content, 8)[0] == "9"


def test_without_any_good_content_it_says_what_is_wrong_until_it_is_mended(root: Path) -> None:
    path = root / "rules" / f"{FIRST}.yaml"
    path.write_bytes(b"id: [")
    live = LiveContent(root, seconds=0)
    with pytest.raises(ContentError, match=f"rules/{FIRST}.yaml:1:"):
        live.now()
    path.write_bytes(version(root, 7))
    assert live.now().problems == ()


def test_a_fault_of_the_reader_itself_is_a_problem_and_no_end(root: Path) -> None:
    live = LiveContent(root, seconds=0)
    good = live.now().content

    def read(where: Path) -> Content:
        raise ZeroDivisionError

    live._read = read
    (root / "rules" / f"{FIRST}.yaml").write_bytes(version(root, 7))
    assert live.now().content is good
    assert "ZeroDivisionError" in str(live.now().problems[0])


def test_a_visit_keeps_what_it_began_with(root: Path) -> None:
    live = LiveContent(root, seconds=0)
    old = live.now()
    state: dict[object, object] = {}
    assert of_visit(old, False, state) is old.content
    (root / "rules" / f"{FIRST}.yaml").write_bytes(version(root, 9))
    new = live.now()
    assert new.content.digest != old.content.digest
    assert of_visit(new, True, state) is old.content
    assert of_visit(new, True, state) is old.content
    state.clear()  # "clear all", or a connection that was lost
    assert of_visit(new, True, state) is new.content


def test_an_empty_form_takes_what_is_live(root: Path) -> None:
    live = LiveContent(root, seconds=0)
    state: dict[object, object] = {}
    of_visit(live.now(), False, state)
    (root / "rules" / f"{FIRST}.yaml").write_bytes(version(root, 9))
    assert told(of_visit(live.now(), False, state), 8)[0] == "9"


def test_the_notice_names_the_first_fault_and_counts_the_rest() -> None:
    first = Problem("rules/a.yaml", Mark(3, 5), "syntax", "Dit klopt niet.")
    assert notice((), words("nl")) == ""
    one, three = notice((first,), words("nl")), notice((first, first, first), words("nl"))
    assert "rules/a.yaml:3:5" in one
    assert "Dit klopt niet." in one
    assert "(nog" not in one
    assert three.endswith("(nog 2)")


class Recording(dict[str, object]):
    """Texts that remember which of them were shown."""

    def __init__(self, texts: object) -> None:
        super().__init__(texts)  # type: ignore[call-overload]
        self.shown: set[str] = set()

    def __getitem__(self, name: str) -> object:
        self.shown.add(name)
        return super().__getitem__(name)


def test_the_trial_shows_nearly_every_text_of_the_page() -> None:
    content = load()
    form = content.questionnaires["referrer"]
    texts = Recording(form.texts)
    tried = replace(form, texts=texts)
    for chosen, chrome in trial._situations(tried):
        trial.make_screen(replace(content, questionnaires={"referrer": tried}), chosen, chrome, trial._DAY)
    assert len(set(form.texts) - texts.shown) <= 8, set(form.texts) - texts.shown


def test_every_text_that_is_filled_in_is_known_to_the_trial() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "mantelzorg").rglob("*.py"))
    filled = set(re.findall(r"\b(?:words|text)\(\"([a-z_]+)\"\)\.format", sources)) - {"provisional"}
    assert filled <= set(trial.FILLED_IN)
    written = load().questionnaires["referrer"].texts
    assert {name for name, text in written.items() if "{" in text["nl"]} <= set(trial.FILLED_IN)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("footer: {nl: ", "voet: {nl: ", "page"),
        ("{version}, {date}", "{versie}, {date}", "placeholder"),
        ('"Vraag nog: {}."', '"Vraag nog: {0.__class__}."', "placeholder"),
        ('"Vraag nog: {}."', '"Vraag nog: {:>999999999}."', "placeholder"),
        ('"Vraag nog: {}."', '"Vraag nog: {."', "placeholder"),
        ("id: referrer\n", "id: andere\n", "no-questionnaire"),
    ],
)
def test_content_that_the_page_cannot_show_never_goes_live(tmp_path: Path, old: str, new: str, code: str) -> None:
    for folder in ("rules", "questionnaires"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path = tmp_path / "questionnaires" / "referrer.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError) as error:
        trial.load_tried(tmp_path)
    assert {problem.code for problem in error.value.problems} == {code}
    assert {problem.file for problem in error.value.problems} == {"questionnaires/referrer.yaml"}
