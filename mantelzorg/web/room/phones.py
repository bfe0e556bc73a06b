"""What the telephones in a training room ask: the page, a seat, what is to be seen, and to count a vote."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mantelzorg.room import codes
from mantelzorg.room.rooms import Rooms
from mantelzorg.room.steps import Round
from mantelzorg.room.store import Refusal, StoreGone, Vote
from mantelzorg.web.room import asked, render
from mantelzorg.web.room.guard import Guard

ADDRESS = "/mee"
SEAT_HEADER = "x-seat"
STATUS = {Refusal.UNKNOWN: 404, Refusal.SEAT: 403, Refusal.FULL: 409, Refusal.CLOSED: 409, Refusal.CHOICE: 422}
_ROUNDS = {round_.value: round_ for round_ in Round}


@dataclass(frozen=True)
class Phones:
    """The participants' side of the rooms."""

    rooms: Rooms
    guard: Guard

    async def join(self, request: Request) -> Response:
        """The page on which a code is typed; with a code it leads on to the room."""
        language, typed = asked.language(request), asked.query(request, "code")
        if not typed:
            return asked.page(render.join_page(language))
        code = codes.read_code(typed[0])
        if code:
            return RedirectResponse(f"{ADDRESS}/{code}", 303)
        return asked.page(render.join_page(language, "code"), 422)

    async def page(self, request: Request) -> Response:
        """The page of a room; what is to be seen comes by `now`."""
        code = codes.read_code(request.path_params["code"])
        if not code:
            return asked.page(render.join_page(asked.language(request), "code"), 404)
        return asked.page(render.phone_page(code, asked.language(request)))

    async def now(self, request: Request) -> Response:
        """What is to be seen, unless the telephone has it already."""
        code, known = codes.read_code(request.path_params["code"]), asked.query(request, "r")
        if not self.guard.may_ask(asked.caller(request), code, request.headers.get(SEAT_HEADER, "")):
            return asked.said(429)
        return await run_in_threadpool(self._now, code, known[0] if known else "", asked.caller(request))

    def _now(self, code: str, known: str, caller: str) -> Response:
        try:
            view = self.rooms.recent(code) if code else None
        except StoreGone:
            return asked.said(503)
        if view is None:
            self.guard.wrong(caller)
            return asked.said(404)
        tag = f"{view.room.revision}{'-' if view.store_gone else ''}"
        if known == tag:
            return Response(status_code=204)
        stage = view.stage()
        round_ = stage.round.value if stage.round and not stage.closed else ""
        return asked.said(
            200,
            revision=tag,
            html=render.phone_part(stage),
            round=round_,
            item=stage.place.item,
            hands=stage.hands_mode,
            language=stage.language,
        )

    async def seat(self, request: Request) -> Response:
        """Take a seat, once or again."""
        code, data = codes.read_code(request.path_params["code"]), asked.read_json(await asked.body(request))
        key = asked.word(data, "seat") if data else ""
        if not codes.is_key(key):
            return asked.said(422)
        caller = asked.caller(request)
        if not self.guard.may_ask(caller, code, key) or not self.guard.may_join(caller):
            return asked.said(429)
        return await run_in_threadpool(self._seat, code, key, caller)

    def _seat(self, code: str, key: str, caller: str) -> Response:
        try:
            refused = self.rooms.take_seat(code, key) if code else Refusal.UNKNOWN
        except StoreGone:
            return asked.said(503)
        if refused is Refusal.UNKNOWN:
            self.guard.wrong(caller)
        if refused is None:
            self.guard.seated(code, key)
        return asked.said(STATUS[refused], why=refused.value) if refused else Response(status_code=204)

    async def vote(self, request: Request) -> Response:
        """Count a vote. The answer comes when it is kept, and not before."""
        vote = read_vote(codes.read_code(request.path_params["code"]), asked.read_json(await asked.body(request)))
        if vote is None:
            return asked.said(422)
        if not self.guard.may_ask(asked.caller(request), vote.code, vote.seat):
            return asked.said(429)
        return await run_in_threadpool(self._vote, vote, asked.caller(request))

    def _vote(self, vote: Vote, caller: str) -> Response:
        try:
            refused = self.rooms.vote(vote)
        except StoreGone:
            return asked.said(503)
        if refused is Refusal.UNKNOWN:
            self.guard.wrong(caller)
        return asked.said(STATUS[refused], why=refused.value) if refused else asked.said(200, counted=vote.choice)


def read_vote(code: str, data: object) -> Vote | None:
    """A vote as it was sent; None when it cannot be one."""
    if not isinstance(data, dict):
        return None
    seat, choice, round_ = asked.word(data, "seat"), asked.word(data, "choice"), _ROUNDS.get(asked.word(data, "round"))
    item, n = asked.whole(data, "item"), asked.whole(data, "n")
    if not code or round_ is None or item is None or n is None or item < 0 or n < 0 or len(choice) > 100:
        return None
    return Vote(code, seat, item, round_, n, choice) if codes.is_key(seat) else None
