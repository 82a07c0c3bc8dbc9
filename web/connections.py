"""How connections are kept, and which are never made."""

import asyncio
import logging
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import net_util
from streamlit.runtime import runtime
from streamlit.web.server.starlette import starlette_websocket
from uvicorn.protocols.http.h11_impl import H11Protocol

ENDED: Message = {"type": "websocket.disconnect", "code": 1003}
"""What a socket is told to have done that sent data of a kind that is not taken."""

UNREADABLE = "Error deserializing back message"
"""What Streamlit logs of such data."""


class Frames:
    """Ends a socket that sends text, as no page of ours does.

    Streamlit would raise, and fill the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, of a socket only what is no text."""

        async def received() -> Message:
            message = await receive()
            is_text = message["type"] == "websocket.receive" and message.get("bytes") is None
            return ENDED if is_text else message

        await self.app(scope, received if scope["type"] == "websocket" else receive, send)


BETWEEN_WORDS = 0.001
"""Seconds for which what a page says is gathered before it is sent on."""

_connection_made = H11Protocol.connection_made


def _connection_made_at_once(protocol: H11Protocol, transport: asyncio.Transport) -> None:
    connection = transport.get_extra_info("socket")
    if connection is not None and connection.family in (AF_INET, AF_INET6):
        connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    _connection_made(protocol, transport)


def send_at_once() -> None:
    """Send the body of an answer without waiting until its head has been acknowledged.

    Streamlit binds its socket so that asyncio does not see it as one of TCP, and leaves Nagle's
    algorithm on, by which a body waits some 40 ms. What a page says after its first words it lets
    wait as well: most pages are done before that.
    """
    H11Protocol.connection_made = _connection_made_at_once  # type: ignore[assignment, method-assign]
    runtime.MESSAGE_FLUSH_INTERVAL_SECS = BETWEEN_WORDS  # type: ignore[attr-defined]


def note_in_a_line() -> None:
    """Log one line of what a socket sends that cannot be read, and not where Streamlit read it."""
    logging.getLogger(starlette_websocket.__name__).addFilter(_without_traceback)


def _without_traceback(record: logging.LogRecord) -> bool:
    if str(record.msg).startswith(UNREADABLE):
        record.exc_info = None
    return True


def ask_nobody_outside() -> None:
    """Never ask another server for our own address, for which Streamlit would hold everybody up."""
    net_util.get_external_ip = _unknown


def _unknown() -> None:
    return None
