"""The way back: who signs in comes to the page that they asked for, and not to the first one."""

from functools import partial
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.ui.page_registry import LOOKED_AT, PLACES

COOKIE = "milepost_way_back"
KEPT_FOR = 15 * 60
"""Seconds that somebody may take to sign in."""
LONGEST = 2_000

# Where Streamlit sends the browser to a provider, and where it comes back from there.
LEAVING = "/auth/login"
COMING_BACK = "/oauth2callback"


class WayBack:
    """Remembers the page that somebody leaves to sign in, and leads there when they come back.

    Streamlit leads everybody to its first page. A redirect of its own, and no run of the app,
    is what leads on from there: so the URL is the one that was asked for, as if just opened.
    A browser that does not say which page it leaves comes to the first one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; those around a sign-in with the way back."""
        if scope["type"] == "http" and scope["path"].endswith(LEAVING):
            send = partial(_remember, send, Headers(scope=scope).get("referer", ""))
        elif scope["type"] == "http" and scope["path"].endswith(COMING_BACK):
            send = partial(_lead, send, Request(scope).cookies.get(COOKIE, ""))
        await self.app(scope, receive, send)


def way_to(address: str) -> str:
    """Give the way from the app's base to the page of ours that an address names, else to none.

    Anybody may have written the address: of its site nothing is kept, of its path only which
    page it is, of its query only what that page's URL may say.
    """
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query)
    except ValueError:
        return ""
    path = parts.path.rstrip("/").rpartition("/")[2]
    place = next((place for place in PLACES if place.path == path), None)
    if place is None:
        return ""
    query = urlencode([pair for pair in pairs if pair[0] in (*LOOKED_AT, *place.says)])
    way = f"{place.path}?{query}" if query else place.path
    return way if len(way) <= LONGEST else ""


async def _remember(send: Send, address: str, message: Message) -> None:
    if message["type"] == "http.response.start":
        is_secure = address.startswith("https:")
        cookie = _cookie(way_to(address), seconds=KEPT_FOR, is_secure=is_secure)
        MutableHeaders(scope=message).append("set-cookie", cookie)
    await send(message)


async def _lead(send: Send, kept: str, message: Message) -> None:
    if message["type"] == "http.response.start" and kept:
        headers = MutableHeaders(scope=message)
        base = headers.get("location", "")
        if base.startswith("/") and base.endswith("/"):
            headers["location"] = base + way_to(unquote(kept))
        headers.append("set-cookie", _cookie("", seconds=0))
    await send(message)


def _cookie(way: str, *, seconds: int, is_secure: bool = False) -> str:
    """Write a cookie that comes along when a provider leads back here (Lax)."""
    response = Response()
    response.set_cookie(
        COOKIE,
        quote(way, safe=""),
        max_age=seconds,
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )
    return response.headers["set-cookie"]
