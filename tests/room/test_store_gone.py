"""A database that is full, locked, damaged, stopped or silent: one clear answer, and afterwards it works again."""

from __future__ import annotations

import logging
import socket
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from postgres import Server
from rooms_at_work import CODE, KEYS, NOW, PIN, TOKEN, at_vote, counts, opened, room, settled, vote
from voters import OTHERS, fill_the_disk, received, together

from mantelzorg.room.steps import Round
from mantelzorg.room.store import Opened, Store, StoreGone, database, engines

SECRET = "zzyx-password"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a moment only, and try again at once."""
    monkeypatch.setattr(database, "SQLITE_PATIENCE", 0.2)
    monkeypatch.setattr(database, "POSTGRES_PATIENCE", 1.5)
    monkeypatch.setattr(database, "REST", 0.0)


@pytest.fixture
def running(postgres: Server, store_url: str) -> Iterator[Server]:
    """A PostgreSQL that runs again afterwards."""
    yield postgres
    postgres.freeze(False)


ONLY_POSTGRES = pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        [
            "",
            "rooms.db",
            "sqlite://",
            "sqlite:///:memory:",
            f"mysql://root:{SECRET}@127.0.0.1/rooms",
            f"postgresql+asyncpg://root:{SECRET}@127.0.0.1/rooms",
            f"postgresql://root:{SECRET}@127.0.0.1:1/rooms",
            f"postgres://root:{SECRET}@127.0.0.1:port/rooms",
            "sqlite:////proc/nowhere/rooms.db",
            "sqlite:////dev/null/rooms.db",
        ],
    )
    def test_an_address_that_leads_nowhere_is_gone_on_use_and_not_before(
        self, url: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        store = Store(url)
        with caplog.at_level(logging.DEBUG), pytest.raises(StoreGone) as gone:
            store.find(CODE, NOW)
        shown = "".join(traceback.format_exception(gone.value)) + caplog.text + gone.value.reason
        assert SECRET not in shown

    @pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg"])
    def test_every_name_of_postgresql_means_the_same(self, name: str) -> None:
        assert engines.address(f"{name}://u@h/d").drivername == "postgresql+psycopg"

    def test_a_folder_that_is_not_there_is_made(self, tmp_path: Path) -> None:
        store = Store(f"sqlite:///{tmp_path}/a/b/rooms.db")
        assert not (tmp_path / "a").exists()
        opened(store)
        assert (tmp_path / "a/b/rooms.db").exists()


@pytest.mark.usefixtures("impatient")
class TestFile:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / "rooms.db"

    @pytest.fixture
    def store(self, file: Path) -> Iterator[Store]:
        made = Store(f"sqlite:///{file}")
        yield made
        made.dispose()

    def test_while_somebody_locks_the_file_it_can_be_read_and_afterwards_written(
        self, store: Store, file: Path
    ) -> None:
        at_vote(store, seats=2)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreGone, match="BUSY"):
                store.vote(vote(), NOW)
            assert store.find(CODE, NOW) is not None
            assert counts(store, CODE, 0, Round.FIRST) == {}
            other.execute("ROLLBACK")
        assert store.vote(vote(), NOW) is None

    def test_those_who_wait_for_the_same_lock_give_up_together(self, store: Store, file: Path) -> None:
        at_vote(store, seats=12)
        gone: list[str] = []

        def attempt(key: str) -> None:
            try:
                store.vote(vote(seat=key), NOW)
            except StoreGone as error:
                gone.append(error.reason)

        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            together([lambda key=key: attempt(key) for key in KEYS[:12]])
        assert len(gone) == 12

    def test_a_vote_is_on_the_disk_before_it_is_acknowledged(self, store: Store) -> None:
        """A power cut cannot be tried here; that SQLite was asked to outlive one can be seen."""
        with store._database.writing() as connection:
            found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "journal_mode")]
        assert found == [2, "wal"]

    def test_a_full_disk_loses_nothing_that_was_kept(self, file: Path) -> None:
        receiving, sending = OTHERS.Pipe(duplex=False)
        process = OTHERS.Process(target=fill_the_disk, args=(f"sqlite:///{file}", 150_000, sending))
        process.start()
        reason, all_found, rooms, again = received(receiving)
        process.join()
        receiving.close()
        sending.close()
        assert reason.startswith("OperationalError SQLITE_")
        assert all_found
        assert rooms > 3
        assert again, "with space it works again"

    def test_a_damaged_file_is_gone_and_not_half_a_room(self, store: Store, file: Path) -> None:
        opened(store)
        store.dispose()
        file.write_bytes(b"this is no database at all, " * 500)
        with pytest.raises(StoreGone):
            store.find(CODE, NOW)

    def test_a_file_that_was_deleted_is_made_again(self, store: Store, file: Path) -> None:
        opened(store)
        store.dispose()
        file.unlink()
        assert store.find(CODE, NOW) is None
        assert store.open(room(), PIN, TOKEN, NOW) is Opened.OK

    def test_tables_that_disappeared_are_made_again(self, store: Store, file: Path) -> None:
        opened(store)
        with closing(sqlite3.connect(file)) as other:
            other.executescript("DROP TABLE seat; DROP TABLE ballot; DROP TABLE tally; DROP TABLE room;")
        with pytest.raises(StoreGone):
            store.find(CODE, NOW)
        assert store.find(CODE, NOW) is None

    def test_a_state_that_cannot_be_read_is_gone(self, store: Store, file: Path) -> None:
        opened(store)
        with closing(sqlite3.connect(file)) as other:
            other.execute(f"UPDATE room SET state = '{SECRET}'")
            other.commit()
        with pytest.raises(StoreGone) as gone:
            store.find(CODE, NOW)
        assert SECRET not in "".join(traceback.format_exception(gone.value))

    def test_what_fails_on_the_way_leaves_nothing_half(
        self, store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now_at = at_vote(store, seats=1)
        store.vote(vote(), NOW)
        with closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TRIGGER no BEFORE DELETE ON ballot BEGIN SELECT RAISE(ABORT, 'no'); END")
        with pytest.raises(StoreGone):
            store.save(now_at.skip_case(), now_at.revision, NOW)
        kept = store.find(CODE, NOW)
        assert kept is not None
        assert kept.room == now_at
        assert not settled(store, CODE, 0)
        assert counts(store, CODE, 0, Round.FIRST) == {"yes": 1}


@ONLY_POSTGRES
@pytest.mark.usefixtures("impatient")
class TestServer:
    def test_a_server_that_stops_is_gone_and_comes_back_with_all_that_was_kept(
        self, running: Server, store: Store
    ) -> None:
        at_vote(store, seats=1)
        assert store.vote(vote(), NOW) is None
        running.stop()
        try:
            for _ in range(3):
                with pytest.raises(StoreGone):
                    store.vote(vote(n=2, choice="no"), NOW)
        finally:
            running.start()
        assert counts(store, CODE, 0, Round.FIRST) == {"yes": 1}
        assert store.vote(vote(n=2, choice="no"), NOW) is None

    def test_a_server_that_goes_silent_is_given_up(self, running: Server, store: Store) -> None:
        at_vote(store, seats=1)
        running.freeze(True)
        gone: list[str] = []

        def attempt() -> None:
            with pytest.raises(StoreGone) as found:
                store.vote(vote(), NOW)
            gone.append(found.value.reason)

        together([attempt] * 6)
        assert len(gone) == 6
        running.freeze(False)
        assert store.vote(vote(), NOW) is None
        assert counts(store, CODE, 0, Round.FIRST) == {"yes": 1}

    def test_after_a_failure_nobody_waits_for_a_while(
        self, running: Server, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "REST", 3600.0)
        opened(store)
        running.stop()
        try:
            with pytest.raises(StoreGone, match="OperationalError"):
                store.find(CODE, NOW)
            with pytest.raises(StoreGone, match="resting"):
                store.find(CODE, NOW)
        finally:
            running.start()

    def test_a_lock_that_is_never_released_is_given_up(self, running: Server, store: Store) -> None:
        import psycopg

        at_vote(store, seats=1)
        with psycopg.connect(running.url) as other:
            other.execute("SELECT * FROM room FOR UPDATE")
            with pytest.raises(StoreGone):
                store.vote(vote(), NOW)
            assert store.find(CODE, NOW) is not None
        assert store.vote(vote(), NOW) is None


@pytest.mark.usefixtures("impatient")
def test_a_server_that_accepts_and_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        store = Store(f"postgresql://u:{SECRET}@127.0.0.1:{listening.getsockname()[1]}/d")
        with pytest.raises(StoreGone) as gone:
            store.find(CODE, NOW)
    assert SECRET not in "".join(traceback.format_exception(gone.value))
