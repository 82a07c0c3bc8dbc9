"""Milepost: page config, who is here, navigation."""

from pathlib import Path

import streamlit as st

from components import top_line

st.set_page_config(
    page_title="Milepost",
    page_icon=str(Path(__file__).parent / "components" / "milepost.png"),
    layout="wide",
)
top_line.recall_person()
st.navigation(
    [
        st.Page("pages/cockpit/page.py", title="Cockpit", default=True),
        st.Page("pages/kpi/page.py", title="KPI", url_path="kpi"),
    ],
    position="hidden",
).run()
