"""How connections are kept, and which are never made."""

import asyncio
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY

from streamlit import net_util
from uvicorn.protocols.http.h11_impl import H11Protocol

_connection_made = H11Protocol.connection_made


def _connection_made_at_once(protocol: H11Protocol, transport: asyncio.Transport) -> None:
    connection = transport.get_extra_info("socket")
    if connection is not None and connection.family in (AF_INET, AF_INET6):
        connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    _connection_made(protocol, transport)


def send_at_once() -> None:
    """Send the body of an answer without waiting until its head has been acknowledged.

    Streamlit binds its socket so that asyncio does not see it as one of TCP, and leaves Nagle's
    algorithm on, by which a body waits some 40 ms.
    """
    H11Protocol.connection_made = _connection_made_at_once  # type: ignore[assignment, method-assign]


def ask_nobody_outside() -> None:
    """Never ask another server for our own address, for which Streamlit would hold everybody up."""
    net_util.get_external_ip = _unknown


def _unknown() -> None:
    return None
