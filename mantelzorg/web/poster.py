"""The button that makes the poster for the waiting room, for the address under which the app is reached now."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from mantelzorg.content import Content
from mantelzorg.web.cards import Words
from mantelzorg.web.literal import literal
from mantelzorg.web.navigation import SELF_CHECK


def poster_button(content: Content, words: Words) -> None:
    """Made on a click: reading typst takes a moment."""

    def made() -> bytes:
        from mantelzorg.self_check_poster import write_poster

        return write_poster(content, address)

    address = self_check_address(st.context.url or "")
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


def self_check_address(url: str) -> str:
    """The address of the self-check beside the page at `url`; empty where there is none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{SELF_CHECK}" if parts.scheme and parts.netloc else ""
