"""A queue before what only few may do at once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

from pages.shared.in_turn import InTurn


def test_who_comes_first_is_first_and_who_gave_up_is_not_called() -> None:
    queue, done = InTurn(1), []
    go_on = Event()

    def come(name: str, within: float = 20) -> None:
        with queue.after_others(within=within):
            if name == "first":
                go_on.wait(20)
            done.append(name)

    with ThreadPoolExecutor(4) as pool:
        all_who_come = [pool.submit(come, "first")]
        wait_for(lambda: queue._free == 0)
        for place, name in enumerate(("second", "third"), 1):
            all_who_come.append(pool.submit(come, name))
            wait_for(partial(is_waiting, queue, place))
        come("impatient", within=0.05)
        assert done == ["impatient"]
        go_on.set()
        for each in all_who_come:
            each.result(20)
    assert done == ["impatient", "first", "second", "third"]
    assert (queue._free, len(queue._waiting)) == (1, 0)


def is_waiting(queue: InTurn, how_many: int) -> bool:
    return len(queue._waiting) == how_many


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)
