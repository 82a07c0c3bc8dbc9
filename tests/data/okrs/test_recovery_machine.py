"""Whatever people do, and however readings go: no decision is lost, no recovery closed unproved."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Engine, event, text

from data.actions.commands import act
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.database import data_version, open_database, snapshot
from data.core.errors import CommandRejected
from data.core.unit_of_work import command
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge, dismiss
from data.kpis.fields import KpiRow
from data.kpis.queries.assessment import assessed, kpis_of
from data.kpis.queries.gauges import gauges
from data.kpis.recovery_rules import RULES, Subject, rules_of
from data.kpis.views.gauges import Gauge
from data.kpis.views.recovery import RecoveryPlan
from data.okrs.commands import objective_life
from data.okrs.commands.recoveries import (
    confirm_recovery,
    graduate_recovery,
    reroute,
    set_new_normal,
)
from models import OVER, Better, Cadence, Health, Reading, Signal
from tests.data.builders import Clock, bring, key, last_command, person, rows

FIRST = date(2026, 1, 5)
NAMES = ("Answers", "Returns")
QUARTERS = [(year, quarter) for year in range(2026, 2036) for quarter in range(4)]
LEVELS = {"good": 50.0, "bad": 40.0, "worse": 47.0}
ENOUGH, STEPS = 60, 25
"""How many paths of so many steps take every step that the rules allow."""
EXAMPLES = int(os.environ.get("RECOVERY_EXAMPLES", ENOUGH))


def _cycle(year: int, quarter: int) -> CycleRow:
    begins = date(year, 3 * quarter + 1, 1)
    ends = date(year + quarter // 3, (3 * quarter + 3) % 12 + 1, 1) - timedelta(days=1)
    return CycleRow(cycle=f"Q{quarter + 1} {year}", starts_on=begins, ends_on=ends)


CYCLES = [_cycle(*each) for each in QUARTERS]


@dataclass(frozen=True, slots=True)
class States:
    """Where the decision about a KPI stands, and its recovery, in the words of the rules."""

    decision: str
    recovery: str

    def of(self, subject: Subject) -> str:
        return self.decision if subject == "decision" else self.recovery


def _states(shown: Gauge, today: date) -> States:
    phase = "none" if shown.recovery is None else shown.recovery.phase
    if not _matters(shown):
        return States("calm", phase)
    if shown.undecided_days is None:
        return States("decided", phase)
    again = shown.decision.look_again if shown.decision else None
    return States("undecided" if again is None or again > today else "come back", phase)


def _matters(shown: Gauge) -> bool:
    drifts = shown.signal is not None and shown.signal.signal is Signal.DRIFTING
    return drifts or shown.health is Health.OUT_OF_RANGE


def _unaided(subject: Subject, before: str) -> set[str]:
    """Give the states to which readings and the day may lead from one, in any number of steps."""
    found, new = {before}, {before}
    while new:
        after = {
            each.after for each in rules_of(subject) if each.role is None and set(each.before) & new
        }
        new = after - found
        found |= after
    return found


STAGES = ("under way", "certified", "on probation", "passed", "relapsed", "certified again")
"""How far the recovery of the first KPI may be when a path begins; few come so far by chance."""


class Stage(NamedTuple):
    """A database as a path finds it, and the week."""

    path: Path
    week: int


class Recoveries(RuleBasedStateMachine):
    """Two KPIs, read week by week, and a lead who may do anything at any time.

    All examples share one database, which each finds as it was; `reached` are the steps of rules
    that were seen.
    """

    engine: Engine
    stages: Sequence[Stage]
    versions: Iterator[int]
    reached: set[tuple[Subject, str]]

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.clock = Clock(self.patch)
        self.week = 0
        self.ana, self.looked_at = 0, 0
        self.levels = dict.fromkeys(NAMES, "good")
        self.shown: dict[str, Gauge] = {}

    @initialize(at=st.integers(0, len(STAGES)))
    def begin(self, at: int) -> None:
        path, self.week = self.stages[at]
        self.engine.dispose()
        shutil.copy(path, self.engine.url.database or "")
        # What is kept of a version must not be taken for what it holds in another example.
        with self.engine.begin() as connection:
            version = {"version": next(self.versions)}
            connection.execute(text("UPDATE company SET version = :version"), version)
        self.stand()

    def stand(self) -> None:
        """Look at the shop as it stands."""
        self.at(self.week)
        # What was done on the day on which it was kept is known.
        self.clock.tick(hours=1)
        self.ana = person(self.engine)
        self.kpis = {name: key(self.engine, "kpi", name) for name in NAMES}
        self.shown = self.gauges()

    def teardown(self) -> None:
        self.patch.undo()

    def at(self, week: int) -> None:
        self.clock.set(datetime.combine(FIRST + timedelta(weeks=week), time(9), UTC))

    @property
    def today(self) -> date:
        return FIRST + timedelta(weeks=self.week)

    @property
    def cycle(self) -> CycleRow:
        return next(row for row in CYCLES if row.starts_on <= self.today <= row.ends_on)

    def gauges(self) -> dict[str, Gauge]:
        """Give both gauges as they are shown at the end of today, by name."""
        keys = list(self.kpis.values())
        moment = datetime.combine(self.today + timedelta(days=1), time(), UTC)
        at: dict[str, Any] = {"day": self.today, "moment": moment}
        with snapshot(self.engine) as connection:
            found = kpis_of(connection, team_id=0, teams=[], also=keys, **at)
            judged = assessed(connection, found, **at)
        return {shown.name: shown for shown in gauges(judged, keys, self.today)}

    def do(self, done: Callable[..., Any], **said: Any) -> bool:
        """Try to do something: what does not fit is refused, and has then changed nothing."""
        before = data_version(self.engine)
        try:
            done(self.engine, person_id=self.ana, **said)
        except CommandRejected:
            assert data_version(self.engine) == before
            return False
        return True

    def decide(self, name: str, step: str, done: Callable[..., Any], **said: Any) -> None:
        """Do what a rule says a person does, and hold what comes of it against the rules."""
        today = self.today
        before = _states(self.shown[name], today)
        # Nothing waits before the moment after it came.
        self.clock.tick(minutes=1)
        if not self.do(done, kpi_id=self.kpis[name], **said):
            return
        self.shown = self.gauges()
        after = _states(self.shown[name], today)
        for each in RULES:
            if each.step != step or each.role is None or each.subject == "cycle":
                continue
            stood, stands = before.of(each.subject), after.of(each.subject)
            if each.subject == "recovery" and step == "rebase" and stood not in each.before:
                # There is none to end.
                assert stands == stood
            elif each.subject == "recovery":
                assert stood in each.before, (step, before, after)
                # What had graduated or relapsed long ago tells its own phase again.
                assert stands in _unaided("recovery", each.after), (step, before, after)
            if stood in each.before and stands == each.after:
                self.reached.add((each.subject, step))

    @rule(
        weeks=st.sampled_from([1, 3, 13]),
        levels=st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from(["as before", *LEVELS]))),
    )
    def weeks_go_by(self, weeks: int, levels: dict[str, str]) -> None:
        if self.week + weeks >= 13 * len(QUARTERS) - 30:
            return
        before = {name: _states(shown, self.today) for name, shown in self.shown.items()}
        self.levels |= {name: level for name, level in levels.items() if level in LEVELS}
        cycle, gone = self.cycle, range(self.week, self.week + weeks)
        self.week += weeks
        self.at(self.week)
        _read(self.engine, self.ana, self.kpis, gone, self.levels)
        self.shown = self.gauges()
        if self.cycle != cycle:
            self.reached |= {("cycle", "end"), ("cycle", "begin")}
        for name, shown in self.shown.items():
            self._follow(before[name], _states(shown, self.today))

    def _follow(self, before: States, after: States) -> None:
        """Hold what readings and the day led to against the rules."""
        assert after.recovery in _unaided("recovery", before.recovery), (before, after)
        for each in RULES:
            if each.role is not None or each.subject == "cycle":
                continue
            stood, stands = before.of(each.subject), after.of(each.subject)
            moved = stood in each.before and stands == each.after
            has_slipped = after.recovery == "relapsed"
            if moved and (each.subject, each.step) == ("decision", "relapse"):
                moved = has_slipped and before.recovery != "relapsed"
            if moved and (each.subject, each.step) == ("decision", "worsen"):
                moved = not has_slipped
            if moved:
                self.reached.add((each.subject, each.step))

    @rule(name=st.sampled_from(NAMES))
    def somebody_reroutes(self, name: str) -> None:
        cycle_id = key(self.engine, "cycle", self.cycle.cycle)
        words = f"{name} comes back {len(rows(self.engine, 'objective'))}"
        plan = RecoveryPlan(words, "It holds", "Because.", "Ana", 12, cycle_id)
        self.decide(name, "reroute", reroute, plan=plan)

    @rule(
        name=st.sampled_from(NAMES),
        step=st.sampled_from([None, confirm_recovery, graduate_recovery]),
    )
    def somebody_vouches(self, name: str, step: Any) -> None:
        """Take a step, mostly the one that follows."""
        recovery = self.shown[name].recovery
        if step is None:
            is_held = recovery is not None and recovery.phase == "passed"
            step = graduate_recovery if is_held else confirm_recovery
        word = "confirm" if step is confirm_recovery else "graduate"
        self.decide(name, word, step, reason="We looked.")

    @rule(name=st.sampled_from(NAMES), days=st.sampled_from([7, 60]))
    def somebody_waits(self, name: str, days: int) -> None:
        again = self.today + timedelta(days=days)
        self.decide(name, "acknowledge", acknowledge, reason="Known.", look_again=again)

    @rule(name=st.sampled_from(NAMES))
    def somebody_acts(self, name: str) -> None:
        what = f"Ask around {len(rows(self.engine, 'action'))}"
        due = self.today + timedelta(days=7)
        self.decide(name, "act", act, owner="Ana", what=what, due=due)

    @rule(name=st.sampled_from(NAMES), kind=st.sampled_from(["rebase", "dismiss"]))
    def somebody_explains(self, name: str, kind: str) -> None:
        last = self.today - timedelta(weeks=1)
        if kind == "rebase":
            self.decide(name, kind, set_new_normal, since=last, reason="New.")
        else:
            self.decide(name, kind, dismiss, period=last, reason="Wrong.")

    @rule()
    def the_cycle_is_closed(self) -> None:
        ids = [row["id"] for row in self.objectives() if self.state(row["id"]) not in OVER]
        before = {name: _states(shown, self.today) for name, shown in self.shown.items()}
        closed = {"objective_ids": ids, "base_version": data_version(self.engine)}
        if not ids or not self.do(objective_life.close_objectives, **closed):
            return
        self.reached.add(("cycle", "close"))
        self.shown = self.gauges()
        for name, shown in self.shown.items():
            recovery, stood = shown.recovery, before[name].recovery
            if recovery is not None and recovery.objective_id not in ids:
                assert stood in ("under way", "certified", "relapsed", "graduated", "closed")
                if stood in ("under way", "certified", "relapsed"):
                    self.reached.add(("recovery", "carry over"))

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
        elif self.do(objective_life.change_state, step=step, **about) and step == "reopen":
            self.reached.add(("cycle", "reopen"))
        self.shown = self.gauges()

    @rule()
    def somebody_takes_back(self) -> None:
        done = last_command(self.engine, self.ana)
        if done is not None:
            self.do(lambda engine, person_id: undo(engine, done, person_id=person_id))
            self.shown = self.gauges()

    def objectives(self) -> list[dict[str, Any]]:
        return [row for row in rows(self.engine, "objective") if row["withdrawn_at"] is None]

    def state(self, objective_id: int) -> str:
        terms = rows(self.engine, "objective_terms")
        return [row["state"] for row in terms if row["objective_id"] == objective_id][-1]

    @invariant()
    def nothing_that_matters_is_silent(self) -> None:
        """A KPI that drifts or is out waits, or is decided by something that still holds."""
        for shown in self.shown.values():
            if not _matters(shown) or shown.undecided_days is not None:
                continue
            decision, recovery = shown.decision, shown.recovery
            assert decision is not None
            assert decision.look_again is None or decision.look_again > self.today
            if decision.is_pursued:
                assert recovery is not None
                assert recovery.phase in ("under way", "certified")
                assert recovery.ends_on >= self.today

    @invariant()
    def no_recovery_is_closed_unproved_or_counts_twice(self) -> None:
        """One that is over was confirmed, or goes on elsewhere, or a new normal was set.

        A KPI has one recovery under way at a time, and one that holds it in a cycle.
        """
        if not self.shown or self.looked_at == (version := data_version(self.engine)):
            return
        self.looked_at = version
        found = self.objectives()
        latest = {row["objective_id"]: row["state"] for row in rows(self.engine, "objective_terms")}
        said = [row for row in rows(self.engine, "decision") if row["withdrawn_at"] is None]
        for row in found:
            if latest[row["id"]] in OVER:
                origin = row["origin_kpi_id"]
                here = {each["decision"] for each in said if each["kpi_id"] == origin}
                goes_on = any(
                    each["origin_kpi_id"] == origin and each["id"] > row["id"] for each in found
                )
                assert goes_on or here & {"confirm", "rebase"}
        under_way = Counter(row["origin_kpi_id"] for row in found if latest[row["id"]] not in OVER)
        assert all(each == 1 for each in under_way.values())


def _read(
    engine: Engine, ana: int, kpis: dict[str, int], weeks: range, levels: dict[str, str]
) -> None:
    with command(engine, "import", person_id=ana) as work:
        work.add(
            Reading,
            [
                {
                    "kpi_id": key,
                    "period": FIRST + timedelta(weeks=week),
                    "value": LEVELS[levels[name]] + (week * 7 % 5 - 2) * 0.4,
                    "known_at": datetime.combine(FIRST + timedelta(weeks=week + 1), time(), UTC),
                }
                for name, key in kpis.items()
                for week in weeks
            ],
        )


def _stages(path: Path, folder: Path) -> Iterator[Stage]:
    """Give the shop before anything happened, and at each stage of a recovery."""
    machine = Recoveries()
    calm, wrong = dict.fromkeys(NAMES, "good"), {**dict.fromkeys(NAMES, "good"), NAMES[0]: "bad"}

    def kept(name: str) -> Stage:
        machine.engine.dispose()
        return Stage(Path(shutil.copy(path, folder / f"{name}.db")), machine.week)

    yield kept("calm")
    machine.stand()
    machine.weeks_go_by(3, wrong)
    machine.somebody_reroutes(NAMES[0])
    for stage in STAGES:
        if stage == "certified":
            machine.weeks_go_by(14, calm)
            machine.weeks_go_by(1, wrong)
        if stage in ("certified", "passed", "certified again"):
            machine.weeks_go_by(14, calm)
        elif stage == "relapsed":
            machine.weeks_go_by(3, wrong)
        elif stage == "on probation":
            machine.somebody_vouches(NAMES[0], confirm_recovery)
        recovery = machine.shown[NAMES[0]].recovery
        assert recovery is not None
        assert recovery.phase == stage.removesuffix(" again")
        yield kept(stage)
    _take_rare_steps(machine)
    machine.teardown()


def _take_rare_steps(machine: Recoveries) -> None:
    """Take the steps that few paths come upon by chance; `weeks_go_by` holds them to the rules."""
    first, second = NAMES
    machine.weeks_go_by(3, {first: "bad", second: "bad"})
    machine.somebody_waits(second, 7)
    machine.weeks_go_by(14, {first: "good", second: "bad"})
    machine.somebody_vouches(first, confirm_recovery)
    for weeks, level in ((14, "good"), (1, "bad"), (14, "good")):
        machine.weeks_go_by(weeks, {first: level, second: "bad"})
    machine.somebody_vouches(first, graduate_recovery)


@pytest.fixture
def machine(empty_file: Path, tmp_path: Path, clock: Clock) -> Iterator[type[Recoveries]]:
    """Give the machine with a shop that was read for 40 good weeks."""
    path = tmp_path / "milepost.db"
    shutil.copy(empty_file, path)
    clock.set(datetime.combine(FIRST, time(9), UTC))
    engine = open_database(f"sqlite:///{path}")
    # Nothing here has to outlast a power cut.
    event.listen(engine, "connect", lambda opened, _: opened.execute("PRAGMA synchronous = OFF"))
    bring(
        engine,
        teams=[TeamRow(team="Shop")],
        people=[PersonRow(person="Ana")],
        cycles=CYCLES,
        kpis=[
            KpiRow(team="Shop", kpi=name, better=Better.HIGHER, low=45, cadence=Cadence.WEEKLY)
            for name in NAMES
        ],
    )
    kpis = {name: key(engine, "kpi", name) for name in NAMES}
    _read(engine, person(engine), kpis, range(-40, 0), dict.fromkeys(NAMES, "good"))
    Recoveries.engine, Recoveries.reached = engine, set()
    Recoveries.versions = count(1_000, 1_000)
    Recoveries.stages = list(_stages(path, tmp_path))
    yield Recoveries
    engine.dispose()


def test_no_path_loses_a_decision_or_closes_a_recovery_unproved(
    machine: type[Recoveries],
) -> None:
    case = machine.TestCase
    case.settings = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        # The same paths each time: together they take every step that a rule allows.
        derandomize="RECOVERY_EXAMPLES" not in os.environ,
        database=None,
        # To make a path of so many steps shorter takes longer than to read it.
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    case().runTest()
    if EXAMPLES >= ENOUGH:
        assert {(each.subject, each.step) for each in RULES} == machine.reached
