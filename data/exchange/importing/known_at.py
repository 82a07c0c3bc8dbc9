"""Whether the day of an imported row has come, and from when on it counts as known."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from data.core.database import time_zone
from data.exchange.importing.batch import Batch

FactKey = tuple[int, date]
"""What a fact is about, and its day."""


def has_begun(batch: Batch, file: str, row: Any) -> bool:
    """Tell whether a row's day has come; a mistyped year would hide what is really known."""
    if row.date > batch.work.today:
        batch.problem(file, row.line, f"date {row.date} lies ahead", "correct the year or the day")
        return False
    return True


def when_known(batch: Batch, last: Callable[[FactKey], date]) -> Callable[[FactKey], datetime]:
    """Say when imported history counts as known: when its last day was over, at most now."""
    zone = time_zone(batch.work.connection)

    @cache
    def end_of(day: date) -> datetime:
        midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
        return min(midnight.astimezone(UTC), batch.work.at)

    return lambda key: end_of(last(key))
