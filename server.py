"""The server: the app behind its door."""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from components.ui.frontend import Modules
from components.ui.preloads import Preloads
from pages.shared import failure, sign_in
from pages.shared.login_return import WayBack
from web.connections import ask_nobody_outside, send_at_once
from web.door import Door
from web.security_headers import SecurityHeaders
from web.sessions import Sessions

ask_nobody_outside()
send_at_once()

# Streamlit takes the folder `pages/` for its own until `st.navigation` has run once: a link
# straight to a page of a server that has just started would be answered “Page not found”.
PagesManager.uses_pages_directory = False

# Secrets that cannot be read end the start here: nobody could tell whether to ask for a sign-in.
sign_in.is_asked_for()

app = st.App(
    "app.py",
    on_script_error=failure.tell,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(Door),
        Middleware(Sessions),
        Middleware(Preloads),
        Middleware(Modules),
        Middleware(WayBack),
    ],
)
