"""A training whose database stops in the middle, and comes back: what trainer and phones are told."""

from __future__ import annotations

import psycopg
import pytest
from asking import Answer, Asker
from postgres import Server
from staged import content

from mantelzorg.room.rooms import Rooms
from mantelzorg.room.store import Store, database
from mantelzorg.training.shelf import shelf
from mantelzorg.web.room.words import words

SEAT = "0" * 32
GONE = words("nl")["store_gone"]


@pytest.fixture
def running(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setattr(database, "REST", 0.0)
    with psycopg.connect(postgres.url) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return postgres


def test_the_room_goes_on_with_hands_and_says_so(running: Server) -> None:
    store = Store(running.url)
    web = Asker(Rooms(store, content, shelf()))
    opened = web.post("/training/rooms", {"language": "nl", "rhythm": "quiz", "cases": ["fatma"]}).json
    code, token = opened["code"], opened["token"]
    desk, phone = f"/training/rooms/{code}", f"/mee/{code}"

    def do(action: str, **data: object) -> Answer:
        revision = web.get(f"{desk}/now", token).json["revision"]
        return web.post(f"{desk}/do", {"action": action, "revision": revision, **data}, token)

    def vote(n: int) -> Answer:
        return web.post(f"{phone}/vote", {"seat": SEAT, "item": 0, "round": "first", "n": n, "choice": "yes"})

    do("forward")
    do("forward")
    web.post(f"{phone}/seat", {"seat": SEAT})
    assert vote(1).status == 200
    web.get(f"{desk}/now", token)
    running.stop()
    try:
        told = web.get(f"{desk}/now", token).json["html"]
        assert GONE in told
        assert vote(2).status == 503
        assert "Steek uw hand op" in web.get(f"{phone}/now").json["html"]
        for _ in range(5):
            assert do("count", choice="no", by=1).status == 200
        revealed = do("forward").json["html"]
        assert "83" in revealed
        assert web.get(f"{desk}/report.pdf", token).body.startswith(b"%PDF")
    finally:
        running.start()
    back = web.get(f"{desk}/now", token).json["html"]
    assert "83" in back
    assert GONE not in back
    assert do("forward").status == 200
    store.dispose()
