"""Answers that hang on nothing but what was asked: computed once, whoever asks, on any page."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
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


class Recent(Generic[Key, Answer]):
    """So many answers at most by what was asked: those asked for longest ago go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = threading.Lock()
        forgotten(self._answers.clear)

    def known(self, keys: Iterable[Key]) -> dict[Key, Answer]:
        """Give the answers that are there."""
        with self._lock:
            found = {key: self._answers[key] for key in keys if key in self._answers}
            for key in found:
                self._answers.move_to_end(key)
        return found

    def keep(self, answers: Mapping[Key, Answer]) -> None:
        """Keep answers, in the place of what was kept for the same."""
        with self._lock:
            for key, answer in answers.items():
                self._answers[key] = answer
                self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


class Remembered(Generic[Key, Answer]):
    """The last answers by what was asked, of which many are computed in one pass.

    A key holds all that its answer hangs on, so no answer is ever out of date: a save makes only
    what it changed be computed again.
    """

    def __init__(self, most: int) -> None:
        self._recent: Recent[Key, Answer] = Recent(most)

    def each(
        self, keys: Sequence[Key], compute: Callable[[Sequence[int]], Sequence[Answer]]
    ) -> list[Answer]:
        """Give the answer for each key; `compute` gives those of the places that are not known."""
        found = self._recent.known(keys)
        places = {key: place for place, key in enumerate(keys) if key not in found}
        if places:
            answers = dict(zip(places, compute(list(places.values())), strict=True))
            self._recent.keep(answers)
            found |= answers
        return [found[key] for key in keys]
