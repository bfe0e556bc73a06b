"""Asks the routes of the training room, without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import Message

from mantelzorg.web.room.routes import room_routes
from mantelzorg.web.server import PageMiddleware


def run_apart(work: Coroutine[Any, Any, object]) -> None:
    """Run to the end in a thread of its own: where a browser is driven, this thread has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class Asker:
    """Asks an app, as one caller after another."""

    def __init__(self, rooms: Any) -> None:
        self._app = Starlette(routes=room_routes(rooms), middleware=[Middleware(PageMiddleware)])

    def get(self, path: str, token: str = "", caller: str = "10.0.0.1", **headers: str) -> Answer:
        return self._ask("GET", path, b"", token, caller, headers)

    def post(self, path: str, data: object, token: str = "", caller: str = "10.0.0.1") -> Answer:
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        return self._ask("POST", path, body, token, caller, {})

    def _ask(self, method: str, path: str, body: bytes, token: str, caller: str, more: dict[str, str]) -> Answer:
        route, _, query = path.partition("?")
        headers = {"host": "zaal.example:8501", "content-type": "application/json", **more}
        if token:
            headers["authorization"] = f"Bearer {token}"
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": route,
            "raw_path": route.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
            "client": (caller, 1234),
            "server": ("127.0.0.1", 8501),
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        run_apart(self._app(scope, receive, send))
        found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(part.get("body", b"") for part in sent[1:]))
