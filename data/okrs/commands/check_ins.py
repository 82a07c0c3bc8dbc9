"""Checking in a key result: its value, how sure one is, a word on why, and what holds it up."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, select
from sqlmodel import col

from data.company.commands.roles import check_permitted
from data.core.as_of import in_force, table
from data.core.errors import CommandRejected
from data.core.fact_conflicts import UNSET, Unset, check_cells, current_cells, set_cells
from data.core.fact_store import current, fact_origin
from data.core.number_parsing import checked_number
from data.core.plausibility import check_likely
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_day, checked_note, checked_word
from data.okrs.commands.key_result_rows import live_key_result
from data.okrs.queries.closing import over_since
from data.okrs.queries.feeds import takes_value
from models import CheckIn, Confidence, KeyResultTerms, Role

CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "value": checked_number,
    "confidence": lambda word: checked_word(word, Confidence, "confidence"),
    "note": checked_note,
    "blocked_by": lambda text: checked_note(text, "blocked_by"),
}
"""What checks the cells of a check-in."""


def check_in(
    engine: Engine,
    *,
    person_id: int,
    key_result_id: int,
    day: date,
    value: float | None,
    confidence: Confidence | None,
    base_version: int,
    note: str = "",
    blocked_by: str | Unset = UNSET,
    confirmed: bool = True,
) -> int | None:
    """Check in a key result on a day, whole; correct the check-in of that day where one stands.

    A key result that a KPI feeds, or that counts milestones, takes no value of its own; no comment
    takes none away. Unless `confirmed` it raises `NeedsConfirmation` for an unlikely value.
    """
    said = UNSET if note == "" else note
    cells = _checked_cells(value=value, confidence=confidence, note=said, blocked_by=blocked_by)
    with command(engine, "check in", person_id=person_id) as work:
        key_result = live_key_result(work.connection, key_result_id)
        _check_value(key_result, value)
        if value is None and takes_value(key_result.kind, key_result.kpi_id):
            raise CommandRejected("value", "Type a number first.")
        if not any(cells.values()) and value is None:
            raise CommandRejected(
                "confidence", "Choose how sure you are, or write a comment first."
            )
        return _say(work, key_result, day, cells, base_version, confirmed=confirmed)


def amend_check_in(
    engine: Engine,
    *,
    person_id: int,
    key_result_id: int,
    day: date,
    base_version: int,
    value: float | Unset = UNSET,
    confidence: Confidence | Unset | None = UNSET,
    note: str | Unset = UNSET,
    blocked_by: str | Unset = UNSET,
    confirmed: bool = True,
) -> int | None:
    """Change some cells of a day's check-in and keep the others; where none stands, begin it.

    A word alone makes a check-in without a value. Raises what `check_in` does.
    """
    if value is None:
        raise CommandRejected("value", "Type a number first.")
    cells = _checked_cells(value=value, confidence=confidence, note=note, blocked_by=blocked_by)
    with command(engine, "check in", person_id=person_id) as work:
        key_result = live_key_result(work.connection, key_result_id)
        _check_value(key_result, cells.get("value"))
        return _say(work, key_result, day, cells, base_version, confirmed=confirmed)


def _checked_cells(**cells: Any) -> dict[str, Any]:
    """Check the cells that somebody says something about; value and confidence may be none."""
    return {
        name: None if cell is None and name in ("value", "confidence") else CHECKS[name](cell)
        for name, cell in set_cells(cells).items()
    }


def _say(
    work: UnitOfWork,
    key_result: Row[Any],
    day: date,
    cells: Mapping[str, Any],
    base_version: int,
    *,
    confirmed: bool,
) -> int | None:
    owner_of = (KeyResultTerms, key_result.id)
    check_permitted(work, Role.MEMBER, team_id=key_result.team_id, owner_of=owner_of)
    _check_day(key_result, day, work.today)
    check_counts(work, key_result.objective_id, day, "date")
    key = {"key_result_id": key_result.id, "date": day}
    standing = current(work.connection, CheckIn, key)
    stood = current_cells(standing, *CHECKS)
    said = {**stood, **cells}
    if said == stood:
        return None
    check_cells(work.connection, CheckIn, key, standing, cells, base_version)
    if not confirmed and said["value"] is not None and said["value"] != stood["value"]:
        known = _known_values(work.connection, key_result.id, day)
        check_likely(said["value"], known, key_result.unit)
    withdrawn = not any(said.values()) and said["value"] is None
    entry = {**key, **said, "withdrawn": withdrawn, **fact_origin(work, standing)}
    work.add(CheckIn, [entry])
    return work.command_id


def _check_value(key_result: Row[Any], value: float | None) -> None:
    if value is not None and not takes_value(key_result.kind, key_result.kpi_id):
        raise CommandRejected("value", "This value follows by itself: leave it empty.")


def _check_day(key_result: Row[Any], day: date, today: date) -> None:
    if checked_day(day, "date") > today:
        raise CommandRejected("date", "Choose today or an earlier day: this one lies ahead.")
    if day < key_result.starts_on:
        began = key_result.starts_on.isoformat()
        raise CommandRejected("date", f"The cycle began on {began}: choose a later day.")


def _known_values(connection: Connection, key_result_id: int, day: date) -> list[float]:
    """Give the ends of the way and the values of other days, oldest first."""
    terms = connection.execute(
        select(col(KeyResultTerms.start), col(KeyResultTerms.target))
        .where(col(KeyResultTerms.key_result_id) == key_result_id)
        .order_by(col(KeyResultTerms.id))
    ).all()
    check_ins = connection.execute(
        select(col(CheckIn.date), col(CheckIn.value))
        .where(col(CheckIn.key_result_id) == key_result_id, col(CheckIn.date) != day)
        .order_by(col(CheckIn.date), col(CheckIn.known_at), col(CheckIn.id))
    )
    by_day = dict(check_ins.all())
    ends = [end for row in terms for end in row]
    return [value for value in (*ends, *by_day.values()) if value is not None]


_objective, _terms = table("objective"), table("objective_terms")

SINCE = (
    select(over_since(_terms))
    .select_from(_objective)
    .join(_terms, in_force(_terms, _objective.c.id))
)


def check_counts(work: UnitOfWork, objective_id: int, day: date, field: str) -> None:
    """Reject it where an objective was closed before the day that something is said of."""
    at = {"day": work.today, "moment": work.at}
    closed: date | None = work.connection.execute(
        SINCE.where(_objective.c.id == objective_id), at
    ).scalar()
    if closed is not None and day > closed:
        raise CommandRejected(field, f"The objective was closed on {closed}: reopen it first.")
