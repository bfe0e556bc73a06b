"""What a trainer takes along: the report of a training, several reports together, and the handout before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mantelzorg.problems import ContentError
from mantelzorg.room import codes
from mantelzorg.room.after.file import write_record
from mantelzorg.room.after.overview import overview
from mantelzorg.room.after.reading import read_record
from mantelzorg.room.after.report import record_report
from mantelzorg.room.rooms import ZONE, Rooms
from mantelzorg.room.steps import RHYTHMS, Rhythm
from mantelzorg.room.store import StoreGone
from mantelzorg.training.handout import handout, voting_cards
from mantelzorg.web.navigation import SELF_CHECK
from mantelzorg.web.room import asked, render

MOST_BYTES = 6_000_000
MOST_FILES = 200
CSV = "text/csv; charset=utf-8"
PAPER = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Papers:
    """Files that are made when they are asked for. None of them is kept."""

    rooms: Rooms

    async def report(self, request: Request) -> Response:
        """The report of a room as it stands, for its trainer."""
        code, kind = codes.read_code(request.path_params["code"]), request.path_params["kind"]
        if not code or kind not in ("csv", "pdf"):
            return asked.said(404)
        try:
            record = await run_in_threadpool(self.rooms.record, code, asked.token(request))
        except StoreGone:
            return asked.said(503)
        if record is None:
            return asked.said(401)
        if kind == "csv":
            return file(write_record(record), CSV, f"training-{record.day}.csv")
        made = await run_in_threadpool(lambda: record_report(record).pdf())
        return file(made, PAPER["pdf"], f"training-{record.day}.pdf")

    async def handout(self, request: Request) -> Response:
        """The chosen cases on paper, with what the rules say on the back."""
        kind, language = request.path_params["kind"], asked.language(request)
        known = await run_in_threadpool(self.rooms.cases)
        names = dict.fromkeys(asked.query(request, "case"))
        cases = [known[name] for name in names if name in known]
        if kind not in PAPER or not cases:
            return asked.said(404)
        own = "" if asked.only_here(request) else asked.place(request)
        for_all = {RHYTHMS[case.audience] for case in cases}
        address = f"{own}/{SELF_CHECK}" if own and for_all == {Rhythm.RECOGNISE} else own
        today = datetime.now(ZONE).date()
        paper = await run_in_threadpool(handout, cases, self.rooms.content(), language, today, address)
        make = paper.pdf if kind == "pdf" else paper.docx
        return file(await run_in_threadpool(make), PAPER[kind], f"casussen.{kind}")

    async def cards(self, request: Request) -> Response:
        """Cards to hold up where nobody votes by telephone, for the kind of meeting of the chosen cases."""
        known = await run_in_threadpool(self.rooms.cases)
        chosen = {RHYTHMS[known[name].audience] for name in asked.query(request, "case") if name in known}
        rhythm = Rhythm.RECOGNISE if chosen == {Rhythm.RECOGNISE} else Rhythm.QUIZ
        made = await run_in_threadpool(voting_cards, rhythm, asked.language(request))
        return file(made, PAPER["pdf"], "stemkaarten.pdf")

    async def overview(self, request: Request) -> Response:
        """Several reports together. What was sent is read, counted and forgotten."""
        data = asked.read_json(await asked.body(request, MOST_BYTES))
        language, files = asked.word(data or {}, "language"), read_files((data or {}).get("files"))
        if language not in asked.LANGUAGES or files is None:
            return asked.said(422)
        return asked.said(200, html=await run_in_threadpool(_overview, files, language))


def read_files(sent: object) -> list[tuple[str, bytes]] | None:
    """Files as the page sent them, (name, content) each; None when it is anything else."""
    if not isinstance(sent, list) or not 0 < len(sent) <= MOST_FILES:
        return None
    if not all(isinstance(one, dict) for one in sent):
        return None
    return [(asked.word(one, "name"), asked.word(one, "text").encode("utf-8", "replace")) for one in sent]


def _overview(files: Iterable[tuple[str, bytes]], language: str) -> str:
    records, problems = [], []
    for name, data in files:
        try:
            records.append(read_record(data, name))
        except ContentError as error:
            problems += [str(problem) for problem in error.problems]
    return render.overview_part(overview(records), problems, language)


def file(content: bytes, kind: str, name: str, how: Literal["inline", "attachment"] = "attachment") -> Response:
    """A file to save."""
    return Response(content, media_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})
