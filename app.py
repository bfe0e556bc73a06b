"""Starts the web app: `streamlit run app.py`, or better `python3 run.py`, which does all of the set-up."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mantelzorg.web import main
from mantelzorg.web.server import app_options

if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(__file__, **app_options(main.warm_up))
else:
    main.run()
