"""What a rerun costs the server, seen by a browser that does not draw.

A session sends its rerun over the WebSocket and is timed until the message that the script
has finished. In that is what the server does at every rerun; `bench.script` leaves it out.
"""

import contextlib
from functools import partial

from bench.company import Size, company_file
from bench.serving import COCKPIT, EMPTY, PLOTLY, serve
from bench.session import Session, commit, named
from bench.table import Table, ms, ratio
from bench.timing import medians

AIMS = {24: 3.0, 200: 5.0}


def server(size: Size, rounds: int) -> Table:
    """Measure reruns of the cockpit, of an empty page, and of the same gauges from Plotly."""
    path = company_file(size)
    table = Table(
        "server · a rerun",
        "from the request over the WebSocket to the script's end, against an empty page's; "
        "named: how many KPIs are on the page; cold: after a commit",
        ("page", "named", "cached", "against empty", "cold", "against empty", "sent"),
    )
    with contextlib.ExitStack() as stack:
        scripts = (EMPTY, COCKPIT, PLOTLY)
        empty, *others = serve(stack, *((script, path) for script in scripts))
        pages = {"empty page": Session(stack, empty)}
        for name, address in zip(("cockpit", "Plotly"), others, strict=True):
            for shown, team in zip(size.shown, size.teams, strict=True):
                pages[f"{name} {shown}"] = Session(stack, address, team=team)
        runs = {name: page.rerun for name, page in pages.items()}
        warm = medians(runs, rounds=rounds)
        cold = medians(runs, rounds=max(rounds // 2, 1), before=partial(commit, path))
    aims = {f"cockpit {shown}": aim for shown, aim in AIMS.items()}
    for name, page in pages.items():
        compared = ratio(warm[name], warm["empty page"], aims.get(name))
        again = ratio(cold[name], cold["empty page"])
        sent = f"{page.sent / 1000:.0f} kB"
        shown = named(page.received)
        table.add(name, shown, ms(warm[name]), compared, ms(cold[name]), again, sent)
    return table
