"""What a signal was decided by, packed: a row of numbers for each."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.drift.signal_evidence import Facts
from analytics.periods import first_day
from data.kpis.views.signals import SignalView
from models import Rule, Signal

FLOATS = ("mean", "expected", "error", "z", "last", "last_expected", "sigma", "slope", "slope_z")
DAYS = ("period", "onset", "shown_on")

EVIDENCE = np.dtype(
    [
        ("signal", "S1"),
        ("rule", "S2"),
        *((name, "<i4") for name in DAYS),
        *((name, "<f8") for name in FLOATS),
        ("window", "<i2"),
        ("size", "<i2"),
        ("favourable", "?"),
        ("adjoining", "?"),
    ]
)
"""Days are ordinals, 0 for none; numbers that are not known are NaN."""

SIGNALS = {signal[:1].encode(): signal for signal in Signal}
RULES = {rule[:2].encode(): rule for rule in Rule}

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]


def packed(
    facts: Facts, number: Counts, onset: Counts, shown: Numbers, cadence: str
) -> list[bytes]:
    """Pack the facts of KPIs with the numbers of their latest and first drifting periods.

    `onset` is -1 where none drifts, `shown` the ordinal of a day, NaN for none.
    """
    rows = np.zeros(len(number), EVIDENCE)
    rows["signal"] = facts.signal.astype("S1")
    rows["rule"] = facts.rule.astype("S2")
    rows["period"], rows["onset"] = _days(number, cadence), _days(onset, cadence)
    rows["shown_on"] = np.nan_to_num(shown)
    for name in (*FLOATS, "window", "size", "favourable", "adjoining"):
        rows[name] = getattr(facts, name)
    whole, size = rows.tobytes(), EVIDENCE.itemsize
    return [whole[start : start + size] for start in range(0, len(whole), size)]


def unpacked(rows: Sequence[bytes], histories: Sequence[str]) -> list[SignalView]:
    """Give signals with what was packed of each; days and numbers that are not known are None."""
    found = np.frombuffer(b"".join(rows), EVIDENCE)
    numbers = np.stack([found[name] for name in FLOATS])
    known = numbers.astype(object)
    known[~np.isfinite(numbers)] = None
    days = {
        ordinal: date.fromordinal(ordinal)
        for name in DAYS
        for ordinal in set(found[name].tolist())
        if ordinal
    }
    columns: dict[str, Sequence[Any]] = {
        "signal": [SIGNALS[word] for word in found["signal"].tolist()],
        "rule": [RULES[word] for word in found["rule"].tolist()],
        **{name: [days.get(ordinal) for ordinal in found[name].tolist()] for name in DAYS},
        **dict(zip(FLOATS, known.tolist(), strict=True)),
        **{name: found[name].tolist() for name in ("window", "size", "favourable", "adjoining")},
        "runs": histories,
    }
    each = zip(*(columns[name] for name in SignalView._fields), strict=True)
    return list(map(partial(tuple.__new__, SignalView), each))


def _days(numbers: Counts, cadence: str) -> list[int]:
    """Give the ordinals of the first days of periods."""
    known = {
        number: first_day(number, cadence).toordinal()
        for number in set(numbers.tolist())
        if number >= 0
    }
    return [known.get(number, 0) for number in numbers.tolist()]
