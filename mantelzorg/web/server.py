"""What the web server does around the pages: routes, headers, start-up and a log without values.

``streamlit run`` recognises an app by reading the script, not by running it: it looks for
``app = st.App(...)``. So app.py writes that call itself and takes the rest from here::

    app = st.App(__file__, **app_options(warm_up))

`asgi_app` is the same for other servers (uvicorn) and for tests.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gc
import hashlib
import importlib
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import TypedDict

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mantelzorg.room.rooms import Rooms
from mantelzorg.web.quiet_log import keep_values_out_of_logs
from mantelzorg.web.room.asked import PLAIN_HOST
from mantelzorg.web.room.routes import live_rooms, room_routes, sweeping

TITLE = "Is dit mantelzorg?"
SCRIPT_FAILED = (
    "Er ging iets mis in het programma. Er is niets opgeslagen. Laad de pagina opnieuw. "
    "Blijft het misgaan? Meld het dan aan de beheerder."
)

_log = logging.getLogger(__name__)

# The agent API answers even when it is switched off; the metrics tell about visitors.
_BLOCKED = re.compile(r"/_stcore/+(metrics|agent)(/|$)")
_NOT_A_PAGE = re.compile(r"/(_stcore|static|media|component)/|^/(mee|training)(/|$)")
_HASHED_ASSET = re.compile(r"/static/")
# These would let the page come back compressed, partial or "not modified": impossible to rewrite.
_PAGE_REQUEST_DROPS = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range"}
_PAGE_REWRITES = (
    (re.compile(rb'<html lang="en">'), b'<html lang="nl">'),
    (re.compile(rb"<title>Streamlit</title>"), f"<title>{TITLE}</title>".encode()),
    (re.compile(rb'<link rel="service-desc"[^>]*>'), b""),
    (
        re.compile(rb"<noscript>.*?</noscript>", re.DOTALL),
        b"<noscript><p>Zet JavaScript aan om deze pagina te gebruiken.</p></noscript>",
    ),
)
_FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class AppOptions(TypedDict):
    """The keyword arguments for `streamlit.App`."""

    routes: list[BaseRoute]
    middleware: list[Middleware]
    lifespan: Callable[[st.App], contextlib.AbstractAsyncContextManager[None]]
    on_script_error: Callable[[Exception], bool]


def app_options(warm_up: Callable[[], None] | None = None) -> AppOptions:
    """Everything `streamlit.App` needs beside the script; also makes the log free of values.

    `warm_up` runs once before the first visitor, to load what every visit shares. If it
    fails, that is logged and the server starts all the same: a page can say what is wrong.
    """
    keep_values_out_of_logs()
    rooms = live_rooms()
    return AppOptions(
        routes=[Route("/healthz", _health), *room_routes(rooms)],
        middleware=[Middleware(PageMiddleware)],
        lifespan=_lifespan(warm_up, rooms),
        on_script_error=_say_that_it_failed,
    )


def asgi_app(script: str, warm_up: Callable[[], None] | None = None) -> st.App:
    """The web app as an ASGI application."""
    return st.App(script, **app_options(warm_up))


async def _health(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


def _say_that_it_failed(_error: Exception) -> bool:
    st.error(SCRIPT_FAILED)
    return True


def _lifespan(
    warm_up: Callable[[], None] | None,
    rooms: Rooms,
) -> Callable[[st.App], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        for heavy in ("pandas", "pyarrow"):
            with contextlib.suppress(ImportError):
                importlib.import_module(heavy)
        try:
            if warm_up:
                warm_up()
        except Exception:
            _log.exception("Warming up failed; the server starts without it")
        # Streamlit collects all garbage after every run. Frozen, what never dies is not
        # looked through again: a run then costs 11-16 ms of processor time instead of 60.
        gc.collect()
        gc.freeze()
        sweep = asyncio.create_task(sweeping(rooms))
        yield
        sweep.cancel()

    return lifespan


class PageMiddleware:
    """Adds security headers to all responses and makes the first page Dutch before it paints."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._scripts = " ".join(_inline_script_hashes())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; websockets pass untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = self._with_headers(scope, send)
        if _BLOCKED.search(scope["path"]):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
        elif _NOT_A_PAGE.search(scope["path"]):
            await self._app(scope, receive, send)
        else:
            await self._app(_without_page_drops(scope), receive, _PageRewriter(send))

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        policy = _content_security_policy(self._scripts, Headers(scope=scope).get("host", ""))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_FIXED_HEADERS)
                headers["Content-Security-Policy"] = policy
                is_page = headers.get("content-type", "").startswith("text/html")
                if is_page or not _HASHED_ASSET.search(scope["path"]):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        return send_with_headers


class _PageRewriter:
    """A `send` that holds back an HTML page until it is whole, and sends it rewritten."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._start)
        else:
            await self._send(message)

    async def _send_page(self, start: Message) -> None:
        body = self._body
        for pattern, replacement in _PAGE_REWRITES:
            body = pattern.sub(replacement, body)
        headers = MutableHeaders(scope=start)
        # The tag and the length are those of the page as it was; a HEAD request has no body at all.
        for name in ("etag", "last-modified", "content-length", "accept-ranges"):
            del headers[name]
        if body:
            headers["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_html(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def _without_page_drops(scope: Scope) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in _PAGE_REQUEST_DROPS]
    return {**scope, "headers": kept}


def _inline_script_hashes() -> Iterable[str]:
    page = Path(st.__file__).parent / "static" / "index.html"
    for script in re.findall(rb"<script>(.*?)</script>", page.read_bytes(), re.DOTALL):
        yield f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _content_security_policy(scripts: str, host: str) -> str:
    # Not every browser counts a websocket of the same host as 'self'.
    sockets = f" ws://{host} wss://{host}" if PLAIN_HOST.fullmatch(host) else ""
    return "; ".join(
        [
            "default-src 'self'",
            # blob: is how Streamlit loads a component's script; wasm is its drawing of rule graphs.
            f"script-src 'self' blob: 'wasm-unsafe-eval' {scripts}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'self'",
            "object-src 'none'",
        ]
    )
