"""The elements that run in the browser: modules that it loads by address, each version once."""

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.components.v2.types import ComponentRenderer

from components.ui import deltas
from components.ui.hearing import hear_missed, marking_calls

FOLDER = Path(__file__).parents[1] / "frontend"
ENTRY = "milepost_frontend.element"
TYPES = {".js": "text/javascript", ".css": "text/css"}
AT = f"/_stcore/bidi-components/{ENTRY}"
NOTHING: Mapping[str, Any] = {}
_together: ContextVar[dict[str, str] | None] = ContextVar("together", default=None)
ICON = "/favicon.png"
"""Where a browser asks for the icon of a tab: one that a run names would be sent in each."""
FOR_EVER = "public, max-age=31536000, immutable"


def element(name: str) -> Callable[..., Any]:
    """Give what shows the element of that folder: with a key, its data and its callbacks.

    What is `large` and mostly stays as it is travels as changes to what was shown before.
    """

    def show(
        *,
        key: str,
        data: Mapping[str, Any],
        large: Mapping[str, Any] = NOTHING,
        **callbacks: Callable[[], object],
    ) -> Any:
        written = deltas.delta(f"{name} {key}", large)
        if written is None:
            return _shown(name, key, {**data, **large}, **callbacks)
        together, own = _together.get(), {written.base: written.text}
        if together is None:
            _bring(own, key)
        else:
            together |= own
        changes = {"base": written.base, "changes": written.changes}
        return _shown(name, key, {**data, **changes}, **callbacks)

    return show


@contextmanager
def bases_together(key: str) -> Iterator[None]:
    """Bring the bases of all elements within in one message, after them: each costs a run dear."""
    bases: dict[str, str] = {}
    token = _together.set(bases)
    try:
        yield
    finally:
        _together.reset(token)
    _bring(bases, key)


def _bring(bases: Mapping[str, str], key: str) -> None:
    # As text: Streamlit writes all that an element is sent twice in each run.
    _shown("base", f"base {key}", {"bases": bases})


def _shown(name: str, key: str, data: Mapping[str, Any], **callbacks: Callable[[], object]) -> Any:
    # Streamlit looks long at each value on the first level, whether it is a table; a tuple is none.
    sent = {"module": f"{version()}/{name}/index.js", "shown": (data,)}
    marked: dict[str, Any] = marking_calls(key, callbacks)
    found = _entry()(key=key, data=sent, **marked)
    hear_missed(key, callbacks, found)
    return found


@cache
def modules() -> Mapping[str, bytes]:
    """Give all modules and styles by name, as they were when they were first asked for."""
    found = (path for path in sorted(FOLDER.rglob("*")) if path.suffix in TYPES)
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in found}


@cache
def version() -> str:
    """Give the version of all modules together, which stands in their addresses."""
    digest = hashlib.sha256()
    for name, content in modules().items():
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:8]


@cache
def packed(name: str) -> bytes:
    """Give a module or style as it travels, packed when it is first asked for."""
    return gzip.compress(modules()[name], mtime=0)


@cache
def _entry() -> ComponentRenderer:
    # Only where a page runs does Streamlit know the packages that are installed.
    return st.components.v2.component(ENTRY, html="<div class='root'></div>", js="element.js")


class Modules:
    """Serves the modules of this version, to be kept for ever, and the icon of a tab.

    An address with a version never changes what it stands for, and a page names its own version:
    so a browser asks once, and an upgraded app never runs an older module; of another there is
    none. A font carries its version in its name; the one address without a version is asked for
    anew each time.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a module, and pass on all others."""
        path = scope.get("path", "") if scope["type"] == "http" else ""
        _, is_ours, asked = path.partition(f"{AT}/")
        asked_version, _, name = asked.partition("/")
        content = modules().get(name) if asked_version == version() else None
        if path.endswith(ICON):
            await FileResponse(FOLDER / "page" / "milepost.png")(scope, receive, send)
        elif content is None:
            is_font = is_ours and asked.startswith("fonts/")
            named = {"Cache-Control": FOR_EVER if is_font else "no-cache"} if is_ours else {}
            await self.app(scope, receive, partial(_send_with, named, send))
        else:
            is_packed = "gzip" in Headers(scope=scope).get("accept-encoding", "")
            kept = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
            kept |= {"Content-Encoding": "gzip"} if is_packed else {}
            sent = packed(name) if is_packed else content
            answer = Response(sent, media_type=TYPES[Path(name).suffix], headers=kept)
            await answer(scope, receive, send)


async def _send_with(named: Mapping[str, str], send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        MutableHeaders(scope=message).update(named)
    await send(message)
