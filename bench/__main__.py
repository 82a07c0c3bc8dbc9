"""`python -m bench [PART …] [--quick]`: every figure is also a ratio."""

import argparse
from concurrent.futures import ThreadPoolExecutor

from bench.browser import browser
from bench.chaos import MINUTES, chaos
from bench.company import FULL, QUICK, Size, company_file
from bench.corrections import corrections
from bench.drift import drifts
from bench.importing import importing
from bench.load import load
from bench.long_road import long_road_file
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
    "spreadsheet": (spreadsheet, 3),
    "server": (server, 15),
    "shaping": (shaping, 15),
    "script": (script, 15),
    "sessions": (sessions, 8),
    "meeting": (meeting, 6),
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
    size = QUICK if asked.quick else FULL
    if asked.parts == list(PARTS):
        fill(size)
    for part in asked.parts:
        measure, rounds = PARTS[part]
        print(measure(size, 3 if asked.quick else rounds), flush=True)


def fill(size: Size) -> None:
    """Fill the companies side by side, before anything is timed."""
    with ThreadPoolExecutor() as threads:
        for filled in [threads.submit(file, size) for file in (company_file, long_road_file)]:
            filled.result()


if __name__ == "__main__":
    main()
