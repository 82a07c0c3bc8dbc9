"""Writers that work on one database as processes of their own.

`python -m tests.data.writers URL together WRITERS WRITES` lets some write at once;
`… URL killed ROUNDS SEED` kills one after another while it writes. Each line that is printed
says what was acknowledged: the kind of fact, its value, the command.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterable
from itertools import count

from data.core.database import open_database
from data.identity.people import introduce
from data.kpis.commands.readings import record_reading
from data.okrs.commands.check_ins import check_in
from tests.data.builders import MONDAY, TODAY, key

ALL_SEEN = 10**15
"""A version that sees whatever others wrote: nobody waits for an answer to a conflict."""


def write(url: str, number: int, numbers: Iterable[int], output: int) -> None:
    """Record a reading and check in by turns, all for the same period and the same day."""
    engine = open_database(url)
    person_id = introduce(engine, f"Writer {number}")
    kpi_id = key(engine, "kpi", "Conversion")
    key_result_id = key(engine, "key_result", "Sign customers")
    for value in numbers:
        if value % 2:
            kind = "reading"
            command_id = record_reading(
                engine,
                person_id=person_id,
                kpi_id=kpi_id,
                period=MONDAY,
                value=value,
                base_version=ALL_SEEN,
            )
        else:
            kind = "check_in"
            command_id = check_in(
                engine,
                person_id=person_id,
                key_result_id=key_result_id,
                day=TODAY,
                value=value,
                confidence=None,
                base_version=ALL_SEEN,
            )
        os.write(output, f"{kind} {value} {command_id}\n".encode())


def together(url: str, writers: int, writes: int) -> bool:
    """Let writers work at once; tell whether all of them came to their end."""
    children = [
        _fork(lambda number=number: write(url, number, _numbers(number, writes), 1))
        for number in range(writers)
    ]
    return all(os.waitpid(child, 0)[1] == 0 for child in children)


def _numbers(writer: int, writes: int) -> range:
    return range(writer * writes, (writer + 1) * writes)


def killed(url: str, rounds: int, seed: int) -> bool:
    """Kill one writer after another, each at a moment after its first write."""
    chance = random.Random(seed)
    for number in range(rounds):
        lines, output = os.pipe()
        child = _fork(lambda number=number, to=output: write(url, 0, count(number * 10**6), to))
        os.close(output)
        with os.fdopen(lines, "rb") as told:
            first = told.readline()
            time.sleep(chance.uniform(0, 0.04))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.write(1, first + told.read())
    return True


def _fork(work: Callable[[], None]) -> int:
    """Start a process; it opens the database itself, since no connection survives a fork."""
    if child := os.fork():
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    _, url, how, *numbers = sys.argv
    sys.exit(0 if {"together": together, "killed": killed}[how](url, *map(int, numbers)) else 1)
