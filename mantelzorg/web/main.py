"""One run of the app: the content of this visit, the language, and the page that the address asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from mantelzorg.problems import ContentError
from mantelzorg.self_check import QUESTIONNAIRE
from mantelzorg.web import form, navigation, page, self_check_visit, visit_content
from mantelzorg.web.cards import text
from mantelzorg.web.poster import poster_button
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
    """Draw the page of this visit that the address asks for."""
    own_words = words(page.language())
    try:
        found = live()
    except ContentError as error:
        visit_content.draw_no_content(error.problems, own_words)
        return
    content = visit_content.of_visit(found, bool(form.read_answers()) or self_check_visit.begun(), st.session_state)
    notice = visit_content.notice(found.problems, own_words)
    today = datetime.now(ZONE).date()

    def make(answers: Answers, chrome: Chrome) -> Screen:
        return replace(make_screen(content, answers, chrome, today), notice=notice)

    def links() -> None:
        navigation.link(places.book, own_words["to_book"])
        if QUESTIONNAIRE in content.questionnaires:
            navigation.link(places.self_check, own_words["self_check"])
            poster_button(content, own_words)
        navigation.link(places.list, own_words["list"])
        navigation.training_link(own_words["training"], page.language())
        if navigation.for_authors():
            navigation.link(places.workbench, own_words["workbench"])

    def form_page() -> None:
        page.draw(make, own_words, links)

    # The other pages are read when somebody goes there: the first page must not wait for them.
    def book() -> None:
        from mantelzorg.web import book_page

        book_page.draw(content, own_words, partial(navigation.link, places.form, own_words["back"]))

    def workbench() -> None:
        from mantelzorg.web import workbench_page

        back = partial(navigation.link, places.form, own_words["back"])
        if navigation.for_authors():
            workbench_page.draw(found.content, own_words, back)
        else:
            workbench_page.draw_absent(own_words, back)

    def self_check() -> None:
        from mantelzorg.web import self_check_page

        if QUESTIONNAIRE not in content.questionnaires:
            st.html(f"<h1>{text(own_words['no_self_check'])}</h1>")
            return
        self_check_page.draw(content, today, partial(navigation.link, places.book))

    def many() -> None:
        from mantelzorg.web import list_page

        list_page.draw(content, own_words, partial(navigation.link, places.form, own_words["back"]))

    places = navigation.places(form_page, book, workbench, self_check, many, own_words)
    places.draw_here()
