"""What a trainer asks of the rooms, and what the screen on the wall asks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mantelzorg.reports.qr import qr_code
from mantelzorg.room import codes
from mantelzorg.room.rooms import Denied, Rooms
from mantelzorg.room.staging import View
from mantelzorg.room.steps import Rhythm
from mantelzorg.room.store import Reclaim, StoreGone
from mantelzorg.web.room import asked, phones, render
from mantelzorg.web.room.guard import Guard

MOST_CASES = 30
STATUS = {Denied.UNKNOWN: 404, Denied.TOKEN: 401, Denied.STALE: 409, Denied.SENSELESS: 422}
RECLAIMED = {Reclaim.WRONG: 403, Reclaim.LOCKED: 429, Reclaim.UNKNOWN: 404}
_RHYTHMS = {rhythm.value: rhythm for rhythm in Rhythm}


@dataclass(frozen=True)
class Desk:
    """The trainer's side of the rooms."""

    rooms: Rooms
    guard: Guard

    async def open(self, request: Request) -> Response:
        """Open a room: its code, and what lets the trainer in again."""
        data = asked.read_json(await asked.body(request)) or {}
        language, rhythm = asked.word(data, "language"), asked.word(data, "rhythm")
        cases = read_names(data.get("cases"))
        if language not in asked.LANGUAGES or rhythm not in _RHYTHMS or cases is None:
            return asked.said(422)
        if not self.guard.may_open(asked.caller(request)):
            return asked.said(429)
        opened = await run_in_threadpool(self.rooms.open, language, _RHYTHMS[rhythm], cases)
        if opened is None:
            return asked.said(503)
        return asked.said(201, code=opened.code, pin=opened.pin, token=opened.token)

    async def reclaim(self, request: Request) -> Response:
        """Let the trainer in again with the PIN."""
        code, caller = _code(request), asked.caller(request)
        data = asked.read_json(await asked.body(request)) or {}
        if not self.guard.may_ask(caller, code):
            return asked.said(429)
        try:
            found, token = await run_in_threadpool(self.rooms.reclaim, code, asked.word(data, "pin"))
        except StoreGone:
            return asked.said(503)
        if found is Reclaim.UNKNOWN:
            self.guard.wrong(caller)
        return asked.said(RECLAIMED[found]) if found in RECLAIMED else asked.said(200, token=token)

    async def page(self, request: Request) -> Response:
        """The trainer's page; what is on it comes by `now`."""
        return _shell(request, render.trainer_page)

    async def wall(self, request: Request) -> Response:
        """The page for the beamer."""
        return _shell(request, render.beamer_page)

    async def now(self, request: Request) -> Response:
        """What the trainer sees, unless the page has it already."""
        code, caller = _code(request), asked.caller(request)
        if not self.guard.may_ask(caller, code):
            return asked.said(429)
        try:
            view = await run_in_threadpool(self._trusted, code, asked.token(request))
        except StoreGone:
            return asked.said(503)
        if isinstance(view, Denied):
            self._count_wrong(view, caller)
            return asked.said(STATUS[view])
        return await run_in_threadpool(self._desk, view, request)

    def _count_wrong(self, denied: Denied, caller: str) -> None:
        if denied is Denied.UNKNOWN:
            self.guard.wrong(caller)

    def _trusted(self, code: str, token: str) -> View | Denied:
        view = self.rooms.view(code) if code else None
        if view is None:
            return Denied.UNKNOWN
        return view if self.rooms.trusts(code, token) else Denied.TOKEN

    def _desk(self, view: View, request: Request) -> Response:
        tag = _tag(view)
        if asked.query(request, "r") == (tag,):
            return Response(status_code=204)
        html = render.trainer_part(view.desk(), joining(request))
        return asked.said(200, tag=tag, revision=view.room.revision, html=html, language=view.room.language)

    async def wall_now(self, request: Request) -> Response:
        """What is on the wall, unless the page has it already."""
        code, caller = _code(request), asked.caller(request)
        if not self.guard.may_ask(caller, code):
            return asked.said(429)
        try:
            view = await run_in_threadpool(self.rooms.recent, code) if code else None
        except StoreGone:
            return asked.said(503)
        if view is None:
            self.guard.wrong(caller)
            return asked.said(404)
        return await run_in_threadpool(self._wall, view, request)

    def _wall(self, view: View, request: Request) -> Response:
        tag = _tag(view)
        if asked.query(request, "r") == (tag,):
            return Response(status_code=204)
        address = joining(request)
        direct = f"{address}/{view.room.code}"
        html = render.beamer_part(view.stage(), address, qr_code(direct) if address else "")
        return asked.said(200, tag=tag, revision=view.room.revision, html=html, language=view.room.language)

    async def act(self, request: Request) -> Response:
        """Do something with the room, as it was at the revision that the page knew."""
        data = asked.read_json(await asked.body(request)) or {}
        code, caller, revision = _code(request), asked.caller(request), asked.whole(data, "revision")
        action = asked.word(data, "action")
        if revision is None:
            return asked.said(422)
        if not self.guard.may_ask(caller, code):
            return asked.said(429)
        token = asked.token(request)
        try:
            if action == "close":
                closed = await run_in_threadpool(self.rooms.close, code, token)
                return asked.said(200, closed=True) if closed else asked.said(401)
            found = await run_in_threadpool(self.rooms.act, code, token, revision, action, data)
        except StoreGone:
            return asked.said(503)
        if isinstance(found, Denied):
            self._count_wrong(found, caller)
            return asked.said(STATUS[found])
        return await run_in_threadpool(self._desk, found, request)


def read_names(sent: object) -> tuple[str, ...] | None:
    """The ids of cases as they were sent, each once; None when it is anything else."""
    fits = isinstance(sent, list) and len(sent) <= MOST_CASES and all(isinstance(one, str) for one in sent)
    return tuple(dict.fromkeys(sent)) if fits and isinstance(sent, list) else None


def joining(request: Request) -> str:
    """The address where participants go."""
    place = asked.place(request)
    return f"{place}{phones.ADDRESS}" if place else ""


def _code(request: Request) -> str:
    return codes.read_code(request.path_params["code"])


def _shell(request: Request, make: Callable[[str, str], str]) -> Response:
    code, language = _code(request), asked.language(request)
    if not code:
        return asked.page(render.join_page(language, "code"), 404)
    return asked.page(make(code, language))


def _tag(view: View) -> str:
    """Changes with everything that the trainer or the wall shows, but not with the seconds that pass."""
    votes = view.votes
    counts = sorted((item, round_.value, sorted(own.items())) for (item, round_), own in votes.phones.items())
    settled = sorted((item, round_.value) for item, round_ in votes.settled)
    seen = (view.room.revision, view.store_gone, votes.seats, settled, counts, view.content.digest)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]
