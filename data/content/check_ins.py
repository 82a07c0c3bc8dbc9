"""The sample's weekly check-ins, as the story of each key result tells them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from analytics.progress import pace
from data.company.fields import CycleRow
from data.content.stories import Course, KeyResultStory, Said, entered
from data.exchange.tables import Tables
from data.okrs.fields import CheckInRow, KeyResultRow
from models import KeyResultKind, ObjectiveState, Weekday

Stories = Mapping[str, Mapping[str, KeyResultStory]]
"""By objective and key result."""

SEED = 2026
WOBBLE = 0.025
WEEKS_UNCHANGED = 5
PACES = {Course.AHEAD: 1.35, Course.ON_PACE: 1.0, Course.BEHIND: 0.5, Course.UNCHANGED: 0.8}
"""The way of a key result for each part of the cycle that has passed."""


def check_ins(tables: Tables, stories: Stories, today: date) -> list[CheckInRow]:
    """Return what was said of each key result on its team's check-in days before today."""
    cycles = {row.cycle: row for row in tables.cycles}
    weekdays = {row.team: list(Weekday).index(row.check_in_day) for row in tables.teams}
    drafts = {row.objective for row in tables.objectives if row.state == ObjectiveState.DRAFT}
    rows = [
        row
        for each in tables.key_results
        if each.objective not in drafts
        for row in _rows(
            each,
            stories.get(each.objective, {}).get(each.key_result, KeyResultStory()),
            cycles[each.cycle],
            _check_in_days(cycles[each.cycle], weekdays[each.team], today),
            today,
        )
    ]
    return sorted(rows, key=lambda row: row.date)


def _rows(
    key_result: KeyResultRow, story: KeyResultStory, cycle: CycleRow, days: list[date], today: date
) -> Iterator[CheckInRow]:
    days = days[: max(len(days) - story.missed, 0)]
    values = _values(key_result, story, cycle, days)
    for ago, (day, value) in enumerate(zip(reversed(days), reversed(values), strict=True)):
        said = _said(story, ago)
        if value is None and said == Said():
            continue
        moment = entered(day, today, turn=ago)
        yield CheckInRow(
            cycle=key_result.cycle,
            team=key_result.team,
            objective=key_result.objective,
            key_result=key_result.key_result,
            date=day,
            value=value,
            confidence=said.confidence,
            note=said.note,
            recorded_at=moment,
            recorded_by=key_result.owner if moment else "",
        )


def _check_in_days(cycle: CycleRow, weekday: int, today: date) -> list[date]:
    first = cycle.starts_on + timedelta(days=(weekday - cycle.starts_on.weekday()) % 7)
    last = min(cycle.ends_on, today - timedelta(days=1))
    return [first + timedelta(weeks=week) for week in range(((last - first).days // 7) + 1)]


def _values(
    key_result: KeyResultRow, story: KeyResultStory, cycle: CycleRow, days: list[date]
) -> list[float | None]:
    start, target = key_result.start, key_result.target
    typed = key_result.kind == KeyResultKind.METRIC and not key_result.kpi
    if not typed or start is None or target is None or story.course == Course.UNTOLD:
        return [None] * len(days)
    elapsed = np.array([pace(cycle.starts_on, cycle.ends_on, day) for day in days])
    wobble = _wobble(key_result.key_result, len(days))
    done = np.clip(PACES[story.course] * elapsed + wobble, 0, 1)
    if story.course == Course.UNCHANGED:
        done[-WEEKS_UNCHANGED:] = done[-WEEKS_UNCHANGED:][:1]
    values: list[float | None] = []
    # Adding zero turns a -0.0 into 0.0.
    values.extend((np.round(start + (target - start) * done, story.places) + 0.0).tolist())
    return values


def _wobble(name: str, count: int) -> NDArray[np.float64]:
    generator = np.random.default_rng([SEED, crc32(name.encode())])
    return WOBBLE * generator.standard_normal(count)


def _said(story: KeyResultStory, ago: int) -> Said:
    """Return what was said so many check-ins ago; before the first, its confidence held."""
    if ago < len(story.check_ins):
        return story.check_ins[-1 - ago]
    return Said(confidence=story.check_ins[0].confidence) if story.check_ins else Said()
