"""For whom something is due: whoever has picked no name yet finds theirs among them."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlalchemy import Engine

from analytics.periods import freshness
from data.actions.queries import awaited_of
from data.company.queries import company
from data.core.database import snapshot
from data.core.team_versions import KeptViews
from data.kpis.queries.readings import latest_readings
from data.kpis.signals.dismissals import dismissed_by
from data.okrs.queries.feeds import takes_value
from data.okrs.queries.objectives import CHECK_INS, MILESTONES, grouped_by, last_of_each_day
from data.okrs.queries.progress import is_done
from data.screens.check_ins_due import waits
from data.screens.update_rows import KEY_RESULTS, KPIS
from data.screens.views.update import Waiting

_kept: KeptViews[date, tuple[Waiting, ...]] = KeptViews(4)


def waiting(engine: Engine, version: int, day: date) -> tuple[Waiting, ...]:
    """Give the people for whom something is due on a day, those with the most first."""
    return _kept.get(engine, version, day, lambda: _waiting(engine, version, day))


def _waiting(
    engine: Engine, version: int, day: date
) -> tuple[tuple[Waiting, ...], Collection[int]]:
    here = company(engine, version)
    moment = here.end_of(day)
    at = {"day": day, "moment": moment}
    due: Counter[int] = Counter()
    with snapshot(engine) as connection:
        kpis = connection.execute(KPIS, at).all()
        cadences = {row.id: row.cadence for row in kpis}
        refused = dismissed_by(connection, cadences, moment)
        latest = latest_readings(connection, list(cadences), moment, refused.reading_ids)
        key_results = connection.execute(KEY_RESULTS, at).all()
        keys = {"key_results": [row.id for row in key_results], **at}
        check_ins = grouped_by("key_result_id", connection.execute(CHECK_INS, keys))
        milestones = grouped_by("key_result_id", connection.execute(MILESTONES, keys))
        due.update(awaited_of(connection, day, moment))
    for row in kpis:
        period, _ = latest.get(row.id, (None, None))
        due[row.owner_id] += freshness(period, day, row.cadence) != "fresh"
    for row in key_results:
        typed = takes_value(row.kind, row.kpi_id)
        said = last_of_each_day(check_ins.get(row.id, ()))
        news = [each.date for each in said if each.value is not None or not typed]
        steps = [
            each.done_on if is_done(each, day) else None for each in milestones.get(row.id, ())
        ]
        due[row.owner_id] += waits(row, news, steps, day) >= 0
    people = [Waiting(person.name, due[person.id]) for person in here.people if due[person.id] > 0]
    return tuple(sorted(people, key=lambda each: -each.due)), {team.id for team in here.teams}
