"""Which KPIs need eyes most: by level, signal and decision."""

from typing import Any

from sqlalchemy import Engine

from data.company.fields import TeamRow
from data.company.queries import company
from data.core.database import data_version
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.queries.assessment import Behaviour, kpis_of
from data.kpis.queries.attention import latest_health
from data.kpis.queries.kpi_rows import KpiRows
from data.kpis.views.signals import DecisionView, SignalView
from models import Cadence, DecisionKind, Signal
from tests.components.examples import signal
from tests.data.builders import MONDAY, TODAY, bring

LAST = MONDAY.fromordinal(MONDAY.toordinal() - 7)


def ranked(
    engine: Engine,
    values: dict[str, float | None],
    signals: dict[str, SignalView] | None = None,
    decisions: dict[str, DecisionView] | None = None,
    **options: Any,
) -> list[str]:
    """Bring in KPIs with a range of 0–100 and a reading of each; give them ranked."""
    kpi = {"team": "Lab", "low": 0, "high": 100, "cadence": Cadence.WEEKLY, **options}
    bring(
        engine,
        teams=[TeamRow(team="Lab")],
        kpis=[KpiRow(kpi=name, **kpi) for name in values],
        readings=[
            ReadingRow(team="Lab", kpi=name, date=LAST, value=value)
            for name, value in values.items()
            if value is not None
        ],
    )
    here = company(engine, data_version(engine))
    moment = here.end_of(TODAY)
    with engine.connect() as connection:
        kpis = kpis_of(connection, team_id=1, teams=[1], also=[], day=TODAY, moment=moment)
        keys = {kpi.name: kpi.id for kpi in kpis}
        behaviour = Behaviour(
            {keys[name]: one for name, one in (signals or {}).items()},
            {keys[name]: one for name, one in (decisions or {}).items()},
        )
        latest = latest_health(KpiRows(connection, moment), kpis, behaviour, day=TODAY)
    names = {key: name for name, key in keys.items()}
    return [names[one.kpi_id] for one in latest.states]


def acknowledged(look_again: int) -> DecisionView:
    again = TODAY.fromordinal(TODAY.toordinal() + look_again)
    return DecisionView(TODAY, DecisionKind.ACKNOWLEDGE, "known", again, "Ana", TODAY)


def test_a_drift_that_nobody_has_decided_comes_with_what_is_out_of_range(file: Engine) -> None:
    values = {"drifts": 50, "silent": None, "fine": 50, "edge": 95, "out": 120, "watched": 50}
    signals = {"drifts": signal(), "watched": signal(signal=Signal.WATCH)}
    assert ranked(file, values, signals) == ["out", "drifts", "silent", "edge", "watched", "fine"]


def test_what_is_decided_gives_way_until_it_is_to_be_looked_at_again(file: Engine) -> None:
    values = {"a drift": 50, "an outlier": 150, "silent": None, "fine": 50}
    signals = {"a drift": signal(shown_on=TODAY)}
    held = {"a drift": acknowledged(7), "an outlier": acknowledged(7)}
    order = ranked(file, values, signals, held)
    assert order == ["silent", "an outlier", "a drift", "fine"]
    due = {"a drift": acknowledged(0), "an outlier": acknowledged(0)}
    order = ranked(file, values, signals, due)
    assert order == ["an outlier", "a drift", "silent", "fine"]


def test_a_recovery_needs_eyes_after_what_is_silent(file: Engine) -> None:
    values = {"fine": 50, "recovers": 50, "silent": None}
    signals = {"recovers": signal(signal=Signal.RECOVERING)}
    assert ranked(file, values, signals) == ["silent", "recovers", "fine"]


def test_a_silent_kpi_is_ranked_as_silent_whatever_it_did_before(file: Engine) -> None:
    values = {"silent": None, "out": 120}
    assert ranked(file, values, {"silent": signal()}) == ["out", "silent"]


def test_near_the_edge_of_one_bound_is_told_by_the_signal_s_sigma(file: Engine) -> None:
    values = {"a far": 80, "b near": 97}
    signals = {name: signal(signal=Signal.STEADY, sigma=5.0) for name in values}
    assert ranked(file, values, signals, low=None) == ["b near", "a far"]
    assert ranked(file, values, low=None) == ["a far", "b near"]
