"""The addresses of the training room, asked as phones, trainers, strangers and attackers ask them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from asking import Answer, Asker
from docx import Document
from pypdf import PdfReader
from staged import content

from mantelzorg.room.rooms import Rooms
from mantelzorg.room.store import Store
from mantelzorg.training.shelf import shelf

ATTACKS = Path(__file__).parents[3] / "shared" / "attacks" / "text" / "free_text.json"
SEATS = tuple(f"{number:032x}" for number in range(12))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(f"sqlite:///{tmp_path}/rooms.db")
    yield made
    made.dispose()


@pytest.fixture
def web(store: Store) -> Asker:
    return Asker(Rooms(store, content, shelf()))


class Played:
    """A room that is open, as its trainer has it."""

    def __init__(self, web: Asker, cases: tuple[str, ...] = ("fatma", "henk"), rhythm: str = "quiz") -> None:
        self.web = web
        opened = web.post("/training/rooms", {"language": "nl", "rhythm": rhythm, "cases": list(cases)})
        assert opened.status == 201, opened.text
        self.code, self.pin, self.token = (opened.json[name] for name in ("code", "pin", "token"))
        self.room = f"/training/rooms/{self.code}"
        self.phone = f"/mee/{self.code}"

    def do(self, action: str, **data: object) -> Answer:
        revision = self.web.get(f"{self.room}/now", self.token).json["revision"]
        return self.web.post(f"{self.room}/do", {"action": action, "revision": revision, **data}, self.token)

    def to_vote(self) -> Played:
        self.do("forward")
        self.do("forward")
        return self

    def sit(self, seat: str = SEATS[0]) -> Answer:
        return self.web.post(f"{self.phone}/seat", {"seat": seat})

    def vote(self, choice: str = "yes", seat: str = SEATS[0], **other: object) -> Answer:
        vote = {"seat": seat, "item": 0, "round": "first", "n": 1, "choice": choice, **other}
        return self.web.post(f"{self.phone}/vote", vote)


@pytest.fixture
def room(web: Asker) -> Played:
    return Played(web)


def test_a_phone_joins_votes_and_sees_the_division(room: Played) -> None:
    room.to_vote()
    for place, seat in enumerate(SEATS[:6]):
        assert room.sit(seat).status == 204
        assert room.vote("yes" if place % 2 else "no", seat).json == {"counted": "yes" if place % 2 else "no"}
    hidden = room.web.get(f"{room.phone}/now").json
    assert (hidden["round"], hidden["item"]) == ("first", 0)
    assert "50%" not in hidden["html"]
    room.do("forward")
    assert "50%" in room.web.get(f"{room.phone}/now").json["html"]
    assert room.vote("no", n=2).status == 409


def test_a_phone_that_knows_it_all_gets_nothing(room: Played) -> None:
    first = room.web.get(f"{room.phone}/now").json
    assert room.web.get(f"{room.phone}/now?r={first['revision']}").status == 204
    room.do("forward")
    assert room.web.get(f"{room.phone}/now?r={first['revision']}").status == 200


def test_a_phone_loads_a_few_kilobytes_and_nothing_of_streamlit(room: Played) -> None:
    page = room.web.get(room.phone)
    files = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"', page.text)
    assert [file.partition("?")[0] for file in files] == ["/training/static/phone.css", "/training/static/phone.js"]
    loaded = [room.web.get(file) for file in files]
    assert {file.status for file in loaded} == {200}
    assert sum(len(file.body) for file in loaded) + len(page.body) < 30_000
    assert "streamlit" not in page.text.lower()


def test_votes_that_cannot_be(room: Played) -> None:
    room.to_vote().sit()
    assert room.vote("banana").status == 422
    assert room.vote("tips").status == 422
    assert room.vote(seat=SEATS[1]).status == 403
    assert room.vote(item=1).status == 409
    assert room.vote(round="second").status == 409
    for other in ({"item": -1}, {"item": "0"}, {"item": 2**70}, {"round": "no"}, {"n": True}, {"n": -1}, {"seat": "x"}):
        assert room.vote(**other).status == 422, other  # type: ignore[arg-type]
    for body in (b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 10_000, b'{"seat": 1}', b"x" * 100_000):
        assert room.web.post(f"{room.phone}/vote", body).status == 422
    desk = room.web.get(f"{room.room}/now", room.token).json["html"]
    assert "0 van 1" in desk


def test_a_code_that_is_none(room: Played) -> None:
    assert room.web.get("/mee/ZZZZ/now", caller="a").status == 404
    assert room.web.get("/mee/hallo-daar/now", caller="a").status == 404
    assert room.web.post("/mee/ZZZZ/seat", {"seat": SEATS[0]}, caller="a").status == 404
    mistyped = room.web.get("/mee?code=12")
    assert mistyped.status == 422
    assert "Dat zijn geen vier letters" in mistyped.text
    assert "Those are not four letters" in room.web.get("/mee/123?language=en").text
    assert room.web.get(f"/mee?code=%20{room.code.lower()[:2]}-{room.code[2:]}").headers["location"] == room.phone
    assert room.web.get("/training/rooms/ZZZZ/now", room.token, caller="a").status == 404
    assert room.web.get("/training/rooms/ZZZZ/beamer/now", caller="a").status == 404


def test_codes_cannot_be_tried_one_after_the_other(room: Played) -> None:
    room.sit()
    tried = [room.web.get(f"/mee/{room.code[:2]}{a}{b}/now").status for a in "BCDF" for b in "HJKLMNPR"]
    wrong = [status for status in tried if status != 200]
    assert 0 < wrong.count(404) <= 30
    assert wrong[-1] == 429
    # Now even the right code says nothing to who has no seat, by whatever way one asks.
    assert room.web.get(f"{room.phone}/now").status == 429
    assert room.web.get(f"{room.room}/beamer/now").status == 429
    assert room.web.get(f"{room.room}/now", room.token).status == 429
    assert room.web.post(f"{room.room}/reclaim", {"pin": room.pin}).status == 429
    assert room.sit(SEATS[1]).status == 429
    # Who is in, and who is elsewhere, goes on.
    assert room.web.get(f"{room.phone}/now", x_seat=SEATS[0]).status == 200
    assert room.web.get(f"{room.phone}/now", caller="10.0.0.2").status == 200


def test_a_stranger_has_no_say(room: Played) -> None:
    other = Played(room.web)
    for token in ("", "x", other.token):
        assert room.web.get(f"{room.room}/now", token).status == 401
        assert room.web.post(f"{room.room}/do", {"action": "forward", "revision": 0}, token).status == 401
        assert room.web.post(f"{room.room}/do", {"action": "close", "revision": 0}, token).status == 401
        assert room.web.get(f"{room.room}/report.csv", token).status == 401
        assert room.web.get(f"{room.room}/report.pdf", token).status == 401
    assert room.web.post(f"{room.room}/reclaim", {"pin": "12"}).status == 403
    assert room.web.get(f"{room.room}/now", room.token).status == 200


def test_two_rooms_do_not_touch(room: Played) -> None:
    other = Played(room.web)
    for one in (room, other):
        one.to_vote().sit()
    assert room.vote("yes").status == 200
    assert other.vote("no", seat=SEATS[0]).status == 200
    room.do("close")
    assert room.web.get(f"{room.phone}/now", caller="b").status == 404
    assert "1 van 1" in other.web.get(f"{other.room}/now", other.token).json["html"]


def test_actions_that_make_no_sense(room: Played) -> None:
    assert room.do("explode").status == 422
    assert room.web.post(f"{room.room}/do", {"action": "forward"}, room.token).status == 422
    assert room.web.post(f"{room.room}/do", {"action": "forward", "revision": 99}, room.token).status == 409
    assert room.web.post(f"{room.room}/do", b"{", room.token).status == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"language": "de", "rhythm": "quiz", "cases": []},
        {"language": "nl", "rhythm": "party", "cases": []},
        {"language": "nl", "rhythm": "quiz", "cases": "fatma"},
        {"language": "nl", "rhythm": "quiz", "cases": [1]},
        {"language": "nl", "rhythm": "quiz", "cases": ["x"] * 31},
    ],
)
def test_a_room_that_cannot_be_opened(web: Asker, wrong: object) -> None:
    assert web.post("/training/rooms", wrong).status == 422


def test_nobody_opens_room_after_room(web: Asker) -> None:
    body = {"language": "nl", "rhythm": "quiz", "cases": ["fatma"]}
    opened = [web.post("/training/rooms", body).status for _ in range(14)]
    assert opened[:12] == [201] * 12
    assert opened[12:] == [429, 429]
    assert web.post("/training/rooms", body, caller="10.9.9.9").status == 201


def hostile() -> list[str]:
    if not ATTACKS.exists():
        pytest.skip("the corpus of hostile texts is not here")
    return [one["text"] for one in json.loads(ATTACKS.read_text("utf-8"))]


def test_a_hostile_remark_is_a_remark(room: Played) -> None:
    room.do("forward")
    for text in [*hostile(), "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=1+1", "{{ 7*7 }}"]:
        answer = room.do("disagree", on=True, remark=text)
        assert answer.status == 200
        html = answer.json["html"]
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "49" not in html or "49" in text
        assert room.web.get(f"{room.room}/report.csv", room.token).status == 200
    room.do("disagree", on=True, remark="=1+1")
    csv = room.web.get(f"{room.room}/report.csv", room.token).text
    assert "=1+1" not in [cell for line in csv.splitlines() for cell in line.split(";")]
    assert "=1+1" in csv


def test_papers(room: Played) -> None:
    room.to_vote()
    report = room.web.get(f"{room.room}/report.pdf", room.token)
    assert "Fatma" in PdfReader(BytesIO(report.body)).pages[0].extract_text()
    handout = room.web.get("/training/handout.pdf?case=fatma&case=henk&case=no-such&language=nl")
    assert "Fatma" in PdfReader(BytesIO(handout.body)).pages[0].extract_text()
    word = room.web.get("/training/handout.docx?case=fatma&language=en")
    assert "Fatma" in "\n".join(paragraph.text for paragraph in Document(BytesIO(word.body)).paragraphs)
    cards = room.web.get("/training/cards.pdf?case=esra")
    assert "Herken ik" in PdfReader(BytesIO(cards.body)).pages[0].extract_text()
    assert room.web.get("/training/handout.pdf").status == 404
    assert room.web.get("/training/handout.exe?case=fatma").status == 404


def test_several_reports_are_added_up_and_one_that_is_none_is_named(room: Played) -> None:
    room.to_vote()
    for seat in SEATS[:6]:
        room.sit(seat)
        room.vote("no", seat)
    report = room.web.get(f"{room.room}/report.csv", room.token).text
    files = [{"name": "een.csv", "text": report}, {"name": "geen.csv", "text": "<b>hallo</b>;1"}]
    answer = room.web.post("/training/overview", {"language": "nl", "files": files})
    assert answer.status == 200
    assert "geen.csv" in answer.json["html"]
    assert "<b>hallo" not in answer.json["html"]
    assert "Fatma en haar vader" in answer.json["html"]
    for wrong in ([], "x", [1], [{"name": "a", "text": "b"}] * 201):
        assert room.web.post("/training/overview", {"language": "nl", "files": wrong}).status == 422


def test_an_own_case_is_judged_while_it_is_made(web: Asker) -> None:
    page = web.get("/training/own-case?language=nl")
    assert page.status == 200
    alone = {"care_now": ["now"], "payment": ["none"], "on_behalf_of": ["nobody"], "shares_home": ["no"]}
    chosen = {"relationship": ["parent"], "care_reason": ["none"], "tasks": ["company"], **alone}
    said = web.post("/training/own-case", {"language": "nl", "chosen": chosen}).json["html"]
    assert "geen mantelzorg" in said or "valt niet onder" in said
    clash = web.post("/training/own-case", {"language": "nl", "chosen": {"tasks": ["none", "company"]}}).json["html"]
    assert "gaan niet samen" in clash
    file = web.post("/training/own-case.yaml", {"language": "nl", "chosen": chosen})
    assert file.headers["content-disposition"].endswith('.yaml"')
    assert "care_reason" in file.text
    for wrong in ({}, {"chosen": {"x": "y"}, "language": "nl"}, {"chosen": {}, "language": "nl"}):
        assert web.post("/training/own-case.yaml", wrong).status == 422


def test_every_answer_has_the_headers_of_the_house(room: Played) -> None:
    for path in ("/mee", room.phone, f"{room.phone}/now", "/training", room.room, f"{room.room}/beamer"):
        headers = room.web.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "set-cookie" not in headers


def test_who_knows_no_files(web: Asker) -> None:
    assert web.get("/training/static/../routes.py").status == 404
    assert web.get("/training/static/words.yaml").status == 404
