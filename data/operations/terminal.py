"""How far a long step has come: a bar for people at a terminal, a line where it must be known."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WIDTH = 30


@contextmanager
def progress_bar(step: str) -> Iterator[Callable[[str, float], None]]:
    """Give what draws the share of a file that is done, 0 to 1, on a line; clear it at the end."""
    watched = sys.stderr.isatty()

    def show(name: str, share: float) -> None:
        if watched:
            done = round(WIDTH * share)
            bar = "█" * done + "░" * (WIDTH - done)
            print(f"\r\033[K{step} {name:12} {bar}", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if watched:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


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
