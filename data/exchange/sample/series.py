"""The sample's readings: seeded noise around the level that each KPI's story gives it."""

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from analytics.drivers import evaluate, parse
from analytics.periods import last_day, ordinal, recent_periods
from data.exchange.sample.company import COMPANY, colleagues
from data.exchange.sample.gauge import Driven, Gauge, Mark, Story
from data.exchange.sample.gauges import GAUGES
from data.exchange.sample.moments import entered, working_hour
from data.kpis.fields import ReadingRow
from models import Cadence

Numbers = NDArray[np.float64]

SEED = 2026
TWO_YEARS = {
    Cadence.DAILY: 731,
    Cadence.WEEKDAYS: 523,
    Cadence.WEEKLY: 105,
    Cadence.MONTHLY: 25,
    Cadence.QUARTERLY: 9,
}
DAYS_UNTIL_ENTERED = {
    Cadence.DAILY: 0,
    Cadence.WEEKDAYS: 0,
    Cadence.WEEKLY: 0,
    Cadence.MONTHLY: 2,
    Cadence.QUARTERLY: 5,
}
DAYS_UNTIL_CORRECTED = 4

# Thirteen equally likely values of the standard normal distribution.
QUANTILES = (-1.77, -1.2, -0.87, -0.62, -0.4, -0.19, 0.0, 0.19, 0.4, 0.62, 0.87, 1.2, 1.77)


def readings(today: date) -> list[ReadingRow]:
    """Return two years of readings of every KPI up to the period that is due, by date."""
    series = _Series(today)
    rows = [
        row
        for team, gauges in GAUGES.items()
        for gauge in gauges
        for row in _rows(team, gauge, series.of(team, gauge.name), today)
    ]
    return sorted(rows, key=lambda row: row.date)


class _Series:
    """Every KPI's values, the newest first, each made once."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.made: dict[tuple[str, str], Numbers] = {}

    def of(self, team: str, name: str) -> Numbers:
        owner, gauge = find(team, name)
        if (owner, gauge.name) not in self.made:
            self.made[owner, gauge.name] = self._make(owner, gauge)
        return self.made[owner, gauge.name]

    def _make(self, team: str, gauge: Gauge) -> Numbers:
        numbers = gauge.numbers
        if isinstance(numbers, Driven):
            return _typed(self._driven(team, numbers.by), numbers.places)
        periods = recent_periods(
            self.today, gauge.cadence, numbers.count or TWO_YEARS[gauge.cadence]
        )
        values = _level(numbers, periods) + numbers.noise * _noise(team, gauge.name, len(periods))
        if numbers.share_of:
            values = values * self.of(team, numbers.share_of)[: len(values)]
        return _as_told(_typed(np.minimum(values, numbers.ceiling), numbers.places), numbers)

    def _driven(self, team: str, by: str) -> Numbers:
        expression = parse(by)
        drivers = {name: self.of(team, name) for name in expression.names}
        count = min(map(len, drivers.values()))
        values = {name: driver[:count] for name, driver in drivers.items()}
        return np.asarray(evaluate(expression, values))


def find(team: str, name: str) -> tuple[str, Gauge]:
    """Return the KPI of that name with its team: its own, the company's, or `Team / KPI`."""
    elsewhere, _, bare = name.rpartition(" / ")
    for place in (elsewhere,) if elsewhere else (team, COMPANY):
        for gauge in GAUGES[place]:
            if gauge.name == bare:
                return place, gauge
    raise KeyError(f"{team} knows no KPI {name!r}")


def _level(story: Story, periods: Sequence[date]) -> Numbers:
    ago = np.arange(len(periods))
    level = np.full(len(periods), story.level, dtype=np.float64)
    for shift in story.shifts:
        level += shift.by * np.clip((shift.since - ago) / shift.over, 0, 1)
    if story.season:
        level += [story.season[day.month - 1] for day in periods]
    return level


@cache
def _noise(team: str, name: str, count: int) -> Numbers:
    """Return noise that stays calm: every thirteen readings balance, in shuffled order."""
    generator = np.random.default_rng([SEED, crc32(f"{team} / {name}".encode())])
    blocks = [generator.permutation(QUANTILES) for _ in range(-(-count // len(QUANTILES)))]
    return np.concatenate(blocks)[:count]


def _as_told(values: Numbers, story: Story) -> Numbers:
    for mark in story.marks:
        if mark.value is not None:
            values[mark.ago] = mark.value
    values[list(story.gaps)] = np.nan
    values[: story.silent] = np.nan
    return values


def _typed(values: Numbers, places: int) -> Numbers:
    # Adding zero turns a -0.0 into 0.0.
    return np.round(values, places) + 0.0


def _rows(team: str, gauge: Gauge, values: Numbers, today: date) -> Iterator[ReadingRow]:
    marks = _marks(gauge)
    team_mates = colleagues(team)
    periods = recent_periods(today, gauge.cadence, len(values))
    for ago, (period, value) in enumerate(zip(periods, values.tolist(), strict=True)):
        if math.isnan(value):
            continue
        mark = marks.get(ago, Mark(ago=ago))
        first = value if mark.first_typed is None else mark.first_typed
        ended = last_day(ordinal(period, gauge.cadence), gauge.cadence)
        known = ended + timedelta(days=1 + DAYS_UNTIL_ENTERED[gauge.cadence])
        moment = entered(known, today, turn=ago)
        person = gauge.owner if ago % 3 else team_mates[ago % len(team_mates)]
        yield ReadingRow(
            team=team,
            kpi=gauge.name,
            date=period,
            value=first,
            note=mark.note,
            recorded_at=moment,
            recorded_by=person if moment else "",
        )
        if mark.first_typed is not None:
            # Always with its moment: without one it would be a duplicate.
            later = known + timedelta(days=DAYS_UNTIL_CORRECTED)
            yield ReadingRow(
                team=team,
                kpi=gauge.name,
                date=period,
                value=value,
                note=mark.correction,
                recorded_at=working_hour(later, turn=ago),
                recorded_by=gauge.owner,
            )


def _marks(gauge: Gauge) -> dict[int, Mark]:
    return {mark.ago: mark for mark in gauge.numbers.marks}
