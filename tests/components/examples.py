from datetime import date
from typing import Any

from analytics.drift.letters import written
from data.actions.views import ActionView
from data.kpis.views.gauges import Gauge, Indicator
from data.kpis.views.recovery import RecoveryView
from data.kpis.views.signals import DecisionView, Departure, SignalView
from data.okrs.views.key_results import KeyResultView, ObjectiveView
from data.screens.views.cockpit import DecisionCard
from models import (
    Ambition,
    Better,
    Cadence,
    Confidence,
    DecisionKind,
    Health,
    KeyResultKind,
    ObjectiveState,
    Rule,
    Scope,
    Signal,
)

TODAY = date(2026, 11, 17)
WEEKS = tuple(date.fromordinal(date(2026, 11, 9).toordinal() - 7 * week) for week in range(26))
PERIODS = {Cadence.WEEKLY: WEEKS}


RECOVERY = RecoveryView(
    kpi_id=1,
    objective_id=2,
    key_result_id=3,
    objective="Backlog comes back",
    team="Support",
    cycle="Q4 2026",
    cycle_id=4,
    ends_on=date(2026, 12, 31),
    phase="under way",
    since=date(2026, 3, 2),
    times=1,
    periods=6,
    held=6,
    share_back=1.0,
    is_provisional=False,
    left_open=None,
    half_pass=None,
    confirmed_on=None,
    kept=0,
    relapsed_on=None,
)


def gauge(**changes: Any) -> Gauge:
    facts: dict[str, Any] = {
        "kpi_id": 1,
        "name": "Conversion rate",
        "team": "Sales",
        "unit": "%",
        "cadence": Cadence.WEEKLY,
        "better": Better.WITHIN,
        "owner": "Ana",
        "value": 9.1,
        "previous": 8.8,
        "period": WEEKS[0],
        "low": 8.0,
        "high": 12.0,
        "health": Health.IN_RANGE,
        "freshness": "fresh",
        "late_days": 0,
        "since": None,
        "severity": 0.0,
        "scale_lower": 4.0,
        "scale_upper": 16.0,
        "needle": 0.425,
        "off": 0,
        "series": (*(8.0 + week / 17 for week in range(24)), 8.8, 9.1),
        "limit_lower": 7.2345678,
        "limit_upper": 10.98765,
        "signal": None,
        "decision": None,
        "undecided_days": None,
        "departure": None,
    }
    return Gauge(**(facts | changes))


def signal(**changes: Any) -> SignalView:
    facts: dict[str, Any] = {
        "signal": Signal.DRIFTING,
        "period": WEEKS[0],
        "onset": WEEKS[7],
        "shown_on": date(2026, 10, 20),
        "favourable": False,
        "mean": 9.4,
        "expected": 10.2,
        "error": 0.19,
        "z": -4.2,
        "window": 8,
        "size": 30,
        "adjoining": True,
        "rule": Rule.WINDOW,
        "last": -2.1,
        "last_expected": 10.15,
        "sigma": 0.5,
        "slope": -0.05,
        "slope_z": -3.1,
        "history": "l" * 11 + "s" * 60 + "wdddd",
    }
    told = facts | changes
    history = told.pop("history")
    return SignalView(**told, runs=written(history, [len(history)])[0])


def decision(**changes: Any) -> DecisionView:
    facts: dict[str, Any] = {
        "date": date(2026, 11, 3),
        "kind": DecisionKind.ACKNOWLEDGE,
        "reason": "The new price list is out.",
        "look_again": date(2026, 12, 1),
        "who": "Ana",
        "said_on": date(2026, 11, 3),
    }
    return DecisionView(**(facts | changes))


def action(**changes: Any) -> ActionView:
    facts: dict[str, Any] = {
        "action_id": 9,
        "what": "Check the feed",
        "owner": "Ben",
        "due": date(2026, 12, 12),
        "agreed_on": date(2026, 11, 10),
        "done_on": None,
        "note": "",
    }
    return ActionView(**(facts | changes))


def departure(**changes: Any) -> Departure:
    facts: dict[str, Any] = {
        "earliest": date(2026, 11, 23),
        "even": date(2026, 11, 30),
        "latest": None,
    }
    return Departure(**(facts | changes))


def key_result(**changes: Any) -> KeyResultView:
    facts: dict[str, Any] = {
        "key_result_id": 7,
        "name": "Raise 90-day retention",
        "kind": KeyResultKind.METRIC,
        "unit": "%",
        "owner": "Ana",
        "start": 71.0,
        "target": 80.0,
        "value": 75.8,
        "change": 0.9,
        "checked_on": date(2026, 11, 10),
        "unchanged_since": None,
        "progress": 0.53,
        "pace": 0.58,
        "standing": "on pace",
        "silent_for": 0,
        "confidence": Confidence.LIKELY,
        "note": "",
        "fed_by": None,
        "fed_by_id": None,
        "cadence": None,
        "held": 0,
        "hold_periods": None,
        "steps": (),
        "ends_on": date(2026, 12, 31),
        "chance": None,
        "arrives_on": None,
        "expected": None,
        "span": None,
    }
    return KeyResultView(**(facts | changes))


def objective(*key_results: KeyResultView, **changes: Any) -> ObjectiveView:
    facts: dict[str, Any] = {
        "id": 3,
        "name": "Customers stay because they succeed",
        "team": "Customer team",
        "owner": "Ana",
        "scope": Scope.TEAM,
        "ambition": Ambition.ASPIRATIONAL,
        "state": ObjectiveState.ACTIVE,
        "progress": 0.46,
        "expected": None,
        "key_results": key_results,
        "guardrails": (),
        "unvalued": (),
    }
    return ObjectiveView(**(facts | changes))


def indicator(**changes: Any) -> Indicator:
    facts: dict[str, Any] = {
        "kpi_id": 9,
        "name": "Visitors",
        "team": "Sales",
        "unit": "",
        "cadence": Cadence.WEEKLY,
        "value": 123456.0,
        "previous": 120000.0,
        "period": WEEKS[0],
        "freshness": "fresh",
    }
    return Indicator(**(facts | changes))


def out_of_range(**changes: Any) -> DecisionCard:
    facts = {"health": Health.OUT_OF_RANGE, "value": 64.0, "since": date(2026, 10, 26)}
    return DecisionCard("out of range", gauge=gauge(**(facts | changes)))
