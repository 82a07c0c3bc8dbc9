"""The lever: which driver of a KPI would move it most, and so should become a key result."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.coach.draft import KpiFacts
from analytics.coach.history import spread
from analytics.coach.remark import change, rough
from analytics.drivers import ExpressionError, evaluate, parse

LATEST = 4
SHARE = 0.1
BETTER = {"higher": 1.0, "lower": -1.0}

Levels = dict[str, float]


@dataclass(frozen=True, slots=True)
class Lever:
    """A driver moved by `step` to its good side moves the KPI by `effect`, each in its unit.

    `gain` is the effect counted towards the good side of the KPI: below 0 it would suffer.
    """

    name: str
    step: float
    effect: float
    gain: float
    reason: str


def levers(kpi: KpiFacts, drivers: Mapping[str, KpiFacts]) -> list[Lever]:
    """Return what moves a KPI, the most helpful driver first; empty where nothing can be told.

    `drivers` holds the KPIs that its expression names, and those that theirs name, by name.
    Each is moved alone, from the mean of its last four readings, by one of its own sigmas,
    or by 10 % where that is not known, while the rest holds. A driver without a good side
    (`within`) is moved to where it helps. For a KPI that is `within`, the gain is the
    way towards the middle of its range, and 0 where it has no middle.
    """
    if not all(name in drivers for name in _named(kpi)):
        return []
    names = _below(kpi, drivers)
    base = _value(kpi, drivers, {})
    if not names or not math.isfinite(base):
        return []
    found = [_lever(kpi, drivers, drivers[name], base) for name in names]
    return sorted(
        (lever for lever in found if lever is not None),
        key=lambda lever: (-lever.gain, lever.name),
    )


def _lever(
    kpi: KpiFacts, drivers: Mapping[str, KpiFacts], driver: KpiFacts, base: float
) -> Lever | None:
    tried = []
    for step in _steps(driver, drivers):
        level = _value(driver, drivers, {}) + step
        effect = _value(kpi, drivers, {driver.name: level}) - base
        if math.isfinite(effect):
            tried.append((_gain(kpi, base, effect), effect, step))
    if not tried:
        return None
    gain, effect, step = max(tried)
    return Lever(driver.name, step, effect, gain, _reason(kpi, driver, step, effect, gain))


def _reason(kpi: KpiFacts, driver: KpiFacts, step: float, effect: float, gain: float) -> str:
    way = "up" if step > 0 else "down"
    moved = f"{driver.name} {way} by {_about(driver, step)}"
    if not gain:
        return f"{moved} makes no difference to {kpi.name}."
    by = f"{kpi.name} {'up' if effect > 0 else 'down'} by {_about(kpi, effect)}"
    helps = "would help" if gain > 0 else "would not help"
    return f"{moved} brings {by} while the rest holds: that {helps}."


def _about(kpi: KpiFacts, difference: float) -> str:
    """Write how far a KPI moves: the estimate knows no more than two digits."""
    known = kpi.values[np.isfinite(kpi.values)]
    is_counted = kpi.unit != "%" and known.size > 0 and not np.mod(known, 1).any()
    return change(rough(abs(difference), whole=bool(is_counted)), kpi.unit)


def _steps(driver: KpiFacts, drivers: Mapping[str, KpiFacts]) -> list[float]:
    """Return the moves to try: one to the good side, or both ways where it has none."""
    size = spread(driver)
    if size is None:
        size = SHARE * abs(_value(driver, drivers, {}))
    if not math.isfinite(size) or size == 0:
        return []
    way = BETTER.get(driver.better)
    return [way * size] if way else [size, -size]


def _gain(kpi: KpiFacts, base: float, effect: float) -> float:
    if kpi.better in BETTER:
        # Adding zero turns a -0.0 into 0.0.
        return BETTER[kpi.better] * effect + 0.0
    if kpi.low is None or kpi.high is None:
        return 0.0
    middle = (kpi.low + kpi.high) / 2
    return abs(base - middle) - abs(base + effect - middle)


def _below(kpi: KpiFacts, drivers: Mapping[str, KpiFacts]) -> list[str]:
    """Return the names in the tree under a KPI, each once; it may bite its own tail."""
    found: dict[str, None] = {}
    waiting = [kpi]
    while waiting:
        for name in _named(waiting.pop(0)):
            if name in drivers and name not in found and name != kpi.name:
                found[name] = None
                waiting.append(drivers[name])
    return list(found)


def _named(kpi: KpiFacts) -> tuple[str, ...]:
    try:
        return parse(kpi.driven_by).names if kpi.driven_by else ()
    except ExpressionError:
        return ()


def _value(kpi: KpiFacts, drivers: Mapping[str, KpiFacts], known: Levels) -> float:
    """Return a KPI's value: one that is known, computed from its drivers, or read; else NaN.

    `known` takes up what is computed on the way.
    """
    if kpi.name not in known:
        # Where the tree bites its own tail, the reading stands in.
        known[kpi.name] = _latest(kpi)
        names = _named(kpi)
        if names and all(name in drivers for name in names):
            values = {name: _value(drivers[name], drivers, known) for name in names}
            known[kpi.name] = float(evaluate(parse(kpi.driven_by), values))
    return known[kpi.name]


def _latest(kpi: KpiFacts) -> float:
    values = np.asarray(kpi.values, dtype=np.float64)
    values = values[np.isfinite(values)]
    return float(values[-LATEST:].mean()) if values.size else math.nan
