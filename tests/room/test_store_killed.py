"""A writer is killed at any moment: what it acknowledged is there, once.

This is about the process, not about the power: that `synchronous=FULL` also survives a power cut is SQLite's promise.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from rooms_at_work import CODE, KEYS, NOW, at_vote, counts
from voters import OTHERS, received, vote_until_killed

from mantelzorg.room.codes import ballot_hash
from mantelzorg.room.steps import Round
from mantelzorg.room.store import Store

KILLS = 10


def killed_after(url: str, seed: int, votes: int) -> list[tuple[str, int, str]]:
    """What a writer acknowledged before it was killed, about so many votes after it began."""
    receiving, sending = OTHERS.Pipe(duplex=False)
    process = OTHERS.Process(target=vote_until_killed, args=(url, seed, sending))
    process.start()
    sending.close()
    acknowledged = [received(receiving) for _ in range(votes)]
    process.kill()
    with suppress(EOFError, OSError):
        while True:
            acknowledged.append(receiving.recv())
    process.join()
    receiving.close()
    assert process.exitcode == -9
    return acknowledged


def kept_ballots(file: Path) -> dict[str, tuple[int, str]]:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = connection.execute("SELECT key_hash, n, choice FROM ballot").fetchall()
    kept = {key_hash: (n, choice) for key_hash, n, choice in rows}
    assert len(kept) == len(rows), "one ballot for each seat"
    return kept


def test_what_was_acknowledged_is_there_once_after_every_kill(tmp_path: Path) -> None:
    file = tmp_path / "rooms.db"
    url = f"sqlite:///{file}"
    at_vote(Store(url), seats=len(KEYS))
    dice = random.Random(5)
    last: dict[str, tuple[int, str]] = {}
    for seed in range(1, KILLS + 1):
        told = killed_after(url, seed, dice.randint(1, 60))
        last |= {ballot_hash(CODE, 0, Round.FIRST, key): (n, choice) for key, n, choice in told}
        kept = kept_ballots(file)
        # At most one vote was written and not told any more.
        further = [key for key, ballot in kept.items() if ballot != last.get(key)]
        assert len(further) <= 1
        assert all(key in kept and kept[key][0] >= n for key, (n, _) in last.items())
        last |= {key: kept[key] for key in further}
    store = Store(url)
    assert sum(counts(store, CODE, 0, Round.FIRST).values()) == len(last)
    assert store.find(CODE, NOW) is not None
    store.dispose()
