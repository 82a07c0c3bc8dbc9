"""The server: the app behind its door, which opens to this machine alone unless told otherwise."""

import asyncio
import re
from functools import partial
from ipaddress import IPv6Address, ip_address
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager
from uvicorn.protocols.http.h11_impl import H11Protocol

from components.ui.frontend import Modules
from components.ui.preloads import Preloads
from data.core.settings import settings
from pages.shared import sign_in
from pages.shared.login_return import WayBack

NOT_FROM_HERE = (
    "This Milepost answers only on the machine that it runs on: open it there as localhost. "
    "Whoever runs it finds under “Who can see it” in the README how to let others in.\n"
)
HERE = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?", re.IGNORECASE)
PASSED_ON = {
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
}
PRECAUTIONS = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Door:
    """Turns away who comes from elsewhere, unless the network is trusted or people sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_open = settings().trusted_network or sign_in.is_asked_for()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or open a socket, where it may come in."""
        if scope["type"] == "lifespan" or self.is_open or is_from_here(scope):
            await self.app(scope, receive, partial(_send_with_precautions, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            refusal = PlainTextResponse(NOT_FROM_HERE, status_code=403)
            await refusal(scope, receive, partial(_send_with_precautions, send))


def is_from_here(scope: Scope) -> bool:
    """Tell whether a request began on this machine and calls it by its own name.

    Our end of the connection tells where a request came in, and no header can claim another.
    What a proxy passed on began elsewhere. A web site may point its own name here to read what
    we answer (DNS rebinding), so the name counts as well.
    """
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    return (
        all(end and _is_this_machine(end[0]) for end in (scope.get("server"), scope.get("client")))
        and PASSED_ON.isdisjoint(headers.keys())
        and len(hosts) == 1
        and HERE.fullmatch(hosts[0]) is not None
    )


def _is_this_machine(address: str) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return (mapped or ip).is_loopback


async def _send_with_precautions(send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        MutableHeaders(scope=message).update(PRECAUTIONS)
    await send(message)


# Streamlit binds its socket so that asyncio does not see it as one of TCP, and leaves Nagle's
# algorithm on: the body of an answer would wait some 40 ms until its head has been acknowledged.
_connection_made = H11Protocol.connection_made


def _connection_made_at_once(protocol: H11Protocol, transport: asyncio.Transport) -> None:
    connection = transport.get_extra_info("socket")
    if connection is not None and connection.family in (AF_INET, AF_INET6):
        connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    _connection_made(protocol, transport)


H11Protocol.connection_made = _connection_made_at_once  # type: ignore[assignment, method-assign]

# Streamlit takes the folder `pages/` for its own until `st.navigation` has run once: a link
# straight to a page of a server that has just started would be answered “Page not found”.
PagesManager.uses_pages_directory = False

app = st.App(
    "app.py",
    middleware=[Middleware(Door), Middleware(Preloads), Middleware(Modules), Middleware(WayBack)],
)

# Secrets that cannot be read end the start here: nobody could tell whether to ask for a sign-in.
sign_in.is_asked_for()
