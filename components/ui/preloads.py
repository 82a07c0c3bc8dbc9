"""What a page shows first is asked for with the page, not only once its programs run."""

import gzip
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.ui.frontend import AT, modules, version
from components.ui.page_registry import KPI

FONT = "fonts/inter-5.3.0-latin.woff2"
"""What nearly every word is drawn with; letters of other scripts come when a page has one."""
FACES = "fonts/inter-5.3.0.css"
"""The faces of the font. As an option of the theme they would travel with every run."""
ALWAYS = ("base", "shared", "page", "top_line", "gauges", "editing")
FIRST = {
    "": ("together", "headline", "decisions", "teams", "key_results", "toast"),
    KPI.path: ("head", "chart", "vendor"),
}
"""The folders of what a page shows first; any other page is taken for the cockpit."""
LINKS = {
    ".js": 'rel="modulepreload"',
    ".css": 'rel="preload" as="fetch" crossorigin',
    ".woff2": 'rel="preload" as="font" crossorigin',
}
LATER = 'rel="preload" as="script" crossorigin'
"""What others wrote is large, and used when all else is there: until then it only lies ready."""
STREAMLIT = Path(st.__file__).parent / "static"
PROGRAMS = STREAMLIT / "static" / "js"
SHOWS = {
    "": ("BidiComponent",),
    KPI.path: ("BidiComponent", "Checkbox", "Button", "DownloadButton", "PageLink"),
}
"""Streamlit's programs that show what is on a page, which it asks for where one comes."""
IMPORTED = re.compile(r'(?:from|import)"\./([^"]+)"')
WHERE = """
      window.__streamlit = { BACKEND_BASE_URL: new URL("./", location.href).href }
"""
"""Tells Streamlit's programs where their server is, as its page tells it where they are themselves.

Else they ask below the address of the page first, and again a tenth of a second later.
"""
END_OF_HEAD = b"</head>"
TITLE = (b"<title>Streamlit</title>", b"<title>Milepost</title>")
NOT_ASKED = {b"if-none-match", b"if-modified-since", b"accept-encoding"}
"""What a page is not asked with: it is to come whole and plain, to be written into."""


class Preloads:
    """Names in the head of each page what it shows first, and its title.

    Not in a header: proxies refuse long ones. As the names hold the version, a page is never taken
    for one that a browser has kept.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, and its answer with the links where that is a page."""
        is_page = scope["type"] == "http" and scope["method"] == "GET"
        asked = Headers(scope=scope) if is_page else {}
        if "text/html" in asked.get("accept", ""):
            headers = [each for each in scope["headers"] if each[0] not in NOT_ASKED]
            last = scope["path"].rpartition("/")[2]
            is_packed = "gzip" in asked.get("accept-encoding", "")
            answer = _Answer(send, last if last in FIRST else "", is_packed=is_packed)
            await self.app({**scope, "headers": headers}, receive, answer)
        else:
            await self.app(scope, receive, send)


class _Answer:
    """Sends an answer; a page is held until it is whole."""

    def __init__(self, send: Send, page: str, *, is_packed: bool) -> None:
        self.send, self.page, self.is_packed = send, page, is_packed
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                body = _ours(self.body, self.page)
                headers = MutableHeaders(scope=self.start)
                for name in ("etag", "last-modified", "accept-ranges"):
                    del headers[name]
                if self.is_packed:
                    body = gzip.compress(body)
                    headers["content-encoding"] = "gzip"
                headers["vary"] = "Accept-Encoding"
                headers["content-length"] = str(len(body))
                await self.send(self.start)
                await self.send({**message, "body": body})


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    is_plain = "content-encoding" not in headers
    return is_plain and headers.get("content-type", "").startswith("text/html")


def _ours(body: bytes, page: str) -> bytes:
    """Give a page with our title, and the links of what it shows first."""
    return body.replace(*TITLE, 1).replace(END_OF_HEAD, links(page) + END_OF_HEAD, 1)


@cache
def links(page: str) -> bytes:
    """Give the links of a page: behind those of Streamlit's own programs, not before them."""
    base = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")
    folders = (*ALWAYS, *FIRST[page])
    names = [name for name in modules() if name.split("/")[0] in folders]
    ours = (FONT, *(f"{version()}/{name}" for name in names))
    shows = [_program(name) for name in SHOWS[page]]
    needed = (
        f'<link {LINKS[".js"]} crossorigin href="{base}/static/js/{each}">'
        for each in _needed(shows)
    )
    ahead = (f'<link {_way(each)} href="{base}{AT}/{each}" fetchpriority="low">' for each in ours)
    return "".join(
        (
            f"<script>{WHERE}</script>",
            f'<link rel="stylesheet" href="{base}{AT}/{FACES}">',
            *needed,
            *ahead,
            *(_run(f"{base}/static/js/{each}") for each in shows),
            _run(f"{base}{AT}/mount.js"),
        )
    ).encode()


def _way(name: str) -> str:
    """Give how a file comes ahead; what shows an element is made ready as well."""
    if Path(name).parent.name == "vendor":
        return LATER
    is_element = name.endswith("/index.js")
    return LINKS[Path(name).suffix] + (" data-element" if is_element else "")


def _run(address: str) -> str:
    """Give what runs a program before it is asked for: React shows it without a placeholder."""
    return f'<script type="module" crossorigin src="{address}"></script>'


def _needed(programs: Sequence[str]) -> list[str]:
    """Give programs with all that they are made of, but for what Streamlit's page names itself."""
    named = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    asked = list(programs)
    found: list[str] = []
    while asked:
        name = asked.pop()
        if name not in named and name not in found:
            found.append(name)
            asked += IMPORTED.findall((PROGRAMS / name).read_text(encoding="utf-8"))
    return found


def _program(name: str) -> str:
    """Give the file of a program; there is one of each."""
    (path,) = PROGRAMS.glob(f"{name}.*.js")
    return path.name
