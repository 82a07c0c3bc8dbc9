"""Recording what a KPI read, and correcting it."""

from datetime import date

from sqlalchemy import Engine

from analytics.periods import period as period_of
from data.commands.errors import Refused
from data.commands.facts import check_live, check_seen, checked_note, current, said_now
from data.commands.typed import checked_number
from data.commands.writing import command
from models import Kpi, Reading

EARLIEST = date(1900, 1, 1)


def record_reading(
    engine: Engine,
    *,
    person_id: int,
    kpi_id: int,
    period: date,
    value: float,
    seen: int,
    note: str = "",
) -> int | None:
    """Record a KPI's value for the period that a day falls in; correct it where one stands.

    `seen` is the data's version the person looked at. Gives the command's key, None where the
    same reading stands already. Raises `Refused` or `Conflict`, and has then changed nothing.
    """
    value, note = checked_number(value), checked_note(note)
    with command(engine, "record reading", person_id=person_id) as writing:
        kpi = check_live(writing.connection, Kpi, kpi_id, what="KPI")
        start = _checked_period(period, kpi.cadence, writing.today)
        key = {"kpi_id": kpi_id, "period": start}
        standing = current(writing.connection, Reading, key)
        if standing is not None and standing.value == value and note in ("", standing.note):
            return None
        check_seen(standing, seen)
        said = {"value": value, "note": note, **said_now(writing, standing)}
        writing.add(Reading, [{**key, **said}])
        return writing.command_id


def _checked_period(day: date, cadence: str, today: date) -> date:
    if day > today:
        raise Refused("period", "Choose a period that has begun: this one lies ahead.")
    if day < EARLIEST:
        raise Refused("period", f"Choose a day from {EARLIEST.year} on.")
    return period_of(day, cadence)
