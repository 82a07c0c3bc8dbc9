"""A year of a team, told week by week: six KPIs that drift, and what people do about each."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.database import data_version
from data.kpis.commands.decisions import dismiss, rebase
from data.kpis.commands.readings import record_reading
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.views.gauges import Gauge
from data.kpis.views.recovery import RecoveryPlan
from data.okrs.commands.objective_life import close_objectives
from data.okrs.commands.recoveries import confirm_recovery, graduate_recovery, reroute
from models import Better, Cadence, Health, Signal
from tests.data.builders import Clock, bring, gauge, key, person, rows, seen

FIRST = date(2026, 1, 5)
"""The first Monday, on which the last week of the year before is read."""

WEEKS = 52
BEFORE = 40
GOOD, BAD, NEW = 50.0, 40.0, 58.0
"""Where readings lie: as ever, far out of range, and at another level that is here to stay."""

BAD_WEEKS: Mapping[str, range] = {
    "Answers": range(5, 15),
    "Deliveries": range(15, 18),
    "Returns": range(3, 6),
    "Visits": range(20, 21),
    "Leads": range(30, 31),
}
"""In which weeks a KPI lies out of its range."""

RELAPSE = range(26, 29)
NEW_SINCE = 10

QUARTERS = (
    ("Q1", date(2026, 1, 1), date(2026, 3, 31)),
    ("Q2", date(2026, 4, 1), date(2026, 6, 30)),
    ("Q3", date(2026, 7, 1), date(2026, 9, 30)),
    ("Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ("Q1 next", date(2027, 1, 1), date(2027, 3, 31)),
)
NAMES = ("Answers", "Deliveries", "Returns", "Visits", "Leads", "Prices")


def monday(week: int) -> date:
    return FIRST + timedelta(weeks=week)


def begin(engine: Engine) -> None:
    """Bring in the team, its cycles and KPIs, and forty weeks in which nothing was the matter."""
    kpis = [_kpi(name, high=55) for name in NAMES]
    readings = [
        ReadingRow(team="Shop", kpi=name, date=monday(-week - 1), value=_usual(-week))
        for name in NAMES
        for week in range(1, BEFORE + 1)
    ]
    bring(
        engine,
        teams=[TeamRow(team="Shop")],
        people=[PersonRow(person="Ana")],
        cycles=[CycleRow(cycle=name, starts_on=a, ends_on=b) for name, a, b in QUARTERS],
        kpis=kpis,
        readings=readings,
    )


def _kpi(name: str, *, high: float) -> KpiRow:
    ends = {"low": 45.0, "high": high, "better": Better.WITHIN}
    return KpiRow(team="Shop", kpi=name, cadence=Cadence.WEEKLY, owner="Ana", **ends)


def _usual(week: int) -> float:
    return GOOD + (0.8, -0.5, 0.3, -0.9, 0.6, -0.2, -0.7, 0.9)[week % 8]


def value_of(name: str, week: int) -> float:
    """Give what a KPI is read as on a Monday."""
    usual = _usual(week)
    if week in BAD_WEEKS.get(name, ()) or (name == "Returns" and week in RELAPSE):
        return usual - GOOD + BAD
    if name == "Prices" and week >= NEW_SINCE:
        return usual - GOOD + NEW
    return usual


class Year:
    """The year as it goes by on a database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine, self.clock = engine, clock

    def read(self, week: int) -> None:
        """Come to a Monday, and read all KPIs for the week before."""
        self.clock.set(datetime.combine(monday(week), time(9), UTC))
        for name in NAMES:
            record_reading(
                self.engine,
                person_id=person(self.engine),
                kpi_id=key(self.engine, "kpi", name),
                period=monday(week - 1),
                value=value_of(name, week),
                note="",
                base_version=data_version(self.engine),
                confirmed=True,
            )

    def gauge(self, name: str, week: int) -> Gauge:
        return gauge(seen(self.engine, "Shop", day=monday(week)), name)

    def states(self, week: int) -> dict[str, str]:
        view = seen(self.engine, "Shop", day=monday(week))
        return {name: state_of(gauge(view, name)) for name in NAMES}

    def act(self, week: int) -> None:
        """Do what people do on a Monday, after they have seen how things stand."""
        for name, step in ACTS.get(week, ()):
            by = {"person_id": person(self.engine)}
            kpi_id = 0 if name == "" else key(self.engine, "kpi", name)
            if step.startswith("reroute"):
                plan = RecoveryPlan(
                    f"{name} come back{step.removeprefix('reroute')}",
                    f"{name} back in range and kept there",
                    "It will not mend by itself.",
                    "Ana",
                    12,
                    key(self.engine, "cycle", quarter_of(week)),
                )
                reroute(self.engine, kpi_id=kpi_id, plan=plan, **by)
            elif step == "confirm":
                confirm_recovery(self.engine, kpi_id=kpi_id, reason="We looked.", **by)
            elif step == "graduate":
                graduate_recovery(self.engine, kpi_id=kpi_id, reason="It lasts.", **by)
            elif step == "dismiss":
                period = monday(week - 1)
                dismiss(self.engine, kpi_id=kpi_id, period=period, reason="A typo.", **by)
            elif step == "rebase":
                since = monday(NEW_SINCE - 1)
                rebase(self.engine, kpi_id=kpi_id, since=since, reason="New prices.", **by)
                bring(self.engine, kpis=[_kpi(name, high=65)])
            else:
                self.close(step.removeprefix("close "))

    def close(self, cycle: str) -> None:
        cycle_id = key(self.engine, "cycle", cycle)
        under_way = {
            row["objective_id"]
            for row in rows(self.engine, "objective_terms")
            if row["state"] in ("active", "probation")
        }
        close_objectives(
            self.engine,
            person_id=person(self.engine),
            objective_ids=[
                row["id"]
                for row in rows(self.engine, "objective")
                if row["cycle_id"] == cycle_id and row["id"] in under_way
            ],
            base_version=data_version(self.engine),
        )


def quarter_of(week: int) -> str:
    return next(name for name, begins, ends in QUARTERS if begins <= monday(week) <= ends)


def state_of(shown: Gauge) -> str:
    """Say how a KPI stands: what waits, else its recovery, else what was decided."""
    drifts = shown.signal is not None and shown.signal.signal is Signal.DRIFTING
    matters = drifts or shown.health is Health.OUT_OF_RANGE
    recovery = shown.recovery
    if recovery is not None and recovery.phase == "relapsed":
        return "relapsed"
    if matters and shown.undecided_days is not None:
        return "undecided"
    if recovery is not None and recovery.phase != "closed":
        return recovery.phase
    return "calm"


ACTS: Mapping[int, tuple[tuple[str, str], ...]] = {
    4: (("Returns", "reroute"),),
    6: (("Answers", "reroute"),),
    12: (("Prices", "rebase"),),
    13: (("", "close Q1"),),
    16: (("Deliveries", "reroute"),),
    20: (("Returns", "confirm"),),
    26: (("", "close Q2"),),
    28: (("Returns", "reroute again"),),
    30: (("Leads", "dismiss"), ("Answers", "confirm")),
    33: (("Deliveries", "confirm"),),
    39: (("", "close Q3"),),
    43: (("Answers", "graduate"),),
    44: (("Returns", "confirm"),),
    46: (("Deliveries", "graduate"),),
}
"""What people do on which Monday."""

STATES: Mapping[str, Mapping[int, str]] = {
    # Bad on the 5th to the 14th Monday, so that a drift is shown; good from the 15th on, and four
    # of them end the drift: held from the 18th, for 12 by the 29th, two quarters later. Confirmed
    # on the 30th, held for 12 more by the 42nd. On the 13th its quarter is over and not closed
    # yet: the decision comes back.
    "Answers": {
        0: "calm",
        5: "undecided",
        7: "under way",
        13: "undecided",
        14: "under way",
        29: "certified",
        31: "on probation",
        42: "passed",
        44: "graduated",
    },
    # Three bad Mondays are an outage, no drift is shown: held from the 18th on, the first good one.
    "Deliveries": {
        0: "calm",
        15: "undecided",
        17: "under way",
        29: "certified",
        34: "on probation",
        45: "passed",
        47: "graduated",
    },
    # Good from the 6th on, held for 12 by the 17th; slips on the 26th, twice by the 27th, and is
    # good again from the 29th on.
    "Returns": {
        0: "calm",
        3: "undecided",
        5: "under way",
        17: "certified",
        21: "on probation",
        26: "undecided",
        27: "relapsed",
        29: "under way",
        40: "certified",
        45: "on probation",
    },
    "Visits": {0: "calm", 20: "undecided", 21: "calm"},
    "Leads": {0: "calm", 30: "undecided", 31: "calm"},
    "Prices": {0: "calm", 10: "undecided", 13: "calm"},
}
"""How each KPI stands on the Mondays, seen before people act: from which on, and how."""


def expected(name: str, week: int) -> str:
    """Give how a KPI stands on a Monday, as it was written down beforehand."""
    told = STATES[name]
    return told[max(first for first in told if first <= week)]
