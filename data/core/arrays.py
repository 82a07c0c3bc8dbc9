"""Rows by the ten thousand as columns: that is how they become arrays."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Result

Counts = NDArray[np.int64]

ROWS_AT_ONCE = 500


def columns(found: Result[Any]) -> list[list[Any]]:
    """Give the columns of what was found; none where that is nothing."""
    return next(columns_by_key(found, None), [])


def columns_by_key(found: Result[Any], most: int | None) -> Iterator[list[list[Any]]]:
    """Give the columns of rows ordered by their first one, about `most` rows at a time.

    Rows with the same first column stay together.
    """
    held: list[list[Any]] = []
    # Rows by the ten thousand, held all at once, set off the garbage collector.
    for rows in found.partitions(ROWS_AT_ONCE):
        held = held or [[] for _ in rows[0]]
        for column, values in zip(held, zip(*rows, strict=True), strict=True):
            column.extend(values)
        if most is not None and len(held[0]) >= most:
            whole = bisect_left(held[0], held[0][-1])
            if whole:
                yield [column[:whole] for column in held]
                held = [column[whole:] for column in held]
    # Who goes on with the last rows lets go of them; so must this.
    rest, held = [held] if held else [], []
    while rest:
        yield rest.pop()


def key_of(row: Counts, number: Counts) -> Counts:
    """Give one number for the row and the period of each reading, in their order."""
    return row * 2**32 + number


def is_last(row: Counts, number: Counts) -> NDArray[np.bool_]:
    """Tell which readings are the last of their period, each after those it took the place of."""
    key = key_of(row, number)
    return np.append(key[1:] != key[:-1], True)[: len(key)]
