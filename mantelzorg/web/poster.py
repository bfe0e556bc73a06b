"""The button that makes the poster for the waiting room, for the address under which the app is reached now."""

from __future__ import annotations

import streamlit as st

from mantelzorg.content import Content
from mantelzorg.web import navigation
from mantelzorg.web.cards import Words
from mantelzorg.web.literal import literal


def poster_button(content: Content, words: Words) -> None:
    """Made on a click: reading typst takes a moment."""

    def made() -> bytes:
        from mantelzorg.self_check_poster import write_poster

        return write_poster(content, address)

    address = navigation.outside(navigation.SELF_CHECK)
    if address:
        st.download_button(
            literal(words["poster"]),
            made,
            file_name="poster-wachtkamer.pdf",
            mime="application/pdf",
            key="poster",
            on_click="ignore",
            type="tertiary",
        )
