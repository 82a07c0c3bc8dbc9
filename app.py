"""Milepost: page config, who is here, navigation."""

import streamlit as st

from components.ui.page_registry import PLACES
from pages.shared import who
from pages.shared.live import kept_live
from pages.shared.navigation import pages
from pages.shared.workspace import run

st.set_page_config(page_title="Milepost", layout="wide")
page = st.navigation(pages(), position="hidden")


def show() -> None:
    """Find out who is here, and run the page."""
    who.require()
    with kept_live(next(place for place in PLACES if place.path == page.url_path)):
        page.run()


run(show, page.title)
who.remember()
