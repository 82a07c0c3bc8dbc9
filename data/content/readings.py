"""The sample's readings: seeded noise around the level that each KPI's story gives it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from analytics.drivers import evaluate, parse
from analytics.periods import period, recent_periods
from data.content.stories import KpiStory, Mark, entered, working_hour
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.names.scopes import TEAM_SIGN, Names
from models import Cadence, Role

Numbers = NDArray[np.float64]

SEED = 2026
TWO_YEARS = {
    Cadence.DAILY: 731,
    Cadence.WEEKDAYS: 523,
    Cadence.WEEKLY: 105,
    Cadence.MONTHLY: 25,
    Cadence.QUARTERLY: 9,
}
DAYS_UNTIL_ENTERED = {Cadence.MONTHLY: 2, Cadence.QUARTERLY: 5}
DAYS_UNTIL_CORRECTED = 4

# Thirteen equally likely values of the standard normal distribution.
QUANTILES = (-1.77, -1.2, -0.87, -0.62, -0.4, -0.19, 0.0, 0.19, 0.4, 0.62, 0.87, 1.2, 1.77)


def readings(tables: Tables, stories: Mapping[str, KpiStory], today: date) -> list[ReadingRow]:
    """Return two years of readings of every KPI up to the period that is due, by date."""
    series = _Series(tables, stories, today)
    rows = [
        row
        for at, kpi in enumerate(tables.kpis)
        for row in _rows(
            kpi, stories[full_name(kpi)], series.of(at), _colleagues(tables, kpi.team), today
        )
    ]
    return sorted(rows, key=lambda row: row.date)


def full_name(kpi: KpiRow) -> str:
    """Return the name that finds a KPI from any team, by which its story is told."""
    return f"{kpi.team}{TEAM_SIGN}{kpi.kpi}"


class _Series:
    """Every KPI's values, the newest first, each made once; by its place among the KPIs."""

    def __init__(self, tables: Tables, stories: Mapping[str, KpiStory], today: date) -> None:
        self.kpis = tables.kpis
        self.stories = stories
        self.today = today
        self.names = _names(tables)
        self.made: dict[int, Numbers] = {}

    def of(self, at: int) -> Numbers:
        if at not in self.made:
            self.made[at] = self._make(self.kpis[at])
        return self.made[at]

    def _named(self, text: str, team: str) -> Numbers:
        at = self.names.kpi(text, self.names.teams[team])
        if at is None:
            raise KeyError(f"{team} knows no KPI {text!r}")
        return self.of(at)

    def _make(self, kpi: KpiRow) -> Numbers:
        story = self.stories[full_name(kpi)]
        if kpi.driven_by:
            return _typed(self._driven(kpi.team, kpi.driven_by), story.places)
        periods = recent_periods(self.today, kpi.cadence, story.count or TWO_YEARS[kpi.cadence])
        values = _level(story, periods) + story.noise * _noise(full_name(kpi), len(periods))
        if story.share_of:
            values = values * self._named(story.share_of, kpi.team)[: len(values)]
        return _as_told(_typed(np.minimum(values, story.ceiling), story.places), story)

    def _driven(self, team: str, driven_by: str) -> Numbers:
        expression = parse(driven_by)
        drivers = {name: self._named(name, team) for name in expression.names}
        count = min(map(len, drivers.values()))
        values = {name: driver[:count] for name, driver in drivers.items()}
        return np.asarray(evaluate(expression, values))


def _names(tables: Tables) -> Names:
    keys = {row.team: key for key, row in enumerate(tables.teams)}
    return Names(
        teams=keys,
        parents={keys[row.team]: keys.get(row.parent) for row in tables.teams},
        kpis={(keys[row.team], row.kpi): at for at, row in enumerate(tables.kpis)},
    )


def _colleagues(tables: Tables, team: str) -> list[str]:
    """Return those who enter numbers for the team, in the order of their rows."""
    return [row.person for row in tables.people if row.team == team and row.role != Role.VIEWER]


def _level(story: KpiStory, periods: Sequence[date]) -> Numbers:
    ago = np.arange(len(periods))
    level = np.full(len(periods), story.level, dtype=np.float64)
    for shift in story.shifts:
        level += shift.by * np.clip((shift.since - ago) / shift.over, 0, 1)
    if story.season:
        level += [story.season[day.month - 1] for day in periods]
    return level


@cache
def _noise(name: str, count: int) -> Numbers:
    """Return noise that stays calm: every thirteen readings balance, in shuffled order."""
    generator = np.random.default_rng([SEED, crc32(name.encode())])
    blocks = [generator.permutation(QUANTILES) for _ in range(-(-count // len(QUANTILES)))]
    return np.concatenate(blocks)[:count]


def _as_told(values: Numbers, story: KpiStory) -> Numbers:
    for mark in story.marks:
        if mark.value is not None:
            values[mark.ago] = mark.value
    values[list(story.gaps)] = np.nan
    values[: story.silent] = np.nan
    return values


def _typed(values: Numbers, places: int) -> Numbers:
    # Adding zero turns a -0.0 into 0.0.
    return np.round(values, places) + 0.0


def _rows(
    kpi: KpiRow, story: KpiStory, values: Numbers, colleagues: Sequence[str], today: date
) -> Iterator[ReadingRow]:
    marks = {mark.ago: mark for mark in story.marks}
    periods = recent_periods(today, kpi.cadence, len(values))
    following = (period(today, kpi.cadence), *periods[:-1])
    for ago, (key, after, value) in enumerate(
        zip(periods, following, values.tolist(), strict=True)
    ):
        if math.isnan(value):
            continue
        mark = marks.get(ago, Mark(ago=ago))
        first = value if mark.first_typed is None else mark.first_typed
        known = after + timedelta(days=DAYS_UNTIL_ENTERED.get(kpi.cadence, 0))
        moment = entered(known, today, turn=ago)
        person = kpi.owner if ago % 3 else colleagues[ago % len(colleagues)]
        yield ReadingRow(
            team=kpi.team,
            kpi=kpi.kpi,
            date=key,
            value=first,
            note=mark.note,
            recorded_at=moment,
            recorded_by=person if moment else "",
        )
        if mark.first_typed is not None:
            # Always with its moment: without one it would be a duplicate.
            later = known + timedelta(days=DAYS_UNTIL_CORRECTED)
            yield ReadingRow(
                team=kpi.team,
                kpi=kpi.kpi,
                date=key,
                value=value,
                note=mark.correction,
                recorded_at=working_hour(later, turn=ago),
                recorded_by=kpi.owner,
            )
