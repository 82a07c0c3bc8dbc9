"""What counts as held: in range without a drift, whoever set out to hold it."""

from datetime import date, timedelta

from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company as company_at
from data.core.database import data_version
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.commands.recoveries import confirm_recovery
from data.okrs.queries.alignment_tree import alignment
from data.okrs.queries.drafts import OkrLook
from data.okrs.queries.timeline import TimelineLook, timeline
from models import Better, Cadence, Health, Signal
from tests.data.builders import MONDAY, TODAY, Clock, bring, gauge, key, key_result, person, seen
from tests.data.okrs import recovering
from tests.data.okrs.recovering import BAD, good_weeks, shown, start


def read(engine: Engine, *values: float) -> None:
    """Read the weekly KPI of Sales, whose range is 8 to 12, up to this week."""
    bring(
        engine,
        readings=[
            ReadingRow(
                team="Sales", kpi="Conversion", date=MONDAY - timedelta(weeks=back), value=value
            )
            for back, value in enumerate(reversed(values))
        ],
    )


def calm(count: int) -> list[float]:
    return [11.0 + (at * 7 % 5 - 2) * 0.1 for at in range(count)]


def test_a_kpi_that_drifts_in_its_range_is_not_held_though_no_recovery_holds_it(
    company: Engine,
) -> None:
    read(company, *calm(30), *[8.5] * 6)
    view = seen(company)
    shown = gauge(view)
    assert (shown.health, shown.signal and shown.signal.signal) == (
        Health.IN_RANGE,
        Signal.DRIFTING,
    )
    assert key_result(view, "Keep conversion").held == 0


def test_the_tree_of_objectives_counts_as_the_cockpit_does(company: Engine) -> None:
    read(company, *calm(30), *[8.5] * 6)
    here = company_at(company, version := data_version(company))
    look = OkrLook(here.team_named("Sales"), here.cycle_named(None, TODAY), TODAY)
    (told,) = [each for each in alignment(company, version, look).objectives if each.progress]
    (shown,) = [each for each in seen(company).objectives if each.name == told.name]
    assert told.progress == shown.progress
    # Of four, one has gone 2.5 of 4 from 6 to 10, and nothing is held.
    assert told.progress == 2.5 / 4 / 4


def test_a_kpi_that_does_not_drift_is_held_since_the_cycle_began(company: Engine) -> None:
    read(company, *calm(34))
    assert key_result(seen(company), "Keep conversion").held == 4


def test_a_recovery_is_not_behind_as_long_as_it_may_still_be_held(
    grown: Engine, clock: Clock
) -> None:
    start(grown, cycle_id=key(grown, "cycle", "2026"))
    good_weeks(grown, clock, 1)
    clock.tick(weeks=5)
    recovering.read(grown, 1, [BAD] * 5)
    look = {"day": TODAY + timedelta(weeks=6), "cycle": "2026"}
    held = key_result(seen(grown, "Support", **look), "Backlog held")
    assert (held.held, held.pace) == (0, 0)
    assert held.chance is not None
    assert held.standing == ("on pace" if held.chance >= 0.5 else "behind pace")
    # One week is left in which four are to be held.
    ends = date(2026, 7, 5)
    bring(grown, cycles=[CycleRow(cycle="2026", starts_on=date(2026, 1, 1), ends_on=ends)])
    late = key_result(seen(grown, "Support", **look), "Backlog held")
    assert (late.chance, late.standing, late.pace) == (0, "behind pace", 0.75)


def ranged(engine: Engine, high: float) -> None:
    """Let the backlog have another range from today on."""
    terms = {"better": Better.LOWER, "high": high, "cadence": Cadence.WEEKLY}
    bring(engine, kpis=[KpiRow(team="Support", kpi="Backlog", **terms)])


def test_each_week_is_held_against_the_range_that_it_had(grown: Engine, clock: Clock) -> None:
    start(grown, cycle_id=key(grown, "cycle", "2026"))
    good_weeks(grown, clock, 4)
    kpi_id = key(grown, "kpi", "Backlog")
    confirm_recovery(grown, person_id=person(grown, "Ben"), kpi_id=kpi_id, reason="It is back.")
    good_weeks(grown, clock, 6)
    ranged(grown, 45)
    at, day = {"cycle": "2026"}, TODAY + timedelta(weeks=6)
    found = shown(grown, day)
    assert found is not None
    assert (found.phase, found.kept, found.relapsed_on) == ("on probation", 2, None)
    assert key_result(seen(grown, "Support", day=day, **at), "Backlog held").held == 4
    clock.tick(weeks=2)
    recovering.read(grown, 6, [46, 46])
    slipped, day = MONDAY + timedelta(weeks=7), TODAY + timedelta(weeks=8)
    for high in (45, 60):
        ranged(grown, high)
        found = shown(grown, day)
        assert found is not None
        assert (found.phase, found.relapsed_on) == ("relapsed", slipped)
        here = company_at(grown, version := data_version(grown))
        look = TimelineLook(here.team_named("Support"), day)
        chapters = timeline(grown, version, look).chapters
        events = {each.what: each.on for chapter in chapters for each in chapter.events}
        assert events["slipped"] == slipped
