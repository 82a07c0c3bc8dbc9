"""What the pages cost on which a company is shaped: its objectives and what is set up.

Compared with the same page of a company with nothing in it, which is what people see before
they begin, and with a script that shows a title and nothing else.
"""

import contextlib

from bench.company import Size
from bench.long_road import TOP, empty_file, long_road_file
from bench.serving import COCKPIT, EMPTY, serve
from bench.session import Session, commit, named
from bench.table import Table, kilobytes, ms, ratio
from bench.timing import ENOUGH, medians

AIM = 4.0
KILOBYTES = 10.0
COMPARED = ("cached", "nothing there", "bare", "cold", "nothing there", "bare")
EMPTIES = {
    "okrs, nothing there": {"page": "okrs"},
    "settings, nothing there": {"page": "settings"},
}
PAGES = {
    "okrs, a team's table": {"page": "okrs", "team": "Team 0"},
    "okrs, the top's table": {"page": "okrs", "team": TOP},
    "okrs, the tree": {"page": "okrs", "team": TOP, "view": "tree"},
    "settings, KPIs": {"page": "settings", "table": "kpis"},
    "settings, teams": {"page": "settings", "table": "teams"},
    "settings, people": {"page": "settings", "table": "people"},
    "settings, cycles": {"page": "settings", "table": "cycles"},
}


def shaping(size: Size, rounds: int) -> Table:
    """Measure reruns of the pages of objectives and settings, full and with nothing there."""
    table = Table(
        f"shaping · a rerun at {size.kpis} KPIs and {size.kpis // 2} objectives",
        "from the request over the WebSocket to the script's end, against the same page with "
        "nothing there and against a bare script; named: how many of the company's things are "
        "on the page; cold: after a commit; sent: where nothing changed, and after a commit",
        ("page", "named", *COMPARED, "sent", "after a commit"),
    )
    path, nothing = long_road_file(size), empty_file()

    def commit_both() -> None:
        commit(path)
        commit(nothing)

    with contextlib.ExitStack() as stack:
        bare, empty, full = serve(stack, (EMPTY, nothing), (COCKPIT, nothing), (COCKPIT, path))
        pages = {"bare script": Session(stack, bare)}
        for address, asked in ((empty, EMPTIES), (full, PAGES)):
            pages |= {name: Session(stack, address, **each) for name, each in asked.items()}
        runs = {name: page.rerun for name, page in pages.items()}
        warm = medians(runs, rounds=rounds, enough=ENOUGH)
        sent = {name: page.sent for name, page in pages.items()}
        few = max(rounds // 2, 1)
        cold = medians(runs, rounds=few, warm_up=1, before=commit_both, enough=ENOUGH)
    for name, page in pages.items():
        cells = [
            cell
            for taken in (warm, cold)
            for cell in (ms(taken[name]), _compared(taken, name), _bare(taken, name))
        ]
        cells += [kilobytes(sent[name], KILOBYTES), kilobytes(page.sent, KILOBYTES)]
        table.add(name, named(page.received), *cells)
    return table


def _compared(taken: dict[str, float], name: str) -> str:
    """Compare a page with itself where nothing is there."""
    if name not in PAGES:
        return "–"
    return ratio(taken[name], taken[f"{name.split(',')[0]}, nothing there"], AIM)


def _bare(taken: dict[str, float], name: str) -> str:
    return ratio(taken[name], taken["bare script"])
