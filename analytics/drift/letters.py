"""Signals of many periods as text: the first letter of each, and how often it comes in a row."""

import re
from collections.abc import Sequence
from itertools import accumulate

SHOWN_PERIODS = 200
"""How many periods back the history of a signal goes."""

_RUN = re.compile(r"([a-z])(\d+)")


def written(letters: str, counts: Sequence[int]) -> list[str]:
    """Write the last 200 of the first so many letters, for each count: "20 steady" is `s20`."""
    runs = re.findall(r"((.)\2*)", letters)
    ends = list(accumulate(len(run) for run, _ in runs))
    texts = [f"{letter}{len(run)}" for run, letter in runs]
    offsets = [0, *accumulate(map(len, texts))]
    joined = "".join(texts)
    starts = [0, *ends]
    found, first, last = [], 0, 0
    for count in counts:
        begin = max(count - SHOWN_PERIODS, 0)
        while last + 1 < len(ends) and ends[last] < count:
            last += 1
        while ends[first] <= begin and first < last:
            first += 1
        if first == last:
            found.append(f"{letters[starts[last]]}{count - max(begin, starts[last])}")
            continue
        whole = joined[offsets[first + 1] : offsets[last]]
        oldest = f"{letters[starts[first]]}{ends[first] - max(begin, starts[first])}"
        found.append(f"{oldest}{whole}{letters[starts[last]]}{count - starts[last]}")
    return found


def read(history: str) -> str:
    """Give the letters that were written, the newest last."""
    return "".join(letter * int(count) for letter, count in _RUN.findall(history))
