"""Milepost: page config, who is here, navigation."""

from pathlib import Path

import streamlit as st

from components import top_line
from data.database import Unusable
from data.migrate import TooNew

st.set_page_config(
    page_title="Milepost",
    page_icon=str(Path(__file__).parent / "components" / "milepost.png"),
    layout="wide",
)
top_line.recall_person()
page = st.navigation(
    [st.Page("pages/cockpit/page.py", title="Cockpit", default=True)], position="hidden"
)
try:
    page.run()
except (Unusable, TooNew) as error:
    st.error(str(error))
