"""The elements that run in the browser: modules that it loads by address, each version once."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
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
from components.ui.payloads import heard_in_group, within_group

FOLDER = Path(__file__).parents[1] / "frontend"
ENTRY = "milepost_frontend.element"
TYPES = {".js": "text/javascript", ".css": "text/css"}
AT = f"/_stcore/bidi-components/{ENTRY}"
NOTHING: Mapping[str, Any] = {}
PLACE = "<div class='root'></div>"
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
        group = _group.get()
        if written is None:
            sent, bases = {**data, **large}, {}
        else:
            sent = {**data, "base": written.base, "changes": written.changes}
            bases = {written.base: written.text}
        if group is not None:
            group.add(name, key, sent, bases, callbacks)
            return NOTHING
        if bases:
            _bring(bases, key)
        return _shown(_entry(), name, key, sent, **callbacks)

    return show


@dataclass(frozen=True, slots=True)
class _Group:
    """Elements that travel together: each with its key, what it is sent as text, its callbacks."""

    key: str
    parts: list[tuple[str, str]] = field(default_factory=list)
    bases: dict[str, str] = field(default_factory=dict)
    callbacks: dict[str, Callable[[], object]] = field(default_factory=dict)

    def add(
        self,
        name: str,
        key: str,
        data: Mapping[str, Any],
        bases: Mapping[str, str],
        callbacks: Mapping[str, Callable[[], object]],
    ) -> None:
        self.parts.append((key, json.dumps(_sent(name, data), ensure_ascii=False)))
        self.bases.update(bases)
        for event, callback in callbacks.items():
            within = f"on_{within_group(key, event.removeprefix('on_'))}"
            self.callbacks[within] = partial(heard_in_group, self.key, callback)


_group: ContextVar[_Group | None] = ContextVar("group", default=None)


@contextmanager
def together(key: str) -> Iterator[None]:
    """Show all elements within as one, below what else a page shows there.

    Their bases come in one message after them. To Streamlit an element is a message, a widget and
    a part of the page to arrange: a few of ours cost a run more than all that they show.
    """
    group = _Group(key)
    token = _group.set(group)
    try:
        yield
    finally:
        _group.reset(token)
    _shown(_entry(is_alone=False), "together", key, {"parts": group.parts}, **group.callbacks)
    _bring(group.bases, key)


def _bring(bases: Mapping[str, str], key: str) -> None:
    # As text: Streamlit writes all that an element is sent twice in each run.
    _shown(_entry(), "base", f"base {key}", {"bases": bases})


def _shown(
    entry: ComponentRenderer,
    name: str,
    key: str,
    data: Mapping[str, Any],
    **callbacks: Callable[[], object],
) -> Any:
    marked: dict[str, Any] = marking_calls(key, callbacks)
    found = entry(key=key, data=_sent(name, data), **marked)
    hear_missed(key, callbacks, found)
    return found


def _sent(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    # Streamlit looks long at each value on the first level, whether it is a table; a tuple is none.
    return {"module": f"{version()}/{name}/index.js", "shown": (data,)}


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
def _entry(*, is_alone: bool = True) -> ComponentRenderer:
    # Only where a page runs does Streamlit know the packages that are installed. A group stands on
    # the page itself: each element in it is by itself, as one is that is in none.
    return st.components.v2.component(ENTRY, html=PLACE, js="mount.js", isolate_styles=is_alone)


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
