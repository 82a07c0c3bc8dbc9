"""The cockpit: what it shows of a team on a day, and at what cost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.company.fields import TeamRow
from data.core.database import data_version, open_database
from data.exchange.importing import import_tables
from data.exchange.read import read
from data.exchange.tables import Tables
from data.history.undo import undo
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from models import Cadence, Health, KeyResultKind
from tests.data.builders import (
    MONDAY,
    ROAD,
    TODAY,
    Clock,
    acme,
    bring,
    forget,
    gauge,
    key,
    person,
    record,
    seen,
    statements,
)

LAST = MONDAY - timedelta(days=7)
REAL = Path(__file__).parents[1] / "ae_four_hour"


def kpi(name: str, *, team: str = "Lab", low: float | None = 0, **options: Any) -> KpiRow:
    high = None if low is None else low + 100
    return KpiRow(team=team, kpi=name, low=low, high=high, cadence=Cadence.WEEKLY, **options)


def read_(name: str, value: float, *, team: str = "Lab", on: date = LAST) -> ReadingRow:
    return ReadingRow(team=team, kpi=name, date=on, value=value)


def lab(engine: Engine, values: dict[str, float | None], **options: Any) -> None:
    """Bring in a team with KPIs whose range is 0–100, and a reading of each."""
    bring(
        engine,
        teams=[TeamRow(team="Lab")],
        kpis=[kpi(name, **options) for name in values],
        readings=[read_(name, value) for name, value in values.items() if value is not None],
    )


def names(engine: Engine, team: str = "Lab", **options: Any) -> list[str]:
    return [gauge.name for gauge in seen(engine, team, **options).gauges]


def test_the_worst_comes_first(file: Engine) -> None:
    values = {"good": 50, "edge": 95, "silent": None, "bad": 120, "worse": 150}
    lab(file, values)
    assert names(file) == ["worse", "bad", "silent", "edge", "good"]


def test_twelve_are_shown_and_the_rest_is_counted(file: Engine) -> None:
    lab(file, {f"k{number:02}": 101 + number for number in range(20)})
    view = seen(file, "Lab")
    assert [gauge.value for gauge in view.gauges] == list(range(120, 108, -1))
    assert view.more_gauges == 8


def test_all_are_shown_where_asked_for(file: Engine) -> None:
    lab(file, {f"k{number:02}": 101 + number for number in range(20)})
    view = seen(file, "Lab", all_kpis=True)
    assert (len(view.gauges), view.more_gauges) == (20, 0)


def test_what_is_looked_for_is_shown_too(file: Engine) -> None:
    lab(file, {f"k{number:02}": 101 + number for number in range(20)})
    view = seen(file, "Lab", focus=("kpi", key(file, "kpi", "k00")))
    assert view.gauges[-1].name == "k00"
    assert (len(view.gauges), view.more_gauges) == (13, 7)


def test_what_is_looked_for_and_is_not_here_is_passed_over(file: Engine) -> None:
    lab(file, {"good": 50})
    assert names(file, focus=("kpi", 4711)) == ["good"]


def test_what_is_pinned_is_shown_alone_in_its_order(file: Engine) -> None:
    lab(file, {"bad": 120, "worse": 150})
    pinned = [kpi(name, pinned=("Lab",)) for name in ("good", "better")]
    bring(file, kpis=[*pinned, kpi("best", low=None, pinned=("Lab",))])
    view = seen(file, "Lab")
    assert [gauge.name for gauge in view.gauges] == ["good", "better"]
    assert [indicator.name for indicator in view.indicators] == ["best"]
    assert view.more_gauges == 2
    assert set(names(file, all_kpis=True)) == {"good", "better", "bad", "worse"}


def test_a_pin_is_for_the_team_it_names(company: Engine) -> None:
    tables = acme()
    tables.kpis[1] = replace(tables.kpis[1], pinned=("Acme",))
    import_tables(company, tables)
    assert names(company, "Acme") == ["Conversion"]
    assert seen(company, "Acme").more_gauges == 2
    assert names(company, "Sales") == ["Conversion"]
    assert [indicator.name for indicator in seen(company, "Sales").indicators] == ["Visits"]


def test_a_team_shows_what_is_below_it_too(company: Engine) -> None:
    assert set(names(company, "Acme")) == {"Revenue", "Conversion", "Backlog"}
    assert set(names(company, "Sales")) == {"Conversion"}
    assert names(company, "North") == []


def test_indicators_are_those_of_the_own_team(company: Engine) -> None:
    bring(company, kpis=[kpi(f"extra {number}", team="Sales", low=None) for number in range(9)])
    assert len(seen(company, "Sales").indicators) == 6
    assert len(seen(company, "Sales", all_kpis=True).indicators) == 10
    assert seen(company, "Acme").indicators == ()


def test_a_reading_taken_back_does_not_call_for_eyes(file: Engine) -> None:
    lab(file, {f"edge {number}": 95 for number in range(12)} | {"good": 50})
    command_id = record(file, 150, kpi="good")
    assert command_id is not None
    assert names(file)[0] == "good"
    undo(file, command_id, person_id=person(file))
    assert "good" not in names(file)


def test_as_of_a_day_is_what_was_known_at_its_end(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    engine = company_of_each_kind
    record(engine, 9, on=LAST)
    clock.tick(days=1)
    record(engine, 13, on=LAST)
    assert gauge(seen(engine, day=TODAY - timedelta(days=1))).value is None
    assert gauge(seen(engine, day=TODAY)).value == 9
    assert gauge(seen(engine, day=TODAY + timedelta(days=1))).value == 13


def test_a_reading_that_was_taken_back_later_is_still_seen_before(
    company: Engine, clock: Clock
) -> None:
    command_id = record(company, 9, on=LAST)
    assert command_id is not None
    clock.tick(days=1)
    undo(company, command_id, person_id=person(company))
    assert gauge(seen(company, day=TODAY)).value == 9
    assert gauge(seen(company, day=TODAY + timedelta(days=1))).value is None


def test_a_kpi_that_was_withdrawn_later_is_still_seen_before(company: Engine, clock: Clock) -> None:
    ben = person(company, "Ben")
    more = Tables(kpis=[kpi("Calls", team="Sales", pinned=("Sales",))])
    done = import_tables(company, more, person_id=ben)
    clock.tick(days=1)
    assert done.command_id is not None
    undo(company, done.command_id, person_id=ben)
    assert names(company, "Sales", day=TODAY) == ["Calls"]
    assert names(company, "Sales", day=TODAY + timedelta(days=1)) == ["Conversion"]


def test_the_day_ends_with_the_company_s_clock(company: Engine, clock: Clock) -> None:
    with company.begin() as connection:
        connection.execute(text("UPDATE company SET time_zone = 'America/New_York'"))
    clock.tick(hours=14)  # 02:00 in UTC of the next day is still today there
    record(company, 9, on=LAST)
    assert gauge(seen(company, day=TODAY)).value == 9


def test_where_all_is_stale_the_last_day_with_data_is_offered(file: Engine) -> None:
    lab(file, {"a": 50, "b": 50})
    later = TODAY + timedelta(days=60)
    view = seen(file, "Lab", day=later)
    assert {gauge.health for gauge in view.gauges} == {Health.NO_DATA}
    assert view.last_day == LAST + timedelta(days=6)
    assert seen(file, "Lab", day=view.last_day).gauges[0].health == Health.IN_RANGE


def test_where_something_is_fresh_no_other_day_is_offered(file: Engine) -> None:
    lab(file, {"a": 50, "b": None})
    assert seen(file, "Lab").last_day is None


def test_where_nothing_was_ever_read_no_other_day_is_offered(file: Engine) -> None:
    lab(file, {"a": None})
    assert seen(file, "Lab").last_day is None


def test_stale_pinned_kpis_offer_their_last_day(file: Engine) -> None:
    lab(file, {"a": 50, "b": 50}, pinned=("Lab",))
    assert seen(file, "Lab", day=TODAY + timedelta(days=60)).last_day == LAST + timedelta(days=6)


@pytest.fixture(scope="module")
def hospitals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('real') / 'real.db'}")
    import_tables(engine, read(REAL).tables)
    yield engine
    engine.dispose()


def test_the_real_data_offer_their_last_day(hospitals: Engine) -> None:
    view = seen(hospitals, "England", day=TODAY)
    assert view.last_day == date(2019, 3, 31)
    assert {gauge.freshness for gauge in view.gauges} == {"no data"}


def test_the_real_data_show_how_far_the_standard_is(hospitals: Engine) -> None:
    view = seen(hospitals, "England", day=date(2019, 3, 31))
    assert view.last_day is None
    assert len(view.gauges) == 12
    assert {gauge.health for gauge in view.gauges} == {Health.OUT_OF_RANGE}
    assert view.gauges[0].severity >= view.gauges[-1].severity > 0
    (objective,) = view.objectives
    assert objective.key_results[0].fed_by == "Seen within four hours"


def test_what_needs_a_decision_comes_worst_first(company: Engine) -> None:
    bring(
        company,
        kpis=[kpi("high", team="Sales"), kpi("higher", team="Sales")],
        readings=[
            read_("high", 120, team="Sales"),
            read_("higher", 150, team="Sales"),
        ],
        key_results=[KeyResultRow(**ROAD, key_result="Sell", start=0, target=10)],
        check_ins=[
            CheckInRow(**ROAD, key_result="Sell", date=TODAY, value=4),
            CheckInRow(**ROAD, key_result="Sign customers", date=TODAY, value=1),
        ],
    )
    cards = seen(company, "Sales").decisions
    named = [
        (card.kind, card.gauge.name if card.gauge else card.key_result.name)  # type: ignore[union-attr]
        for card in cards
    ]
    assert named == [
        ("out of range", "higher"),
        ("out of range", "high"),
        ("behind pace", "Open the office"),
        ("behind pace", "Sign customers"),
        ("behind pace", "Sell"),
        ("no data", "Conversion"),
    ]
    assert cards[2].objective == "Win the north"


def test_a_cockpit_without_a_cycle_has_no_road(file: Engine) -> None:
    lab(file, {"good": 50})
    view = seen(file, "Lab")
    assert (view.cycle, view.objectives, view.more_objectives) == (None, (), 0)


def many(count: int) -> Tables:
    """Give a company with so many KPIs, objectives, and all that hangs on them."""
    objectives = [
        {"cycle": "Q2 2026", "team": "Sales", "objective": f"o{at}"} for at in range(count // 4)
    ]
    base = acme()
    return replace(
        base,
        kpis=[*base.kpis, *(kpi(f"k{at}", team="Sales") for at in range(count))],
        readings=[read_(f"k{at}", at, team="Sales") for at in range(count)],
        objectives=[ObjectiveRow(**place, guardrails=("k0",)) for place in objectives],
        key_results=[
            row
            for place in objectives
            for row in (
                KeyResultRow(**place, key_result="typed", start=0, target=1),
                KeyResultRow(**place, key_result="fed", start=0, target=1, kpi="k1"),
                KeyResultRow(**place, key_result="steps", kind=KeyResultKind.MILESTONE),
            )
        ],
        milestones=[
            MilestoneRow(**place, key_result="steps", step="a", share=1) for place in objectives
        ],
        check_ins=[
            CheckInRow(**place, key_result="typed", date=TODAY, value=1) for place in objectives
        ],
    )


@pytest.mark.parametrize("count", [8, 200])
@pytest.mark.parametrize("all_", [False, True])
def test_a_cockpit_costs_thirteen_statements_whatever_it_shows(
    engine: Engine, clock: Clock, count: int, all_: bool
) -> None:
    import_tables(engine, many(count))
    forget(engine)  # teams, cycles and people hardly ever change
    with statements(engine) as noted:
        view = seen(engine, "Sales", all_kpis=all_, all_objectives=all_)
    assert len(view.gauges) == (count + 1 if all_ else min(count + 1, 12))
    assert len(view.objectives) == count // 4
    reads = [statement for statement in noted if not is_about_transactions(statement)]
    # Guardrails cost three more, the version that keys what is kept one.
    assert len(reads) == 13 + 3 + 1


def test_after_a_save_only_what_it_changed_is_read(engine: Engine, clock: Clock) -> None:
    import_tables(engine, many(8))
    seen(engine, "Sales")
    record(engine, 8.5, kpi="k3", who="Ben")
    with statements(engine) as noted:
        seen(engine, "Sales")
    reads = [statement for statement in noted if not is_about_transactions(statement)]
    # What changed, the versions, and of its KPI: signal, what was said, readings, since when.
    assert len(reads) == 9


def is_about_transactions(statement: str) -> bool:
    return statement.startswith(("SET ", "SHOW "))


def test_a_cockpit_is_read_once_a_version(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    first = seen(engine)
    with statements(engine) as noted:
        assert seen(engine) is first
    assert len(noted) == 1
    record(engine, 10)
    assert gauge(seen(engine)).value == 10
    assert gauge(first).value == 9


def test_a_cockpit_says_at_what_version_it_was_read(company: Engine) -> None:
    assert seen(company).version == data_version(company)
