"""How SQLite and PostgreSQL are reached, each in its own careful way, and never longer than somebody waits for it."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

SQLITE_PATIENCE = 4.0
"""Seconds that a call waits for its turn to write."""
POSTGRES_PATIENCE = 2.0
"""Seconds that a call may take; a server that accepts and never answers is then given up."""
CONNECTIONS = 8
_NAMES = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg", "sqlite": "sqlite"}

_own = threading.local()


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """What happens within, in this thread, may take so long; an outer limit stays."""
    outer = getattr(_own, "until", None)
    until = time.monotonic() + seconds
    _own.until = until if outer is None else min(until, outer)
    try:
        yield
    finally:
        _own.until = outer


def left() -> float:
    """Seconds of patience left in this thread; never negative."""
    until: float | None = getattr(_own, "until", None)
    return POSTGRES_PATIENCE if until is None else max(0.0, until - time.monotonic())


def address(url: str) -> URL:
    """The address with the driver that this program uses. Raises ArgumentError for any other kind of database."""
    try:
        found = make_url(url)
    except ValueError:  # a port that is no number
        raise ArgumentError("not an address") from None
    name = _NAMES.get(found.drivername, found.drivername)
    if name not in _NAMES.values() or (name == "sqlite" and found.database in (None, "", ":memory:")):
        raise ArgumentError("not a file of SQLite or a PostgreSQL server")
    return found.set(drivername=name)


def engine_for(url: URL) -> Engine:
    """An engine; connects to nothing yet."""
    return _sqlite(url) if url.drivername == "sqlite" else _postgres(url)


def _sqlite(url: URL) -> Engine:
    file = Path(url.database or "")
    file.parent.mkdir(parents=True, exist_ok=True)
    # Made here, so that only the owner can read it; SQLite gives its side files the same rights.
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=POSTGRES_PATIENCE,
        connect_args={"timeout": SQLITE_PATIENCE, "isolation_level": None},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # FULL: what is acknowledged survives a power cut. secure_delete: what is deleted is overwritten.
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    _to_wal(connection)


def _to_wal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer go side by side. Two processes that change this at once are refused without a wait."""
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if not left():
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("room_writes"):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(left() * 1000)}")
    # A transaction that first reads and then wants to write is refused at once when another wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgres(url: URL) -> Engine:
    from mantelzorg.room.store.impatient import connect, prepare

    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=POSTGRES_PATIENCE,
        pool_pre_ping=True,
    )
    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", prepare)
    return engine
