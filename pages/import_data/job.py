"""Long work that goes on beside the page, which may be run again meanwhile."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import streamlit as st

from components.ui import words

T = TypeVar("T")
Progress = Callable[[str, float], None]

_ONE_AT_A_TIME = threading.Lock()
"""However many people import, no more than one of them keeps all others waiting."""


class Job(Generic[T]):
    """One piece of work, begun at once; `about` tells it from another."""

    def __init__(self, about: Hashable, work: Callable[[Progress], T]) -> None:
        self.about = about
        self.step, self.share = "Waiting for another import", 0.0
        self._work = work
        self._result: T | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="import", daemon=True)
        self._thread.start()

    def is_over(self, *, within: float = 0.0) -> bool:
        """Tell whether it is done, waiting for it so many seconds."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def result(self) -> T:
        """Give what came of it, or raise what it raised."""
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]

    def _run(self) -> None:
        with _ONE_AT_A_TIME:
            self._tell("Reading", 0.0)
            try:
                self._result = self._work(self._tell)
            except Exception as error:  # Raised again where somebody asks for the result.
                self._error = error

    def _tell(self, step: str, share: float) -> None:
        self.step, self.share = step, share


def wait(job: Job[T], *, key: str) -> T:
    """Show how far a job has come until it is done; give what came of it."""
    # There at all times, and of no height: nothing moves for it.
    place = st.container(key=key)
    if not job.is_over(within=0.3):
        bar = place.progress(0.0)
        while not job.is_over(within=0.1):
            bar.progress(min(job.share, 1.0), text=words.escaped(job.step))
        bar.empty()
    return job.result()
