"""The door: who may talk to the server, which opens to this machine alone unless told otherwise."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data.core.settings import settings
from pages.shared import sign_in
from web.hosts import answers_to, is_this_machine, listed_names

NOT_FROM_HERE = (
    "This Milepost answers only on the machine that it runs on: open it there as localhost. "
    "Whoever runs it finds under “Who can see it” in the README how to let others in.\n"
)
NOT_BY_THIS_NAME = (
    "This Milepost does not answer to that name. Whoever runs it can add the name to "
    "MILEPOST_HOSTS.\n"
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
HEALTH = ("/healthz", "/readyz")
"""What those ask who watch a server, by whatever name they know it: it tells nothing else."""
POLICY_VIOLATION = 1008


class Door:
    """Turns away who comes from elsewhere, unless the network is trusted or people sign in.

    Nobody comes in by a name that is not ours, and no page of another site opens a socket: it is
    turned away before Streamlit sees it, which would ask another server what its own address is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_open = settings().trusted_network or sign_in.is_asked_for()
        self.is_our_name = answers_to(listed_names(settings().hosts), sign_in.host())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or open a socket, where it may come in."""
        refusal = "" if scope["type"] == "lifespan" else self._refusal(scope)
        if not refusal:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        if scope["type"] == "websocket" and not is_of_our_page(scope):
            return NOT_BY_THIS_NAME
        if is_from_here(scope):
            return ""
        if not self.is_open:
            return NOT_FROM_HERE
        hosts = Headers(scope=scope).getlist("host")
        is_ours = len(hosts) == 1 and self.is_our_name(hosts[0])
        return "" if is_ours or scope["path"] in HEALTH else NOT_BY_THIS_NAME


def is_of_our_page(scope: Scope) -> bool:
    """Tell whether a socket is opened by a page of this server, or by what is no browser."""
    headers = Headers(scope=scope)
    origins, hosts = headers.getlist("origin"), headers.getlist("host")
    if not origins:
        return True
    if len(origins) != 1 or len(hosts) != 1:
        return False
    try:
        origin = urlsplit(origins[0])
    except ValueError:
        return False
    is_whole = origins[0] == f"{origin.scheme}://{origin.netloc}"
    return is_whole and origin.scheme in ("http", "https") and origin.netloc == hosts[0]


def is_from_here(scope: Scope) -> bool:
    """Tell whether a request began on this machine and calls it by its own name.

    Our end of the connection tells where a request came in, and no header can claim another.
    What a proxy passed on began elsewhere. A web site may point its own name here to read what
    we answer (DNS rebinding), so the name counts as well.
    """
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    return (
        all(end and is_this_machine(end[0]) for end in (scope.get("server"), scope.get("client")))
        and PASSED_ON.isdisjoint(headers.keys())
        and len(hosts) == 1
        and HERE.fullmatch(hosts[0]) is not None
    )
