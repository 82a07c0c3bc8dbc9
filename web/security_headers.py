"""What goes out with every answer, so that a browser does no more with it than it must."""

import base64
import hashlib
import re
from functools import cache, partial
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.ui.preloads import WHERE
from pages.shared import sign_in

STREAMLIT_PAGE = Path(st.__file__).parent / "static" / "index.html"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
PRECAUTIONS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    # What is handed to a person as a file is made in the page.
    "font-src": "'self' data:",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "img-src": "'self' data: blob:",
    "manifest-src": "'self'",
    "script-src": "'self'",
    # Streamlit writes its styles while it runs.
    "style-src": "'self' 'unsafe-inline'",
}
A_YEAR = 365 * 24 * 60 * 60
ONLY_ENCRYPTED = {"Strict-Transport-Security": f"max-age={A_YEAR}"}


class SecurityHeaders:
    """Sends each answer with its precautions; over https also its cookies go no other way."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_encrypted = sign_in.is_encrypted()
        self.headers = PRECAUTIONS | {"Content-Security-Policy": policy()}
        if self.is_encrypted:
            self.headers |= ONLY_ENCRYPTED

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, and its answer with the precautions."""
        await self.app(scope, receive, partial(self._send, send))

    async def _send(self, send: Send, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(self.headers)
            if self.is_encrypted:
                message["headers"] = [(name, _secured(name, each)) for name, each in headers.raw]
        await send(message)


def _secured(name: bytes, value: bytes) -> bytes:
    is_open = name == b"set-cookie" and b"; secure" not in value.lower()
    return value + b"; Secure" if is_open else value


@cache
def policy() -> str:
    """Give the content security policy: of scripts only files of ours, and those of the page.

    What stands in the page itself is named by its digest, so that nothing else of that kind runs.
    """
    lines = [*SCRIPT.findall(STREAMLIT_PAGE.read_text()), WHERE]
    allowed = " ".join(["'self'", *(f"'sha256-{_digest(each)}'" for each in lines)])
    return "; ".join(
        f"{name} {value}" for name, value in (POLICY | {"script-src": allowed}).items()
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
