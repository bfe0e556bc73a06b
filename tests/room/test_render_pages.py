"""What the pages of a room say and hide. Every step is drawn from real cases, in both languages."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import yaml
from staged import cases, content, room

from mantelzorg.room.room import Room
from mantelzorg.room.stage import Bar, Desk, Division, Mark, Option, Outcome, Stage, Trace, Turned
from mantelzorg.room.staging import View
from mantelzorg.room.steps import Place, Rhythm, Round, Step
from mantelzorg.room.votes import Votes
from mantelzorg.rules import Tone
from mantelzorg.web.room import assets, render, saying
from mantelzorg.web.room.words import words

ADDRESS = "https://mantelzorg.example/mee"
PLAYED = {Rhythm.QUIZ: ("henk", "fatma"), Rhythm.RECOGNISE: ("esra", "willem")}
FIRST_LOAD, FIRST_LOAD_PACKED = 16_500, 8_000


def walk(at: Room) -> Iterator[Room]:
    """A room at every step from the lobby to the end."""
    yield at
    while at.place.step is not Step.END:
        at = at.forward()
        yield at


def voted(at: Room) -> Votes:
    """Eight phones that all did the first thing they could, but for one."""
    rounds = {(0, round_): at.choices_of(0, round_) for round_ in Round}
    return Votes({place: {names[0]: 7, names[1]: 1} for place, names in rounds.items() if len(names) > 1}, 8)


def stage(step: Step = Step.VOTE, **parts: object) -> Stage:
    made = Stage("HKWP", "nl", Rhythm.QUIZ, Place(0, step), 7, 3, False, 18, "Henk", ("Het verhaal.",))
    return replace(made, **parts)  # type: ignore[arg-type]


class _Seen(HTMLParser):
    """Tags that were opened, and the texts between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("rhythm", list(Rhythm))
@pytest.mark.parametrize("odd", ["", "hands", "gone"])
def test_every_step_can_be_shown_everywhere(rhythm: Rhythm, language: str, odd: str) -> None:
    for at in walk(room(rhythm, PLAYED[rhythm], language).with_hands(odd == "hands")):
        view = View(at, content(), cases(), voted(at), 0, odd == "gone")
        seen = view.stage()
        for part in (
            render.phone_part(seen),
            render.beamer_part(seen, ADDRESS, "<svg></svg>"),
            render.trainer_part(view.desk(), ADDRESS),
        ):
            assert _Seen(part).text.strip(), at.place


def test_nothing_of_a_vote_is_seen_while_it_is_open() -> None:
    for at in walk(room(programme=PLAYED[Rhythm.QUIZ])):
        if at.place.step not in (Step.VOTE, Step.SECOND_VOTE, Step.PREDICT) or at.place.item:
            continue
        seen = View(at, content(), cases(), voted(at), 0).stage()
        wall = _Seen(render.beamer_part(seen, ADDRESS, ""))
        assert "8 van 8 stemden" in wall.text
        assert "%" not in wall.text
        assert "7" not in wall.text
        assert not re.search(r"[78]|%", _Seen(render.phone_part(seen)).text)


def test_a_phone_can_press_what_is_open_and_nothing_else() -> None:
    options = (Option("yes", "Ja"), Option("no", "Nee"))
    open_ = _Seen(render.phone_part(stage(round=Round.FIRST, options=options)))
    assert [tag[1]["data-choice"] for tag in open_.tags if "data-choice" in tag[1]] == ["yes", "no"]
    assert open_.tags[0][1]["data-round"] == "first"
    closed = _Seen(render.phone_part(stage(round=Round.FIRST, options=options, closed=True)))
    assert all("disabled" in tag[1] for tag in closed.tags if "data-choice" in tag[1])
    assert closed.tags[0][1]["data-round"] == ""
    hands = _Seen(render.phone_part(stage(round=Round.FIRST, options=options, hands_mode=True)))
    assert not any("data-choice" in tag[1] for tag in hands.tags)
    assert "Steek uw hand op" in hands.text


def test_a_division_is_bars_and_numbers_and_a_sentence() -> None:
    bars = (Bar("Ja", 9, 50), Bar("Nee", 5, 28), Bar("Hangt ervan af", 4, 22))
    for part in (
        render.phone_part(stage(Step.REVEAL, division=Division(18, bars))),
        render.beamer_part(stage(Step.REVEAL, division=Division(18, bars)), ADDRESS, ""),
    ):
        seen = _Seen(part)
        assert {"Ja", "Nee", "9 stemmen", "De zaal is verdeeld."} <= set(seen.text.split("\n")) | set(_texts(part))
        assert [tag[1]["style"] for tag in seen.tags if tag[1].get("class") == "fill"] == [
            "width:50%",
            "width:28%",
            "width:22%",
        ]


def _texts(html: str) -> list[str]:
    return [text.strip() for text in re.findall(r">([^<]+)<", html)]


def test_too_few_votes_are_not_shown() -> None:
    part = render.beamer_part(stage(Step.REVEAL, division=Division(3, ())), ADDRESS, "")
    assert "Te weinig stemmen om te tonen" in part
    assert 'class="fill"' not in part


@pytest.mark.parametrize(
    ("bars", "said"),
    [
        ((Bar("Ja", 12, 60), Bar("Nee", 8, 40)), "Meer dan de helft kiest: Ja."),
        ((Bar("Ja", 10, 50), Bar("Nee", 10, 50)), "De zaal is verdeeld."),
        ((Bar("Ja", 4, 20, 60), Bar("Nee", 16, 80, 40)), "Ja: van 60 naar 20 procent."),
        ((Bar("Ja", 4, 20, 20), Bar("Nee", 16, 80, 80)), "De verdeling bleef gelijk."),
    ],
)
def test_a_division_in_one_sentence(bars: tuple[Bar, ...], said: str) -> None:
    assert saying.division(Division(20, bars), "nl") == said


def test_nobody_voting_is_said_and_not_called_too_few() -> None:
    assert saying.division(Division(0, ()), "nl") == "Er is niet gestemd."
    assert "Te weinig" not in render.phone_part(stage(Step.REVEAL, division=Division(0, ())))


def test_what_tipped_the_scale_is_framed_and_marks_are_words() -> None:
    trace = (
        Trace(Mark.COUNTS_NOT, "Namens een organisatie."),
        Trace(Mark.COUNTS, "Er was al een band.", deciding=True),
        Trace(Mark.UNKNOWN, "Of er geld is."),
    )
    outcome = Outcome("Ja, dit is mantelzorg.", Tone.YES, trace, (("Hoe snel", "deze week"),), differs=True)
    for part in (
        render.phone_part(stage(Step.VERDICT, outcome=outcome)),
        render.beamer_part(stage(Step.VERDICT, outcome=outcome), ADDRESS, ""),
    ):
        frame = part[part.index('class="deciding"') :]
        frame = frame[: frame.index("</ul>")]
        assert "Dit gaf de doorslag" in frame
        assert "Er was al een band." in frame
        assert "Namens een organisatie." not in frame
        beside = part[part.index("Dit maakte hier niet uit") :]
        assert "Namens een organisatie." in beside
        assert "Of er geld is." not in beside
        assert {"telt mee", "telt niet", "onbekend"} <= set(_texts(part.replace("</span> ", "</span>")))
        assert "De regels zeggen iets anders dan de zaal. Dat is het gesprek." in part
    same = replace(outcome, differs=None)
    assert "Dat is het gesprek" not in render.phone_part(stage(Step.VERDICT, outcome=same))


def test_the_flip_shows_before_and_after() -> None:
    before, after = Outcome("Nee, vrijwilligerswerk.", Tone.NO, ()), Outcome("Ja, dit is mantelzorg.", Tone.YES, ())
    turned = Turned("Zij waren al buren.", after, tips=True)
    part = render.beamer_part(stage(Step.FLIP, outcome=before, turned=turned), ADDRESS, "")
    places = [part.index(text) for text in ("Zij waren al buren.", before.title, after.title, "De uitkomst kantelt.")]
    assert places == sorted(places)
    stays = replace(turned, tips=False)
    assert "De uitkomst blijft." in render.phone_part(stage(Step.FLIP, outcome=before, turned=stays))


def test_the_wall_has_nothing_for_the_trainer() -> None:
    note, remark = "Alleen voor de trainer", "Wat de zaal zei"
    desk = Desk(stage(Step.VERDICT), note, ("Een bron",), Step.PREDICT, remark=remark)
    assert note in render.trainer_part(desk, ADDRESS)
    assert note not in render.beamer_part(desk.stage, ADDRESS, "")


@pytest.mark.parametrize(
    ("step", "after", "title", "label"),
    [
        (Step.LOBBY, Step.STORY, "Henk", "Begin: Henk"),
        (Step.STORY, Step.VOTE, "", "Open de stemming"),
        (Step.VOTE, Step.REVEAL, "", "Onthul de verdeling"),
        (Step.DEBRIEF, Step.STORY, "Fatma", "Volgende casus: Fatma"),
        (Step.DEBRIEF, Step.END, "", "Sluit de training af"),
        (Step.END, None, "", "De training is klaar"),
    ],
)
def test_the_main_button_says_what_comes_next(step: Step, after: Step | None, title: str, label: str) -> None:
    desk = Desk(stage(step), next_step=after, next_title=title)
    assert saying.onward(desk) == label
    button = next(tag for tag in _Seen(render.trainer_part(desk, ADDRESS)).tags if tag[1].get("id") == "do-forward")
    assert ("disabled" in button[1]) == (after is None)


def test_a_hostile_remark_stays_text() -> None:
    evil = "</textarea><script>alert(1)</script>\"'{{ 7 * 7 }}"
    desk = Desk(stage(Step.VERDICT, disagreed=True, title=evil, story=(evil, evil)), evil, (evil,), remark=evil)
    for part in (
        render.trainer_part(desk, ADDRESS),
        render.beamer_part(desk.stage, ADDRESS, ""),
        render.phone_part(desk.stage),
    ):
        assert "<script" not in part
        assert "49" not in part


def test_the_wall_never_judges_a_vote() -> None:
    with_kinds = {text for name, text in words("nl").items() if not name.startswith("kind_")}
    assert not [text for text in with_kinds if re.search(r"\b(goed|fout|juist|onjuist)\b", text, re.IGNORECASE)]


def test_the_trainer_is_told_when_no_phone_can_come_in() -> None:
    desk = Desk(stage(Step.LOBBY, present=0))
    told = words("nl")["only_here"]
    assert told in render.trainer_part(desk, "http://127.0.0.1:8501/mee")
    assert told not in render.trainer_part(desk, ADDRESS)
    assert told not in render.trainer_part(desk, "https://127.0.0.1.example.org/mee")
    assert "https://" not in render.trainer_part(desk, ADDRESS)


def pages() -> dict[str, str]:
    group = render.CaseGroup(Rhythm.QUIZ, (render.CaseChoice("henk", "Henk", "Verhaal", 2, True),))
    question = render.OwnQuestion("tasks", "Wat?", True, ())
    return {
        "phone": render.phone_page("HKWP", "nl"),
        "join": render.join_page("nl", "code"),
        "beamer": render.beamer_page("HKWP", "nl"),
        "trainer": render.trainer_page("HKWP", "nl"),
        "home": render.home_page(render.Home("nl", (group,))),
        "own_case": render.own_case_page((render.OwnSection("De band", (question,)),), "nl", "HKWP"),
    }


@pytest.mark.parametrize("name", list(pages()))
def test_a_page_runs_no_script_of_its_own_and_loads_nothing_from_elsewhere(name: str) -> None:
    seen = _Seen(pages()[name])
    loads = [tag[1].get("src") or tag[1].get("href") for tag in seen.tags if tag[0] in ("script", "link", "img")]
    for load_ in loads:
        assert load_ == "data:," or (load_ and load_.startswith("/training/static/")), load_
        if load_ != "data:,":
            assert assets.asset(load_.removeprefix("/training/static/").partition("?")[0])
    assert not [tag for tag in seen.tags if any(attribute.startswith("on") for attribute in tag[1])]


@pytest.mark.parametrize("name", list(pages()))
def test_a_page_says_its_language_and_its_own_name(name: str) -> None:
    seen = _Seen(pages()[name])
    assert dict(seen.tags)["html"]["lang"] == "nl"
    assert re.search(r"<title>[^<]+ · [^<]+</title>", pages()[name])
    assert dict(_Seen(render.phone_page("HKWP", "en")).tags)["html"]["lang"] == "en"


def test_a_phone_loads_a_few_kilobytes() -> None:
    first = render.phone_page("HKWP", "nl").encode() + render.phone_part(stage(Step.LOBBY)).encode()
    files = b"".join(found[0] for name in ("phone.css", "phone.js") if (found := assets.asset(name)))
    assert len(first + files) < FIRST_LOAD
    assert len(gzip.compress(first + files)) < FIRST_LOAD_PACKED
    assert b"font-face" not in files


def test_files_have_an_exact_type_and_nothing_else_can_be_had() -> None:
    types = {name: found[1] for name in assets.FILES if (found := assets.asset(name))}
    assert types["phone.js"] == "text/javascript; charset=utf-8"
    assert types["room.css"] == "text/css; charset=utf-8"
    assert types["source-sans.ttf"] == "font/ttf"
    for name in ("render.py", "words.yaml", "../words.yaml", "templates/home.html.j2", "swap.js", ""):
        assert assets.asset(name) is None


def test_both_languages_have_every_word() -> None:
    catalogue = yaml.safe_load((assets.HERE / "words.yaml").read_text(encoding="utf-8"))
    assert catalogue["nl"].keys() == catalogue["en"].keys()
    assert all(text.count("{}") == catalogue["en"][name].count("{}") for name, text in catalogue["nl"].items())
