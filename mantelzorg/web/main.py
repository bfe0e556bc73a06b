"""One run of the app: the content that is live, the language, and the referrer's page."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mantelzorg.live_content import live
from mantelzorg.web import page
from mantelzorg.web.screening import make_screen
from mantelzorg.web.view import Answers, Chrome, Screen
from mantelzorg.web.words import words

ZONE = ZoneInfo("Europe/Amsterdam")


def warm_up() -> None:
    """Read all content and judge an empty form, before the first visitor comes."""
    content = live().content
    make_screen(content, {}, Chrome(), datetime.now(ZONE).date())


def run() -> None:
    """Draw the page for one visit."""
    content = live().content
    today = datetime.now(ZONE).date()

    def make(answers: Answers, chrome: Chrome) -> Screen:
        return make_screen(content, answers, chrome, today)

    page.draw(make, words(page.language()))
