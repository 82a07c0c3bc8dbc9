"""Which browser a page belongs to: nobody else takes it up where its connection broke."""

import hashlib

import streamlit.config
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

HEADER = "x-milepost-browser"


def tell_apart() -> None:
    """Have Streamlit compare the browsers before it gives a page back to a socket that names it.

    What names a page stands in the address of each upload, and so in the logs of proxies.
    """
    streamlit.config.set_option("server.trustedUserHeaders", {HEADER: "browser"})


class Browsers:
    """Says of each socket which browser opens it, by the cookie that each has of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request; what a socket itself says of its browser does not count."""
        if scope["type"] == "websocket":
            others = [each for each in scope["headers"] if each[0] != HEADER.encode()]
            browser = _browser(HTTPConnection(scope).cookies.get(XSRF_COOKIE_NAME, ""))
            scope = {**scope, "headers": [*others, (HEADER.encode(), browser.encode())]}
        await self.app(scope, receive, send)


def _browser(cookie: str) -> str:
    token, _ = decode_xsrf_token_string(cookie)
    return hashlib.sha256(token).hexdigest() if token else ""
