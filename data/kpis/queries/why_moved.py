"""What else moved around the time a KPI changed, and how much of that chance alone would give.

Near is within about four weeks, two months of a monthly KPI or a quarter of a quarterly one,
whichever of the two compared is read less often. KPIs are compared by the points at which
their level or slope changed in hindsight; nothing here says that one is the cause of another.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.coincidence import Hit, chance_of_hits, comparisons, expected_by_chance, near
from analytics.drift.segments import change_points
from analytics.periods import first_day, ordinal
from analytics.variation import natural_limits
from data.kpis.queries.why_readings import Numbers, Surroundings, middle_of
from data.kpis.views.why import Around, MovedKeyResult, MovedKpi, NearEvent

NEAR_DAYS = {"daily": 28, "weekdays": 28, "weekly": 28, "monthly": 62, "quarterly": 92}
MOST_COMPARED = 150
"""So many KPIs are compared at most: those nearest in the tree of teams."""
FEWEST = 10
"""A KPI with fewer readings around the change has no two segments to tell apart."""
SIDE = 8
"""The readings on either side of a change point whose means tell how strong it is."""


def compared_with(
    kpis: Sequence[Any], own: Any, parents: Mapping[int, int | None], ties: set[int]
) -> list[Any]:
    """Give the KPIs that one is compared with: all, or the nearest of too many.

    `ties` are the keys of its drivers and of those it drives, which always come first; then
    those of its own team, of those above it and below it; then the others by how far up the
    tree one has to go to reach them.
    """
    others = [kpi for kpi in kpis if kpi.id != own.id]
    if len(others) <= MOST_COMPARED:
        return others
    steps = {team: _steps(own.team_id, team, parents) for team in {kpi.team_id for kpi in others}}
    order = sorted(others, key=lambda kpi: (kpi.id not in ties, steps[kpi.team_id], kpi.id))
    return order[:MOST_COMPARED]


def _steps(own: int, other: int, parents: Mapping[int, int | None]) -> tuple[bool, int]:
    """Tell whether a team is on another branch of the tree, and how many steps away it is."""
    above, lineage = _lineage(own, parents), _lineage(other, parents)
    shared = next((team for team in above if team in lineage), None)
    if shared is None:
        return True, len(above) + len(lineage)
    return shared not in (own, other), above.index(shared) + lineage.index(shared)


def _lineage(team_id: int | None, parents: Mapping[int, int | None]) -> list[int]:
    found: list[int] = []
    while team_id is not None and team_id not in found:
        found.append(team_id)
        team_id = parents.get(team_id)
    return found


def around(
    own: Any,
    others: Sequence[Any],
    change: date,
    read: Surroundings,
    *,
    all_others: int,
    events: Sequence[NearEvent],
    key_results: Sequence[MovedKeyResult],
) -> Around:
    """Say what moved near a change of a KPI, the strongest first."""
    cadence = own.cadence
    at = middle_of(ordinal(change, cadence), cadence)
    known = [kpi for kpi in others if _covers(read, kpi.id, at)]
    hits, expected = _hits(known, cadence, at, read)
    moved = [_moved(known[hit.kpi], hit, cadence, change, read) for hit in _strongest(hits)]
    return Around(
        moved=tuple(moved),
        compared=len(known),
        others=all_others,
        branch=len(others) < all_others,
        by_chance=expected,
        chance=chance_of_hits(len(moved), expected),
        events=tuple(events),
        key_results=tuple(key_results),
    )


def _covers(read: Surroundings, kpi_id: int, at: float) -> bool:
    """Tell whether a KPI has readings on both sides of a change, and enough of them."""
    middles, values = read.of(kpi_id)
    base_version = middles[~np.isnan(values)]
    return bool(len(base_version) >= FEWEST and base_version[0] < at <= base_version[-1])


def _hits(
    kpis: Sequence[Any], cadence: str, at: float, read: Surroundings
) -> tuple[list[Hit], float]:
    """Give the change points near a day, and how many chance alone would put there."""
    hits: list[Hit] = []
    expected = 0.0
    windows = np.array([max(NEAR_DAYS[kpi.cadence], NEAR_DAYS[cadence]) for kpi in kpis])
    for window in np.unique(windows):
        rows = np.flatnonzero(windows == window).tolist()
        found = [_points(read, kpis[row].id) for row in rows]
        positions, strengths = (_padded([each[part] for each in found]) for part in (0, 1))
        begins, ends = np.array([_span(read, kpis[row].id) for row in rows]).T
        expected += expected_by_chance(
            comparisons(positions),
            ends - begins,
            float(window),
            period_days=[read.lengths[kpis[row].cadence] for row in rows],
            since_start=at - begins,
        )
        hits += [
            Hit(rows[hit.kpi], hit.position, hit.lag, hit.strength)
            for hit in near(at, positions, strengths, float(window))
        ]
    return hits, expected


def _strongest(hits: Sequence[Hit]) -> list[Hit]:
    """Keep the strongest change of each KPI, the strongest of all first."""
    order = sorted(hits, key=lambda hit: (np.isnan(hit.strength), -abs(hit.strength)))
    kept: dict[int, Hit] = {}
    for hit in order:
        kept.setdefault(hit.kpi, hit)
    return list(kept.values())


def _moved(kpi: Any, hit: Hit, cadence: str, change: date, read: Surroundings) -> MovedKpi:
    middles, _ = read.of(kpi.id)
    column = int(np.abs(middles - hit.position).argmin())
    period = first_day(read.first[kpi.cadence] + column, kpi.cadence)
    # Two changes that are known to one and the same period are not told apart.
    together = abs(hit.lag) < max(read.lengths[kpi.cadence], read.lengths[cadence]) / 2
    lag = (period - change).days if kpi.cadence == cadence else round(hit.lag)
    return MovedKpi(
        kpi_id=kpi.id,
        name=kpi.name,
        team=kpi.team,
        period=period,
        lag=0 if together else lag,
        strength=None if np.isnan(hit.strength) else hit.strength,
    )


def _span(read: Surroundings, kpi_id: int) -> tuple[float, float]:
    middles, values = read.of(kpi_id)
    base_version = middles[~np.isnan(values)]
    return float(base_version[0]), float(base_version[-1])


def _points(read: Surroundings, kpi_id: int) -> tuple[Numbers, Numbers]:
    """Give where a KPI changed, in days, and by how many standard deviations."""
    middles, values = read.of(kpi_id)
    columns, strengths = _changes(values.tobytes())
    return middles[list(columns)], np.array(strengths, np.float64)


@lru_cache(maxsize=4096)
def _changes(packed: bytes) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Give the columns in which values changed, and by how many standard deviations.

    Kept by the values themselves: what somebody writes elsewhere leaves them as they are.
    """
    values = np.frombuffer(packed, np.float64)
    columns = change_points(values)
    sigma = float(natural_limits(values).sigma)
    ends = [0, *columns, len(values)]
    steps = [
        _mean(values[at : ends[number + 2]], SIDE) - _mean(values[ends[number] : at][::-1], SIDE)
        for number, at in enumerate(columns)
    ]
    return tuple(columns), tuple(step / sigma if sigma > 0 else np.nan for step in steps)


def _mean(values: NDArray[np.float64], most: int) -> float:
    """Give the mean of the first readings among values."""
    return float(values[~np.isnan(values)][:most].mean())


def _padded(rows: Sequence[Numbers]) -> Numbers:
    width = max((len(row) for row in rows), default=0)
    return np.array([np.pad(row, (0, width - len(row)), constant_values=np.nan) for row in rows])
