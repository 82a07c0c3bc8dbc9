"""The leader's list: all that drifts or is out of range under a team, by need.

Eight statements where nothing is kept, whatever is shown: the data's version; the KPIs; the signals
of all, what was said about them, their actions, and the latest reading of each; the readings shown,
and since when what they tell can be known. Two more where what drifts is computed from others,
another where the newest reading of a KPI does not count. What the tree of teams costs is read once
a version.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, get_args

import numpy as np
from sqlalchemy import Engine

from analytics.drift.alarms import expected_by_chance, expected_of_real
from analytics.periods import late_for
from data.actions.queries import still_open
from data.company.queries import Company, company
from data.company.views import TeamView
from data.core.database import snapshot, version_seen
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import (
    Assessed,
    assessed,
    behaviour_of,
    kpis_of,
)
from data.kpis.queries.attention import last_end
from data.kpis.queries.changed import changed
from data.kpis.queries.decision_status import decision_on, undecided_days
from data.kpis.queries.gauges import SHOWN_PERIODS, gauges, indicators
from data.kpis.queries.kpi_rows import KpiRows
from data.kpis.queries.why_splits import told_apart
from data.kpis.views.gauges import Gauge, Indicator
from data.screens.drift_matters import Matter, is_listed, matters_of, need
from data.screens.drift_weeks import last_weeks, teams_by_weeks
from data.screens.views.drift import Counts, DriftView, Listed
from models import Better, Health, Signal

SHOWN = 100
"""How many are listed before somebody asks for the rest."""

State = Literal["all", "drifting", "out of range", "recovering", "watched"]
Decided = Literal["all", "undecided", "decided"]
STATES: Mapping[str, State] = {name: name for name in get_args(State)}
DECIDED: Mapping[str, Decided] = {name: name for name in get_args(Decided)}
"""What the list can be narrowed to, by name."""


@dataclass(frozen=True, slots=True)
class DriftLook:
    """What is looked at: a team on a day, what of it, and whether beyond the first hundred."""

    team: TeamView
    day: date
    state: State = "all"
    decided: Decided = "all"
    whole: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Tell whether only some of it is looked for."""
        return (self.state, self.decided) != ("all", "all")


KINDS: Mapping[State, Callable[[Matter], bool]] = {
    "all": lambda matter: True,
    "drifting": lambda matter: matter.is_(Signal.DRIFTING),
    "out of range": lambda matter: matter.outside,
    "recovering": lambda matter: matter.is_(Signal.RECOVERING),
    "watched": lambda matter: matter.is_(Signal.WATCH),
}
SAID: Mapping[Decided, Callable[[Matter], bool]] = {
    "all": lambda matter: True,
    "undecided": lambda matter: matter.waits,
    "decided": lambda matter: matter.decided,
}


_kept: KeptViews[DriftLook, DriftView] = KeptViews(64)


def drift(engine: Engine, version: int, look: DriftLook) -> DriftView:
    """Give the leader's list at a version of the data."""
    return _kept.get(engine, version, look, lambda: _drift(engine, version, look))


def _drift(engine: Engine, version: int, look: DriftLook) -> tuple[DriftView, Collection[int]]:
    """Read the leader's list, and which teams it shows something of."""
    here = company(engine, version)
    moment, teams = here.end_of(look.day), here.below(look.team.id)
    with snapshot(engine) as connection:
        seen = changed(connection)
        base_version = seen.version if seen else version_seen(connection)
        rows = KpiRows(connection, moment, seen)
        kpis = kpis_of(
            connection, team_id=look.team.id, teams=teams, also=[], day=look.day, moment=moment
        )
        behaviour = behaviour_of(rows, kpis, day=look.day)
        matters = matters_of(rows, kpis, behaviour, day=look.day)
        wanted = [one for one in matters if KINDS[look.state](one) and SAID[look.decided](one)]
        wanted = sorted(filter(is_listed, wanted), key=need)
        shown = wanted if look.whole else wanted[:SHOWN]
        judged = assessed(
            connection,
            [one.kpi for one in shown],
            day=look.day,
            moment=moment,
            behaviour=behaviour,
            rows=rows,
        )
        judged, drivers_of = told_apart(connection, here, judged, moment)
    ranged = [one.kpi for one in matters if not one.is_indicator]
    weeks = last_weeks(look.day)
    view = DriftView(
        version=base_version,
        day=look.day,
        team=look.team,
        counts=_counts(matters),
        listed=_listed(judged, [one.kpi for one in shown], here, look),
        more=len(wanted) - len(shown),
        weeks=weeks,
        teams=teams_by_weeks(here, look.team, ranged, behaviour.signals, weeks, look.day),
        has_indicators=len(ranged) < len(matters),
        last_day=_last_day(matters),
    )
    return view, {*teams, *drivers_of}


def _counts(matters: Sequence[Matter]) -> Counts:
    ranged = [one for one in matters if not one.is_indicator]
    drifting = [one for one in ranged if one.is_(Signal.DRIFTING)]
    known = [one for one in ranged if not one.silent]
    judged = [one for one in known if one.signal and not one.is_(Signal.LEARNING)]
    sides = sum(2 if one.kpi.better == Better.WITHIN else 1 for one in judged)
    return Counts(
        kpis=len(ranged),
        silent=len(ranged) - len(known),
        judged=len(judged),
        drifting=len(drifting),
        undecided=sum(one.waits for one in drifting),
        waiting=sum(one.waits for one in matters if is_listed(one)),
        recovering=sum(one.is_(Signal.RECOVERING) for one in ranged),
        outside=sum(one.outside for one in ranged),
        watched=sum(one.is_(Signal.WATCH) for one in ranged),
        indicators=sum(one.is_indicator and one.is_(Signal.DRIFTING) for one in matters),
        listed=sum(map(is_listed, matters)),
        calm=sum(one.fine and one.is_(Signal.STEADY) for one in ranged),
        by_chance=expected_by_chance(sides),
        of_real=expected_of_real(sides),
    )


def _last_day(matters: Sequence[Matter]) -> date | None:
    """Give the last day that has data, where nothing that has a range is read any more."""
    ranged = [one for one in matters if not one.is_indicator]
    if any(not one.silent for one in ranged):
        return None
    return last_end([one.kpi for one in ranged], [one.period for one in ranged])


def _listed(
    found: Assessed, kpis: Sequence[Any], here: Company, look: DriftLook
) -> tuple[Listed, ...]:
    """Give what is listed, in the order of the KPIs."""
    keys = [kpi.id for kpi in kpis]
    shown = {gauge.kpi_id: gauge for gauge in gauges(found, keys, look.day)}
    for indicator in indicators(found, keys):
        shown[indicator.kpi_id] = _as_gauge(found, indicator, look.day)
    lineages = {team_id: _lineage(here, team_id, look.team) for team_id in _teams_of(kpis)}
    return tuple(Listed(shown[kpi.id], lineages[kpi.team_id]) for kpi in kpis)


def _as_gauge(found: Assessed, indicator: Indicator, day: date) -> Gauge:
    """Give an indicator the shape of a gauge, so that what drifts is told in one way."""
    row = found.row(indicator.kpi_id)
    kpi, values = found.kpis[row], found.readings.values[row, -SHOWN_PERIODS:]
    signal = found.signals.get(kpi.id)
    actions = found.actions.get(kpi.id, ())
    decision = decision_on(signal, found.decisions.get(kpi.id), actions, None)
    limits = (found.lower_limit[row], found.upper_limit[row])
    return Gauge(
        **{field.name: getattr(indicator, field.name) for field in fields(indicator)},
        better=Better(kpi.better),
        owner=kpi.owner,
        low=None,
        high=None,
        health=Health.INDICATOR,
        late_days=late_for(indicator.period, day, kpi.cadence),
        since=None,
        severity=0.0,
        scale_lower=0.0,
        scale_upper=0.0,
        needle=None,
        off=0,
        series=tuple(None if np.isnan(value) else float(value) for value in values),
        limit_lower=None if np.isnan(limits[0]) else float(limits[0]),
        limit_upper=None if np.isnan(limits[1]) else float(limits[1]),
        signal=signal,
        decision=decision,
        undecided_days=undecided_days(signal, decision, None, day, here=found.here.get(kpi.id)),
        departure=None,
        actions=still_open(actions, day),
        split=found.splits.get(kpi.id),
    )


def _teams_of(kpis: Sequence[Any]) -> set[int]:
    return {kpi.team_id for kpi in kpis}


def _lineage(here: Company, team_id: int, top: TeamView) -> tuple[str, ...]:
    names = here.lineage(team_id)
    return tuple(names[top.depth + 1 :] or names[-1:])
