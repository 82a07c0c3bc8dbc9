"""A team's way until a day: its cycles, their scores, and the recoveries of its KPIs.

About twenty statements, whatever it tells: the objectives, how far they are, and where those stand
that are recoveries; the team's KPIs; what was decided of their recoveries; how they behaved, which
ranges they had, and what they were read as since.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Engine

from analytics.periods import first_day, ordinal
from analytics.recovery import since
from data.company.queries import company
from data.company.views import TeamView
from data.core.database import snapshot
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import (
    Behaviour,
    behaviour_of,
    kpis_of,
    recoveries_seen,
)
from data.kpis.queries.kpi_rows import KpiRows
from data.kpis.queries.ranges import HeldRange, bounds_then, ranges_held
from data.kpis.queries.readings import Written, written_since
from data.kpis.queries.signals import said_about
from data.kpis.views.recovery import RecoveryView
from data.kpis.views.signals import DecisionView
from data.okrs.queries.objective_progress import ObjectiveProgress, objective_progress
from data.okrs.queries.objectives import OBJECTIVES_OF_TEAMS
from data.okrs.views.timeline import Chapter, Happened, PastEvent, PastObjective, Timeline
from models import OVER, Ambition, DecisionKind, ObjectiveState

HAPPENED: Mapping[Any, Happened] = {
    DecisionKind.REROUTE: "rerouted",
    DecisionKind.CONFIRM: "confirmed",
    DecisionKind.GRADUATE: "graduated",
}


@dataclass(frozen=True, slots=True)
class TimelineLook:
    """Whose way is looked at, until which day."""

    team: TeamView
    day: date


_kept: KeptViews[TimelineLook, Timeline] = KeptViews(16)


def timeline(engine: Engine, version: int, look: TimelineLook) -> Timeline:
    """Give a team's way until a day, at a version of the data."""
    return _kept.get(engine, version, look, lambda: _timeline(engine, version, look))


def _timeline(engine: Engine, version: int, look: TimelineLook) -> tuple[Timeline, Collection[int]]:
    here = company(engine, version)
    at: dict[str, Any] = {"day": look.day, "moment": here.end_of(look.day)}
    cycles = {row.id: row for row in here.cycles if row.starts_on <= look.day}
    with snapshot(engine) as connection:
        asked = {"cycles": list(cycles), "teams": [look.team.id], **at}
        found = connection.execute(OBJECTIVES_OF_TEAMS, asked).all()
        rows = [row for row in found if row.state != ObjectiveState.DRAFT]
        reached = objective_progress(connection, rows, cycles, at)
        kpis = kpis_of(connection, team_id=look.team.id, teams=[look.team.id], also=[], **at)
        said = said_about(connection, kpis, at["moment"])
        told = [kpi for kpi in kpis if kpi.id in said.recoveries]
        behaviour = behaviour_of(KpiRows(connection, at["moment"]), told, day=look.day)
        cadences = {kpi.id: kpi.cadence for kpi in told}
        first = min((each[0].date for each in said.recoveries.values()), default=look.day)
        held = ranges_held(connection, list(cadences), **at)
        written = written_since(connection, cadences, first, at["moment"], said.dismissed)
        origins = {row.origin_kpi_id for row in rows} - {None}
        recovering = recoveries_seen(connection, origins, **at)
    events = [
        event
        for kpi in told
        for event in _events(
            kpi, said.recoveries[kpi.id], behaviour, written, held[kpi.id], look.day
        )
    ]
    objectives = [
        (row.cycle_id, _objective(row, each, recovering.get(row.origin_kpi_id)))
        for row, each in zip(rows, reached.progress, strict=True)
    ]
    return Timeline(look.team.name, look.day, tuple(_chapters(cycles, objectives, events))), {
        *reached.team_ids,
        look.team.id,
    }


def _objective(
    row: Any, reached: ObjectiveProgress, recovery: RecoveryView | None
) -> PastObjective:
    goes_on = recovery is not None and recovery.objective_id == row.id and row.state not in OVER
    return PastObjective(
        id=row.id,
        name=row.name,
        state=ObjectiveState(row.state),
        ambition=Ambition(row.ambition),
        progress=reached.progress,
        score=reached.score if row.state in OVER else None,
        recovery=recovery if goes_on else None,
    )


def _events(
    kpi: Any,
    said: Sequence[DecisionView],
    behaviour: Behaviour,
    written: Written,
    held: Sequence[HeldRange],
    day: date,
) -> Iterator[PastEvent]:
    """Tell what people decided of a KPI's recoveries, and when one that was confirmed slipped."""
    times = 0
    for at, each in enumerate(said):
        times += each.kind is DecisionKind.REROUTE
        what = HAPPENED[each.kind]
        event = PastEvent(each.date, what, kpi.id, kpi.name, each.reason, max(times, 1))
        yield event
        if each.kind is DecisionKind.CONFIRM:
            later = [one for one in said[at + 1 :] if one.kind is not DecisionKind.CONFIRM]
            until = later[0].date if later else day
            slipped = _slipped(kpi, (each.date, until), behaviour, written, held)
            if slipped is not None:
                yield replace(event, on=slipped, what="slipped", reason="")


def _slipped(
    kpi: Any,
    span: tuple[date, date],
    behaviour: Behaviour,
    written: Written,
    held: Sequence[HeldRange],
) -> date | None:
    """Give the day on which a KPI slipped, from when it was confirmed on; None where it held."""
    first, last = (ordinal(each, kpi.cadence) for each in span)
    values = np.full((1, last - first + 1), np.nan)
    mine = written.row == written.rows[kpi.id]
    for number, value in zip(written.number[mine], written.value[mine], strict=True):
        if first <= number <= last:
            values[0, number - first] = value
    ignored = np.zeros(values.shape, bool)
    for row, number in written.refused.tolist():
        if row == written.rows[kpi.id] and first <= number <= last:
            ignored[0, number - first] = True
    low, high = bounds_then([held], [kpi.cadence], np.arange(first, last + 1)[None])
    drifting = np.array([[letter == "d" for letter in _letters(kpi, first, last, behaviour)]])
    found = since(values, low, high, drifting, ignored, np.array([0]))
    column = int(found.relapse[0])
    return None if column < 0 else first_day(first + column, kpi.cadence)


def _letters(kpi: Any, first: int, last: int, behaviour: Behaviour) -> str:
    """Give the letters of the signals shown in numbered periods, blank where none is known."""
    signal = behaviour.signals.get(kpi.id)
    if signal is None:
        return " " * (last - first + 1)
    newest = ordinal(signal.period, kpi.cadence)
    known = {newest - back: letter for back, letter in enumerate(reversed(signal.history))}
    return "".join(known.get(number, " ") for number in range(first, last + 1))


def _chapters(
    cycles: Mapping[int, Any],
    objectives: Sequence[tuple[int, PastObjective]],
    events: Iterable[PastEvent],
) -> Iterator[Chapter]:
    """Give the cycles that tell something, the last to begin first; what lies in none, last."""
    of_cycle: dict[int | None, list[PastEvent]] = {}
    for event in sorted(events, key=lambda each: each.on, reverse=True):
        of_cycle.setdefault(_cycle_of(event.on, cycles), []).append(event)
    ordered = sorted(cycles.values(), key=lambda row: (row.starts_on, row.ends_on), reverse=True)
    for row in ordered:
        own = tuple(each for key, each in objectives if key == row.id)
        happened = tuple(of_cycle.get(row.id, ()))
        if own or happened:
            scores = [each.score for each in own if each.score is not None]
            mean = float(np.mean(scores)) if scores else None
            yield Chapter(row.name, row.starts_on, row.ends_on, own, happened, mean)
    if (left := of_cycle.get(None)) is not None:
        yield Chapter(None, left[-1].on, left[0].on, (), tuple(left))


def _cycle_of(day: date, cycles: Mapping[int, Any]) -> int | None:
    """Give the shortest cycle that a day lies in."""
    holding = [row for row in cycles.values() if row.starts_on <= day <= row.ends_on]
    shortest = min(holding, key=lambda row: row.ends_on - row.starts_on, default=None)
    return None if shortest is None else shortest.id
