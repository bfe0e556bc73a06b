"""The addresses of the training room: plain pages and answers, without Streamlit and without websockets."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Route

from mantelzorg.content import ROOT
from mantelzorg.room.rooms import Rooms
from mantelzorg.room.store import Store
from mantelzorg.training.shelf import shelf
from mantelzorg.web.room.desk import Desk
from mantelzorg.web.room.guard import Guard
from mantelzorg.web.room.home import Begin
from mantelzorg.web.room.own import OwnCase
from mantelzorg.web.room.papers import Papers
from mantelzorg.web.room.phones import Phones
from mantelzorg.web.trial import live

SECONDS_BETWEEN_SWEEPS = 600.0
DATABASE = "DATABASE_URL"
FILE = ROOT / "data" / "rooms.sqlite"
"""Where rooms are kept unless the environment names another database."""


def database_url(file: Path = FILE) -> str:
    """The address of the database with the rooms."""
    return os.environ.get(DATABASE) or f"sqlite:///{file}"


def live_rooms() -> Rooms:
    """The rooms of this process, with what is live. Nothing is opened or read before they are used."""
    return Rooms(Store(database_url()), lambda: live().content, shelf())


async def sweeping(rooms: Rooms) -> None:
    """Delete rooms soon after they have ended, for as long as the server runs."""
    while True:
        # Where nobody gave a training there is no file, and none is made.
        if os.environ.get(DATABASE) or FILE.exists():
            await run_in_threadpool(rooms.sweep)
        await asyncio.sleep(SECONDS_BETWEEN_SWEEPS)


def room_routes(rooms: Rooms) -> list[BaseRoute]:
    """Every address of the training room."""
    guard = Guard()
    phones, desk, begin = Phones(rooms, guard), Desk(rooms, guard), Begin(rooms)
    own, papers = OwnCase(rooms.content), Papers(rooms)
    room = "/training/rooms/{code}"
    return [
        Route("/mee", phones.join),
        Route("/mee/{code}", phones.page),
        Route("/mee/{code}/now", phones.now),
        Route("/mee/{code}/seat", phones.seat, methods=["POST"]),
        Route("/mee/{code}/vote", phones.vote, methods=["POST"]),
        Route("/training", begin.page),
        Route("/training/static/{name}", begin.file),
        Route("/training/own-case", own.page),
        Route("/training/own-case", own.verdict, methods=["POST"]),
        Route("/training/own-case.yaml", own.as_file, methods=["POST"]),
        Route("/training/handout.{kind}", papers.handout),
        Route("/training/cards.pdf", papers.cards),
        Route("/training/overview", papers.overview, methods=["POST"]),
        Route("/training/rooms", desk.open, methods=["POST"]),
        Route(room, desk.page),
        Route(f"{room}/now", desk.now),
        Route(f"{room}/do", desk.act, methods=["POST"]),
        Route(f"{room}/reclaim", desk.reclaim, methods=["POST"]),
        Route(f"{room}/beamer", desk.wall),
        Route(f"{room}/beamer/now", desk.wall_now),
        Route(f"{room}/report.{{kind}}", papers.report),
    ]
