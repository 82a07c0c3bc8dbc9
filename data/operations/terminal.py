"""How far a long step has come: a bar for people at a terminal, a line where it must be known."""

import sys
from types import TracebackType
from typing import Self

WIDTH = 30


class ProgressBar:
    """Shows how far a long step has come, on one line that it clears when done."""

    def __init__(self, step: str) -> None:
        self.step = step
        self.watched = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self.watched:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def show(self, name: str, share: float) -> None:
        """Draw the share of a file that is done, 0 to 1."""
        if self.watched:
            done = round(WIDTH * share)
            bar = "█" * done + "░" * (WIDTH - done)
            print(f"\r\033[K{self.step} {name:12} {bar}", end="", file=sys.stderr, flush=True)


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
