"""Setting up key results: from where to where, what feeds them, and the steps of a milestone."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine

from data.actions.commands import follow_objectives
from data.core.cell_parsing import read_cells
from data.core.conflicts import changed_cells, check_conflicts
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.number_parsing import checked_number, typed_number, unit_of
from data.core.positions import next_position
from data.core.terms import Added, amend_terms, is_repeated
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_name, checked_note, checked_word
from data.names.lookup import kpi_named, names_here, person_named
from data.names.name_check import check_free, named
from data.okrs.commands.key_result_rows import (
    ENTITY,
    TERMS,
    has_progress,
    live_with_terms,
    missing_cells,
    withdraw,
    write_key_result,
)
from data.okrs.commands.objectives import editable_objective
from data.okrs.commands.recovering import check_holds_no_recovery
from data.okrs.commands.steps import steps_of, typed_steps, write_steps
from data.okrs.fields import KeyResultRow
from data.okrs.step_list import spelled_steps
from models import KeyResult, KeyResultKind, KeyResultTerms, Kpi, ObjectiveState

AMOUNTS = ("start", "target")
"""The numbers that are in the key result's unit."""
NUMBERS = (*AMOUNTS, "weight", "hold_periods")
LINKS = {"owner": "owner_id", "kpi": "kpi_id"}

MOST_PERIODS = 520
LONGEST_UNIT = 40
TEXTS = {"steps": spelled_steps}
SAME_NAME = "The objective has a key result of that name already."
STAYS = "it stays what it is until that is over"


def add_key_result(
    engine: Engine,
    *,
    person_id: int,
    objective_id: int,
    name: str,
    base_version: int,
    kpi_id: int | None = None,
    start: float | None = None,
    owner: str = "",
) -> Added:
    """Add a key result to an objective, at its end; its other cells are typed afterwards.

    A KPI that is to feed it brings its unit; where no owner is named, it is the objective's, else
    who adds it.
    """
    bare = checked_name(name, "key result")
    terms = {} if start is None else {"start": checked_number(start, field="start")}
    with command(engine, "add key result", person_id=person_id) as work:
        objective = editable_objective(work, objective_id)
        place = {"objective_id": objective_id}
        if (here := named(work.connection, KeyResult, bare, **place)) is not None:
            if kpi_id in (None, here.kpi_id) and is_repeated(work, here.version, base_version):
                return Added(None, here.id)
            raise CommandRejected("name", SAME_NAME)
        row: dict[str, Any] = {
            **place,
            "name": bare,
            "kind": KeyResultKind.METRIC,
            "position": next_position(work, KeyResult, place),
        }
        if kpi_id is not None:
            kpi = check_live(work.connection, Kpi, kpi_id, what="KPI")
            row |= {"kpi_id": kpi.id, "unit": kpi.unit}
        owner_id = person_named(work.connection, owner) or objective.owner_id or person_id
        return Added(work.command_id, write_key_result(work, row, owner_id=owner_id, **terms))


def amend_key_result(
    engine: Engine,
    *,
    person_id: int,
    key_result_id: int,
    said: Mapping[str, Any],
    base_version: int,
) -> int | None:
    """Change some cells of a key result and keep the others; numbers may come as typed.

    Owner and KPI are given by name, steps as in “Lease; Move (3)”. A KPI brings its unit where
    none is given, and so does “60 %” typed as start or target.
    """
    with command(engine, "edit key result", person_id=person_id) as work:
        row = live_with_terms(work, key_result_id)
        objective = editable_objective(work, row.objective_id)
        texts = {field: text for field, text in said.items() if field not in NUMBERS}
        wanted = _read(work.connection, objective.team_id, texts)
        shown_unit = said.get("unit", row.unit)
        is_metric = wanted.get("kind", row.kind) == KeyResultKind.METRIC
        for field, number in ((name, said[name]) for name in NUMBERS if name in said):
            if not shown_unit and is_metric and field in AMOUNTS and isinstance(number, str):
                shown_unit = wanted["unit"] = unit_of(number)
            wanted[field] = _number(number, field, shown_unit)
        stands = _cells(work.connection, row)
        changes = changed_cells(work, KeyResultRow, row.id, wanted, stands, base_version, TEXTS)
        _check_fits(work, row, objective, changes)
        _write(work, row, changes)
        return work.command_id if changes else None


def move_key_result(
    engine: Engine, *, person_id: int, key_result_id: int, objective_id: int, base_version: int
) -> int | None:
    """Move a key result to another objective, to its end, and what is done about it with it."""
    with command(engine, "move key result", person_id=person_id) as work:
        row = live_with_terms(work, key_result_id)
        if row.objective_id == objective_id:
            return None
        editable_objective(work, row.objective_id)
        editable_objective(work, objective_id)
        check_holds_no_recovery(work, key_result_id, STAYS)
        place = {"objective_id": objective_id}
        stands = {"objective_id": row.objective_id}
        check_conflicts(work, KeyResultRow, row.id, place, stands, base_version)
        check_free(work.connection, KeyResult, row.name, SAME_NAME, **place)
        position = next_position(work, KeyResult, place)
        work.alter(KeyResult, key_result_id, **place, position=position)
        follow_objectives(work, [objective_id])
        return work.command_id


def archive_key_result(
    engine: Engine, *, person_id: int, key_result_id: int, base_version: int
) -> int | None:
    """Withdraw a key result that nobody has checked in; check-ins are never deleted."""
    with command(engine, "archive key result", person_id=person_id) as work:
        row = live_with_terms(work, key_result_id)
        editable_objective(work, row.objective_id)
        check_holds_no_recovery(work, key_result_id, STAYS)
        if has_progress(work.connection, key_result_id):
            raise CommandRejected(
                "archive",
                f"“{row.name}” has check-ins, and those are kept. "
                "Give it the weight 0 and it counts no more.",
            )
        stands = _cells(work.connection, row)
        gone = dict.fromkeys(stands)
        check_conflicts(work, KeyResultRow, row.id, gone, stands, base_version, TEXTS)
        withdraw(work, key_result_id)
        return work.command_id


def _read(connection: Connection, team_id: int, said: Mapping[str, str]) -> dict[str, Any]:
    """Read cells that are no numbers: words, steps, and what an owner and a KPI are called."""
    readers: Mapping[str, Callable[[str], Any]] = {
        "name": lambda text: checked_name(text, "key result"),
        "kind": lambda word: checked_word(word, KeyResultKind, "kind"),
        "unit": _checked_unit,
        "steps": typed_steps,
        "owner": lambda text: person_named(connection, text),
        "kpi": lambda text: kpi_named(names_here(connection), text, team_id),
    }
    return {LINKS.get(name, name): value for name, value in read_cells(readers, said).items()}


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


def _cells(connection: Connection, row: Any) -> dict[str, Any]:
    steps = tuple((step.step, step.share) for step in steps_of(connection, row.id))
    return {**{name: getattr(row, name) for name in (*ENTITY, *TERMS)}, "steps": steps}


def _check_fits(work: UnitOfWork, row: Any, objective: Any, changes: dict[str, Any]) -> None:
    """Refuse what would leave an active objective's key result without its measure."""
    if changes.keys() & {"kind", "kpi_id"}:
        check_holds_no_recovery(work, row.id, STAYS)
    if "kind" in changes and has_progress(work.connection, row.id):
        raise CommandRejected(
            "kind", f"“{row.name}” has check-ins: add another key result instead."
        )
    if "name" in changes:
        place = {"objective_id": row.objective_id}
        name = changes["name"]
        check_free(work.connection, KeyResult, name, SAME_NAME, besides=row.id, **place)
    if objective.state == ObjectiveState.DRAFT:
        return
    before = _cells(work.connection, row)
    after = {**before, **changes}
    missing = missing_cells(after, bool(after["steps"]))
    field = next(iter(missing), "")
    if field in changes and not missing_cells(before, bool(before["steps"])):
        raise CommandRejected(
            field, f"The objective is {objective.state}: type a {missing[field]}."
        )


def _write(work: UnitOfWork, row: Any, changes: Mapping[str, Any]) -> None:
    entity = {name: changes[name] for name in ENTITY if name in changes}
    if entity.get("kpi_id") and not (changes.get("unit") or row.unit):
        kpi = check_live(work.connection, Kpi, entity["kpi_id"], what="KPI")
        entity["unit"] = kpi.unit
    if entity:
        work.alter(KeyResult, row.id, **entity)
    amend_terms(work, KeyResultTerms, TERMS, row, changes)
    if "steps" in changes:
        write_steps(work, row.id, changes["steps"])
