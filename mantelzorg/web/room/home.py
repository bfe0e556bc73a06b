"""The page where a trainer begins."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mantelzorg.room.rooms import Rooms
from mantelzorg.room.steps import RHYTHMS
from mantelzorg.web.room import asked, render
from mantelzorg.web.room.assets import asset
from mantelzorg.web.room.render import CaseChoice, CaseGroup, Home

FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Begin:
    """The first page, and the files that all pages load."""

    rooms: Rooms

    async def page(self, request: Request) -> Response:
        """Choose cases and open a room."""
        view = await run_in_threadpool(self.view, asked.language(request))
        return asked.page(render.home_page(view))

    def view(self, language: str) -> Home:
        """The prepared cases, for each kind of meeting."""
        cases = self.rooms.cases().values()
        groups = {
            rhythm: tuple(
                CaseChoice(case.id, case.title[language], case.story[language], case.difficulty, case.starter)
                for case in cases
                if case.audience == audience
            )
            for audience, rhythm in RHYTHMS.items()
        }
        return Home(language, tuple(CaseGroup(rhythm, own) for rhythm, own in groups.items()))

    async def file(self, request: Request) -> Response:
        """A style, script or typeface."""
        found = asset(request.path_params["name"])
        if found is None:
            return asked.said(404)
        content, kind = found
        return Response(content, media_type=kind, headers={"Cache-Control": FOR_EVER})
