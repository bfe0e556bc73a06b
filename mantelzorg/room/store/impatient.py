"""A connection to PostgreSQL that gives up in time. Only imported where PostgreSQL is used."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.abc import RV, PQGen

from mantelzorg.room.store.engines import POSTGRES_PATIENCE, left

_MILLISECONDS = int(POSTGRES_PATIENCE * 1000)
_LIMITS = (
    f"SET statement_timeout = {_MILLISECONDS}",
    f"SET lock_timeout = {_MILLISECONDS}",
    # Whoever is stopped in the middle of a transaction must not keep the others waiting.
    f"SET idle_in_transaction_session_timeout = {2 * _MILLISECONDS}",
)


class Impatient(psycopg.Connection[Any]):
    """Waits for an answer no longer than this thread has patience; then it is closed, as its state is unknown.

    PostgreSQL's own time limits do not help against a server, or a network, that went silent.
    """

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        limit = left() if timeout is None else min(timeout, left())
        try:
            return super().wait(gen, interval=interval, timeout=limit)
        except psycopg.OperationalError:
            if not left():
                self.close()
            raise


def connect(_dialect: object, _record: object, arguments: list[Any], named: dict[str, Any]) -> Impatient:
    """Connect within the patience of this thread."""
    if not left():
        raise psycopg.OperationalError("no time left")
    return Impatient.connect(*arguments, **{"connect_timeout": 2, **named})


def prepare(connection: Impatient, _record: object) -> None:
    """Let the server give up as well."""
    for limit in _LIMITS:
        connection.execute(limit)
    connection.commit()
