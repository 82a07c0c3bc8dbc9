"""Planning from which day on a KPI is to have another ideal range."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Engine

from data.company.commands.roles import check_permitted
from data.core.cell_parsing import check_row, parse_cells
from data.core.errors import CommandRejected
from data.core.fields import stored_in
from data.core.terms import from_today, with_terms_of_today
from data.core.terms_ahead import carry_ahead, terms_ahead
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_day
from data.kpis.fields import KpiRow, RangeRow
from models import Kpi, KpiTerms, Role

AHEAD = "Choose a day after today. What holds from today on is changed in Settings."
CHANGED = "Somebody has changed it meanwhile: look again."
GONE = "Nothing is planned for that day any more: look again."
HELD = stored_in(KpiRow, KpiTerms)


def plan_range(
    engine: Engine,
    *,
    person_id: int,
    kpi_id: int,
    starts_on: date,
    low: str,
    high: str,
    base_version: int,
) -> int | None:
    """Let a KPI have another ideal range from a later day on; bounds are given as typed.

    Gives the command's key, None where that stands already. Raises `CommandRejected` where the day
    is not ahead, the bounds make no range, or somebody changed what is planned for that day since
    the data's version that was seen; and has then changed nothing.
    """
    with command(engine, "plan range", person_id=person_id) as work:
        kpi = _live(work, kpi_id)
        bounds = parse_cells(KpiRow, {"low": low, "high": high}, name="KPI", unit=kpi.unit)
        check_row(RangeRow(team="", kpi="", starts_on=starts_on, **bounds))
        return _set(work, kpi, starts_on, bounds, base_version)


def withdraw_range(
    engine: Engine, *, person_id: int, kpi_id: int, starts_on: date, base_version: int
) -> int | None:
    """Take back the range that is planned from a day on: what holds before it goes on holding.

    Gives the command's key. Raises `CommandRejected` where none is planned for that day, or
    somebody changed it since the data's version that was seen.
    """
    with command(engine, "withdraw range", person_id=person_id) as work:
        kpi = _live(work, kpi_id)
        before, step, _ = _around(work, kpi, starts_on)
        if step is None:
            raise CommandRejected("starts_on", GONE)
        bounds = {name: before[name] for name in ("low", "high")}
        return _set(work, kpi, starts_on, bounds, base_version)


def _live(work: UnitOfWork, kpi_id: int) -> Any:
    kpi = with_terms_of_today(work, Kpi, KpiTerms, HELD, kpi_id, what="KPI", may_lack=True)
    check_permitted(work, Role.LEAD, team_id=kpi.team_id)
    return kpi


def _set(
    work: UnitOfWork, kpi: Any, starts_on: date, bounds: Mapping[str, Any], base_version: int
) -> int | None:
    if checked_day(starts_on, "starts_on") <= work.today:
        raise CommandRejected("starts_on", AHEAD)
    before, step, later = _around(work, kpi, starts_on)
    if step is not None and step.version > base_version:
        raise CommandRejected("starts_on", CHANGED)
    stood = before if step is None else _held(step)
    held = {**stood, **bounds}
    if held == stood:
        return None
    terms = {**from_today(work, step or kpi), "valid_from": starts_on}
    work.add(KpiTerms, [{"kpi_id": kpi.id, **held, **terms}])
    carry_ahead(work, KpiTerms, later, stood, held)
    return work.command_id


def _around(work: UnitOfWork, kpi: Any, day: date) -> tuple[Mapping[str, Any], Any, list[Any]]:
    """Give what is to hold just before a day, the terms that begin on it, and those after it."""
    steps = terms_ahead(work, KpiTerms, [kpi.id]).get(kpi.id, [])
    before = _held(next((each for each in reversed(steps) if each.valid_from < day), kpi))
    step = next((each for each in steps if each.valid_from == day), None)
    return before, step, [each for each in steps if each.valid_from > day]


def _held(terms: Any) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in HELD}
