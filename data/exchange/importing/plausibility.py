"""Readings of a file that were probably not meant: the doubt that typing them would raise, too."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np

from data.core.errors import NeedsConfirmation
from data.core.plausibility import check_likely
from data.core.problems import Problem
from data.exchange.spreadsheets.mapping import Known
from data.exchange.tables import Tables
from data.kpis.fields import ReadingRow

Place = tuple[str, str]
"""A team and the name of its KPI."""

APART = 30.0
"""How many times larger or smaller than the usual a value must be to be looked at more closely."""

REMEDY = "correct it in the file, or import it if it is meant"


def unlikely_readings(
    tables: Tables, lines: Collection[int], known: Known, label: Callable[[str], str]
) -> list[Problem]:
    """Give a remark for each KPI of which a row on those lines holds an unlikely value."""
    units = {(kpi.team, kpi.name): kpi.unit for kpi in known.kpis}
    units |= {(row.team, row.kpi): row.unit for row in tables.kpis}
    latest = {(kpi.team, kpi.name): kpi.latest for kpi in known.kpis}
    found = []
    for place, rows in _by_kpi(tables.readings).items():
        unlikely = list(_unlikely(rows, lines, latest.get(place, ()), units.get(place, "")))
        found += [_remark(place, unlikely, label)] if unlikely else []
    return found


def _by_kpi(readings: Sequence[ReadingRow]) -> Mapping[Place, list[ReadingRow]]:
    grouped: dict[Place, list[ReadingRow]] = defaultdict(list)
    for row in readings:
        grouped[row.team, row.kpi].append(row)
    return grouped


def _unlikely(
    rows: Sequence[ReadingRow], lines: Collection[int], latest: Sequence[float], unit: str
) -> Iterator[tuple[int, str]]:
    """Give the line of each unlikely value, and why: against what is here, else the other rows."""
    values = np.array([row.value for row in rows])
    known = np.array(latest) if latest else values
    sizes = np.abs(known[known != 0])
    if not sizes.size:
        return
    usual = float(np.median(sizes))
    apart = (np.abs(values) > usual * APART) | ((values != 0) & (np.abs(values) < usual / APART))
    near = list(latest) or values[~apart].tolist()
    for at in np.flatnonzero(apart).tolist():
        if rows[at].line not in lines:
            continue
        try:
            check_likely(rows[at].value, near, unit)
        except NeedsConfirmation as doubt:
            yield rows[at].line, doubt.message


def _remark(
    place: Place, unlikely: Sequence[tuple[int, str]], label: Callable[[str], str]
) -> Problem:
    line, why = unlikely[0]
    more = f" {len(unlikely) - 1} more of its values are like that." if len(unlikely) > 1 else ""
    return Problem(label("readings"), line, f"{place[1]}: {why}{more}", REMEDY)
