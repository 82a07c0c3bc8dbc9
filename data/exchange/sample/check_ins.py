"""The sample's weekly check-ins and the milestones that were reached."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from analytics.progress import pace
from data.exchange.sample.company import CHECK_IN_DAYS
from data.exchange.sample.moments import entered
from data.exchange.sample.road import Course, KeyResult, Span
from data.exchange.sample.roads import roads
from data.okrs.fields import CheckInRow, MilestoneRow
from models import KeyResultKind, ObjectiveState, Weekday

SEED = 2026
WOBBLE = 0.025
WEEKS_UNCHANGED = 5
FRIDAY = 4

Word = TypeVar("Word")


def check_ins(today: date) -> list[CheckInRow]:
    """Return what was said of each key result on its team's check-in days before today."""
    rows = [
        row
        for span, team, objective in roads(today)
        if objective.state != ObjectiveState.DRAFT
        for key_result in objective.key_results
        for row in _rows(span, team, objective.name, key_result, today)
    ]
    return sorted(rows, key=lambda row: row.date)


def milestones(today: date) -> list[MilestoneRow]:
    """Return the steps of the key results that have steps, done where their day has come."""
    return [
        MilestoneRow(
            cycle=span.name,
            team=team,
            objective=objective.name,
            key_result=key_result.name,
            step=step.name,
            share=step.share,
            done_on=_done_on(span, step.reached, today),
        )
        for span, team, objective in roads(today)
        for key_result in objective.key_results
        for step in key_result.steps
    ]


def _rows(
    span: Span, team: str, objective: str, key_result: KeyResult, today: date
) -> Iterator[CheckInRow]:
    days = _check_in_days(span, team, today)
    values = _values(span, key_result, days)
    for ago, (day, value) in enumerate(zip(reversed(days), reversed(values), strict=True)):
        confidence = _said(key_result.confidences, ago, earlier=key_result.confidences[:1])
        note = _said(key_result.notes, ago) or ""
        if value is None and confidence is None and not note:
            continue
        moment = entered(day, today, turn=ago)
        yield CheckInRow(
            cycle=span.name,
            team=team,
            objective=objective,
            key_result=key_result.name,
            date=day,
            value=value,
            confidence=confidence,
            note=note,
            recorded_at=moment,
            recorded_by=key_result.owner if moment else "",
        )


def _check_in_days(span: Span, team: str, today: date) -> list[date]:
    weekday = list(Weekday).index(CHECK_IN_DAYS[team])
    first = span.starts_on + timedelta(days=(weekday - span.starts_on.weekday()) % 7)
    last = min(span.ends_on, today - timedelta(days=1))
    return [first + timedelta(weeks=week) for week in range(((last - first).days // 7) + 1)]


def _values(span: Span, key_result: KeyResult, days: list[date]) -> list[float | None]:
    start, target, course = key_result.start, key_result.target, key_result.course
    typed = key_result.kind == KeyResultKind.METRIC and not key_result.kpi
    if not typed or start is None or target is None or course == Course.UNTOLD:
        return [None] * len(days)
    elapsed = np.array([pace(span.starts_on, span.ends_on, day) for day in days])
    done = np.clip(course.value * elapsed + _wobble(key_result.name, len(days)), 0, 1)
    if course == Course.UNCHANGED:
        done[-WEEKS_UNCHANGED:] = done[-WEEKS_UNCHANGED:][:1]
    values: list[float | None] = []
    # Adding zero turns a -0.0 into 0.0.
    values.extend((np.round(start + (target - start) * done, key_result.places) + 0.0).tolist())
    return values


def _wobble(name: str, count: int) -> NDArray[np.float64]:
    generator = np.random.default_rng([SEED, crc32(name.encode())])
    return WOBBLE * generator.standard_normal(count)


def _said(words: tuple[Word, ...], ago: int, *, earlier: tuple[Word, ...] = ()) -> Word | None:
    """Return the word of so many check-ins ago; before the first one, what held earlier."""
    if ago < len(words):
        return words[-1 - ago]
    return earlier[0] if earlier else None


def _done_on(span: Span, reached: float | None, today: date) -> date | None:
    if reached is None:
        return None
    day = span.starts_on + (span.ends_on - span.starts_on) * reached
    friday = day - timedelta(days=max(day.weekday() - FRIDAY, 0))
    return friday if span.starts_on <= friday < today else None
