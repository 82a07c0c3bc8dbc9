"""The account of drifts: which were real, which ranges were left unwarned, by team and year.

Five statements, whatever there is: the data's version; the KPIs; how they behaved; what people said
of the drifts that are over; and their readings. It looks as far back as what was shown is kept, 200
readings of each KPI.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Engine, select

from analytics.alarm_account import WEEKS, Alarm, told_of
from analytics.drift.alarms import expected_of_real
from analytics.periods import first_day, ordinal
from data.company.queries import company
from data.company.views import TeamView
from data.core.as_of import MOMENT, any_of, live, table
from data.core.database import snapshot, version_seen
from data.core.team_versions import KeptViews
from data.kpis.queries.assessment import kpis_of
from data.kpis.queries.readings import Written, written_since
from data.kpis.queries.signals import said_about, signals_of
from data.kpis.views.signals import SignalView
from data.screens.views.alarms import AlarmAccount, EndedDrift, YearOfDrifts
from models import Cadence, DriftVerdict

FARTHEST = timedelta(days=2 * 366)
ASKED = timedelta(days=366)
"""Of drifts that ended longer ago nobody is asked any more."""

_verdict = table("verdict")
VERDICTS = select(_verdict.c.kpi_id, _verdict.c.date, _verdict.c.verdict).where(
    _verdict.c.kpi_id.in_(any_of("kpis")), _verdict.c.known_at <= MOMENT, live(_verdict)
)


@dataclass(frozen=True, slots=True)
class AlarmLook:
    """Whose drifts are looked at, that team's and those below, as of which day."""

    team: TeamView
    day: date


class _Drift(NamedTuple):
    kpi: Any
    alarm: Alarm
    on: date
    until: date
    verdict: DriftVerdict | None


_kept: KeptViews[AlarmLook, AlarmAccount] = KeptViews(16)


def alarm_account(engine: Engine, version: int, look: AlarmLook) -> AlarmAccount:
    """Give the account of a team's drifts at a version of the data."""
    return _kept.get(engine, version, look, lambda: _account(engine, version, look))


def _account(engine: Engine, version: int, look: AlarmLook) -> tuple[AlarmAccount, Collection[int]]:
    here = company(engine, version)
    teams = here.below(look.team.id)
    at: dict[str, Any] = {"day": look.day, "moment": here.end_of(look.day)}
    with snapshot(engine) as connection:
        base_version = version_seen(connection)
        kpis = kpis_of(connection, team_id=look.team.id, teams=teams, also=[], **at)
        signals = signals_of(connection, kpis, at["moment"]).signals
        keys = {"kpis": [kpi.id for kpi in kpis], **at}
        said = {(row.kpi_id, row.date): row for row in connection.execute(VERDICTS, keys)}
        refused = said_about(connection, kpis, at["moment"]).dismissed
        cadences = {kpi.id: kpi.cadence for kpi in kpis if kpi.id in signals}
        since = look.day - FARTHEST
        written = written_since(connection, cadences, since, at["moment"], refused)
    drifts: list[_Drift] = []
    missed: dict[tuple[str, int], int] = defaultdict(int)
    for kpi in kpis:
        if (signal := signals.get(kpi.id)) is not None:
            mine, unwarned = _of_kpi(kpi, signal, written, said)
            drifts += mine
            for day in unwarned:
                missed[kpi.team, day.year] += 1
    view = AlarmAccount(
        version=base_version,
        to_judge=tuple(_to_judge(drifts, look.day)),
        years=tuple(_years(drifts, missed)),
        promised=expected_of_real(1),
    )
    return view, teams


def _of_kpi(
    kpi: Any, signal: SignalView, written: Written, said: Mapping[tuple[int, date], Any]
) -> tuple[list[_Drift], list[date]]:
    """Give the drifts of a KPI, and the days on which it left its range unwarned."""
    letters = signal.history
    newest = ordinal(signal.period, kpi.cadence)
    first = newest - len(letters) + 1
    values = np.full(len(letters), np.nan)
    mine = written.row == written.rows[kpi.id]
    for number, value in zip(written.number[mine], written.value[mine], strict=True):
        if first <= number <= newest:
            values[number - first] = value
    for row, number in written.refused.tolist():
        if row == written.rows[kpi.id] and first <= number <= newest:
            values[number - first] = np.nan
    low, high = (np.nan if bound is None else float(bound) for bound in (kpi.low, kpi.high))
    told = told_of(values, low, high, letters)

    def day(column: int) -> date:
        return first_day(first + column, kpi.cadence)

    drifts = []
    for alarm in told.alarms:
        # A correction may have moved where it begins since somebody said it.
        on = [day(alarm.begin + by) for by in (0, -1, 1)]
        row = next((said[kpi.id, each] for each in on if (kpi.id, each) in said), None)
        verdict = DriftVerdict(row.verdict) if row else None
        drifts.append(
            _Drift(kpi, alarm, on[0] if row is None else row.date, day(alarm.end), verdict)
        )
    return drifts, [day(column) for column in told.missed]


def _to_judge(drifts: Sequence[_Drift], day: date) -> Iterator[EndedDrift]:
    """Give the drifts that are over and of which nobody has said yet, the last to end first."""
    over = [
        each
        for each in drifts
        if each.verdict is None and not each.alarm.stands and day - each.until <= ASKED
    ]
    for each in sorted(over, key=lambda one: one.until, reverse=True):
        kpi = each.kpi
        yield EndedDrift(
            kpi.id, kpi.name, kpi.team, Cadence(kpi.cadence), each.on, each.until, each.verdict
        )


def _years(
    drifts: Sequence[_Drift], missed: Mapping[tuple[str, int], int]
) -> Iterator[YearOfDrifts]:
    """Count by team and year, the newest year first, teams by name."""
    of: dict[tuple[str, int], list[_Drift]] = defaultdict(list)
    for each in drifts:
        of[each.kpi.team, each.on.year].append(each)
    for team, year in sorted({*of, *missed}, key=lambda place: (-place[1], place[0])):
        mine = of[team, year]
        warned = [
            (each.alarm.left - each.alarm.begin) * WEEKS[each.kpi.cadence]
            for each in mine
            if each.alarm.left > each.alarm.begin
        ]
        yield YearOfDrifts(
            team=team,
            year=year,
            shown=len(mine),
            real=sum(each.verdict is DriftVerdict.REAL for each in mine),
            not_real=sum(each.verdict is DriftVerdict.NOT_REAL for each in mine),
            missed=missed.get((team, year), 0),
            warned=len(warned),
            weeks_gained=sum(warned),
        )
