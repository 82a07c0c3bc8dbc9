"""The leader's list: what is on it, in which order, at what cost; and teams by weeks."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from analytics.drift.letters import written
from analytics.periods import first_day, last_day, ordinal
from data.company.fields import TeamRow
from data.company.queries import company as read_company
from data.core.database import data_version, writer
from data.core.remembered import forget_all
from data.kpis.fields import DecisionRow, KpiRow, ReadingRow
from data.kpis.signals.evidence import EVIDENCE
from data.kpis.signals.signal_row import RULES
from data.kpis.views.signals import SignalView
from data.screens.drift import DriftLook, drift
from data.screens.drift_weeks import last_weeks, letters_in
from data.screens.views.drift import DriftView
from models import EARLIEST_MOMENT, Base, Cadence, DecisionKind, Health, Rule, Signal
from tests.data.builders import MONDAY, TODAY, bring, key, statements

LAST = MONDAY - timedelta(days=7)
TEAMS = (
    TeamRow(team="Lab"),
    TeamRow(team="East", parent="Lab"),
    TeamRow(team="Deep", parent="East"),
    TeamRow(team="Deeper", parent="Deep"),
    TeamRow(team="West", parent="Lab"),
)


def lab(engine: Engine, values: dict[str, float | None], *, team: str = "Lab") -> None:
    """Bring in weekly KPIs whose range is 0–100, each with a reading."""
    bring(
        engine,
        teams=list(TEAMS),
        kpis=[
            KpiRow(team=team, kpi=name, low=0, high=100, cadence=Cadence.WEEKLY) for name in values
        ],
        readings=[
            ReadingRow(team=team, kpi=name, date=LAST, value=value)
            for name, value in values.items()
            if value is not None
        ],
    )


def behave(engine: Engine, name: str, signal: Signal, **numbers: Any) -> None:
    """Have a KPI behave in a way, whatever its readings say."""
    table = Base.metadata.tables["kpi_signal"]
    unknown = {"z": np.nan, "slope": np.nan, "slope_z": np.nan, "error": np.nan, "last": np.nan}
    told = {
        **unknown,
        "signal": signal[:1],
        "period": LAST,
        "window": 8,
        "size": 30,
        "adjoining": True,
        "sigma": 1.0,
        "mean": 50.0,
        "expected": 50.0,
        "last_expected": np.nan,
        **numbers,
    }
    history = told.pop("history", "s40")
    evidence = np.zeros(1, EVIDENCE)
    for field, value in told.items():
        is_day = isinstance(value, date)
        evidence[field] = value.toordinal() if is_day else value
    kpi_id = key(engine, "kpi", name)
    with writer(engine) as (connection, version):
        connection.execute(table.delete().where(table.c.kpi_id == kpi_id))
        row = {"kpi_id": kpi_id, "known_at": EARLIEST_MOMENT, "version": version, "rules": RULES}
        packed = {"evidence": evidence.tobytes(), "history": history}
        connection.execute(table.insert().values({**row, **packed}))


def drifts(engine: Engine, name: str, *, shift: float = 1.5, **numbers: Any) -> None:
    onset = numbers.pop("onset", LAST - timedelta(days=35))
    shown = {"onset": onset, "shown_on": onset + timedelta(days=14), "mean": 50 + shift}
    behave(engine, name, Signal.DRIFTING, **(shown | numbers))


def listed(engine: Engine, team: str = "Lab", *, day: date = TODAY, **options: Any) -> DriftView:
    version = data_version(engine)
    here = read_company(engine, version)
    return drift(engine, version, DriftLook(here.team_named(team), day, **options))


def names(engine: Engine, team: str = "Lab", **options: Any) -> list[str]:
    return [one.gauge.name for one in listed(engine, team, **options).listed]


def test_the_undecided_come_first_then_the_furthest_then_the_oldest(file: Engine) -> None:
    lab(file, {"decided": 50, "new": 50, "old": 50, "far": 50, "out": 250, "back": 50, "odd": 50})
    for name in ("decided", "new", "old"):
        drifts(file, name)
    drifts(file, "old", onset=LAST - timedelta(days=70))
    drifts(file, "far", shift=4.0)
    drifts(file, "decided", shift=30.0)
    behave(file, "back", Signal.RECOVERING, mean=90.0)
    behave(file, "odd", Signal.WATCH, mean=51.0)
    said = {"team": "Lab", "decision": DecisionKind.ACKNOWLEDGE, "reason": "known"}
    bring(file, decisions=[DecisionRow(**said, kpi="decided", date=TODAY)])
    drifts(file, "decided", shift=30.0)
    assert names(file) == ["out", "far", "old", "new", "decided", "back", "odd"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"state": "drifting"}, ["open", "said"]),
        ({"state": "out of range"}, ["out"]),
        ({"state": "recovering"}, ["back"]),
        ({"state": "watched"}, ["odd"]),
        ({"decided": "undecided"}, ["out", "open"]),
        ({"decided": "decided"}, ["said"]),
        ({"decided": "undecided", "state": "drifting"}, ["open"]),
    ],
)
def test_the_list_can_be_narrowed(
    file: Engine, options: dict[str, Any], expected: list[str]
) -> None:
    lab(file, {"open": 50, "said": 50, "out": 250, "back": 50, "odd": 50, "fine": 50})
    said = {"team": "Lab", "decision": DecisionKind.REROUTE, "reason": "on it"}
    bring(file, decisions=[DecisionRow(**said, kpi="said", date=TODAY)])
    drifts(file, "open")
    drifts(file, "said")
    behave(file, "back", Signal.RECOVERING)
    behave(file, "odd", Signal.WATCH)
    behave(file, "fine", Signal.STEADY)
    assert names(file, **options) == expected


def test_a_decision_holds_until_it_is_time_to_look_again(file: Engine) -> None:
    lab(file, {"known": 50})
    drifts(file, "known")
    said = {"team": "Lab", "kpi": "known", "decision": DecisionKind.ACKNOWLEDGE, "reason": "known"}
    bring(
        file,
        decisions=[DecisionRow(**said, date=TODAY - timedelta(days=7), look_again=TODAY)],
    )
    drifts(file, "known")
    (row,) = listed(file).listed
    assert row.gauge.decision is not None
    assert row.gauge.undecided_days == 0
    assert listed(file).counts.undecided == 1


def test_an_indicator_is_listed_where_it_drifts_and_named_so(company: Engine) -> None:
    bring(company, readings=[ReadingRow(team="Sales", kpi="Visits", date=TODAY, value=7)])
    behave(company, "Visits", Signal.WATCH)
    assert names(company, "Sales") == []
    drifts(company, "Visits", period=TODAY)
    view = listed(company, "Sales")
    (row,) = view.listed
    assert (row.gauge.name, row.gauge.health, row.gauge.value) == ("Visits", Health.INDICATOR, 7)
    assert row.gauge.signal is not None
    assert row.gauge.series[-1] == 7
    assert (view.counts.indicators, view.counts.drifting) == (1, 0)
    assert view.has_indicators


def test_what_is_counted(file: Engine) -> None:
    lab(file, {"open": 50, "out": 250, "odd": 50, "fine": 50, "young": 50, "silent": None})
    drifts(file, "open")
    behave(file, "out", Signal.STEADY)
    behave(file, "odd", Signal.WATCH)
    behave(file, "fine", Signal.STEADY)
    behave(file, "young", Signal.LEARNING)
    counts = listed(file).counts
    assert (counts.kpis, counts.judged, counts.listed, counts.calm) == (6, 4, 3, 1)
    assert (counts.drifting, counts.undecided, counts.outside, counts.watched) == (1, 1, 1, 1)
    assert counts.waiting == 2
    # Where `within` is better, both sides are watched.
    assert counts.by_chance == pytest.approx((8 * 0.009, 8 * 0.03))
    assert counts.of_real == pytest.approx((8 * 0.04, 8 * 0.05))


def test_without_kpis_there_is_nothing(file: Engine) -> None:
    lab(file, {})
    view = listed(file)
    assert (view.listed, view.teams, view.counts.kpis) == ((), (), 0)


def test_a_silent_kpi_is_not_out_of_range_any_more(file: Engine) -> None:
    lab(file, {"out": 250})
    assert names(file) == ["out"]
    assert names(file, day=TODAY + timedelta(days=60)) == []


def test_what_fell_silent_counts_as_nothing_else(file: Engine) -> None:
    lab(file, {"drift": 50, "watch": 50, "back": 50, "new": 50})
    drifts(file, "drift")
    behave(file, "watch", Signal.WATCH)
    behave(file, "back", Signal.RECOVERING)
    with_data = listed(file)
    assert (with_data.counts.silent, with_data.last_day) == (0, None)
    found = listed(file, day=TODAY + timedelta(days=3000))
    assert (found.counts.kpis, found.counts.silent) == (4, 4)
    counts = found.counts
    assert (counts.drifting, counts.watched, counts.recovering, counts.judged) == (0, 0, 0, 0)
    assert (counts.undecided, counts.outside) == (0, 0)
    assert [one.gauge.name for one in found.listed] == ["drift"]
    assert found.last_day == LAST + timedelta(days=6)
    assert all(set(row.drifting) | set(row.judged) == {0} for row in found.teams)


def test_each_says_which_team_it_is_of(file: Engine) -> None:
    lab(file, {"top": 250})
    lab(file, {"deep": 150}, team="Deep")
    assert [one.lineage for one in listed(file).listed] == [("Lab",), ("East", "Deep")]
    assert [one.lineage for one in listed(file, "Deep").listed] == [("Deep",)]
    assert names(file, "West") == []


def test_a_hundred_are_listed_and_the_rest_is_counted(file: Engine) -> None:
    lab(file, {f"k{number:03}": 101 + 10 * number for number in range(130)})
    view = listed(file)
    assert (len(view.listed), view.more) == (100, 30)
    assert view.listed[0].gauge.name == "k129"
    assert (len(listed(file, whole=True).listed), listed(file, whole=True).more) == (130, 0)


@pytest.mark.parametrize("options", [{}, {"state": "drifting"}, {"whole": True}], ids=str)
@pytest.mark.parametrize("count", [0, 1, 40])
def test_it_costs_eight_statements_whatever_is_shown(
    file: Engine, count: int, options: dict[str, Any]
) -> None:
    lab(file, {f"k{number}": 150 for number in range(count)})
    listed(file)
    forget_all()
    read_company(file, data_version(file))
    with statements(file) as run:
        view = listed(file, **options)
    # One reads the version to look at, which a page does once; of no KPI nothing is read.
    unread = 0 if view.listed else 1 if count else 4
    assert len(run) - 1 == 8 - unread


def test_an_earlier_day_costs_one_more(file: Engine) -> None:
    lab(file, {"k": 150})
    listed(file)
    with statements(file) as run:
        listed(file, day=TODAY - timedelta(days=1))
    assert len(run) - 1 <= 8


def test_an_earlier_day_lists_what_was_known_then(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    weeks = [LAST - timedelta(days=7 * back) for back in range(60, -1, -1)]
    noise = np.random.default_rng(3).normal(0, 0.2, len(weeks))
    fall = np.maximum(np.arange(len(weeks)) - 50, 0) * 0.15
    place = {"team": "Sales", "kpi": "Conversion"}
    values = (10 + noise - fall).round(3).tolist()
    bring(
        engine,
        readings=[
            ReadingRow(**place, date=day, value=value)
            for day, value in zip(weeks, values, strict=True)
        ],
    )
    now_, before = listed(engine, "Acme"), listed(engine, "Acme", day=weeks[48])
    assert [one.gauge.name for one in now_.listed] == ["Conversion"]
    assert now_.counts.drifting == 1
    assert before.listed == ()
    strip = now_.teams[0]
    assert strip.drifting[-1] == 1
    assert strip.drifting[0] == 0


def test_teams_stand_in_the_order_of_the_tree_two_levels_deep(file: Engine) -> None:
    for team in ("Lab", "East", "Deep", "Deeper"):
        lab(file, {f"of {team}": 50}, team=team)
        behave(file, f"of {team}", Signal.DRIFTING, history="s37d3")
    behave(file, "of East", Signal.STEADY, history="s40")
    teams = listed(file).teams
    assert [(row.team.name, row.team.depth) for row in teams] == [
        ("Lab", 0),
        ("East", 1),
        ("Deep", 2),
    ]
    assert [row.drifting[-1] for row in teams] == [3, 2, 2]
    assert [row.judged[-1] for row in teams] == [4, 3, 2]
    assert teams[2].drifting[-5:] == (0, 2, 2, 2, 2)


def test_a_learning_kpi_is_not_judged(file: Engine) -> None:
    lab(file, {"young": 50})
    behave(file, "young", Signal.LEARNING, history="l3")
    assert sum(listed(file).teams[0].judged) == 0


def seen_as(history: str, latest: date, cadence: str, weeks: tuple[date, ...]) -> str:
    kpi = SimpleNamespace(id=1, cadence=cadence)
    unknown = "onset shown_on mean expected error z last last_expected sigma slope slope_z"
    none = dict.fromkeys(unknown.split())
    signal = SignalView(
        signal=Signal.STEADY,
        period=latest,
        favourable=False,
        window=0,
        size=0,
        adjoining=False,
        rule=Rule.NONE,
        runs=written(history, [len(history)])[0],
        **none,
    )
    return b"".join(letters_in([kpi], {1: signal}, weeks)[0].tolist()).decode()


def test_the_last_weeks_end_with_that_of_the_day() -> None:
    weeks = last_weeks(TODAY)
    assert len(weeks) == 26
    assert weeks[-1] == MONDAY
    assert weeks[0] == MONDAY - timedelta(days=175)


def test_a_weekly_signal_is_seen_in_its_week_and_stands_until_the_next() -> None:
    base_version = seen_as("swdr", LAST, "weekly", last_weeks(TODAY))
    assert base_version == " " * 21 + "swdrr"


def test_a_monthly_signal_is_seen_from_the_end_of_its_month() -> None:
    weeks = last_weeks(date(2026, 5, 31))
    seen = dict(zip(weeks, seen_as("sd", date(2026, 4, 1), "monthly", weeks), strict=True))
    assert seen[date(2026, 3, 23)] == " "
    assert seen[date(2026, 3, 30)] == "s"
    assert seen[date(2026, 4, 20)] == "s"
    assert seen[date(2026, 4, 27)] == "d"
    assert seen[date(2026, 5, 25)] == "d"


@given(
    history=st.text("lswdr", min_size=1, max_size=200),
    cadence=st.sampled_from([cadence.value for cadence in Cadence]),
    behind=st.integers(0, 400),
    day=st.dates(date(2001, 1, 1), date(2090, 1, 1)),
)
def test_a_week_shows_the_last_period_that_had_ended(
    history: str, cadence: str, behind: int, day: date
) -> None:
    weeks = last_weeks(day)
    latest = ordinal(day - timedelta(days=behind), cadence)
    base_version = seen_as(history, first_day(latest, cadence), cadence, weeks)
    for week, letter in zip(weeks[:-1], base_version, strict=False):
        sunday = week + timedelta(days=6)
        ended = [
            letter
            for back, letter in enumerate(reversed(history))
            if last_day(latest - back, cadence) <= sunday
        ]
        before_all = last_day(latest - len(history), cadence) >= sunday
        assert letter == (ended[0] if ended and not before_all else " ")
    assert base_version[-1] == history[-1]
