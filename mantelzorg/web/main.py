"""One run of the app: the content of this visit, the language, and the referrer's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from mantelzorg.problems import ContentError
from mantelzorg.web import form, page, visit_content
from mantelzorg.web.screening import make_screen
from mantelzorg.web.trial import live
from mantelzorg.web.view import Answers, Chrome, Screen
from mantelzorg.web.words import words

ZONE = ZoneInfo("Europe/Amsterdam")


def warm_up() -> None:
    """Read all content and judge an empty form, before the first visitor comes."""
    content = live().content
    make_screen(content, {}, Chrome(), datetime.now(ZONE).date())


def run() -> None:
    """Draw the page for one visit."""
    own_words = words(page.language())
    try:
        found = live()
    except ContentError as error:
        visit_content.draw_no_content(error.problems, own_words)
        return
    content = visit_content.of_visit(found, bool(form.read_answers()), st.session_state)
    notice = visit_content.notice(found.problems, own_words)
    today = datetime.now(ZONE).date()

    def make(answers: Answers, chrome: Chrome) -> Screen:
        return replace(make_screen(content, answers, chrome, today), notice=notice)

    page.draw(make, own_words)
