"""Stored signals: what every command keeps of a KPI is what a replay of its readings gives."""

import shutil
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import Engine, delete, select, text, update

from analytics.periods import first_day, last_day, ordinal
from data.core.database import data_version, snapshot, writer
from data.core.fields import columns
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge, dismiss, rebase
from data.kpis.commands.kpis import amend_kpi
from data.kpis.fields import DecisionRow, KpiRow, ReadingRow
from data.kpis.queries.signals import signals_of
from data.kpis.signals import SignalFollower, complete, maintenance, pending, signal_row
from data.kpis.signals.runs import MOST_PERIODS, STRIDE, first_period
from data.kpis.signals.signal_row import RULES
from data.okrs.commands.check_ins import check_in
from data.operations.start_up import start_up
from models import Base, Better, Cadence, DecisionKind, KpiSignal, SignalCheckpoint
from tests.data.builders import (
    MONDAY,
    NOW,
    TODAY,
    Clock,
    acme,
    bring,
    everything,
    key,
    last_command,
    person,
    record,
    rows,
    statements,
)
from tests.data.kpis.signals.by_hand import by_hand, stored

pytestmark = pytest.mark.filterwarnings("error")

LAST = MONDAY - timedelta(days=7)
"""The week before that of `NOW`."""


def weeks(count: int, *, ending: date = LAST) -> list[date]:
    """Give the first days of weeks, oldest first."""
    return [ending - timedelta(days=7 * back) for back in reversed(range(count))]


def history(
    engine: Engine, values: Sequence[float], *, kpi: str = "Conversion", ending: date = LAST
) -> None:
    """Bring in weekly readings, the last of them for the week that begins on `ending`."""
    team = "Support" if kpi == "Backlog" else "Sales"
    days = weeks(len(values), ending=ending)
    bring(
        engine,
        readings=[
            ReadingRow(team=team, kpi=kpi, date=day, value=float(value))
            for day, value in zip(days, values, strict=True)
        ],
    )


def healthy(count: int, seed: int = 3) -> list[float]:
    noise = np.random.default_rng(seed).normal(10, 1, count)
    return [round(float(value), 2) for value in noise]


def drifted(count: int, *, since: int) -> list[float]:
    """Give readings that fall; in a first year of weeks the sixth of them can be an alarm."""
    return [value - 5 * (at >= since) for at, value in enumerate(healthy(count))]


def signal(engine: Engine, kpi: str = "Conversion") -> dict[str, Any]:
    """Give a KPI's stored signal, once it is known to be that of a replay."""
    assert stored(engine) == by_hand(engine)
    return stored(engine)[key(engine, "kpi", kpi)]


def say(engine: Engine, command: Callable[..., int], **options: Any) -> int:
    kpi_id = key(engine, "kpi", "Conversion")
    return command(engine, person_id=person(engine), kpi_id=kpi_id, reason="So", **options)


def take_back(engine: Engine) -> None:
    command_id = last_command(engine, person(engine))
    assert command_id is not None
    undo(engine, command_id, person_id=person(engine))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Refuse replays from when this is called."""

    def refuse(*_: Any) -> Any:
        raise AssertionError("this was to take one step")

    def refuse_from_now_on() -> None:
        for module in (maintenance, pending):
            monkeypatch.setattr(module, "recomputed", refuse)

    return refuse_from_now_on


def test_a_first_reading_is_learnt_from(company_of_each_kind: Engine) -> None:
    record(company_of_each_kind, 9)
    found = signal(company_of_each_kind)
    assert (found["signal"], found["period"], found["history"]) == ("learning", MONDAY, "l")
    assert {found[name] for name in ("onset", "shown_on", "mean", "expected", "z")} == {None}
    assert (found["window"], found["size"], found["favourable"]) == (0, 0, False)


def test_a_drift_is_told_with_its_numbers(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    values = drifted(40, since=30)
    history(engine, values)
    found = signal(engine)
    assert found["signal"] == "drifting"
    assert found["period"] == LAST
    assert found["mean"] == pytest.approx(np.mean(values[-found["window"] :]))
    # Among these no four in a row are far enough off to count for more than three sigmas in z.
    assert (found["mean"] - found["expected"]) / found["error"] < found["z"] < -2
    assert found["onset"] == weeks(40)[30]
    first = weeks(40)[found["history"].index("d")]
    # The week is over, and so its reading known, when the next one begins.
    assert found["shown_on"] == first + timedelta(days=7)
    assert len(found["history"]) == 40


def test_the_next_reading_takes_one_step(
    company_of_each_kind: Engine, quick: Callable[[], None]
) -> None:
    engine = company_of_each_kind
    history(engine, drifted(31, since=26))
    quick()
    record(engine, 5)
    found = signal(engine)
    assert (found["signal"], found["period"]) == ("drifting", MONDAY)
    assert found["shown_on"] == TODAY


def test_a_correction_of_the_latest_takes_one_step(
    company_of_each_kind: Engine, clock: Clock, quick: Callable[[], None]
) -> None:
    engine = company_of_each_kind
    history(engine, drifted(31, since=26))
    record(engine, 5)
    clock.tick(days=1)
    quick()
    record(engine, 10)
    assert signal(engine)["shown_on"] is None
    record(engine, 4.5)
    found = signal(engine)
    assert (found["signal"], found["history"][-2:]) == ("drifting", "wd")
    # The alarm is that of a period whose first reading was known the day before.
    assert found["shown_on"] == TODAY


def test_to_take_a_correction_back_takes_one_step(
    company: Engine, quick: Callable[[], None]
) -> None:
    history(company, healthy(20))
    record(company, 10)
    before = signal(company)
    record(company, 3)
    quick()
    take_back(company)
    assert signal(company) == before


def test_weeks_without_a_reading_repeat_the_last_signal(
    company: Engine, quick: Callable[[], None]
) -> None:
    history(company, healthy(20), ending=LAST - timedelta(days=21))
    quick()
    record(company, 10)
    last = signal(company)["history"][-5:]
    assert last[:4] == last[0] * 4


def test_an_import_of_one_reading_each_takes_one_step(
    company: Engine, quick: Callable[[], None]
) -> None:
    for kpi in ("Conversion", "Backlog"):
        history(company, healthy(20), kpi=kpi)
    quick()
    bring(
        company,
        readings=[
            ReadingRow(team="Sales", kpi="Conversion", date=TODAY, value=9),
            ReadingRow(team="Support", kpi="Backlog", date=TODAY, value=12),
        ],
    )
    assert {row["period"] for row in by_hand(company).values()} == {MONDAY}
    signal(company)


def test_an_older_reading_changes_what_came_after(company: Engine) -> None:
    history(company, drifted(40, since=30))
    for day in weeks(10):
        record(company, 10, on=day)
    found = signal(company)
    assert found["signal"] in ("steady", "watch")
    assert (found["onset"], found["shown_on"]) == (None, None)


def test_without_a_reading_there_is_no_signal(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    take_back(engine)
    assert stored(engine) == by_hand(engine) == {}


def test_a_reading_taken_back_leaves_the_one_before(company: Engine) -> None:
    history(company, healthy(20))
    before = signal(company)
    record(company, 1)
    take_back(company)
    assert signal(company) == before
    record(company, 2)
    assert signal(company)["period"] == MONDAY


def test_a_new_normal_is_learnt_at_once(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    history(engine, drifted(40, since=30))
    before = signal(engine)
    say(engine, rebase, since=TODAY)
    found = signal(engine)
    assert (found["signal"], found["period"], found["shown_on"]) == ("learning", LAST, None)
    assert found["history"] == before["history"]
    record(engine, 6)
    assert signal(engine)["history"] == before["history"] + "l"
    record(engine, 6.5)
    assert signal(engine)["history"] == before["history"] + "l"


def test_a_new_normal_counts_from_its_week(company: Engine, quick: Callable[[], None]) -> None:
    history(company, drifted(40, since=30), ending=LAST - timedelta(days=21))
    say(company, rebase, since=LAST - timedelta(days=7))
    quick()
    record(company, 6)
    assert signal(company)["history"][-5:] == "ddlll"


def test_a_new_normal_that_is_taken_back_never_was(company: Engine) -> None:
    history(company, drifted(40, since=30))
    before = signal(company)
    say(company, rebase, since=weeks(40)[35])
    assert signal(company)["signal"] == "learning"
    take_back(company)
    assert signal(company) == before


def test_a_new_normal_before_the_first_reading_means_nothing(company: Engine) -> None:
    history(company, healthy(20))
    before = signal(company)
    say(company, rebase, since=date(2020, 1, 1))
    assert signal(company) == before


def test_a_dismissed_reading_does_not_count(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    history(engine, healthy(30))
    before = signal(engine)
    record(engine, -20)
    assert signal(engine)["signal"] == "watch"
    say(engine, dismiss, period=TODAY)
    found = signal(engine)
    assert found == before | {
        "period": MONDAY,
        "history": before["history"] + before["history"][-1],
    }


def test_a_reading_that_is_corrected_counts_again(
    company: Engine, clock: Clock, quick: Callable[[], None]
) -> None:
    history(company, healthy(30))
    record(company, -20)
    say(company, dismiss, period=TODAY)
    quick()
    record(company, -19)
    assert signal(company)["signal"] == "watch"
    clock.tick(days=7)
    record(company, 10, on=clock.moment.date())
    signal(company)


def test_a_dismissal_speaks_of_the_reading_of_its_day(company: Engine, clock: Clock) -> None:
    history(company, healthy(30))
    record(company, -20)
    dismissed = say(company, dismiss, period=TODAY)
    clock.tick()
    record(company, -19)
    between = clock.moment
    before = signal(company)
    clock.tick()
    undo(company, dismissed, person_id=person(company))
    assert signal(company) == before
    assert by_hand(company, between) == stored(company)


def test_a_dismissal_comes_with_an_import(company: Engine) -> None:
    days = weeks(30)
    values = [*healthy(29), -20.0]
    readings = [
        ReadingRow(team="Sales", kpi="Conversion", date=day, value=value)
        for day, value in zip(days, values, strict=True)
    ]
    said = DecisionRow(
        team="Sales",
        kpi="Conversion",
        date=days[-1] + timedelta(days=2),
        decision=DecisionKind.DISMISS,
        reason="Counted twice",
    )
    bring(company, readings=readings, decisions=[said])
    assert signal(company)["history"][-1] == signal(company)["history"][-2]
    assert signal(company)["signal"] != "watch"


def test_what_is_good_now_is_judged_anew(company: Engine) -> None:
    history(company, drifted(40, since=30), kpi="Backlog")
    assert signal(company, "Backlog")["favourable"]
    higher = KpiRow(
        team="Support", kpi="Backlog", better=Better.HIGHER, high=50, cadence=Cadence.WEEKLY
    )
    bring(company, kpis=[higher])
    assert signal(company, "Backlog")["signal"] == "drifting"


def name_smallest_change(engine: Engine, typed: str) -> int | None:
    return amend_kpi(
        engine,
        person_id=person(engine),
        kpi_id=key(engine, "kpi", "Conversion"),
        said={"smallest_change": typed},
        base_version=data_version(engine),
    )


def test_what_matters_now_is_judged_anew_and_undone(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    history(engine, drifted(40, since=30))
    before = signal(engine)
    assert before["signal"] == "drifting"
    name_smallest_change(engine, "6")
    found = signal(engine)
    assert (found["signal"], found["rule"], found["onset"]) == ("watch", "window", None)
    assert "d" not in found["history"]
    take_back(engine)
    assert signal(engine) == before
    name_smallest_change(engine, "1.5")
    assert signal(engine)["signal"] == "drifting"


def test_the_next_reading_is_held_against_what_matters_in_one_step(
    company_of_each_kind: Engine, quick: Callable[[], None]
) -> None:
    engine = company_of_each_kind
    name_smallest_change(engine, "5")
    history(engine, drifted(33, since=26))
    assert signal(engine)["signal"] == "watch"
    quick()
    for value in (6.0, 5.8):
        record(engine, value)
        assert signal(engine)["signal"] == "watch"
    record(engine, -12)
    found = signal(engine)
    assert found["signal"] == "drifting"
    assert abs(found["mean"] - found["expected"]) > 5


def test_a_file_says_what_matters_and_an_older_one_leaves_it(company: Engine) -> None:
    history(company, drifted(40, since=30))
    row = next(row for row in acme().kpis if row.kpi == "Conversion")
    bring(company, kpis=[replace(row, smallest_change=6)])
    assert signal(company)["signal"] == "watch"
    older = {"kpis": frozenset(column.name for column in columns(KpiRow)) - {"smallest_change"}}
    bring(company, kpis=[row], given=older)
    assert signal(company)["signal"] == "watch"
    bring(company, kpis=[row])
    assert signal(company)["signal"] == "drifting"


def test_a_look_back_sees_what_mattered_then_too(company: Engine, clock: Clock) -> None:
    name_smallest_change(company, "6")
    history(company, drifted(40, since=30))
    then = clock.moment
    clock.tick(days=7)
    record(company, 5)
    assert by_hand(company, then)[key(company, "kpi", "Conversion")]["signal"] == "watch"


def test_what_touches_no_kpi_costs_nothing_more(company: Engine) -> None:
    record(company, 9)
    with statements(company) as made:
        check_in(
            company,
            person_id=person(company),
            key_result_id=key(company, "key_result", "Sign customers"),
            day=TODAY,
            value=3,
            confidence=None,
            base_version=data_version(company),
        )
        say(company, acknowledge, look_again=TODAY + timedelta(days=7))
    assert not [statement for statement in made if "kpi_signal" in statement]


def test_a_reading_costs_five_statements_more(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    history(engine, healthy(20))
    counted = []
    for value in (9, 10):
        with statements(engine) as made:
            record(engine, value)
        tables = ("kpi_signal", "signal_checkpoint")
        counted.append([one for one in made if any(name in one for name in tables)])
    assert [len(about) for about in counted] == [5, 5]


def test_a_look_back_costs_one_statement_whatever_it_shows(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    for count in (1, 2):
        history(engine, healthy(20 * count), kpi=("Conversion", "Backlog")[count - 1])
        with snapshot(engine) as connection:
            kpis = connection.execute(select(Base.metadata.tables["kpi"])).all()
            with statements(engine) as made:
                shown = signals_of(connection, kpis, NOW - timedelta(days=30))
                assert len(shown.signals) == count
        assert len(made) == 1


def test_signals_are_not_in_the_log(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    take_back(engine)
    assert "kpi_signal" not in {change["entity"] for change in rows(engine, "change")}


def test_a_look_back_tells_what_was_stored_then(company_of_each_kind: Engine, clock: Clock) -> None:
    engine = company_of_each_kind
    history(engine, drifted(30, since=24))
    then: dict[datetime, dict[int, dict[str, Any]]] = {}
    steps: list[Callable[[], object]] = [
        lambda: record(engine, 5),
        lambda: record(engine, 10, on=weeks(4)[0]),
        lambda: say(engine, dismiss, period=TODAY),
        lambda: take_back(engine),
        lambda: say(engine, rebase, since=weeks(6)[0]),
        lambda: record(engine, 6),
        lambda: take_back(engine),
        lambda: record(engine, 6.5, kpi="Backlog"),
    ]
    for step in steps:
        step()
        then[clock.moment] = stored(engine)
        clock.tick()
    for moment, shown in then.items():
        assert by_hand(engine, moment) == shown == stored(engine, moment)
        assert stored(engine, moment + timedelta(minutes=59)) == shown


def test_days_are_the_companys(company: Engine, clock: Clock) -> None:
    with writer(company) as (connection, _):
        connection.execute(text("UPDATE company SET time_zone = 'Pacific/Auckland'"))
    history(company, drifted(31, since=26))
    clock.set(NOW.replace(hour=22))
    record(company, 5)
    found = signal(company)
    assert found["signal"] == "drifting"
    assert found["shown_on"] == clock.moment.astimezone(ZoneInfo("Pacific/Auckland")).date()
    assert found["shown_on"] == TODAY + timedelta(days=1)


def test_what_an_older_database_lacks_is_made_when_it_is_opened(
    company: Engine, tmp_path: Path
) -> None:
    history(company, drifted(40, since=30))
    record(company, 3, kpi="Backlog")
    before, version = stored(company), data_version(company)
    with writer(company) as (connection, _):
        connection.execute(delete(KpiSignal))
    company.dispose()
    shutil.copy(str(company.url.database), tmp_path / "older.db")
    engine = start_up(f"sqlite:///{tmp_path / 'older.db'}")
    assert stored(engine) == before
    assert data_version(engine) > version
    engine.dispose()


@pytest.mark.parametrize("limit", ["KPIS_AT_ONCE", "SIGNALS_AT_ONCE"])
def test_what_is_interrupted_goes_on_at_the_next_start(
    company_of_each_kind: Engine, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    engine = company_of_each_kind
    monkeypatch.setattr(pending, limit, 1)
    for kpi in ("Conversion", "Visits", "Backlog"):
        history(engine, healthy(20), kpi=kpi)
    before = stored(engine)
    with writer(engine) as (connection, _):
        connection.execute(delete(KpiSignal))
    told: list[tuple[int, int]] = []

    def ended(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        complete(engine, progress=ended)
    assert len(stored(engine)) == 2
    version = data_version(engine)
    complete(engine, progress=lambda *how_far: told.append(how_far))
    assert told == [(0, 3), (1, 3), (2, 3), (0, 1), (1, 1)]
    assert stored(engine) == before
    assert data_version(engine) == version + 1


def test_what_another_program_computed_meanwhile_is_left(
    company: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "KPIS_AT_ONCE", 1)
    for kpi in ("Conversion", "Backlog"):
        history(company, healthy(20), kpi=kpi)
    with writer(company) as (connection, _):
        connection.execute(delete(KpiSignal))
    made: list[dict[str, Any]] = []

    def another(done: int, _total: int) -> None:
        if done == 0:
            complete(company)
            made.extend(rows(company, "kpi_signal"))

    complete(company, progress=another)
    assert rows(company, "kpi_signal") == made != []


def test_a_database_that_lacks_nothing_is_not_written_to(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    history(engine, healthy(20))
    record(engine, 5, kpi="Backlog")
    take_back(engine)
    before = everything(engine)
    with statements(engine) as made:
        complete(engine)
    assert len([one for one in made if not one.startswith(("SET ", "SHOW "))]) == 1
    assert everything(engine) == before


def test_a_state_of_another_length_is_replayed(company: Engine) -> None:
    history(company, healthy(20))
    with writer(company) as (connection, _):
        connection.execute(update(SignalCheckpoint).values(state=zlib.compress(b"12345678")))
    record(company, 10)
    signal(company)


def test_a_correction_goes_on_from_the_checkpoint_before_it(
    company_of_each_kind: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = company_of_each_kind
    history(engine, drifted(150, since=140))

    def refuse(*_: Any) -> Any:
        raise AssertionError("this was to go on from a checkpoint")

    monkeypatch.setattr("data.kpis.signals.recomputing.silence", refuse)
    monkeypatch.setattr("data.kpis.signals.recomputing.EARLIEST_DAY", None)
    for back in (1, 3, 20, 80):
        record(engine, 9.5, on=LAST - timedelta(days=7 * back))
        signal(engine)
    # What was known before the last corrections is known later than they were.
    history(engine, [8.0, 9.0], ending=LAST + timedelta(days=7))
    signal(engine)


def test_new_rules_add_the_present_and_leave_what_was_shown(
    company_of_each_kind: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = company_of_each_kind
    history(engine, drifted(40, since=30))
    before = rows(engine, "kpi_signal")
    then = clock.moment
    clock.tick()
    for module in (pending, signal_row):
        monkeypatch.setattr(module, "RULES", RULES + 1)
    complete(engine)
    after = rows(engine, "kpi_signal")
    assert after[:-1] == before
    assert (after[-1]["known_at"], after[-1]["rules"]) == (clock.moment, RULES + 1)
    assert stored(engine, then) == stored(engine) == by_hand(engine)
    complete(engine)
    assert rows(engine, "kpi_signal") == after


@pytest.mark.parametrize("value", [0.0, 5.0, 1e15, -1e15, 1e-15])
def test_a_constant_kpi_is_steady(company: Engine, value: float) -> None:
    history(company, [value] * 20)
    record(company, value)
    assert signal(company)["signal"] == "steady"


def test_numbers_are_those_of_python(company: Engine) -> None:
    history(company, drifted(40, since=30))
    found = by_hand(company)[key(company, "kpi", "Conversion")]
    kinds = {type(value) for value in found.values()}
    assert kinds == {str, date, bool, float, int}


@pytest.mark.parametrize("cadence", Cadence)
def test_each_cadence_has_its_periods(company: Engine, cadence: Cadence) -> None:
    last = ordinal(TODAY, cadence) - 1
    days = [first_day(number, cadence) for number in range(last - 39, last + 1)]
    values = drifted(40, since=28)
    bring(
        company,
        kpis=[KpiRow(team="Sales", kpi="Paced", better=Better.HIGHER, low=0, cadence=cadence)],
        readings=[
            ReadingRow(team="Sales", kpi="Paced", date=day, value=value)
            for day, value in zip(days, values, strict=True)
        ],
    )
    record(company, 6, kpi="Paced", on=TODAY)
    found = signal(company, "Paced")
    assert found["period"] == first_day(last + 1, cadence)
    assert len(found["history"]) == 41
    if found["signal"] == "drifting":
        at = found["history"].rindex("w" if "w" in found["history"] else "s") + 1
        assert found["shown_on"] == last_day(last - 39 + at, cadence) + timedelta(days=1)


def test_a_reading_of_a_hundred_years_ago_is_beyond_what_is_replayed(company: Engine) -> None:
    days = [TODAY - timedelta(days=back) for back in range(1, 21)]
    visits = [ReadingRow(team="Sales", kpi="Visits", date=day, value=day.day) for day in days]
    bring(company, readings=visits)
    record(company, 7, kpi="Visits", on=date(1926, 5, 20))
    found = signal(company, "Visits")
    assert found["history"][-20:] == "l" * 11 + found["history"][-9:]
    record(company, 8, kpi="Visits", on=TODAY)
    assert signal(company, "Visits")["period"] == TODAY


def test_the_oldest_periods_are_let_go_a_thousand_at_a_time(
    company: Engine, clock: Clock, quick: Callable[[], None]
) -> None:
    clock.set(NOW + timedelta(days=MOST_PERIODS + 5))
    for at in (*range(20), *range(MOST_PERIODS - 4, MOST_PERIODS - 1)):
        record(company, at % 3, kpi="Visits", on=TODAY + timedelta(days=at))
    assert signal(company, "Visits")["signal"] == "steady"
    record(company, 1, kpi="Visits", on=TODAY + timedelta(days=MOST_PERIODS - 1))
    assert signal(company, "Visits")["signal"] == "steady"
    record(company, 2, kpi="Visits", on=TODAY + timedelta(days=MOST_PERIODS))
    assert signal(company, "Visits")["signal"] == "learning"
    quick()
    record(company, 1, kpi="Visits", on=TODAY + timedelta(days=MOST_PERIODS + 1))
    signal(company, "Visits")


def test_a_replay_goes_back_to_the_same_period_for_a_while() -> None:
    spans = (1, MOST_PERIODS, MOST_PERIODS + 1, MOST_PERIODS + STRIDE + 1)
    assert [first_period(7, 6 + span) for span in spans] == [7, 7, 7 + STRIDE, 7 + 2 * STRIDE]


def test_nothing_touched_asks_nothing(company: Engine) -> None:
    with writer(company) as (connection, version), statements(company) as made:
        SignalFollower().finish(connection, version, NOW, ZoneInfo("UTC"))
    assert made == []


def test_a_reading_known_before_the_latest_is_no_correction_of_it(company: Engine) -> None:
    history(company, healthy(20))
    record(company, 9)
    late = ReadingRow(
        team="Sales",
        kpi="Conversion",
        date=MONDAY,
        value=3,
        recorded_at=NOW - timedelta(days=1),
    )
    before = signal(company)
    bring(company, readings=[late])
    assert signal(company) == before


def test_many_kpis_are_kept_some_at_a_time(
    company: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "KPIS_AT_ONCE", 1)
    monkeypatch.setattr(pending, "KPIS_AT_ONCE", 1)
    monkeypatch.setattr("data.kpis.signals.series.READINGS_AT_ONCE", 10)
    for kpi in ("Conversion", "Backlog"):
        history(company, healthy(20), kpi=kpi)
    assert len(stored(company)) == 2
    signal(company)
