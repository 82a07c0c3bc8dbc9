"""How far the recoveries of KPIs are, as their readings tell, in one pass of arrays."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.periods import first_day, ordinal
from analytics.recovery import (
    HALF_PASS,
    Since,
    certificate,
    left_open,
    phase,
    provisional,
    share_back,
    since,
)
from data.kpis.queries.ranges import bounds_then
from data.kpis.queries.readings import BACK, PERIODS, Readings
from data.kpis.queries.recoveries import Recovery
from data.kpis.views.recovery import RecoveryView
from data.kpis.views.signals import SignalView
from models import ObjectiveState


def seen(
    found: Mapping[int, Recovery],
    kpis: Sequence[Any],
    readings: Readings,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    signals: Mapping[int, SignalView],
    silent: Collection[int],
) -> dict[int, RecoveryView]:
    """Give the recoveries of KPIs by key, as their readings tell; those that have any.

    Those `silent`, without data by now, hold nothing. What was held, and when one slipped, goes by
    the range that it had then.
    """
    told = [kpi for kpi in kpis if kpi.id in found and readings.latest[readings.rows[kpi.id]]]
    if not told:
        return {}
    at = np.array([readings.rows[kpi.id] for kpi in told])
    shown = [signals.get(kpi.id) for kpi in told]
    letters = [
        _letters(kpi.cadence, readings.latest[row], signal)
        for kpi, row, signal in zip(told, at.tolist(), shown, strict=True)
    ]
    of = [found[kpi.id] for kpi in told]
    cadences = [kpi.cadence for kpi in told]
    newest = [
        ordinal(readings.latest[row] or date.min, kpi.cadence)
        for kpi, row in zip(told, at.tolist(), strict=True)
    ]
    numbers = np.array(newest)[:, None] - BACK
    facts = (readings.values[at], *bounds_then([each.ranges for each in of], cadences, numbers))
    marks = np.array(letters) == "d", readings.dismissed[at]

    def from_days(days: Sequence[date | None]) -> Since:
        each = zip(told, at.tolist(), days, strict=True)
        begin = [_column(kpi.cadence, readings.latest[row], day) for kpi, row, day in each]
        return since(*facts, *marks, np.array(begin))

    begun = from_days([each.rerouted.date for each in of])
    confirmed = from_days([each.confirmed_on for each in of])
    holds = [kpi.id not in silent for kpi in told]
    views = {}
    for place, (kpi, recovery, signal, row) in enumerate(
        zip(told, of, shown, at.tolist(), strict=True)
    ):
        latest = readings.latest[row] or date.min
        views[kpi.id] = _view(
            kpi,
            recovery,
            signal,
            "".join(letters[place]),
            readings.values[row],
            (low[row], high[row]),
            latest,
            held=int(begun.held[place]) if holds[place] else 0,
            kept=int(confirmed.held[place]) if holds[place] else 0,
            is_silent=kpi.id in silent,
            relapse=int(confirmed.relapse[place]) if recovery.confirmed_on else -1,
        )
    return views


def _view(
    kpi: Any,
    recovery: Recovery,
    signal: SignalView | None,
    letters: str,
    values: NDArray[np.float64],
    bounds: tuple[float, float],
    latest: date,
    *,
    held: int,
    kept: int,
    is_silent: bool,
    relapse: int,
) -> RecoveryView:
    row, periods = recovery.row, recovery.row.hold_periods or 0
    in_probation = row.state == ObjectiveState.PROBATION
    relapsed = in_probation and relapse >= 0
    if relapsed or not in_probation:
        kept = 0
    # The run that counts never reaches back beyond what ended it.
    begin = max(_column(kpi.cadence, latest, recovery.rerouted.date) - 1, 0)
    told = certificate(
        held=held,
        periods=periods,
        alarmed=bool(set(letters[begin:]) & {"d", "r"}),
        stands=letters[-1] in "dr",
        passes=signal is not None and _passes(kpi, signal, values, periods),
    )
    open_by = left_open(held) * signal.sigma if signal and signal.sigma else None
    return RecoveryView(
        kpi_id=kpi.id,
        objective_id=row.objective_id,
        key_result_id=row.key_result_id,
        objective=row.objective,
        team=row.team,
        cycle=row.cycle,
        cycle_id=row.cycle_id,
        ends_on=row.ends_on,
        phase=phase(row.state, told != "none", relapsed=relapsed, kept=kept, periods=periods),
        since=recovery.rerouted.date,
        times=recovery.times,
        periods=periods,
        held=min(held, periods),
        share_back=share_back(row.start, _known(values[-1]), *bounds),
        is_provisional=told == "provisional",
        left_open=open_by if told == "provisional" else None,
        half_pass=HALF_PASS.get(periods) if told == "provisional" else None,
        confirmed_on=recovery.confirmed_on if row.state != ObjectiveState.ACTIVE else None,
        kept=min(kept, periods),
        relapsed_on=_day(kpi.cadence, latest, relapse) if relapsed else None,
        is_silent=is_silent,
    )


def _passes(kpi: Any, signal: SignalView, values: NDArray[np.float64], periods: int) -> bool:
    """Tell whether the last readings are like the baseline before the drift."""
    if signal.expected is None or signal.sigma is None or periods < 1:
        return False
    last = values[-periods:]
    # What was expected of the window is that of its middle.
    back = np.arange(len(last) - 1, -1, -1) - (max(signal.window, 1) - 1) / 2
    centre = signal.expected - (signal.slope or 0.0) * back
    return provisional(last, baseline_centre=centre, baseline_sigma=signal.sigma, better=kpi.better)


def _letters(cadence: str, latest: date | None, signal: SignalView | None) -> list[str]:
    """Give the letter of the signal shown for each of the last periods, blank where unknown."""
    if signal is None or latest is None:
        return [" "] * PERIODS
    later = max(ordinal(latest, cadence) - ordinal(signal.period, cadence), 0)
    known = signal.history + signal.history[-1:] * later
    return list(known[-PERIODS:].rjust(PERIODS))


def _column(cadence: str, latest: date | None, day: date | None) -> int:
    """Give the column of readings that a day falls in, beyond the last for what is to come."""
    if latest is None or day is None:
        return PERIODS
    return max(PERIODS - 1 - (ordinal(latest, cadence) - ordinal(day, cadence)), 0)


def _day(cadence: str, latest: date, column: int) -> date:
    return first_day(ordinal(latest, cadence) - (PERIODS - 1 - column), cadence)


def _known(value: float) -> float | None:
    return None if value != value else float(value)
