"""Sessions of people who sign in: what is theirs alone, and that they end."""

import re

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data.identity.sessions import end_session, has_ended
from pages.shared import sign_in

SIGN_IN_FIRST = "Sign in first, then open this again.\n"
NOT_HERE = "There is nothing here.\n"
THEIRS = re.compile(r"/(media|_stcore/upload_file)/")
"""What a page made for one person, or got from them."""
CLOSED = re.compile(r"/_stcore/(metrics|script-health-check|agent)(/|$)")
"""What Streamlit would tell of itself, and no page of ours asks for."""
SIGNING_OUT = "/auth/logout"


class Sessions:
    """Gives what was made for somebody to none but people with a session, and ends sessions.

    A session that ended is none, whoever has a copy of its cookie: a socket is opened without it,
    and leads to the sign-in.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_asked_for = sign_in.is_asked_for()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as far as its session reaches."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif CLOSED.search(scope["path"]):
            await PlainTextResponse(NOT_HERE, status_code=404)(scope, receive, send)
        elif self.is_asked_for:
            await self._as_signed_in(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _as_signed_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        digest = sign_in.session_of(HTTPConnection(scope).cookies)
        is_socket, path = scope["type"] == "websocket", scope["path"]
        if digest is not None and path.endswith(SIGNING_OUT):
            await to_thread.run_sync(end_session, digest)
        elif digest is not None and (is_socket or THEIRS.search(path)):
            digest = None if await to_thread.run_sync(has_ended, digest) else digest
        if THEIRS.search(path) and digest is None:
            await PlainTextResponse(SIGN_IN_FIRST, status_code=401)(scope, receive, send)
        else:
            known = scope if digest is not None else {**scope, "headers": _unknown(scope)}
            await self.app(known, receive, send)


def _unknown(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Give the headers of a socket without its cookies; those of all else as they are."""
    is_socket = scope["type"] == "websocket"
    return [each for each in scope["headers"] if not (is_socket and each[0] == b"cookie")]
