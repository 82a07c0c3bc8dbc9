"""Readings of a file that were probably not meant: the doubt that typing them would raise, too."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np

from data.core.errors import NeedsConfirmation
from data.core.plausibility import check_likely
from data.core.problems import Problem
from data.exchange.readings_columns import Counts, Numbers, Place, ReadingColumns, as_columns
from data.exchange.spreadsheets.mapping import Known
from data.exchange.tables import Tables

APART = 30.0
"""How many times larger or smaller than the usual a value must be to be looked at more closely."""

REMEDY = "correct it in the file, or import it if it is meant"


def unlikely_readings(
    tables: Tables, lines: Collection[int], known: Known, label: Callable[[str], str]
) -> list[Problem]:
    """Give a remark for each KPI of which a row on those lines holds an unlikely value."""
    units = {kpi.place: kpi.unit for kpi in known.kpis}
    units |= {(row.team, row.kpi): row.unit for row in tables.kpis}
    latest = {kpi.place: kpi.latest for kpi in known.kpis}
    found = []
    readings = as_columns(tables.readings)
    for place, here in _by_kpi(readings).items():
        values, placed = readings.value[here], readings.line[here].tolist()
        told = [line in lines for line in placed]
        found_here = _unlikely(values, told, latest.get(place, ()), units.get(place, ""))
        unlikely = [(placed[at], why) for at, why in found_here]
        found += [_remark(place, unlikely, label)] if unlikely else []
    return found


def _by_kpi(readings: ReadingColumns) -> Mapping[Place, Counts]:
    """Give the rows of each KPI, in their order."""
    order = np.argsort(readings.place, kind="stable")
    ends = np.flatnonzero(np.diff(readings.place[order])) + 1
    parts = np.split(order, ends) if len(order) else []
    return {readings.places[readings.place[some[0]]]: some for some in parts}


def _unlikely(
    values: Numbers, told: Sequence[bool], latest: Sequence[float], unit: str
) -> Iterator[tuple[int, str]]:
    """Give which values that are told are unlikely, and why: by what is here, else the others."""
    known = np.array(latest) if latest else values
    sizes = np.abs(known[known != 0])
    if not sizes.size:
        return
    usual = float(np.median(sizes))
    apart = (np.abs(values) > usual * APART) | ((values != 0) & (np.abs(values) < usual / APART))
    near = list(latest) or values[~apart].tolist()
    for at in np.flatnonzero(apart).tolist():
        if not told[at]:
            continue
        try:
            check_likely(float(values[at]), near, unit)
        except NeedsConfirmation as doubt:
            yield at, doubt.message


def _remark(
    place: Place, unlikely: Sequence[tuple[int, str]], label: Callable[[str], str]
) -> Problem:
    line, why = unlikely[0]
    more = f" {len(unlikely) - 1} more of its values are like that." if len(unlikely) > 1 else ""
    return Problem(label("readings"), line, f"{place[1]}: {why}{more}", REMEDY)
