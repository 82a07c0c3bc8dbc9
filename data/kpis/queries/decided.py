"""Which KPIs were decided: told of all at once as the gauge of each tells it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from data.kpis.queries.assessment import Behaviour, bounds
from data.kpis.queries.decision_status import decision_on, holds
from data.kpis.queries.first_here import began_on, stretches_outside
from data.kpis.queries.readings import last_readings


def decided_of(
    connection: Connection,
    kpis: Sequence[Any],
    outside: Collection[int],
    behaviour: Behaviour,
    *,
    day: date,
    moment: datetime,
) -> set[int]:
    """Give the keys of KPIs of which somebody decided what is the matter, and that holds.

    One statement where a decision counts only if those `outside` left their range before it ended.
    """

    def is_decided(kpi: Any, outside_since: date | None, *, before: bool = False) -> bool:
        signal, said = behaviour.signals.get(kpi.id), behaviour.decisions.get(kpi.id)
        actions = behaviour.actions.get(kpi.id, ())
        return holds(decision_on(signal, said, actions, outside_since, before=before), day)

    spoken_of = behaviour.decisions.keys() | behaviour.actions.keys()
    kpis = [kpi for kpi in kpis if kpi.id in spoken_of]
    # What counts for a stretch that began today counts for every one that is older.
    found = {kpi.id for kpi in kpis if is_decided(kpi, day if kpi.id in outside else None)}
    unsure = [kpi for kpi in kpis if kpi.id in outside and kpi.id not in found]
    unsure = [kpi for kpi in unsure if is_decided(kpi, day, before=True)]
    if not unsure:
        return found
    cadences = {kpi.id: kpi.cadence for kpi in unsure}
    readings = last_readings(connection, cadences, moment, behaviour.dismissed.periods)
    in_order = sorted(unsure, key=lambda kpi: readings.rows[kpi.id])
    stretches = stretches_outside(readings.values, *bounds(in_order))
    return found | {
        kpi.id
        for kpi, stretch, latest in zip(in_order, stretches, readings.latest, strict=True)
        if is_decided(kpi, began_on(stretch, latest, kpi.cadence), before=stretch.before)
    }
