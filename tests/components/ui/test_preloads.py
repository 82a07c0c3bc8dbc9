"""A page names in its head what it shows first."""

import gzip
import re

import pytest
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message

from components.ui import frontend, preloads
from components.ui.preloads import Preloads

PAGE = "<html><head><title>Milepost</title></head><body></body></html>"
KEPT = {"ETag": "kept", "Last-Modified": "Sun, 29 Nov 2026 09:00:00 GMT"}


def ask(
    path: str, answer: ASGIApp, *, accept: str = "text/html", accepted: str = ""
) -> tuple[dict[str, str], str]:
    """Ask for a path; give the headers and the body of the answer, and check what was asked."""
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    async def nothing() -> Message:
        return {"type": "http.request"}

    headers = [(b"accept", accept.encode()), (b"if-none-match", b"kept")]
    headers += [(b"accept-encoding", accepted.encode())] if accepted else []
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
    # No part of it waits for anything, so it needs no loop.
    with pytest.raises(StopIteration):
        Preloads(answer)(scope, nothing, keep).__await__().send(None)
    start, *bodies = messages
    body = b"".join(each.get("body", b"") for each in bodies)
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    packed = named.get("content-encoding") == "gzip"
    return named, (gzip.decompress(body) if packed else body).decode()


@pytest.mark.parametrize("path", ["/", "/kpi", "/deep/er/kpi", "/drift"])
def test_a_page_names_what_it_needs_first(path: str) -> None:
    headers, body = ask(path, HTMLResponse(PAGE, headers=KEPT))
    head = body.partition("</head>")[0]
    named = re.findall('href="(.*?)"', head)
    ours = [name for name in named if name.startswith(frontend.AT)]
    files = (preloads.FACES, preloads.FONT)
    assert ours[:2] == [f"{frontend.AT}/{name}" for name in files]
    prefix = f"{frontend.AT}/{frontend.version()}/"
    modules = {name.removeprefix(prefix) for name in ours[2:]}
    assert modules <= frontend.modules().keys()
    assert {"top_line/index.js", "gauges/index.js"} <= modules
    # What shows an element is made ready by the entry; Plotly only lies ready.
    ready = re.findall(f'data-element href="{prefix}(.*?)"', head)
    assert set(ready) == {name for name in modules if name.endswith("/index.js")}
    runs = re.findall('<script type="module" crossorigin src="(.*?)">', head)
    assert runs[-1] == f"{frontend.AT}/mount.js"
    shows = [name.partition("/static/js/")[2].partition(".")[0] for name in runs[:-1]]
    assert "BidiComponent" in shows
    assert ("DownloadButton" in shows) == path.endswith("/kpi")
    plotly = re.findall(f'<link ([^>]*?) href="{prefix}vendor/plotly-basic.min.js"', head)
    assert plotly == ([preloads.LATER] if path.endswith("/kpi") else [])
    # Of Streamlit's programs those that show ours, and what they are made of.
    programs = {name.partition("/static/js/")[2].partition(".")[0] for name in named}
    assert {"BidiComponent", "serialization"} <= programs
    assert "react-dom" not in programs
    assert body.endswith("</head><body></body></html>")
    assert int(headers["content-length"]) == len(body.encode())
    # It names a version: a browser must not take a page that it has kept for it.
    assert not {"etag", "last-modified"} & headers.keys()


def test_a_page_is_written_into_though_the_app_would_pack_it() -> None:
    headers, body = ask("/update", GZipMiddleware(HTMLResponse(PAGE * 99)), accepted="gzip, br")
    assert f"{frontend.AT}/{preloads.FACES}" in body
    assert headers["content-encoding"] == "gzip"
    assert "gzip" not in ask("/update", HTMLResponse(PAGE))[0].values()


def test_what_is_no_page_goes_its_way() -> None:
    headers, body = ask("/_stcore/health", PlainTextResponse("ok", headers=KEPT))
    assert (headers["etag"], body) == ("kept", "ok")
    _, body = ask("/", HTMLResponse(PAGE), accept="*/*")
    assert body == PAGE
    packed = HTMLResponse(PAGE, headers={"Content-Encoding": "br"})
    assert ask("/", packed)[1] == PAGE


def test_each_folder_is_there() -> None:
    folders = {name.split("/")[0] for name in frontend.modules()}
    assert {
        *preloads.ALWAYS,
        *(each for page in preloads.FIRST.values() for each in page),
    } <= folders


def test_a_tab_has_its_title_before_any_program_runs() -> None:
    _, body = ask("/", HTMLResponse((preloads.STREAMLIT / "index.html").read_text()))
    assert "<title>Milepost</title>" in body
