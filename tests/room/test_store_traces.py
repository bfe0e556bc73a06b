"""What can be found in the file of a database by who gets hold of it."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from rooms_at_work import CODE, KEYS, NOW, PIN, TOKEN, opened, room, vote

from mantelzorg.room import codes
from mantelzorg.room.room import Item, Room
from mantelzorg.room.steps import Place, Round, Step
from mantelzorg.room.store import LIFE, Store

SECRET = "zzyx_testpatient_111222333"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "er" / "rooms.db"


@pytest.fixture
def kept(file: Path) -> Store:
    return Store(f"sqlite:///{file}")


def everything(file: Path) -> bytes:
    """All bytes of the database and the files beside it."""
    return b"".join(each.read_bytes() for each in sorted(file.parent.iterdir()))


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def with_own_case(store: Store) -> Room:
    """A room where an own case is on the screen, large enough to lie on several pages of the file."""
    own = Item(own={"tasks": [f"{SECRET}_{number}" for number in range(300)]})
    whole = replace(room(), items=(own, *room().items), place=Place(0, Step.VOTE), revision=2)
    return opened(store, whole, seats=3)


def test_an_own_case_is_in_the_file_while_it_is_played(kept: Store, file: Path) -> None:
    """Otherwise the tests below would find nothing for another reason."""
    with_own_case(kept)
    assert SECRET.encode() in everything(file)


def test_an_own_case_is_nowhere_once_it_is_left(kept: Store, file: Path) -> None:
    now_at = with_own_case(kept)
    for then in (now_at.forward(), now_at.forward().back()):
        assert kept.save(then, now_at.revision, NOW)
        now_at = then
    assert kept.save(now_at.skip_case(), now_at.revision, NOW)
    assert SECRET.encode() not in everything(file)


def test_an_own_case_is_nowhere_once_the_room_is_closed(kept: Store, file: Path) -> None:
    with_own_case(kept)
    kept.close(CODE)
    assert SECRET.encode() not in everything(file)


def test_an_own_case_is_nowhere_once_the_room_has_ended(kept: Store, file: Path) -> None:
    with_own_case(kept)
    assert kept.forget_expired(NOW + LIFE) == 1
    assert SECRET.encode() not in everything(file)


def test_what_could_not_be_wiped_because_somebody_read_is_wiped_the_next_time(kept: Store, file: Path) -> None:
    with_own_case(kept)
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM room").fetchall()
        kept.close(CODE)
        assert SECRET.encode() in everything(file)
    kept.forget_expired(NOW)
    assert SECRET.encode() not in everything(file)


def test_keys_pins_and_tokens_are_nowhere(kept: Store, file: Path) -> None:
    opened(kept, replace(room(), place=Place(0, Step.VOTE)), seats=5)
    for key in KEYS[:5]:
        kept.vote(vote(seat=key), NOW)
    kept.reclaim(CODE, PIN, "another-secret-token", NOW)
    bytes_ = everything(file)
    assert codes.seat_hash(CODE, KEYS[0]).encode() in bytes_
    for secret in (*KEYS[:5], PIN, TOKEN, "another-secret-token"):
        assert secret.encode() not in bytes_


def test_no_row_of_a_seat_fits_a_row_of_a_ballot_nor_two_ballots_each_other(kept: Store, file: Path) -> None:
    whole = opened(kept, replace(room(), place=Place(0, Step.VOTE)), seats=8)
    for step, round_ in ((Step.VOTE, Round.FIRST), (Step.SECOND_VOTE, Round.SECOND), (Step.PREDICT, Round.PREDICT)):
        whole_now = replace(whole, place=Place(0, step), revision=whole.revision + 1)
        kept.save(whole_now, whole.revision, NOW)
        whole = whole_now
        for key in KEYS[:8]:
            assert kept.vote(vote(seat=key, round=round_, choice="unsure"), NOW) is None
    seats = {str(row[0]) for row in rows(file, "SELECT key_hash FROM seat")}
    ballots = {str(row[0]) for row in rows(file, "SELECT key_hash FROM ballot")}
    assert (len(seats), len(ballots)) == (8, 24)
    made_of_seats = {codes.ballot_hash(CODE, 0, round_, seat) for seat in (*seats, *ballots) for round_ in Round} | {
        codes.seat_hash(CODE, each) for each in ballots
    }
    assert not ballots & (seats | made_of_seats)


def test_the_order_in_which_people_joined_and_voted_is_not_in_the_file(kept: Store, file: Path) -> None:
    opened(kept, replace(room(), place=Place(0, Step.VOTE)), seats=30)
    for key in KEYS[:30]:
        kept.vote(vote(seat=key), NOW)
    for table in ("seat", "ballot", "tally"):
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            rows(file, f"SELECT rowid FROM {table}")
    hashes = [row[0] for row in rows(file, "SELECT key_hash FROM ballot NOT INDEXED")]
    assert hashes == sorted(hashes)


def test_no_time_of_a_vote_and_no_address_has_a_column(kept: Store, file: Path) -> None:
    opened(kept)
    columns = {table: [row[1] for row in rows(file, f"PRAGMA table_info({table})")] for table in ("seat", "ballot")}
    assert columns == {"seat": ["code", "key_hash"], "ballot": ["code", "item", "round", "key_hash", "n", "choice"]}


def test_after_a_case_only_counts_are_left_of_its_ballots(kept: Store, file: Path) -> None:
    now_at = opened(kept, replace(room(), place=Place(0, Step.VOTE)), seats=5)
    for key in KEYS[:5]:
        kept.vote(vote(seat=key), NOW)
    kept.save(now_at.skip_case(), now_at.revision, NOW)
    assert rows(file, "SELECT * FROM ballot") == []
    assert rows(file, "SELECT item, round, choice, count FROM tally") == [(0, "first", "yes", 5)]
    bytes_ = everything(file)
    assert not any(codes.ballot_hash(CODE, 0, Round.FIRST, key).encode() in bytes_ for key in KEYS[:5])


def test_only_its_owner_can_read_the_file(kept: Store, file: Path) -> None:
    opened(kept)
    assert {stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()} == {0o600}
