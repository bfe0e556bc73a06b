"""Makes the pages of a room, and the parts of them that change. Pure: the same input gives the same HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mantelzorg.room.after.overview import Overview
from mantelzorg.room.after.overview_table import percent, table_rows
from mantelzorg.room.after.words import after_words
from mantelzorg.room.room import LONGEST_REMARK
from mantelzorg.room.stage import Desk, Stage
from mantelzorg.web.room import assets, saying
from mantelzorg.web.room.assets import asset
from mantelzorg.web.room.views import CaseChoice, CaseGroup, Home, OwnQuestion, OwnSection, OwnVerdict
from mantelzorg.web.room.words import words

__all__ = ["CaseChoice", "CaseGroup", "Home", "OwnQuestion", "OwnSection", "OwnVerdict", "asset"]

JOIN = "/mee"
JOIN_PROBLEMS = {"code": "join_short"}
SCRIPT_WORDS = {
    "phone": "offline busy counted retry late slow_down full",
    "beamer": "offline gone",
    "trainer": "offline room_gone to_home claim_wrong claim_locked claim_unknown action_failed report_failed"
    " closed_room beamer_blocked",
    "home": "home_opening home_none home_full home_failed home_chosen claim_wrong claim_locked claim_unknown"
    " overview_busy overview_failed overview_large join_short",
    "own_case": "offline own_put_done own_empty action_failed room_gone",
}
"""What each script says by itself."""


def phone_page(code: str, language: str) -> str:
    """The page of a participant; its script fetches the part that changes."""
    return _page("phone", language, code=code)


def phone_part(stage: Stage) -> str:
    """What a participant sees now."""
    return _fill("phone_part", stage.language, stage=stage)


def join_page(language: str, problem: str = "") -> str:
    """Where somebody types the code. `problem` is what was wrong with it: "code" or nothing."""
    return _fill("join", language, problem=words(language)[JOIN_PROBLEMS[problem]] if problem else "")


def beamer_page(code: str, language: str) -> str:
    """The page for the screen on the wall."""
    return _page("beamer", language, code=code)


def beamer_part(stage: Stage, address: str, qr_svg: str) -> str:
    """What the wall shows now. `address` is where one joins, for people; `qr_svg` is safe SVG or empty."""
    return _slide(stage, address, qr_svg, 1)


def trainer_page(code: str, language: str) -> str:
    """The page of the trainer; its script asks for the PIN when it has no token."""
    return _page("trainer", language, code=code)


def trainer_part(desk: Desk, address: str, pin: str = "") -> str:
    """What the trainer sees and can do now. `pin` is shown when it is given."""
    stage, short = desk.stage, saying.readable(address)
    return _fill(
        "trainer_part",
        stage.language,
        desk=desk,
        stage=stage,
        address=short,
        pin=pin,
        slide=Markup(_slide(stage, address, "", 2)),
        longest=LONGEST_REMARK,
    )


def home_page(view: Home) -> str:
    """Where a trainer begins."""
    return _page("home", view.language, view=view)


def own_case_page(rows: Sequence[OwnSection], language: str, code: str = "") -> str:
    """Where an own case is made; `code` is the room that it is for, if any."""
    return _page("own_case", language, rows=rows, code=code, verdict=Markup(own_case_part(OwnVerdict(language))))


def own_case_part(verdict: OwnVerdict) -> str:
    """What the rules say of an own case so far."""
    return _fill("own_case_part", verdict.language, verdict=verdict)


def overview_part(found: Overview, problems: Sequence[str], language: str) -> str:
    """Several trainings together; `problems` are what could not be read, file by file."""
    tables = table_rows(found, language)
    said = after_words(language)
    return _fill("overview", language, found=found, tables=tables, problems=problems, said=said, percent=percent)


def _slide(stage: Stage, address: str, qr_svg: str, level: int) -> str:
    short = saying.readable(address)
    base = short.removesuffix(JOIN)
    return _fill("slide", stage.language, stage=stage, address=short, base=base, qr_svg=Markup(qr_svg), level=level)


def _page(name: str, language: str, **given: object) -> str:
    w = words(language)
    said = json.dumps({key: w[key] for key in SCRIPT_WORDS[name].split()}, ensure_ascii=False)
    # In single quotes: those of JSON are double, and each would be five letters long.
    kept = Markup(said.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;"))
    return _fill(name, language, script_words=kept, script=name, **given)


def _fill(name: str, language: str, **given: object) -> str:
    return _templates().get_template(f"{name}.html.j2").render(w=words(language), language=language, **given)


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    tools: Mapping[str, object] = {"say": saying, "static": assets.address}
    made.globals.update(tools)
    return made
