"""What a rerun costs the server, seen by a browser that does not draw.

A session sends its rerun over the WebSocket and is timed until the message that the script
has finished. In that is what the server does at every rerun; `bench.script` leaves it out.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Engine

from bench.company import NOW, TODAY, Size, company_file
from bench.corrections import record
from bench.serving import COCKPIT, EMPTY, PLOTLY, serve
from bench.session import Session, commit, named
from bench.table import Table, kilobytes, ms, ratio
from bench.timing import ENOUGH, Run, medians
from data.core.database import open_database

AIMS = {24: 4.0, 200: 5.0}
SAVED_AIMS = {24: 8.0}
KILOBYTES = 10.0


@patch.dict(os.environ, {"MILEPOST_NOW": NOW.isoformat()})
def server(size: Size, rounds: int) -> Table:
    """Measure reruns of the cockpit, of an empty page, and of the same gauges from Plotly."""
    table = Table(
        "server · a rerun",
        "from the request over the WebSocket to the script's end, against an empty page's; "
        "named: how many KPIs are on the page; saved: after somebody recorded a reading of one of "
        "them; anything: after a commit that may have changed anything; sent: where nothing "
        "changed, and where the value of one KPI did",
        (
            *("page", "named", "cached", "against empty", "saved", "against empty"),
            *("anything", "against empty", "sent", "one value"),
        ),
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
        # What takes a few milliseconds scatters by half of that.
        warm = medians(runs, rounds=4 * rounds, enough=ENOUGH)
        sent = {name: page.sent for name, page in pages.items()}
        engine = open_database(f"sqlite:///{path}")
        saves = {name: partial(_save, engine, size, name, count()) for name in pages}
        one = {}
        for name, page in pages.items():
            saves[name]()
            page.rerun()
            one[name] = page.sent
        few = max(rounds // 2, 1)
        # Each by itself: what is saved for one page would be news to the others.
        saved = {
            name: _after_saves(saves[name], page.rerun, rounds)
            for name, page in pages.items()
            if name.startswith("cockpit")
        }
        engine.dispose()
        raised = partial(commit, path)
        anything = medians(runs, rounds=few, warm_up=1, before=raised, enough=ENOUGH)
    for name, page in pages.items():
        is_ours = name.startswith("cockpit")
        number = int(name.rpartition(" ")[2]) if is_ours else 0
        aim = KILOBYTES if is_ours else None
        table.add(
            name,
            named(page.received),
            ms(warm[name]),
            ratio(warm[name], warm["empty page"], AIMS.get(number)),
            ms(saved[name]) if is_ours else "",
            ratio(saved[name], warm["empty page"], SAVED_AIMS.get(number)) if is_ours else "",
            ms(anything[name]),
            ratio(anything[name], anything["empty page"]),
            kilobytes(sent[name], aim),
            kilobytes(one[name], aim),
        )
    return table


def _after_saves(save: Run, rerun: Run, rounds: int) -> float:
    """Time reruns that each follow a save."""
    return medians({"": rerun}, rounds=rounds, before=save, enough=ENOUGH)[""]


def _save(engine: Engine, size: Size, page: str, saves: Iterator[int]) -> None:
    """Record a reading of a KPI that the team of a page pins, of another one each time."""
    shown = int(page.rpartition(" ")[2]) if page[-1].isdigit() else size.shown[0]
    team = size.shown.index(shown)
    record(engine, 1 + team + next(saves) % shown * len(size.teams), TODAY)
