"""What a server writes of its work, a line of JSON each: who asked for what and how long it took.

No line holds words of people: of what is not a number only the template of a message is written,
of an error its kind and where it came from, of an address which of our places it names.
"""

import json
import logging
import re
import sys
import time
import traceback
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

import streamlit.config
import streamlit.logger
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.ui.page_registry import PLACES

NAMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""What a proxy may name a request by."""
OURS = re.compile(
    r"/(healthz|readyz|metrics|oauth2callback|auth/log(in|out)|static|media"
    r"|_stcore/(stream|health|host-config|upload_file|bidi-components))\b"
)
SERVERS = ("uvicorn", "uvicorn.error", "uvicorn.asgi", "websockets")
LOG = logging.getLogger("milepost")

_request: ContextVar[str] = ContextVar("request", default="")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of a record."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _said(record),
            "request": _request.get() or None,
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["at_lines"] = _lines(record)
        return json.dumps({name: value for name, value in line.items() if value is not None})


def _said(record: logging.LogRecord) -> str:
    """Give a message with its numbers; whatever else was put into it stays out."""
    template = str(record.msg)
    given = record.args if isinstance(record.args, tuple) else ()
    numbers = tuple(each if isinstance(each, int | float) else "…" for each in given)
    try:
        return template % numbers if numbers else template
    except (TypeError, ValueError):
        return template


def _lines(record: logging.LogRecord) -> list[str]:
    frames = traceback.extract_tb(record.exc_info[2] if record.exc_info else None)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def write_json_lines() -> None:
    """Write all that is logged as lines of JSON, also what Streamlit and its server log."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.INFO)
    logging.captureWarnings(True)

    def hand_up(logger: logging.Logger) -> None:
        logger.handlers.clear()
        logger.propagate = True

    # Loggers that are made later are set up by this function as well.
    streamlit.logger.setup_formatter = hand_up
    streamlit.config.set_option("logger.enableRich", False)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # What it would say of each request is said under the request's name.
    logging.getLogger("uvicorn.access").disabled = True
    for logger in (*streamlit.logger._loggers.values(), *map(logging.getLogger, SERVERS)):
        hand_up(logger)


class Requests:
    """Gives each request and each socket a name, answers with it, and notes what became of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request under its name, and note its answer."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        told = Headers(scope=scope).get("x-request-id", "")
        name = told if NAMED.fullmatch(told) else uuid.uuid4().hex
        _request.set(name)
        others = [each for each in scope["headers"] if each[0] != b"x-request-id"]
        scope = {**scope, "headers": [*others, (b"x-request-id", name.encode())]}
        began, status = time.monotonic(), 0

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = name
            await send(message)

        try:
            await self.app(scope, receive, note)
        finally:
            facts = {
                "kind": scope["type"],
                "method": scope.get("method"),
                "place": place(scope["path"]),
                "status": status or None,
                "seconds": round(time.monotonic() - began, 4),
            }
            LOG.info("request", extra={"facts": facts})


def place(path: str) -> str:
    """Name which of our places a path is of; what anybody typed there is in no log."""
    if (found := OURS.search(path)) is not None:
        return found[0]
    last = path.rstrip("/").rpartition("/")[2]
    return f"/{last}" if any(each.path == last for each in PLACES) else "elsewhere"
