"""The server: the app, and what must be so before the first page is asked for."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

# Streamlit takes the folder `pages/` for its own until `st.navigation` has run once: a link
# straight to a page of a server that has just started would be answered “Page not found”.
PagesManager.uses_pages_directory = False

app = st.App("app.py")
