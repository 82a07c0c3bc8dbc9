"""A team's objective in each of its states, what it hangs on put away, and every page asked for."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.company.commands.cycles import archive_cycle
from data.company.commands.people import archive_person
from data.company.commands.teams import archive_team
from data.company.fields import CycleRow
from data.company.queries import Company
from data.company.queries import company as read_company
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.exchange.read import read
from data.exchange.tables import Tables
from data.exchange.write import write
from data.history.queries import Asked, history, whole_log
from data.kpis.commands.kpis import archive_kpi
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow
from data.kpis.queries.kpi import kpi
from data.kpis.queries.why import why
from data.okrs.commands.objective_life import change_state
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from data.okrs.queries.alignment_tree import alignment
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.driver_impact import driven_kpis, levers_of
from data.okrs.queries.remarks import okr_remarks
from data.screens.cockpit import Look, cockpit
from data.screens.drift import DriftLook, drift
from data.screens.search import find
from data.screens.settings import SettingsLook, settings
from data.screens.update import mine
from models import Cadence, DecisionKind, KeyResultKind, ObjectiveState
from tests.data.builders import MONDAY, TODAY, exported, key, person, rows

NEAR = {"cycle": "Spring", "team": "North", "objective": "Be near"}
STATES = ("draft", "active", "probation", "closed", "graduated", "reopened")
UNDER_WAY = ("draft", "active", "probation", "reopened")
THINGS: dict[str, tuple[Callable[..., Any], str, str]] = {
    "kpi": (archive_kpi, "kpi_id", "Freshness"),
    "guardrail": (archive_kpi, "kpi_id", "Crumbs"),
    "person": (archive_person, "listed_id", "Cara"),
    "team": (archive_team, "team_id", "North"),
    "cycle": (archive_cycle, "cycle_id", "Spring"),
}
"""What can be put away: how, and what it is called."""


def near(state: str) -> Tables:
    """Give an objective of the team North in a state, and all that can hang on one."""
    weeks = [MONDAY - timedelta(weeks=back) for back in range(6)]
    of = {"team": "Sales", "kpi": "Freshness"}
    said = ObjectiveState.CLOSED if state == "reopened" else ObjectiveState(state)
    return Tables(
        cycles=[CycleRow(cycle="Spring", starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 20))],
        kpis=[
            KpiRow(**of, unit="%", low=80, cadence=Cadence.WEEKLY),
            KpiRow(team="Sales", kpi="Crumbs", unit="g", high=5, cadence=Cadence.WEEKLY),
        ],
        readings=[ReadingRow(**of, date=week, value=90 - at) for at, week in enumerate(weeks)],
        objectives=[
            ObjectiveRow(
                **NEAR,
                owner="Cara",
                guardrails=("Crumbs",),
                origin_kpi="Freshness",
                state=said,
                supports=("Sales / All year",),
            ),
            ObjectiveRow(
                cycle="2026", team="Sales", objective="All year", state=ObjectiveState.ACTIVE
            ),
        ],
        key_results=[
            KeyResultRow(
                **NEAR, key_result="Fresher", unit="%", start=70, target=95, kpi="Freshness"
            ),
            KeyResultRow(
                **NEAR,
                key_result="Stay fresh",
                kind=KeyResultKind.HOLD,
                kpi="Freshness",
                hold_periods=9,
                owner="Cara",
            ),
            KeyResultRow(**NEAR, key_result="More shops", start=0, target=4, owner="Cara"),
            KeyResultRow(**NEAR, key_result="Open", kind=KeyResultKind.MILESTONE),
        ],
        milestones=[MilestoneRow(**NEAR, key_result="Open", step="Lease", share=1)],
        check_ins=[CheckInRow(**NEAR, key_result="More shops", date=MONDAY, value=1)],
        decisions=[
            DecisionRow(**of, date=MONDAY, decision=DecisionKind.ACKNOWLEDGE, reason="Seen")
        ],
        annotations=[AnnotationRow(**of, date=MONDAY, text="A new oven")],
    )


def bring_near(engine: Engine, state: str) -> int:
    """Bring the objective in, reopened where that is its state; give its key."""
    import_tables(engine, near(state))
    if state == "reopened":
        step(engine, "reopen")
    return key(engine, "objective", "Be near")


def step(engine: Engine, named: str) -> int | None:
    """Take a step in the objective's life, by the admin."""
    return change_state(
        engine,
        person_id=person(engine, "Ben"),
        objective_id=key(engine, "objective", "Be near"),
        step=named,
        base_version=data_version(engine),
    )


def put_away(engine: Engine, thing: str) -> int | None:
    """Archive a thing by the admin; give the command's key, None where that is refused."""
    archive, argument, name = THINGS[thing]
    table = "kpi" if thing == "guardrail" else thing
    place = {argument: key(engine, table, name)}
    try:
        done = archive(
            engine, person_id=person(engine, "Ben"), base_version=data_version(engine), **place
        )
    except CommandRejected:
        return None
    return int(done)


def look_everywhere(engine: Engine, folder: Path, empty_file: Path) -> None:
    """Ask for all that any page asks for, today and on earlier days, and take everything along."""
    version = data_version(engine)
    here = read_company(engine, version)
    keys = [row["id"] for row in rows(engine, "kpi") if row["name"] in ("Freshness", "Crumbs")]
    for day in (TODAY, date(2026, 4, 20)):
        for look in _looks(here, day):
            _look_at(engine, version, look, keys)
        for table in ("teams", "people", "cycles", "kpis"):
            settings(engine, version, SettingsLook(table, here.teams[0].id, day))
        for each in keys:
            kpi(engine, version, each, day)
            why(engine, version, each, day)
        for row in rows(engine, "person"):
            mine(engine, version, row["id"], day)
    assert history(engine, version, Asked(shown=200)).done
    assert list(whole_log(engine, version, Asked()))
    find(engine, version, "Fresh")
    go_out_and_in(engine, folder, empty_file)


def _looks(here: Company, day: date) -> Iterator[OkrLook]:
    for team in here.teams:
        if team.name in ("Acme", "North"):
            for row in here.cycles:
                yield OkrLook(team, here.cycle_named(row.name, day), day, over=True)


def _look_at(engine: Engine, version: int, look: OkrLook, kpis: list[int]) -> None:
    okrs(engine, version, look)
    okr_remarks(engine, version, look)
    alignment(engine, version, look)
    driven_kpis(engine, version, look)
    for each in kpis:
        levers_of(engine, version, look, each)
    focus = ("kpi", kpis[0])
    cockpit(engine, version, Look(look.team, look.cycle, look.day, True, True, focus))
    drift(engine, version, DriftLook(look.team, look.day, whole=True))


def go_out_and_in(engine: Engine, folder: Path, empty_file: Path) -> None:
    """Export, import into an empty database, and export the same again."""
    write(exported(engine), folder / "out")
    shutil.copy(empty_file, folder / "there.db")
    there = open_database(f"sqlite:///{folder / 'there.db'}")
    try:
        import_tables(there, read(folder / "out").tables)
        assert exported(there) == exported(engine)
        assert import_tables(there, read(folder / "out").tables).changes == 0
    finally:
        there.dispose()
