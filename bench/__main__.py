"""`python -m bench [PART …] [--quick]`: every figure is also a ratio."""

import argparse

from bench.browser import browser
from bench.chaos import MINUTES, chaos
from bench.company import FULL, QUICK
from bench.corrections import corrections
from bench.drift import drifts
from bench.importing import importing
from bench.load import load
from bench.meeting import meeting
from bench.query import query
from bench.script import script
from bench.server import server
from bench.sessions import sessions
from bench.shaping import shaping
from bench.spreadsheet import spreadsheet

PARTS = {
    "query": (query, 15),
    "drift": (drifts, 11),
    "corrections": (corrections, 11),
    "import": (importing, 1),
    "spreadsheet": (spreadsheet, 5),
    "server": (server, 21),
    "shaping": (shaping, 21),
    "script": (script, 21),
    "sessions": (sessions, 10),
    "meeting": (meeting, 8),
    "browser": (browser, 11),
}


def main() -> None:
    """Run the parts asked for, all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", default=list(PARTS), help=f"{', '.join(PARTS)}; or chaos, or load"
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=MINUTES,
        help="how long chaos lasts, which is asked for alone",
    )
    parser.add_argument("--quick", action="store_true", help="a small company, few rounds")
    asked = parser.parse_args()
    if asked.parts == ["chaos"]:
        print(chaos(asked.minutes, is_quick=asked.quick))
        return
    if asked.parts == ["load"]:
        print(load(is_quick=asked.quick))
        return
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")
    for part in asked.parts:
        measure, rounds = PARTS[part]
        print(measure(QUICK, 3) if asked.quick else measure(FULL, rounds), flush=True)


if __name__ == "__main__":
    main()
