"""What a rerun costs the server, seen by a browser that does not draw.

A session sends its rerun over the WebSocket and is timed until the message that the script
has finished. In that is what the server does at every rerun; `bench.script` leaves it out.
"""

import contextlib
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from unittest.mock import patch

from bench.company import NOW, TODAY, Size, company_file
from bench.corrections import record
from bench.serving import COCKPIT, EMPTY, PLOTLY, serve
from bench.session import Session, commit, named
from bench.table import Table, kilobytes, ms, ratio
from bench.timing import ENOUGH, medians
from data.core.database import open_database

AIMS = {24: 3.0, 200: 5.0}
KILOBYTES = 10.0


@patch.dict(os.environ, {"MILEPOST_NOW": NOW.isoformat()})
def server(size: Size, rounds: int) -> Table:
    """Measure reruns of the cockpit, of an empty page, and of the same gauges from Plotly."""
    table = Table(
        "server · a rerun",
        "from the request over the WebSocket to the script's end, against an empty page's; "
        "named: how many KPIs are on the page; cold: after a commit; sent: where nothing changed, "
        "and where the value of one KPI did",
        ("page", "named", "cached", "against empty", "cold", "against empty", "sent", "one value"),
    )
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="milepost-server-"))
        path = Path(shutil.copy(company_file(size), folder))
        scripts = (EMPTY, COCKPIT, PLOTLY)
        empty, *others = serve(stack, *((script, path) for script in scripts))
        pages = {"empty page": Session(stack, empty)}
        for name, address in zip(("cockpit", "Plotly"), others, strict=True):
            for shown, team in zip(size.shown, size.teams, strict=True):
                pages[f"{name} {shown}"] = Session(stack, address, team=team)
        runs = {name: page.rerun for name, page in pages.items()}
        warm = medians(runs, rounds=rounds, enough=ENOUGH)
        sent = {name: page.sent for name, page in pages.items()}
        raised = partial(commit, path)
        few = max(rounds // 2, 1)
        cold = medians(runs, rounds=few, warm_up=1, before=raised, enough=ENOUGH)
        engine = open_database(f"sqlite:///{path}")
        # The first that each team pins.
        for kpi_id in range(1, len(size.teams) + 1):
            record(engine, kpi_id, TODAY)
        engine.dispose()
        for page in pages.values():
            page.rerun()
    aims = {f"cockpit {shown}": aim for shown, aim in AIMS.items()}
    for name, page in pages.items():
        compared = ratio(warm[name], warm["empty page"], aims.get(name))
        again = ratio(cold[name], cold["empty page"])
        aim = KILOBYTES if "cockpit" in name else None
        bytes_sent = (kilobytes(sent[name], aim), kilobytes(page.sent, aim))
        shown = named(page.received)
        table.add(name, shown, ms(warm[name]), compared, ms(cold[name]), again, *bytes_sent)
    return table
