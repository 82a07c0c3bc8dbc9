"""A queue before what only few may do at once: who comes first is first, and nobody waits long."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class InTurn:
    """Lets so many in at once; a semaphore lets in whoever happens to come, again and again."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def after_others(self, *, within: float) -> Iterator[None]:
        """Wait until it is one's turn, but no longer than so many seconds."""
        is_mine = self._wait(within)
        try:
            yield
        finally:
            if is_mine:
                self._pass_on()

    def _wait(self, within: float) -> bool:
        called = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            self._waiting.append(called)
        if called.wait(within):
            return True
        with self._lock:
            if called.is_set():
                return True
            self._waiting.remove(called)
            return False

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
