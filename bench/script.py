"""What a rerun costs without the server around it: the script alone.

Each run is one of Streamlit's own script runner on a thread of its own, as a session starts
it, with the states of all widgets sent along; timed until the thread has ended and the
messages for the browser are bytes.
"""

import asyncio
import os
import uuid
from pathlib import Path
from time import process_time
from unittest.mock import patch
from urllib.parse import urlencode

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state import SessionState

from bench.company import NOW, Size, company_file
from bench.serving import EMPTY, PLOTLY, SCRIPT
from bench.session import named
from bench.table import Table, ms, ratio
from bench.timing import ENOUGH, medians


@patch.dict(os.environ)
def script(size: Size, rounds: int) -> Table:
    """Measure the scripts of the cockpit, of an empty page, and of the same Plotly gauges."""
    os.environ["MILEPOST_DATABASE_URL"] = f"sqlite:///{company_file(size)}"
    os.environ["MILEPOST_NOW"] = NOW.isoformat()
    storage, uploads = MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")
    Runtime(RuntimeConfig(str(SCRIPT), storage, uploads))
    sessions = {"empty page": _Session(EMPTY)}
    for name, path in {"cockpit": SCRIPT, "Plotly": PLOTLY}.items():
        for shown, team in zip(size.shown, size.teams, strict=True):
            sessions[f"{name} {shown}"] = _Session(path, team=team)
    taken = medians(
        {name: each.rerun for name, each in sessions.items()},
        rounds=rounds,
        clock=process_time,
        enough=ENOUGH,
    )
    table = Table(
        "script · a rerun's script alone, in this process",
        "everything cached; processor time; named: how many KPIs are on the page; the empty "
        "script sends nothing at all",
        ("page", "named", "time", "more than empty", "against empty"),
    )
    for name, time in taken.items():
        more = time - taken["empty page"]
        shown = named(sessions[name].sent)
        table.add(name, shown, ms(time), ms(more), ratio(time, taken["empty page"]))
    return table


class _Session:
    """What the server keeps of a session between its reruns."""

    def __init__(self, path: Path, **query: str) -> None:
        self.path = path
        self.query = urlencode(query)
        self.id = uuid.uuid4().hex
        self.state = SessionState()
        self.scripts = ScriptCache()
        self.fragments = MemoryFragmentStorage()
        self.pages = PagesManager(str(path), self.scripts)
        self.loop = asyncio.new_event_loop()
        self.messages: list[ForwardMsg] = []
        self.sent: list[bytes] = []

    def rerun(self) -> None:
        self.messages = []
        states = WidgetStates(widgets=self.state.get_widget_states())
        runner = ScriptRunner(
            session_id=self.id,
            main_script_path=str(self.path),
            session_state=self.state,
            uploaded_file_mgr=MemoryUploadedFileManager("/upload"),
            script_cache=self.scripts,
            initial_rerun_data=RerunData(query_string=self.query, widget_states=states),
            user_info={},
            fragment_storage=self.fragments,
            pages_manager=self.pages,
            event_loop=self.loop,
        )
        runner.on_event.connect(self._hear)
        runner.start()
        if runner._script_thread is not None:
            runner._script_thread.join()
        self.sent = [message.SerializeToString() for message in self.messages]

    def _hear(
        self,
        _runner: ScriptRunner | None,
        event: ScriptRunnerEvent,
        forward_msg: ForwardMsg | None = None,
        **_: object,
    ) -> None:
        if event is ScriptRunnerEvent.ENQUEUE_FORWARD_MSG and forward_msg is not None:
            self.messages.append(forward_msg)
