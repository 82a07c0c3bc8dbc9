"""Pages of gauges as finished HTML and SVG, one picked with a selectbox.

They are the cockpit's own, taken from a browser; the folder of `BENCH_PAGES` holds one
`.html` for each team and the styles of all.
"""

import os
from pathlib import Path

import streamlit as st

st.set_page_config(layout="wide")
folder = Path(os.environ["BENCH_PAGES"])
style = (folder / "style.css").read_text(encoding="utf-8")
pages = {
    path.stem: st.components.v2.component(
        f"page_{number}", html=path.read_text(encoding="utf-8"), css=style
    )
    for number, path in enumerate(sorted(folder.glob("*.html")))
}
team = st.selectbox("Team", list(pages), key="team", bind="query-params")
pages[team](key="gauges")
