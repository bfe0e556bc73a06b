"""Transactions on SQLite or PostgreSQL, and one exception for everything that can go wrong with them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from mantelzorg.room.store.engines import POSTGRES_PATIENCE, SQLITE_PATIENCE, address, engine_for, left, patience
from mantelzorg.room.store.tables import METADATA

REST = 1.0
"""For so long after PostgreSQL could not be reached nobody tries: 200 phones would all wait in vain."""
_TURN = 7_061_205
"""The number of the lock by which PostgreSQL lets one transaction at a time make tables or open a room."""


class StoreGone(Exception):  # noqa: N818 - it says what is the matter, as the pages do
    """The database cannot be used now. `reason` names the kind of failure, never a value or an address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Database:
    """A database by its address. Nothing is opened before the first use; tables are made when absent."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._is_file = url.startswith("sqlite")
        self._making = Lock()
        self._writers = Lock()
        self._rest_until = 0.0

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees one moment. Raises StoreGone."""
        with self._guarded() as engine, self._begun(engine, writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when this returns, or has not happened. Raises StoreGone.

        On SQLite there is one writer at a time. On PostgreSQL the block locks the rows that it builds on.
        """
        with self._guarded() as engine, self._turn(), self._begun(engine, writes=True) as connection:
            yield connection

    def wipe(self) -> bool:
        """Empty SQLite's log of changes, which still holds what was deleted. False while somebody reads in it.

        Raises StoreGone.
        """
        if not self._is_file:
            return True
        with self._guarded() as engine, self._turn():
            connection = engine.raw_connection()
            try:
                cursor = connection.cursor()
                # Who reads for long, such as a backup, may not keep the voters waiting: the next time will do.
                cursor.execute("PRAGMA busy_timeout=200")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                blocked: int = cursor.fetchall()[0][0]
                return not blocked
            finally:
                connection.close()

    def close(self) -> None:
        """Close all connections; the next use opens them again."""
        with self._making:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()

    @contextmanager
    def _guarded(self) -> Iterator[Engine]:
        self._check_rest()
        try:
            with patience(SQLITE_PATIENCE if self._is_file else POSTGRES_PATIENCE):
                yield self._prepared()
        except (SQLAlchemyError, OSError, ImportError) as error:
            reason = _reason(error)
            if not isinstance(error, PoolTimeout) and "BUSY" not in reason:
                self.close()  # the file or the tables may be gone: the next call looks again
            raise StoreGone(reason) from None

    def _check_rest(self) -> None:
        with self._making:
            now = time.monotonic()
            if now < self._rest_until:
                raise StoreGone("resting")
            if self._rest_until:  # one tries again, the others hear it
                self._rest_until = now + POSTGRES_PATIENCE

    def _prepared(self) -> Engine:
        """The engine of a database that has its tables."""
        if self._engine is not None:
            return self._engine
        with self._turn():
            if self._engine is None:
                engine = engine_for(address(self._url))
                try:
                    with self._begun(engine, writes=True) as connection:
                        alone(connection)
                        METADATA.create_all(connection)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One writer of this process at a time: those who queue here wait in order, and hold no connection."""
        if not self._is_file and self._engine is not None:
            yield
            return
        if not self._writers.acquire(timeout=left()):
            raise StoreGone("busy")
        try:
            yield
        finally:
            self._writers.release()

    @contextmanager
    def _begun(self, engine: Engine, writes: bool) -> Iterator[Connection]:
        with self._connected(engine) as bare:
            connection = bare.execution_options(room_writes=writes)
            if not writes and not self._is_file:
                # Otherwise each statement sees a later moment: first the counts of a case, then no ballots any more.
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def _connected(self, engine: Engine) -> Connection:
        try:
            connection = engine.connect()
        except SQLAlchemyError as error:
            if not self._is_file and not isinstance(error, PoolTimeout):
                self._rest_until = time.monotonic() + REST
            raise
        self._rest_until = 0.0
        return connection


def alone(connection: Connection) -> None:
    """Let nobody else who calls this go on before this transaction ends. SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))


def _reason(error: Exception) -> str:
    original = getattr(error, "orig", None)
    name = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return f"{type(error).__name__} {name}" if name else type(error).__name__
