"""Answers that hang on nothing but what was asked: computed once, whoever asks, on any page."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


_forget: list[Callable[[], None]] = []


def forgotten(forget: Callable[[], None]) -> None:
    """Have something forgotten together with all else that is kept in this process."""
    _forget.append(forget)


def forget_all() -> None:
    """Forget all answers and views that are kept in this process."""
    for forget in _forget:
        forget()


class Remembered(Generic[Key, Answer]):
    """The last answers by what was asked, of which many are computed in one pass.

    A key holds all that its answer hangs on, so no answer is ever out of date: a save makes only
    what it changed be computed again.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = threading.Lock()
        forgotten(self._answers.clear)

    def each(
        self, keys: Sequence[Key], compute: Callable[[Sequence[int]], Sequence[Answer]]
    ) -> list[Answer]:
        """Give the answer for each key; `compute` gives those of the places that are not known."""
        with self._lock:
            found = {key: self._answers[key] for key in keys if key in self._answers}
            for key in found:
                self._answers.move_to_end(key)
        places = {key: place for place, key in enumerate(keys) if key not in found}
        if places:
            answers = compute(list(places.values()))
            found |= dict(zip(places, answers, strict=True))
            with self._lock:
                self._answers.update((key, found[key]) for key in places)
                while len(self._answers) > self._most:
                    self._answers.popitem(last=False)
        return [found[key] for key in keys]
