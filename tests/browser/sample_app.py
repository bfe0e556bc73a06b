"""Drives the page with sample screens: `streamlit run tests/browser/sample_app.py`."""

import gc
import os
import sys
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import pandas  # noqa: F401, E402
import samples  # noqa: E402
import streamlit as st  # noqa: E402

from mantelzorg.web import page  # noqa: E402
from mantelzorg.web.words import words  # noqa: E402


@st.cache_resource
def settle() -> None:
    """As the product does at its start: spare every run a walk over all that was imported."""
    gc.collect()
    gc.freeze()


settle()
page.draw(partial(samples.make_screen, odd="SAMPLE_ODD" in os.environ), words(page.language()))
