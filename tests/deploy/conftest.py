"""The shipped deployment on this machine: two processes of the app behind nginx, and one database for both."""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

from behind_nginx import ANY_CERTIFICATE, HERE, App, Nginx, NoNginxError, free_port, nginx_program  # noqa: E402


@dataclass(frozen=True)
class Answer:
    """What came back. Headers keep their order and their doubles."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def values(self, name: str) -> list[str]:
        return [value for own, value in self.headers if own.lower() == name.lower()]

    @property
    def cookie(self) -> str | None:
        """The process that the browser is told to come back to."""
        told = [value.split(";")[0] for value in self.values("Set-Cookie") if value.startswith("mantelzorg_process=")]
        assert len(told) <= 1
        return told[0].partition("=")[2] if told else None


@dataclass(frozen=True)
class Site:
    """The deployment, as people meet it."""

    nginx: Nginx
    apps: tuple[App, App]

    def ask(
        self, path: str, method: str = "GET", body: bytes | object = None, source: str = HERE, **headers: str
    ) -> Answer:
        """Ask by HTTPS, from this address."""
        connection = http.client.HTTPSConnection(
            HERE, self.nginx.tls, timeout=20, source_address=(source, 0), context=ANY_CERTIFICATE
        )
        try:
            sent = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, sent, named)
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def visit(self, process: int) -> dict[str, str]:
        """The header of a browser whose visit is at this process."""
        return {"Cookie": f"mantelzorg_process={process}"}

    def logged(self, method: str, many: int) -> list[str]:
        """The lines of requests with this method, once there are so many: nginx writes a line after the answer.

        Each test that looks uses a method of its own, so that no late line of another one counts.
        """
        file, until = self.nginx.folder / "log" / "mantelzorg.log", time.monotonic() + 10
        while True:
            lines = [line for line in file.read_text("utf-8").splitlines() if line.split(" ")[1] == method]
            if len(lines) >= many or time.monotonic() > until:
                return lines
            time.sleep(0.01)

    def written(self) -> str:
        """Everything that nginx and the processes wrote."""
        return self.nginx.logs() + "".join(app.log for app in self.apps)


@pytest.fixture(scope="session")
def nginx() -> str:
    """The program."""
    try:
        return nginx_program()
    except NoNginxError as reason:
        _absent(str(reason))
        raise


def _absent(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """PostgreSQL where it can be had, else a file that both processes share."""
    postgres: Any = _postgres_of_rooms()
    try:
        server = postgres.Server()
    except postgres.NoPostgresError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        yield f"sqlite:///{tmp_path_factory.mktemp('rooms')}/rooms.db"
        return
    yield server.url
    server.remove()


def _postgres_of_rooms() -> ModuleType:
    spec = util.spec_from_file_location("postgres_of_rooms", ROOT / "tests" / "room" / "postgres.py")
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def site(nginx: str, database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("deploy")
    apps = tuple(App(free_port(), database, folder / f"app-{number}.log") for number in (1, 2))
    front = Nginx(folder / "nginx", tuple(app.port for app in apps))
    try:
        for app in apps:
            app.start()
        for app in apps:
            app.wait()
        front.start()
        yield Site(front, (apps[0], apps[1]))
    finally:
        front.end()
        for app in apps:
            app.end()
