"""What a rerun costs the server, seen by a browser that does not draw.

A session sends its rerun over the WebSocket and is timed until the message that the script
has finished. In that is what the server does at every rerun; `bench.script` leaves it out.
"""

import contextlib
import sqlite3
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from bench.company import Size, company_file
from bench.serving import COCKPIT, EMPTY, PLOTLY, served
from bench.table import Table, ms, ratio
from bench.timing import medians

AIMS = {24: 3.0, 200: 5.0}


def server(size: Size, rounds: int) -> Table:
    """Measure reruns of the cockpit, of an empty page, and of the same gauges from Plotly."""
    path = company_file(size)
    table = Table(
        "server · a rerun",
        "from the request over the WebSocket to the script's end, against an empty page's; "
        "cold: after a commit",
        ("page", "cached", "against empty", "cold", "against empty", "sent"),
    )
    with contextlib.ExitStack() as stack:
        pages = {"empty page": _Session(stack, stack.enter_context(served(EMPTY, path)))}
        for name, script in {"cockpit": COCKPIT, "Plotly": PLOTLY}.items():
            address = stack.enter_context(served(script, path))
            for shown, team in zip(size.shown, size.teams, strict=True):
                pages[f"{name} {shown}"] = _Session(stack, address, team=team)
        runs = {name: page.rerun for name, page in pages.items()}
        warm = medians(runs, rounds=rounds)
        cold = medians(runs, rounds=max(rounds // 2, 1), before=partial(_commit, path))
    aims = {f"cockpit {shown}": aim for shown, aim in AIMS.items()}
    for name, page in pages.items():
        compared = ratio(warm[name], warm["empty page"], aims.get(name))
        again = ratio(cold[name], cold["empty page"])
        table.add(
            name, ms(warm[name]), compared, ms(cold[name]), again, f"{page.sent / 1000:.0f} kB"
        )
    return table


class _Session:
    """A person's session with a page; `sent` is how many bytes its last rerun brought."""

    def __init__(self, stack: contextlib.ExitStack, address: str, **query: str) -> None:
        socket = connect(f"ws://{address}/_stcore/stream", max_size=None, compression=None)
        self.socket: ClientConnection = stack.enter_context(socket)
        self.query = urlencode(query)
        self.sent = 0

    def rerun(self) -> None:
        request = BackMsg()
        request.rerun_script.query_string = self.query
        self.socket.send(request.SerializeToString())
        self.sent, finished = 0, False
        while not finished:
            received = self.socket.recv(timeout=60)
            self.sent += len(received)
            message = ForwardMsg()
            message.ParseFromString(received)
            finished = message.WhichOneof("type") == "script_finished"


def _commit(path: Path) -> None:
    """Raise the data's version, as every command does."""
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE company SET version = version + 1")
