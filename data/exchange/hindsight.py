"""What the numbers of a file would have told, each KPI shown as it would have been at the time.

It looks at the tables alone: nothing is read from the database, and nothing is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from statistics import median

from analytics.periods import ordinal
from data.exchange.hindsight_replay import KpiReadings, Replayed
from data.exchange.hindsight_stories import most_telling
from data.exchange.tables import Tables
from data.exchange.views import Hindsight
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence

MOST_KPIS = 300
"""So many KPIs are looked at."""

CADENCES = ((1, Cadence.DAILY), (7, Cadence.WEEKLY), (31, Cadence.MONTHLY))
"""The cadence of readings that lie at most so many days apart."""

Key = tuple[str, str]


def hindsight(tables: Tables, *, today: date) -> Hindsight | None:
    """Give what the numbers of some tables would have told; None where there are none."""
    read = _read(tables, today)
    if not read:
        return None
    looked_at = read[:MOST_KPIS]
    groups: dict[Cadence, list[KpiReadings]] = defaultdict(list)
    for one in looked_at:
        groups[one.kpi.cadence].append(one)
    found = [Replayed(cadence, group) for cadence, group in groups.items()]
    kpis = {(kpi.team, kpi.name): kpi for group in found for kpi in group.kpis()}
    told = tuple(kpi for one in looked_at if (kpi := kpis[one.kpi.team, one.kpi.kpi]).readings)
    chances = [group.by_chance() for group in found]
    return Hindsight(
        company=_company(tables),
        day=today,
        first=min(group.first for group in found),
        last=min(max(group.last for group in found), today),
        kpis=told,
        telling=most_telling(told),
        by_chance=(sum(least for least, _ in chances), sum(most for _, most in chances)),
        left_out=len(read) - len(looked_at),
        cut=next((group.cadence for group in found if group.is_cut), None),
    )


def _read(tables: Tables, today: date) -> list[KpiReadings]:
    """Give the KPIs that have readings; later ones of a period correct those before them."""
    rows: dict[Key, list[ReadingRow]] = defaultdict(list)
    for row in tables.readings:
        if row.date <= today:
            rows[row.team, row.kpi].append(row)
    said = {(kpi.team, kpi.kpi): kpi for kpi in tables.kpis}
    return [
        KpiReadings(kpi, _by_period(rows[key], kpi.cadence))
        for key, kpi in {**said, **_unsaid(rows, said)}.items()
        if rows.get(key)
    ]


def _unsaid(
    rows: Mapping[Key, Sequence[ReadingRow]], said: Mapping[Key, KpiRow]
) -> dict[Key, KpiRow]:
    """Give the KPIs that the tables say nothing of but readings."""
    return {
        (team, name): KpiRow(line=0, team=team, kpi=name, cadence=_cadence(several))
        for (team, name), several in rows.items()
        if (team, name) not in said
    }


def _cadence(rows: Iterable[ReadingRow]) -> Cadence:
    days = sorted({row.date for row in rows})
    gaps = [(after - before).days for before, after in pairwise(days)]
    usual = median(gaps) if gaps else CADENCES[-1][0]
    return next((cadence for most, cadence in CADENCES if usual <= most), Cadence.QUARTERLY)


def _by_period(rows: Sequence[ReadingRow], cadence: Cadence) -> Mapping[int, float]:
    corrected = sorted(
        (row for row in rows if row.recorded_at is not None), key=attrgetter("recorded_at")
    )
    plain = [row for row in rows if row.recorded_at is None]
    return {ordinal(row.date, cadence): row.value for row in (*plain, *corrected)}


def _company(tables: Tables) -> str:
    """Name the topmost team, where it is one."""
    names = [row.team for row in tables.teams if not row.parent] or [
        row.team for row in tables.kpis
    ]
    return names[0] if len(set(names)) == 1 else ""
