"""The server: the app behind its door."""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from components.ui.frontend import Modules
from components.ui.preloads import Preloads
from data.core.settings import settings
from data.operations import metrics
from pages.shared import failure, sign_in
from pages.shared.login_return import WayBack
from web import browsers, connections, downloads, health, life, logs
from web.browsers import Browsers
from web.door import Door
from web.security_headers import SecurityHeaders
from web.sessions import Sessions

if settings().log_format == "json":
    logs.write_json_lines()
connections.ask_nobody_outside()
connections.send_at_once()
connections.note_in_a_line()
browsers.tell_apart()
downloads.say_why()
metrics.observe()

# Streamlit takes the folder `pages/` for its own until `st.navigation` has run once: a link
# straight to a page of a server that has just started would be answered “Page not found”.
PagesManager.uses_pages_directory = False

# Secrets that cannot be read end the start here: nobody could tell whether to ask for a sign-in.
sign_in.is_asked_for()

app = st.App(
    "app.py",
    lifespan=life.lifespan,
    routes=health.ROUTES,
    on_script_error=failure.tell,
    middleware=[
        Middleware(logs.Requests),
        Middleware(SecurityHeaders),
        Middleware(Door),
        Middleware(Browsers),
        Middleware(Sessions),
        Middleware(connections.Frames),
        Middleware(Preloads),
        Middleware(Modules),
        Middleware(WayBack),
    ],
)
