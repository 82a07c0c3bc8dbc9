"""Whatever people do, and however readings go: no decision is lost, no recovery closed unproved."""

import os
import shutil
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Engine

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge, dismiss
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.views.recovery import RecoveryPlan
from data.okrs.commands import objective_life
from data.okrs.commands.recoveries import (
    confirm_recovery,
    graduate_recovery,
    reroute,
    set_new_normal,
)
from models import OVER, Better, Cadence, Health, Signal
from tests.data.builders import Clock, bring, gauge, key, last_command, person, rows, seen

FIRST = date(2026, 1, 5)
NAMES = ("Answers", "Returns")
QUARTERS = [(year, quarter) for year in range(2026, 2031) for quarter in range(4)]
LEVELS = {"good": 50.0, "bad": 40.0, "worse": 47.0}
EXAMPLES = int(os.environ.get("RECOVERY_EXAMPLES", "6"))


def _cycle(year: int, quarter: int) -> CycleRow:
    begins = date(year, 3 * quarter + 1, 1)
    ends = date(year + quarter // 3, (3 * quarter + 3) % 12 + 1, 1) - timedelta(days=1)
    return CycleRow(cycle=f"Q{quarter + 1} {year}", starts_on=begins, ends_on=ends)


class Recoveries(RuleBasedStateMachine):
    """Two KPIs, read week by week, and a lead who may do anything at any time."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.patch = pytest.MonkeyPatch()
        self.clock = Clock(self.patch)
        self.week = 0

    @initialize()
    def begin(self) -> None:
        path = Path(self.folder.name) / "milepost.db"
        shutil.copy(self.empty, path)
        self.at(self.week)
        self.engine: Engine = open_database(f"sqlite:///{path}")
        bring(
            self.engine,
            teams=[TeamRow(team="Shop")],
            people=[PersonRow(person="Ana")],
            cycles=[_cycle(*each) for each in QUARTERS],
            kpis=[
                KpiRow(team="Shop", kpi=name, better=Better.HIGHER, low=45, cadence=Cadence.WEEKLY)
                for name in NAMES
            ],
        )
        self.read(range(-40, 0), dict.fromkeys(NAMES, "good"))

    def teardown(self) -> None:
        self.engine.dispose()
        self.patch.undo()
        self.folder.cleanup()

    def at(self, week: int) -> None:
        self.clock.set(datetime.combine(FIRST + timedelta(weeks=week), time(9), UTC))

    @property
    def today(self) -> date:
        return FIRST + timedelta(weeks=self.week)

    def read(self, weeks: range, levels: dict[str, str]) -> None:
        bring(
            self.engine,
            readings=[
                ReadingRow(
                    team="Shop",
                    kpi=name,
                    date=FIRST + timedelta(weeks=week),
                    value=LEVELS[levels[name]] + (week * 7 % 5 - 2) * 0.4,
                )
                for name in NAMES
                for week in weeks
            ],
        )

    def do(self, command: Any, **said: Any) -> None:
        """Try to do something: what does not fit is refused, and has then changed nothing."""
        before = data_version(self.engine)
        try:
            command(self.engine, person_id=person(self.engine), **said)
        except CommandRejected:
            assert data_version(self.engine) == before

    def kpi(self, name: str) -> int:
        return key(self.engine, "kpi", name)

    @rule(
        count=st.sampled_from([1, 3, 13]),
        levels=st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from(["good", *LEVELS]))),
    )
    def weeks_go_by(self, count: int, levels: dict[str, str]) -> None:
        if self.week + count < 13 * len(QUARTERS) - 30:
            weeks = range(self.week, self.week + count)
            self.week += count
            self.at(self.week)
            self.read(weeks, levels)

    @rule(name=st.sampled_from(NAMES))
    def somebody_reroutes(self, name: str) -> None:
        cycles = (_cycle(*each) for each in QUARTERS)
        here = next(row for row in cycles if row.starts_on <= self.today <= row.ends_on)
        cycle_id = key(self.engine, "cycle", here.cycle)
        words = f"{name} comes back {len(rows(self.engine, 'objective'))}"
        plan = RecoveryPlan(words, "It holds", "Because.", "Ana", 12, cycle_id)
        self.do(reroute, kpi_id=self.kpi(name), plan=plan)

    @rule(
        name=st.sampled_from(NAMES),
        step=st.sampled_from([confirm_recovery, graduate_recovery, confirm_recovery]),
    )
    def somebody_vouches(self, name: str, step: Any) -> None:
        self.do(step, kpi_id=self.kpi(name), reason="We looked.")

    @rule(name=st.sampled_from(NAMES), days=st.sampled_from([7, 60]))
    def somebody_waits(self, name: str, days: int) -> None:
        again = self.today + timedelta(days=days)
        self.do(acknowledge, kpi_id=self.kpi(name), reason="Known.", look_again=again)

    @rule(name=st.sampled_from(NAMES), kind=st.sampled_from(["rebase", "dismiss"]))
    def somebody_explains(self, name: str, kind: str) -> None:
        last = self.today - timedelta(weeks=1)
        if kind == "rebase":
            self.do(set_new_normal, kpi_id=self.kpi(name), since=last, reason="New.")
        else:
            self.do(dismiss, kpi_id=self.kpi(name), period=last, reason="Wrong.")

    @rule()
    def the_cycle_is_closed(self) -> None:
        ids = [row["id"] for row in self.objectives() if self.state(row["id"]) not in OVER]
        if ids:
            version = data_version(self.engine)
            self.do(objective_life.close_objectives, objective_ids=ids, base_version=version)

    @rule(at=st.integers(0, 9), step=st.sampled_from(["close", "reopen", "back to draft", "away"]))
    def somebody_meddles(self, at: int, step: str) -> None:
        found = self.objectives()
        if not found:
            return
        about = {
            "objective_id": found[at % len(found)]["id"],
            "base_version": data_version(self.engine),
        }
        if step == "away":
            self.do(objective_life.archive_objective, **about)
        else:
            self.do(objective_life.change_state, step=step, **about)

    @rule()
    def somebody_takes_back(self) -> None:
        done = last_command(self.engine, person(self.engine))
        if done is not None:
            self.do(lambda engine, person_id: undo(engine, done, person_id=person_id))

    def objectives(self) -> list[dict[str, Any]]:
        return [row for row in rows(self.engine, "objective") if row["withdrawn_at"] is None]

    def state(self, objective_id: int) -> str:
        terms = rows(self.engine, "objective_terms")
        return [row["state"] for row in terms if row["objective_id"] == objective_id][-1]

    def decisions(self, kpi_id: int) -> list[dict[str, Any]]:
        found = rows(self.engine, "decision")
        return [row for row in found if row["kpi_id"] == kpi_id and row["withdrawn_at"] is None]

    @invariant()
    def nothing_that_matters_is_silent(self) -> None:
        """A KPI that drifts or is out waits, or is decided by something that still holds."""
        # Nothing waits before the moment after it came.
        self.clock.tick(minutes=1)
        view = seen(self.engine, "Shop", day=self.today)
        for name in NAMES:
            shown = gauge(view, name)
            drifts = shown.signal is not None and shown.signal.signal is Signal.DRIFTING
            if not (drifts or shown.health is Health.OUT_OF_RANGE):
                continue
            if shown.undecided_days is None:
                decision, recovery = shown.decision, shown.recovery
                assert decision is not None
                assert decision.look_again is None or decision.look_again > self.today
                if decision.is_pursued:
                    assert recovery is not None
                    assert recovery.phase in ("under way", "certified")
                    assert recovery.ends_on >= self.today

    @invariant()
    def no_recovery_is_closed_unproved(self) -> None:
        """One that is over was confirmed, or goes on elsewhere, or a new normal was set."""
        for row in self.objectives():
            if self.state(row["id"]) not in OVER:
                continue
            said = {each["decision"] for each in self.decisions(row["origin_kpi_id"])}
            later = [
                other
                for other in self.objectives()
                if other["origin_kpi_id"] == row["origin_kpi_id"] and other["id"] > row["id"]
            ]
            assert later or said & {"confirm", "rebase"}

    @invariant()
    def nothing_counts_twice(self) -> None:
        """A KPI has one recovery under way at a time, and one that holds it in a cycle."""
        under_way = Counter(
            row["origin_kpi_id"] for row in self.objectives() if self.state(row["id"]) not in OVER
        )
        assert all(count == 1 for count in under_way.values())


def test_no_path_loses_a_decision_or_closes_a_recovery_unproved(empty_file: Path) -> None:
    Recoveries.empty = empty_file
    case = Recoveries.TestCase
    case.settings = settings(
        max_examples=EXAMPLES,
        stateful_step_count=25,
        deadline=None,
        # To make a path of so many steps shorter takes longer than to read it.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    case().runTest()
