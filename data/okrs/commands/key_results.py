"""Setting up key results: from where to where, what feeds them, and the steps of a milestone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine

from data.core.conflicts import check_conflicts
from data.core.errors import CommandRejected
from data.core.fact_conflicts import UNSET, Unset, set_cells
from data.core.fact_store import check_live
from data.core.number_parsing import checked_number, typed_number, unit_of
from data.core.terms import Added, from_today, is_repeated
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_name, checked_note, checked_word
from data.names.lookup import kpi_named, names_here, person_named
from data.okrs.commands.key_result_rows import (
    ENTITY,
    TERMS,
    has_progress,
    live_with_terms,
    missing_cell,
    next_position,
    same_name,
    withdraw,
    write_key_result,
)
from data.okrs.commands.objectives import editable_objective
from data.okrs.commands.steps import steps_of, typed_steps, write_steps
from data.okrs.fields import KeyResultRow
from data.okrs.step_list import spelled_steps
from models import (
    KeyResult,
    KeyResultKind,
    KeyResultTerms,
    Kpi,
    ObjectiveState,
)

AMOUNTS = ("start", "target")
"""The numbers that are in the key result's unit."""

MOST_PERIODS = 520
LONGEST_UNIT = 40
SAME_NAME = "The objective has a key result of that name already."


def add_key_result(
    engine: Engine,
    *,
    person_id: int,
    objective_id: int,
    name: str,
    base_version: int,
    kpi_id: int | None = None,
    start: float | None = None,
) -> Added:
    """Add a key result to an objective, at its end; its other cells are typed afterwards.

    A KPI that is to feed it brings its unit; its owner is the objective's, else who adds it. The
    same said twice, as after a lost answer, is one key result. Raises `CommandRejected`, and has
    then changed nothing.
    """
    bare = checked_name(name, "key result")
    terms = {} if start is None else {"start": checked_number(start, field="start")}
    with command(engine, "add key result", person_id=person_id) as work:
        objective = editable_objective(work, objective_id)
        if (here := same_name(work, objective_id, bare)) is not None:
            if kpi_id in (None, here.kpi_id) and is_repeated(work, here.version, base_version):
                return Added(None, here.id)
            raise CommandRejected("name", SAME_NAME)
        row: dict[str, Any] = {
            "objective_id": objective_id,
            "name": bare,
            "kind": KeyResultKind.METRIC,
            "position": next_position(work, objective_id),
        }
        if kpi_id is not None:
            kpi = check_live(work.connection, Kpi, kpi_id, what="KPI")
            row |= {"kpi_id": kpi.id, "unit": kpi.unit}
        return Added(
            work.command_id,
            write_key_result(work, row, owner_id=objective.owner_id or person_id, **terms),
        )


def amend_key_result(
    engine: Engine,
    *,
    person_id: int,
    key_result_id: int,
    base_version: int,
    name: str | Unset = UNSET,
    kind: str | Unset = UNSET,
    unit: str | Unset = UNSET,
    start: str | float | Unset | None = UNSET,
    target: str | float | Unset | None = UNSET,
    weight: str | float | Unset = UNSET,
    hold_periods: str | float | Unset | None = UNSET,
    owner: str | Unset = UNSET,
    kpi: str | Unset = UNSET,
    steps: str | Unset = UNSET,
) -> int | None:
    """Change some cells of a key result and keep the others; numbers may come as typed.

    Owner and KPI are given by name, steps as in “Lease; Move (3)”. A KPI brings its unit where
    none is given, and so does “60 %” typed as start or target. Gives the command's key, None
    where that stands already. Raises `CommandRejected`, or `Conflict` where somebody changed a cell
    since the data's version that was seen; another cell is no rival's.
    """
    numbers = {"start": start, "target": target, "weight": weight, "hold_periods": hold_periods}
    with command(engine, "edit key result", person_id=person_id) as work:
        row = live_with_terms(work, key_result_id)
        objective = editable_objective(work, row.objective_id)
        shown_unit = row.unit if unit is UNSET else unit
        said: dict[str, Any] = set_cells(
            {
                "name": name if name is UNSET else checked_name(name, "key result"),
                "kind": kind if kind is UNSET else checked_word(kind, KeyResultKind, "kind"),
                "unit": unit if unit is UNSET else _checked_unit(unit),
                "steps": steps if steps is UNSET else typed_steps(steps),
                "owner_id": owner if owner is UNSET else person_named(work.connection, owner),
                "kpi_id": kpi
                if kpi is UNSET
                else kpi_named(names_here(work.connection), kpi, objective.team_id),
            }
        )
        is_metric = said.get("kind", row.kind) == KeyResultKind.METRIC
        for field, number in set_cells(numbers).items():
            if not shown_unit and is_metric and field in AMOUNTS and isinstance(number, str):
                shown_unit = said["unit"] = unit_of(number)
            said[field] = _number(number, field, shown_unit)
        stands = _cells(work.connection, row)
        changes = {field: value for field, value in said.items() if value != stands[field]}
        _check_conflicts(work, row, changes, stands, base_version)
        _check_fits(work, row, objective, changes)
        _write(work, row, changes)
        return work.command_id if changes else None


def move_key_result(
    engine: Engine, *, person_id: int, key_result_id: int, objective_id: int, base_version: int
) -> int | None:
    """Move a key result to another objective, to its end.

    Gives the command's key, None where it is there. Raises `CommandRejected` or `Conflict`.
    """
    with command(engine, "move key result", person_id=person_id) as work:
        row = live_with_terms(work, key_result_id)
        if row.objective_id == objective_id:
            return None
        editable_objective(work, row.objective_id)
        editable_objective(work, objective_id)
        place = {"objective_id": objective_id}
        stands = {"objective_id": row.objective_id}
        _check_conflicts(work, row, place, stands, base_version)
        if same_name(work, objective_id, row.name) is not None:
            raise CommandRejected("name", SAME_NAME)
        position = next_position(work, objective_id)
        work.alter(KeyResult, key_result_id, **place, position=position)
        return work.command_id


def archive_key_result(
    engine: Engine, *, person_id: int, key_result_id: int, base_version: int
) -> int | None:
    """Withdraw a key result that nobody has checked in; check-ins are never deleted.

    Gives the command's key. Raises `CommandRejected`, or `Conflict` where somebody changed it
    meanwhile.
    """
    with command(engine, "archive key result", person_id=person_id) as work:
        row = live_with_terms(work, key_result_id)
        editable_objective(work, row.objective_id)
        if has_progress(work.connection, key_result_id):
            raise CommandRejected(
                "archive",
                f"“{row.name}” has check-ins, and those are kept. "
                "Give it the weight 0 and it counts no more.",
            )
        stands = _cells(work.connection, row)
        _check_conflicts(work, row, dict.fromkeys(stands), stands, base_version)
        withdraw(work, key_result_id)
        return work.command_id


def _number(number: Any, field: str, unit: str) -> float | int | None:
    """Read a number as typed, blank as none; a weight of none counts as one."""
    if isinstance(number, str):
        blank = not number.strip()
        number = None if blank else typed_number(number, unit=unit, field=field)
    if number is None:
        return 1.0 if field == "weight" else None
    value = checked_number(number, field=field)
    if field == "weight" and value < 0:
        raise CommandRejected(field, "A weight is 0 or more.")
    if field != "hold_periods":
        return value
    if value != int(value) or not 1 <= value <= MOST_PERIODS:
        raise CommandRejected(field, f"Type a whole number of periods, from 1 to {MOST_PERIODS}.")
    return int(value)


def _checked_unit(unit: str) -> str:
    bare = " ".join(checked_note(unit, "unit").split())
    if len(bare) > LONGEST_UNIT:
        raise CommandRejected("unit", f"Keep the unit short, up to {LONGEST_UNIT} characters.")
    return bare


def _check_conflicts(
    work: UnitOfWork,
    row: Any,
    said: Mapping[str, Any],
    stands: Mapping[str, Any],
    base_version: int,
) -> None:
    texts = {"steps": spelled_steps}
    check_conflicts(
        work.connection, KeyResultRow, row.id, said, stands, base_version=base_version, texts=texts
    )


def _cells(connection: Connection, row: Any) -> dict[str, Any]:
    steps = tuple((step.step, step.share) for step in steps_of(connection, row.id))
    return {**{name: getattr(row, name) for name in (*ENTITY, *TERMS)}, "steps": steps}


def _check_fits(work: UnitOfWork, row: Any, objective: Any, changes: dict[str, Any]) -> None:
    """Refuse what would leave an active objective's key result without its measure."""
    if "kind" in changes and has_progress(work.connection, row.id):
        raise CommandRejected(
            "kind", f"“{row.name}” has check-ins: add another key result instead."
        )
    if "name" in changes and same_name(work, row.objective_id, changes["name"]) is not None:
        raise CommandRejected("name", SAME_NAME)
    if objective.state == ObjectiveState.DRAFT:
        return
    before = _cells(work.connection, row)
    after = {**before, **changes}
    missing = missing_cell(after, bool(after["steps"]))
    if missing and missing[0] in changes and not missing_cell(before, bool(before["steps"])):
        raise CommandRejected(
            missing[0], f"The objective is {objective.state}: type a {missing[1]}."
        )


def _write(work: UnitOfWork, row: Any, changes: Mapping[str, Any]) -> None:
    entity = {name: changes[name] for name in ENTITY if name in changes}
    if entity.get("kpi_id") and not (changes.get("unit") or row.unit):
        kpi = check_live(work.connection, Kpi, entity["kpi_id"], what="KPI")
        entity["unit"] = kpi.unit
    if entity:
        work.alter(KeyResult, row.id, **entity)
    terms = {name: changes[name] for name in TERMS if name in changes}
    if terms:
        held = {name: getattr(row, name) for name in TERMS}
        said = {"key_result_id": row.id, **held, **terms, **from_today(work, row)}
        work.add(KeyResultTerms, [said])
    if "steps" in changes:
        write_steps(work, row.id, changes["steps"])
