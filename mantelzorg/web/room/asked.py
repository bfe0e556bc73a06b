"""What came with a request to a training room, and the plain answers to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from mantelzorg.web.room import saying

MOST_BYTES = 20_000
LANGUAGES = ("nl", "en")
PLAIN_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?")


async def body(request: Request, most: int = MOST_BYTES) -> bytes | None:
    """What was sent; None when it is more than `most` bytes."""
    sent = b""
    async for part in request.stream():
        sent += part
        if len(sent) > most:
            return None
    return sent


def read_json(sent: bytes | None) -> Mapping[str, object] | None:
    """The object that was sent as JSON; None when it is anything else."""
    try:
        found = json.loads(sent or b"")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def word(data: Mapping[str, object], name: str) -> str:
    """A text of an object, or empty where it holds none."""
    found = data.get(name)
    return found if isinstance(found, str) else ""


def whole(data: Mapping[str, object], name: str) -> int | None:
    """A whole number that fits a database, or None."""
    found = data.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 2**53 else None


def query(request: Request, name: str) -> tuple[str, ...]:
    """The values of a part of the address after the question mark."""
    sent = parse_qs(request.url.query, max_num_fields=100) if len(request.url.query) < 5000 else {}
    return tuple(sent.get(name, ()))


def language(request: Request) -> str:
    """The language that the address asks for; Dutch when it asks for none."""
    asked = query(request, "language")
    return asked[0] if asked and asked[0] in LANGUAGES else LANGUAGES[0]


def caller(request: Request) -> str:
    """Who asks, for counting how often; it is written nowhere."""
    return request.client.host if request.client else ""


def place(request: Request) -> str:
    """The web address of this server as the one who asks knows it, without a slash; empty when it is no such thing."""
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}" if PLAIN_HOST.fullmatch(host) else ""


def only_here(request: Request) -> bool:
    """Whether the address is that of the laptop itself, which no telephone can reach."""
    return saying.only_here(place(request))


def token(request: Request) -> str:
    """The key with which a trainer shows that the room is theirs."""
    kind, _, found = request.headers.get("authorization", "").partition(" ")
    return found.strip() if kind.lower() == "bearer" else ""


def page(html: str, status: int = 200) -> Response:
    """A page."""
    return HTMLResponse(html, status)


def said(status: int, **data: object) -> Response:
    """An answer for the script of a page."""
    return JSONResponse(data, status)
