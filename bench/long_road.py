"""A company with many teams, KPIs and objectives, brought in once and kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.company import CYCLE, TODAY, Size, kept_file
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.database import open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from models import Better, Cadence, Confidence, KeyResultKind, Role

TOP, DIVISIONS = "Everyone", 5
KEY_RESULTS = 3
NAMED = "2026 Q2"
MEASURED = ("orders", "visits", "answers", "returns", "repairs", "letters", "hours", "gardens")


@dataclass(frozen=True, slots=True)
class Length:
    """How many of each there are."""

    kpis: int
    objectives: int
    teams: int
    people: int
    weeks: int


def length_of(size: Size) -> Length:
    """Give as many KPIs as another company has, and what would go with them."""
    return Length(
        kpis=size.kpis,
        objectives=size.kpis // 2,
        teams=size.kpis // 25 or 1,
        people=size.kpis // 5,
        weeks=min(size.days // 7, 52),
    )


def long_road_file(size: Size) -> Path:
    """Give the company's file; bring the company in where it is missing."""
    length = length_of(size)
    named = f"road-{length.kpis}x{length.objectives}"
    return kept_file(named, Path(__file__), lambda path: _bring(path, _tables(length)))


def empty_file() -> Path:
    """Give the file of a company with a team and a cycle, and nothing else."""
    starts_on, ends_on = CYCLE
    tables = Tables(
        teams=[TeamRow(team=TOP)],
        cycles=[CycleRow(cycle=NAMED, starts_on=starts_on, ends_on=ends_on)],
    )
    return kept_file("empty", Path(__file__), lambda path: _bring(path, tables))


def team_of(at: int, length: Length) -> str:
    """Name the team of a KPI or objective by its number."""
    return f"Team {at % length.teams}"


def _bring(path: Path, tables: Tables) -> None:
    engine = open_database(f"sqlite:///{path}")
    import_tables(engine, tables)
    engine.dispose()


def _tables(length: Length) -> Tables:
    kpis = [_kpi(at, length) for at in range(length.kpis)]
    key_results = list(_key_results(length))
    return Tables(
        teams=list(_teams(length)),
        people=[
            PersonRow(person=f"Person {at}", team=team_of(at, length), role=Role.MEMBER)
            for at in range(length.people)
        ],
        cycles=[CycleRow(cycle=NAMED, starts_on=CYCLE[0], ends_on=CYCLE[1])],
        kpis=kpis,
        readings=[row for at, kpi in enumerate(kpis) for row in _readings(at, kpi, length)],
        objectives=list(_objectives(length)),
        key_results=key_results,
        milestones=[row for each in key_results for row in _milestones(each)],
        check_ins=[row for at, each in enumerate(key_results) for row in _check_ins(at, each)],
    )


def _teams(length: Length) -> Iterator[TeamRow]:
    yield TeamRow(team=TOP)
    for at in range(DIVISIONS):
        yield TeamRow(team=f"Division {at}", parent=TOP)
    for at in range(length.teams):
        yield TeamRow(team=f"Team {at}", parent=f"Division {at % DIVISIONS}")


def _kpi(at: int, length: Length) -> KpiRow:
    after = (at + 1) % length.kpis
    driver = f"[{team_of(after, length)} / KPI {after:04}] * 2"
    return KpiRow(
        team=team_of(at, length),
        kpi=f"KPI {at:04}",
        unit="%",
        better=Better.HIGHER,
        low=9.0,
        cadence=Cadence.WEEKLY,
        owner=f"Person {at % length.people}",
        driven_by=driver if at % 5 == 0 else "",
        pinned=(team_of(at, length),) if at % 4 == 0 else (),
        description="What is counted here, and how.",
    )


def _readings(at: int, kpi: KpiRow, length: Length) -> Iterator[ReadingRow]:
    for back in range(1, length.weeks + 1):
        value = 9.5 + (at + back * 7) % 5 / 10
        day = TODAY - timedelta(days=7 * back)
        yield ReadingRow(team=kpi.team, kpi=kpi.kpi, date=day, value=value)


def _objectives(length: Length) -> Iterator[ObjectiveRow]:
    """Give every team its share; those of a team support those of the team above it."""
    teams = list(_teams(length))
    above = {team.team: team.parent for team in teams}
    for at in range(length.objectives):
        team = teams[at % len(teams)].team
        top = [row.team for row in teams].index(above[team]) if above[team] else None
        guard = f"{team_of(at, length)} / KPI {at % length.kpis:04}"
        yield ObjectiveRow(
            cycle=NAMED,
            team=team,
            objective=_objective(at),
            owner=f"Person {at % length.people}",
            supports=() if top is None else (_supported(at, top, above[team], len(teams)),),
            guardrails=(guard,) if at % 4 == 0 else (),
        )


def _supported(at: int, top: int, team: str, teams: int) -> str:
    """Name the objective of the team above that was written in the same round."""
    return f"{team} / {_objective(at - at % teams + top)}"


def _objective(at: int) -> str:
    return f"Be known for {MEASURED[at % len(MEASURED)]} {at:03}"


def _key_results(length: Length) -> Iterator[KeyResultRow]:
    """Type in most values; a KPI feeds one in eight, and a tenth each are steps and holds."""
    objectives = list(_objectives(length))
    for at in range(length.objectives * KEY_RESULTS):
        number = at // KEY_RESULTS
        holds, feeds, steps = at % 10 == 3, at % 8 == 2, at % 10 == 7
        kind = KeyResultKind.HOLD if holds else KeyResultKind.METRIC
        kpi = f"{team_of(number, length)} / KPI {number % length.kpis:04}"
        yield KeyResultRow(
            cycle=NAMED,
            team=objectives[number].team,
            objective=objectives[number].objective,
            key_result=f"{MEASURED[at % len(MEASURED)].title()} through door {at:04}",
            kind=KeyResultKind.MILESTONE if steps else kind,
            unit="%",
            start=None if holds or steps else 5.0,
            target=None if holds or steps else 15.0,
            hold_periods=4 if holds else None,
            kpi=kpi if holds or (feeds and not steps) else "",
        )


def _milestones(key_result: KeyResultRow) -> Iterator[MilestoneRow]:
    if key_result.kind is KeyResultKind.MILESTONE:
        for step in range(3):
            yield MilestoneRow(
                **_place(key_result),
                step=f"Step {step}",
                share=step + 1.0,
                done_on=CYCLE[0] + timedelta(days=14) if step == 0 else None,
            )


def _check_ins(at: int, key_result: KeyResultRow) -> Iterator[CheckInRow]:
    if key_result.kind is KeyResultKind.METRIC and not key_result.kpi:
        for week in range((TODAY - CYCLE[0]).days // 7):
            yield CheckInRow(
                **_place(key_result),
                date=CYCLE[0] + timedelta(days=7 * week),
                value=5.0 + week * (0.5 + at % 4 / 10),
                confidence=Confidence.LIKELY,
            )


def _place(key_result: KeyResultRow) -> dict[str, Any]:
    names = ("cycle", "team", "objective", "key_result")
    return {name: getattr(key_result, name) for name in names}
