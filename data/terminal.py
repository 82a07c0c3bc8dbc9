"""A progress bar for people at a terminal; silent where nobody watches."""

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
