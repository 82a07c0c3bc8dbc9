"""How far a long step has come: a bar for people at a terminal, now and then a line elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WIDTH = 30
SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def progress_bar(step: str) -> Iterator[Callable[[str, float], None]]:
    """Give what tells which share of a file is done, 0 to 1.

    At a terminal that is a bar, cleared at the end, else a line every few seconds.
    """
    show = _bar(step) if sys.stderr.isatty() else _lines(step)
    try:
        yield show
    finally:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _bar(step: str) -> Callable[[str, float], None]:
    def show(name: str, share: float) -> None:
        done = round(WIDTH * share)
        bar = "█" * done + "░" * (WIDTH - done)
        print(f"\r\033[K{step} {name:12} {bar}", end="", file=sys.stderr, flush=True)

    return show


def _lines(step: str) -> Callable[[str, float], None]:
    told = time.monotonic()

    def show(name: str, share: float) -> None:
        nonlocal told
        if time.monotonic() - told >= SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            print(f"{step} {name}: {share:.0%}", file=sys.stderr, flush=True)

    return show


def tell_signals(done: int, total: int) -> None:
    """Say how many KPIs have their signals again: on one line at a terminal, else on one each.

    Nobody asked for this step: who reads the log of a server must learn what it waits for.
    """
    line = f"Signals are computed again: {done:,} of {total:,} KPIs"
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r\033[K{line}", end=end, file=sys.stderr, flush=True)
    else:
        print(line, file=sys.stderr, flush=True)
