"""Databases for the tests of training rooms: a file of SQLite, and a PostgreSQL that one test process shares."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from postgres import NoPostgresError, Server

from mantelzorg.room import codes
from mantelzorg.room.store import Store


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL."""
    try:
        server = Server()
    except NoPostgresError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(str(reason))
    yield server
    server.remove()


@pytest.fixture(autouse=True)
def _no_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that a test starts runs the main module again; AppTest leaves a page there that is gone."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture(autouse=True)
def _quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PIN takes long on purpose; only its own tests need that."""
    monkeypatch.setitem(codes._SCRYPT, "n", 2)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/rooms.db"
    server: Server = request.getfixturevalue("postgres")
    with psycopg.connect(server.url) as connection:
        if connection.execute("SELECT to_regclass('room')").fetchone() != (None,):
            connection.execute("TRUNCATE room CASCADE")
    return server.url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A store on an empty database, of each kind in turn."""
    made = Store(store_url)
    yield made
    made.dispose()
