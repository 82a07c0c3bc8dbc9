"""Nobody is blamed for what could not be known here: history just imported, a value just typed."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine

from data.core.database import data_version
from data.kpis.fields import ReadingRow
from data.kpis.queries.kpi import kpi
from models import Signal
from tests.data.builders import MONDAY, TODAY, Clock, bring, gauge, key, record, seen

OF: dict[str, str] = {"team": "Sales", "kpi": "Conversion"}
FALLS = [10 + (at * 7 % 5 - 2) / 4 for at in range(40)] + [8.4 - at / 20 for at in range(8)]
WEEKS = [MONDAY - timedelta(weeks=48 - at) for at in range(48)]
DAY = timedelta(days=1)


def waits(engine: Engine, day: date = TODAY) -> int | None:
    return gauge(seen(engine, day=day)).undecided_days


def early(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)


def outside(*, recorded_on: date | None = None) -> list[ReadingRow]:
    """Give three weeks out of range, recorded on a day where they say so."""
    at = early(recorded_on) if recorded_on else None
    weeks = [MONDAY - timedelta(weeks=back) for back in (3, 2, 1)]
    return [ReadingRow(**OF, date=week, value=14, recorded_at=at) for week in weeks]


def test_imported_history_waits_since_it_was_imported(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    bring(engine, readings=outside())
    assert waits(engine) == 0
    assert waits(engine, TODAY + 3 * DAY) == 3
    # Before that day it is not counted.
    assert waits(engine, TODAY - DAY) is None


def test_what_says_when_it_was_recorded_waits_since_then(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    bring(engine, readings=outside(recorded_on=TODAY - 5 * DAY))
    assert waits(engine) == 5
    assert waits(engine, TODAY - 5 * DAY) == 0


def test_a_value_just_typed_for_an_earlier_week_waits_since_today(company: Engine) -> None:
    record(company, 14.0, on=MONDAY - timedelta(weeks=1))
    assert waits(company) == 0


def test_a_later_correction_leaves_it_waiting(company: Engine, clock: Clock) -> None:
    record(company, 14.0, on=MONDAY)
    clock.tick(days=2)
    record(company, 15.0, on=MONDAY)
    assert waits(company, TODAY + 2 * DAY) == 2


def test_an_imported_drift_waits_since_it_was_imported(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    rows = zip(WEEKS, FALLS, strict=True)
    bring(engine, readings=[ReadingRow(**OF, date=week, value=value) for week, value in rows])
    view = kpi(engine, data_version(engine), key(engine, "kpi", "Conversion"), TODAY)
    assert view is not None
    assert view.signal is not None
    assert view.signal.signal is Signal.DRIFTING
    assert view.signal.shown_on is not None
    assert view.signal.shown_on < TODAY - 7 * DAY
    assert view.undecided_days == waits(engine) == 0
    assert waits(engine, TODAY + 4 * DAY) == 4
    assert waits(engine, TODAY - DAY) is None
