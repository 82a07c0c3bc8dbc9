"""The page of one KPI: its limits, its decisions, and what it costs to read."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from components.kpis import gauge_words, kpi_words
from components.ui.formatting import FIXED
from data.core.database import data_version
from data.kpis.commands.decisions import acknowledge, dismiss, rebase
from data.kpis.commands.kpis import amend_kpi
from data.kpis.fields import DecisionRow, ReadingRow
from data.kpis.queries.kpi import kpi
from data.kpis.queries.outlook import baseline_limits
from data.kpis.views.kpi import KpiView
from models import DecisionKind, Rule, Signal
from tests.components.examples import signal
from tests.data.builders import MONDAY, TODAY, Clock, bring, forget, key, person, statements

WEEKS = tuple(MONDAY - timedelta(weeks=60 - number) for number in range(60))
STEADY = tuple(10.0 + number % 3 / 10 for number in range(60))


def read(engine: Engine, values: Sequence[float], name: str = "Conversion") -> None:
    weeks = WEEKS[-len(values) :]
    bring(
        engine,
        readings=[
            ReadingRow(team="Sales", kpi=name, date=week, value=value)
            for week, value in zip(weeks, values, strict=True)
        ],
    )


def shown(engine: Engine, day: date = TODAY) -> KpiView:
    view = kpi(engine, data_version(engine), key(engine, "kpi", "Conversion"), day)
    assert view is not None
    return view


def test_a_page_costs_fourteen_statements_whatever_it_shows(company: Engine) -> None:
    def cost() -> int:
        version = data_version(company)
        shown(company)
        forget(company)
        with statements(company) as noted:
            kpi(company, version, key(company, "kpi", "Conversion"), TODAY)
        return len(noted) - 1

    few = cost()
    read(company, STEADY)
    rebase(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Conversion"),
        since=WEEKS[9],
        reason="new",
    )
    assert (few, cost()) == (14, 14)


def test_a_steady_kpi_has_the_limits_of_its_last_year() -> None:
    limits = baseline_limits(WEEKS, STEADY, None, ())
    assert limits is not None
    assert (limits.since, limits.until, limits.size) == (WEEKS[8], WEEKS[59], 52)
    assert limits.lower < limits.centre < limits.upper
    assert limits.centre == pytest.approx(10.1, abs=0.01)


@pytest.mark.parametrize("kind", [Signal.DRIFTING, Signal.RECOVERING])
def test_limits_never_take_in_a_drift(kind: Signal) -> None:
    values = (*STEADY[:50], *(20.0 for _ in range(10)))
    drifting = signal(
        signal=kind, period=WEEKS[59], onset=WEEKS[50], size=30, history="s" * 55 + "ddddd"
    )
    limits = baseline_limits(WEEKS, values, drifting, ())
    assert limits is not None
    assert (limits.since, limits.until, limits.size) == (WEEKS[20], WEEKS[49], 30)
    assert limits.upper < 12


def test_limits_do_not_take_in_a_drift_that_is_over() -> None:
    values = (*STEADY[:20], *(20.0 for _ in range(10)), *STEADY[:30])
    history = "s" * 25 + "d" * 7 + "r" * 10 + "s" * 18
    limits = baseline_limits(
        WEEKS,
        values,
        signal(signal=Signal.STEADY, period=WEEKS[59], onset=None, history=history),
        (),
    )
    assert limits is not None
    assert (limits.since, limits.size) == (WEEKS[30], 30)
    assert limits.upper < 12


def test_limits_do_not_take_in_a_shift_to_the_good_side() -> None:
    values = (*STEADY[:47], *(20.0 for _ in range(13)))
    better = signal(
        signal=Signal.STEADY, period=WEEKS[59], onset=None, favourable=True, window=13, history="s"
    )
    limits = baseline_limits(WEEKS, values, better, ())
    assert limits is not None
    assert (limits.until, limits.size) == (WEEKS[46], 47)
    assert limits.upper < 12


def test_limits_before_a_drift_do_not_take_in_the_one_before_it() -> None:
    values = (*(20.0 for _ in range(11)), *STEADY[:41], *(20.0 for _ in range(8)))
    again = signal(
        period=WEEKS[59], onset=WEEKS[52], size=52, history="d" * 15 + "r" * 8 + "s" * 32 + "ddddd"
    )
    limits = baseline_limits(WEEKS, values, again, ())
    assert limits is not None
    assert (limits.since, limits.until) == (WEEKS[11], WEEKS[51])
    assert limits.upper < 12


def test_limits_begin_with_the_last_new_normal() -> None:
    values = (*STEADY[:40], *(value + 5 for value in STEADY[:20]))
    limits = baseline_limits(WEEKS, values, None, (WEEKS[3], WEEKS[40]))
    assert limits is not None
    assert (limits.since, limits.size) == (WEEKS[40], 20)
    assert limits.centre == pytest.approx(15.1, abs=0.01)


@pytest.mark.parametrize("values", [(), (1.0,), (1.0, None, 2.0)])
def test_too_few_readings_have_no_limits(values: tuple[float | None, ...]) -> None:
    assert baseline_limits(WEEKS[: len(values)], values, None, ()) is None


def test_what_was_dismissed_and_rebased_is_named_by_its_periods(company: Engine) -> None:
    read(company, STEADY)
    kpi_id, who = key(company, "kpi", "Conversion"), person(company)
    wednesday = WEEKS[40] + timedelta(days=2)
    rebase(company, person_id=who, kpi_id=kpi_id, since=wednesday, reason="new line")
    dismiss(company, person_id=who, kpi_id=kpi_id, period=WEEKS[55], reason="a typo")
    view = shown(company)
    assert (view.rebased_on, view.dismissed) == ((WEEKS[40],), (WEEKS[55],))
    assert view.limits is not None
    assert (view.limits.since, view.limits.size) == (WEEKS[40], 19)
    assert view.values[55] == STEADY[55]


def test_a_dismissed_reading_moves_neither_limits_nor_outlook(company: Engine) -> None:
    read(company, (*STEADY[:59], 90.0))
    spoiled = shown(company)
    dismiss(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Conversion"),
        period=WEEKS[59],
        reason="a typo",
    )
    view = shown(company)
    assert view.limits is not None
    assert view.ahead is not None
    assert spoiled.ahead is not None
    assert view.limits.centre == pytest.approx(10.1, abs=0.01)
    assert view.ahead.mean[0] < 11 < spoiled.ahead.mean[0]


def test_a_look_back_does_not_know_what_was_said_since(company: Engine, clock: Clock) -> None:
    read(company, STEADY)
    clock.tick(days=3)
    rebase(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Conversion"),
        since=WEEKS[40],
        reason="new line",
    )
    assert shown(company, clock.moment.date()).rebased_on == (WEEKS[40],)
    assert shown(company, TODAY).rebased_on == ()


def test_a_drift_waits_until_somebody_decides(company: Engine) -> None:
    read(company, (*STEADY[:48], *(9.0 - number / 10 for number in range(12))))
    view = shown(company)
    assert view.signal is not None
    assert view.signal.signal is Signal.DRIFTING
    assert view.decision is None
    assert view.undecided_days is not None
    acknowledge(
        company,
        person_id=person(company),
        kpi_id=view.kpi_id,
        reason="known",
        look_again=TODAY + timedelta(days=7),
    )
    decided = shown(company)
    assert decided.decision is not None
    assert decided.decision.reason == "known"
    assert decided.undecided_days is None


def test_a_decision_says_the_day_it_speaks_of_and_the_day_it_was_said(
    company: Engine, clock: Clock
) -> None:
    read(company, STEADY)
    bring(
        company,
        decisions=[
            DecisionRow(
                team="Sales",
                kpi="Conversion",
                date=WEEKS[30],
                decision=DecisionKind.ACKNOWLEDGE,
                reason="brought",
                look_again=WEEKS[34],
            )
        ],
    )
    dismiss(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Conversion"),
        period=WEEKS[50],
        reason="counted twice",
    )
    told = [(said.date, said.said_on) for said in shown(company).decisions]
    assert told == [(WEEKS[50], TODAY), (WEEKS[30], WEEKS[30])]


def test_without_a_reading_that_counts_nothing_but_learning_is_said(company: Engine) -> None:
    read(company, [10.0])
    dismiss(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Conversion"),
        period=WEEKS[59],
        reason="counted twice",
    )
    view = shown(company)
    assert view.signal is not None
    assert (view.signal.signal, view.signal.rule) == (Signal.LEARNING, Rule.NONE)
    assert (view.dismissed, view.gauge and view.gauge.period) == (WEEKS[59:], None)
    assert kpi_words.because(view, TODAY).startswith("Its only reading was dismissed;")


def test_a_shift_that_is_held_back_says_so_on_its_page_and_its_gauge(
    company_of_each_kind: Engine,
) -> None:
    engine = company_of_each_kind
    read(engine, [*STEADY[:-8], *(value - 1 for value in STEADY[-8:])])
    assert (view := shown(engine)).signal is not None
    assert (view.signal.signal, view.smallest_change) == (Signal.DRIFTING, None)
    amend_kpi(
        engine,
        person_id=person(engine),
        kpi_id=key(engine, "kpi", "Conversion"),
        said={"smallest_change": "2 %"},
        base_version=data_version(engine),
    )
    assert (view := shown(engine)).signal is not None
    assert (view.signal.signal, view.signal.rule) == (Signal.WATCH, Rule.WINDOW)
    held = f"below the smallest change that matters, 2{FIXED}%"
    assert kpi_words.because(view, TODAY).endswith(f": worth a look, but {held}.")
    assert view.gauge is not None
    assert gauge_words.gauge_line(view.gauge, TODAY, TODAY) == held
