"""Scripted people who look, type and save through all that happens, as a browser does for them.

What somebody typed stays typed until it is acknowledged, and is sent again until then.
"""

import contextlib
import json
import random
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from bench.serving import HOME
from bench.session import Session
from components.ui.payloads import within_group
from data.core.failures import BUSY
from data.core.settings import settings
from data.identity.signing import signed
from pages.shared.who import PERSON_COOKIE

PAUSE = (1.0, 3.0)
EVERY = 4
"""Every fourth act is a save."""
ANSWERS_WITHIN = 90
PARTS, GAUGES = "cockpit", "gauges"
"""The element that shows the parts of a page, and the part into which people type."""
TOLD = "database cannot be reached"
OURS = (BUSY, "Not saved")
"""How what may be said to somebody who saves begins, while something is out of order."""
NOT_OURS = ("Traceback", "encountered an error", "Ask Google", "StreamlitAPIException")


@dataclass(slots=True)
class Seen:
    """What people saw and were told: what went well, and all that must not be."""

    views: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    acknowledged: list[tuple[int, float]] = field(default_factory=list)
    told: int = 0
    refused: int = 0
    broken: int = 0
    problems: list[str] = field(default_factory=list)
    unsaved: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """Somebody with a page open, and a KPI that nobody else types into.

    `typed` is what is not acknowledged yet, `since` when it was typed.
    """

    name: str
    team: str
    kpi_id: int
    period: str
    address: str
    cookie: str
    seen: Seen
    first_value: float
    chance: random.Random
    pause: tuple[float, float] = PAUSE
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    session: Session | None = None
    typed: float | None = None
    since: float = 0.0
    count: int = 0
    base_version: int = 0
    shown: Mapping[str, Any] = field(default_factory=dict)
    parts_id: str = ""

    def live(self, until: float) -> None:
        """Look and save until a moment; then only until what was typed is acknowledged."""
        patience = until + ANSWERS_WITHIN
        for act in range(self.chance.randrange(EVERY), 1_000_000):
            self._wait(self.chance.uniform(*self.pause))
            is_over = time.monotonic() > until
            if (is_over and self.typed is None) or time.monotonic() > patience:
                break
            try:
                self._act(act, is_over=is_over)
            except (OSError, WebSocketException):
                # The server is gone: a browser connects anew by itself.
                self.seen.broken += 1
                self._leave()
            except Exception as error:
                self.seen.problems.append(f"{self.name}: {error!r}")
                self._leave()
        if self.typed is not None:
            self.seen.unsaved.append(self.typed)
        self._leave()

    def _wait(self, seconds: float) -> None:
        """Let time pass between two acts."""
        time.sleep(seconds)

    def _leave(self) -> None:
        with contextlib.suppress(OSError, WebSocketException):
            self.stack.close()
        self.stack, self.session, self.parts_id = contextlib.ExitStack(), None, ""

    def open(self) -> None:
        """Open the page, unless it is open."""
        if self.session is None:
            self.session = Session(self.stack, self.address, cookie=self.cookie, team=self.team)
            self._look()

    def _act(self, act: int, *, is_over: bool) -> None:
        self.open()
        if self.typed is None and act % EVERY == 0 and not is_over and self.parts_id:
            self.count += 1
            self.typed, self.since = self.first_value + self.count / 100, time.monotonic()
        if self.typed is not None and self.parts_id:
            self._save()
        else:
            self._look()

    def _look(self, *said: WidgetState) -> None:
        began = time.monotonic()
        if self.session is None:
            return
        self.session.rerun(*said)
        if not said:
            self.seen.views.append(time.monotonic() - began)
        self._read(self.session.received)

    def _read(self, received: list[bytes]) -> None:
        """Read what the page shows, and note what it must not."""
        is_told, found = False, False
        for serialized in received:
            message = ForwardMsg()
            message.ParseFromString(serialized)
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind == "exception":
                self.seen.problems.append(f"a page shows an error: {element.exception.message}")
            text = str(element.markdown.body) if kind == "markdown" else ""
            is_told |= TOLD in text
            for words in NOT_OURS:
                if words.encode() in serialized:
                    self.seen.problems.append(f"a page says “{words}”")
            if kind == "bidi_component" and element.bidi_component.id.endswith(f"-{PARTS}"):
                self._read_gauges(element.bidi_component.id, element.bidi_component)
                found = True
        self.seen.told += is_told
        if not found:
            self.parts_id = ""
            if not is_told:
                self.seen.problems.append("a page is wiped")

    def _read_gauges(self, key: str, element: Any) -> None:
        (sent,) = json.loads(element.json or element.mixed.json)["shown"]
        (shown,) = json.loads(dict(sent["parts"])[GAUGES])["shown"]
        if "base_version" in shown or "version" in shown:
            self.parts_id, self.shown = key, shown
            self.base_version = max(self.base_version, int(shown["version"]))

    def _save(self) -> None:
        token = uuid.uuid4().hex
        edit = {
            "token": token,
            "id": self.kpi_id,
            "period": self.period,
            "typed": f"{self.typed:.2f}",
            "note": "",
            "base_version": self.base_version,
            "confirmed": True,
        }
        events = json.dumps([{"event": within_group(GAUGES, "edit"), "value": edit}])
        key = f"$$STREAMLIT_INTERNAL_KEY_{self.parts_id}__events"
        own = WidgetState(id=self.parts_id, json_value="{}")
        self._look(own, WidgetState(id=key, json_trigger_value=events))
        answer = self.shown.get("answer") or {}
        if answer.get("token") == token:
            self._hear(answer)

    def _hear(self, answer: Mapping[str, Any]) -> None:
        kind, said = answer.get("kind"), str(answer.get("message", ""))
        if kind == "saved" and self.typed is not None:
            self.seen.acknowledged.append((self.kpi_id, self.typed))
            self.seen.saves.append(time.monotonic() - self.since)
            self.typed = None
        elif kind == "conflict":
            # It was saved, and its answer lost.
            self.base_version = int(answer["theirs"]["version"])
        else:
            self.seen.refused += 1
            if not said.startswith(OURS):
                self.seen.problems.append(f"a save is answered “{said}”")


def cookie_of(name: str) -> str:
    """Give the cookie of a browser that knows who somebody is."""
    token = signed(name, purpose=PERSON_COOKIE, key_file=HOME / settings().cookie_key)
    return f"{PERSON_COOKIE}={quote(token)}"


@contextlib.contextmanager
def at_work(people: Sequence[Person], until: float) -> Iterator[None]:
    """Let people work while something happens; back when all of them have ended."""
    threads = [threading.Thread(target=person.live, args=(until,)) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()
