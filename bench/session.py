"""A person's session with a served page, by a browser that does not draw; and what it showed."""

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlencode

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect


class Session:
    """A person's session with a page; `received` is what its last rerun brought.

    As a browser does, it says with each rerun which messages it still has from the one before:
    the server only points at those. `sent` counts the bytes that came over the wire.
    """

    def __init__(
        self,
        stack: contextlib.ExitStack,
        address: str,
        *,
        page: str = "",
        cookie: str = "",
        **query: str,
    ) -> None:
        socket = connect(
            f"ws://{address}/_stcore/stream",
            max_size=None,
            compression=None,
            additional_headers={"Cookie": cookie} if cookie else None,
        )
        self.socket: ClientConnection = stack.enter_context(socket)
        self.page = page
        self.query = urlencode(query)
        self.received: list[bytes] = []
        self.sent = 0
        self.kept: dict[str, bytes] = {}
        self.fragment = ""

    def type(self, label: str, text: str) -> None:
        """Type into the text area of a label; back when the script has finished."""
        self.rerun(WidgetState(id=self._widget("text_area", label), string_value=text))

    def press(self, label: str) -> None:
        """Press the button of a label; back when the script has finished."""
        self.rerun(WidgetState(id=self._widget("button", label), trigger_value=True))

    def _widget(self, kind: str, label: str) -> str:
        for serialized in self.received:
            message = ForwardMsg()
            message.ParseFromString(serialized)
            shown = getattr(message.delta.new_element, kind)
            if shown.label == label:
                return str(shown.id)
        raise LookupError(f"there is no {kind} {label}")

    def element(self) -> BidiComponent:
        """Give the last element of ours that came."""
        for serialized in reversed(self.received):
            message = ForwardMsg()
            message.ParseFromString(serialized)
            if message.delta.new_element.WhichOneof("type") == "bidi_component":
                return message.delta.new_element.bidi_component
        raise LookupError("there is no element")

    def send(self, event: str, value: object) -> None:
        """Send what somebody did in that element; back when its fragment has finished."""
        name = _make_trigger_id(self.element().id, "events")
        sent = json.dumps([{"event": event, "value": value}])
        self.look_again(WidgetState(id=name, json_trigger_value=sent))

    def look_again(self, *said: WidgetState) -> None:
        """Run the fragment anew that the page runs by itself, as a browser does now and then."""
        self.rerun(*said, fragment=self.fragment)

    def rerun(self, *said: WidgetState, fragment: str = "") -> None:
        """Ask for a rerun, with what widgets say; back when the script has finished."""
        request = BackMsg()
        request.rerun_script.fragment_id = fragment
        request.rerun_script.is_auto_rerun = bool(fragment and not said)
        request.rerun_script.query_string = self.query
        request.rerun_script.page_name = self.page
        request.rerun_script.cached_message_hashes.extend(self.kept)
        request.rerun_script.widget_states.widgets.extend(said)
        self.socket.send(request.SerializeToString())
        # A fragment takes nothing away from what the rest of the page has.
        kept, self.kept = self.kept, dict(self.kept) if fragment else {}
        self.received, self.sent, finished = [], 0, False
        while not finished:
            received = self.socket.recv(timeout=60, decode=False)
            self.sent += len(received)
            message = ForwardMsg()
            message.ParseFromString(received)
            if message.auto_rerun.fragment_id:
                self.fragment = message.auto_rerun.fragment_id
            # A page that runs itself again has not finished.
            finished = (
                message.WhichOneof("type") == "script_finished"
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            )
            if message.ref_hash:
                self.kept[message.ref_hash] = received = kept[message.ref_hash]
            elif message.metadata.cacheable:
                self.kept[message.hash] = received
            self.received.append(received)


def commit(path: Path) -> None:
    """Raise the version of the data in a file, as if anything had changed."""
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE company SET version = version + 1")


THINGS = re.compile(rb"(?:out of door|through door|KPI|Person|Team|Be known for \w+) \d+")
"""The names of what fills the companies here: numbers tell them apart."""


def named(sent: Iterable[bytes]) -> int:
    """Count the things of a company that a page names.

    Raises where it is not there or shows an error: nobody asks how fast that is.
    """
    found: set[bytes] = set()
    for serialized in sent:
        message = ForwardMsg()
        message.ParseFromString(serialized)
        if message.WhichOneof("type") == "page_not_found":
            raise LookupError("the page is not there")
        if message.delta.new_element.WhichOneof("type") == "exception":
            raise LookupError("the page shows an error")
        found.update(THINGS.findall(serialized))
    return len(found)
