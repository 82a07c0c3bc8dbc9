"""The confidence that people gave, the chance that Milepost gave, and what became of it.

Both are those half way through each cycle of a team that is over: the confidence that was given
last by then, and the chance as it is computed today from what was known on that day. Seven
statements tell what happened, and about ten more for each of at most twelve cycles what was said.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine

from analytics.calibration import FEWEST, brier, reliability
from data.company.queries import Company, company, seen_from
from data.company.views import CycleView, TeamView
from data.core.database import snapshot
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import assessed, kpis_of
from data.okrs.queries.feeds import feeds_of
from data.okrs.queries.key_results import objectives
from data.okrs.queries.objective_progress import objective_progress
from data.okrs.queries.objectives import OBJECTIVES_OF_TEAMS, rows_of
from data.okrs.views.calibration import Account, Calibration
from models import OVER, Confidence, ObjectiveState

MOST_CYCLES = 12

CHANCES: Mapping[Confidence, float] = {
    Confidence.SURE: 0.9,
    Confidence.LIKELY: 0.7,
    Confidence.UNSURE: 0.4,
    Confidence.DOUBTFUL: 0.1,
}
"""The chance that a word of confidence is counted as."""


class Case(NamedTuple):
    """What was said of a key result, each None for nothing, and whether it was reached."""

    confidence: Confidence | None
    chance: float | None
    reached: bool


@dataclass(frozen=True, slots=True)
class CalibrationLook:
    """Whose cycles are looked at, that team's and those below, and as of which day."""

    team: TeamView
    day: date


_kept: KeptViews[CalibrationLook, Calibration] = KeptViews(16)


def calibration(engine: Engine, version: int, look: CalibrationLook) -> Calibration:
    """Give how often chances came true, at a version of the data."""
    return _kept.get(engine, version, look, lambda: _calibration(engine, version, look))


def _calibration(
    engine: Engine, version: int, look: CalibrationLook
) -> tuple[Calibration, Collection[int]]:
    here = company(engine, version)
    cycles = [row for row in here.cycles if row.ends_on < look.day][:MOST_CYCLES]
    cases: list[Case] = []
    told: list[str] = []
    with snapshot(engine) as connection:
        reached = _reached(connection, here, cycles, look)
        for cycle in cycles:
            found = list(_cases(connection, here, cycle, look, reached))
            cases += found
            if found:
                told.append(cycle.name)
    people = [(CHANCES[each.confidence], each.reached) for each in cases if each.confidence]
    milepost = [(each.chance, each.reached) for each in cases if each.chance is not None]
    view = Calibration(
        team=look.team.name,
        cycles=tuple(told),
        key_results=len(cases),
        reached=sum(each.reached for each in cases),
        people=_account(people),
        milepost=_account(milepost),
    )
    # What feeds a key result may be of any team.
    return view, [team.id for team in here.teams]


def _reached(
    connection: Connection, here: Company, cycles: Sequence[Any], look: CalibrationLook
) -> Mapping[int, bool]:
    """Tell of the key results of cycles whether they were reached in the end, by key."""
    at: dict[str, Any] = {"day": look.day, "moment": here.end_of(look.day)}
    asked = {"cycles": [row.id for row in cycles], "teams": here.below(look.team.id), **at}
    rows = connection.execute(OBJECTIVES_OF_TEAMS, asked).all()
    if not rows:
        return {}
    found = objective_progress(connection, rows, {row.id: row for row in cycles}, at)
    return {
        row.id: progress.done >= 1 for each in found.progress for row, progress in each.key_results
    }


def _cases(
    connection: Connection,
    here: Company,
    cycle: Any,
    look: CalibrationLook,
    reached: Mapping[int, bool],
) -> Iterator[Case]:
    """Give what was said half way through a cycle of the key results not reached by then."""
    day = half_way(cycle)
    at: dict[str, Any] = {"day": day, "moment": here.end_of(day)}
    asked = {"cycles": [cycle.id], "teams": here.below(look.team.id), **at}
    rows = connection.execute(OBJECTIVES_OF_TEAMS, asked).all()
    shown = [row for row in map(_as_then, rows) if row is not None]
    if not shown:
        return
    seen = seen_from(cycle, day)
    for each in _key_results(connection, shown, seen, at):
        if each.standing != "done" and each.key_result_id in reached:
            yield Case(each.confidence, each.chance, reached[each.key_result_id])


def half_way(cycle: Any) -> date:
    """Give the day in the middle of a cycle."""
    middle: date = cycle.starts_on + timedelta(days=(cycle.ends_on - cycle.starts_on).days // 2)
    return middle


def _as_then(row: Any) -> Any:
    """Give an objective that was pursued on the day looked at; None for others.

    One that was brought in when it was over was pursued as long as its cycle went.
    """
    if row.state == ObjectiveState.DRAFT or row.over_since is not None:
        return None
    state = ObjectiveState.ACTIVE if row.state in OVER else row.state
    return SimpleNamespace(**{**row._mapping, "state": state, "over_version": None})


def _key_results(
    connection: Connection, shown: Sequence[Any], cycle: CycleView, at: Mapping[str, Any]
) -> Iterator[Any]:
    hanging = rows_of(connection, shown, at)
    feeds = feeds_of(hanging.placed(cycle, at["day"]))
    tied = hanging.kpi_ids()
    feeding = kpis_of(connection, team_id=0, teams=[], also=[], tied=tied, **at)
    kpis = assessed(connection, feeding, **at, feeds=feeds)
    for objective in objectives(hanging, kpis, cycle, at["day"]):
        yield from objective.key_results


def _account(said: Sequence[tuple[float, bool]]) -> Account:
    if len(said) < FEWEST:
        return Account(len(said), None, ())
    chances, outcomes = zip(*said, strict=True)
    return Account(len(said), brier(chances, outcomes), tuple(reliability(chances, outcomes)))
