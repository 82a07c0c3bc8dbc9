"""Setting up key results: from where to where, what feeds them, and the steps of a milestone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, exists, func, select
from sqlmodel import col

from data.commands.cells import KEEP, Keep, said_cells
from data.commands.checked import checked_note, checked_word
from data.commands.contested import KEY_RESULT, check_contested
from data.commands.errors import Refused
from data.commands.facts import check_live, live
from data.commands.naming import checked_name, kpi_named, names_here, person_named
from data.commands.objectives import (
    Added,
    editable_objective,
    from_today,
    said_again,
)
from data.commands.steps import spelled_steps, steps_of, typed_steps, write_steps
from data.commands.typed import checked_number, typed_number
from data.commands.writing import Writing, command
from models import (
    CheckIn,
    KeyResult,
    KeyResultKind,
    KeyResultTerms,
    Kpi,
    Milestone,
    Objective,
    ObjectiveState,
    Person,
)

MOST_PERIODS = 520
LONGEST_UNIT = 40
ENTITY = ("name", "kind", "unit", "kpi_id")
TERMS = ("start", "target", "weight", "hold_periods", "owner_id")
SAME_NAME = "The objective has a key result of that name already."


def add_key_result(
    engine: Engine, *, person_id: int, objective_id: int, name: str, seen: int
) -> Added:
    """Add a key result to an objective, at its end; its other cells are typed afterwards.

    The same said twice, as after a lost answer, is one key result. Raises `Refused`, and has
    then changed nothing.
    """
    bare = checked_name(name, "key result")
    with command(engine, "add key result", person_id=person_id) as writing:
        objective = editable_objective(writing, objective_id)
        if (here := _same_name(writing, objective_id, bare)) is not None:
            if said_again(writing, here.version, seen):
                return Added(None, here.id)
            raise Refused("name", SAME_NAME)
        row = {
            "objective_id": objective_id,
            "name": bare,
            "kind": KeyResultKind.METRIC,
            "position": next_position(writing, objective_id),
        }
        return Added(
            writing.command_id, write_key_result(writing, row, owner_id=objective.owner_id)
        )


def amend_key_result(
    engine: Engine,
    *,
    person_id: int,
    key_result_id: int,
    seen: int,
    name: str | Keep = KEEP,
    kind: str | Keep = KEEP,
    unit: str | Keep = KEEP,
    start: str | float | Keep | None = KEEP,
    target: str | float | Keep | None = KEEP,
    weight: str | float | Keep = KEEP,
    hold_periods: str | float | Keep | None = KEEP,
    owner: str | Keep = KEEP,
    kpi: str | Keep = KEEP,
    steps: str | Keep = KEEP,
) -> int | None:
    """Change some cells of a key result and keep the others; numbers may come as typed.

    Owner and KPI are given by name, steps as in “Lease; Move (3)”. A KPI brings its unit where
    none is given. Gives the command's key, None where that stands already. Raises `Refused`, or
    `Conflict` where somebody changed a cell since the data's version that was seen; another
    cell is no rival's.
    """
    numbers = {"start": start, "target": target, "weight": weight, "hold_periods": hold_periods}
    with command(engine, "edit key result", person_id=person_id) as writing:
        row = live_with_terms(writing, key_result_id)
        objective = editable_objective(writing, row.objective_id)
        shown_unit = row.unit if unit is KEEP else unit
        said: dict[str, Any] = said_cells(
            {
                "name": name if name is KEEP else checked_name(name, "key result"),
                "kind": kind if kind is KEEP else checked_word(kind, KeyResultKind, "kind"),
                "unit": unit if unit is KEEP else _checked_unit(unit),
                "steps": steps if steps is KEEP else typed_steps(steps),
                "owner_id": owner if owner is KEEP else person_named(writing.connection, owner),
                "kpi_id": kpi
                if kpi is KEEP
                else kpi_named(names_here(writing.connection), kpi, objective.team_id),
            }
        )
        for field, number in said_cells(numbers).items():
            said[field] = _number(number, field, shown_unit)
        stands = _cells(writing.connection, row)
        changes = {field: value for field, value in said.items() if value != stands[field]}
        check_contested(
            writing.connection,
            KEY_RESULT,
            key_result_id,
            changes,
            stands,
            seen=seen,
            spelled=lambda field, value: _spelled(writing.connection, field, value),
        )
        _check_fits(writing, row, objective, changes)
        _write(writing, row, changes)
        return writing.command_id if changes else None


def move_key_result(
    engine: Engine, *, person_id: int, key_result_id: int, objective_id: int, seen: int
) -> int | None:
    """Move a key result to another objective, to its end.

    Gives the command's key, None where it is there. Raises `Refused` or `Conflict`.
    """
    with command(engine, "move key result", person_id=person_id) as writing:
        row = live_with_terms(writing, key_result_id)
        if row.objective_id == objective_id:
            return None
        editable_objective(writing, row.objective_id)
        editable_objective(writing, objective_id)
        place = {"objective_id": objective_id}
        stands = {"objective_id": row.objective_id}
        check_contested(
            writing.connection,
            KEY_RESULT,
            key_result_id,
            place,
            stands,
            seen=seen,
            spelled=lambda _field, key: str(
                check_live(writing.connection, Objective, key, what="objective").name
            ),
        )
        if _same_name(writing, objective_id, row.name) is not None:
            raise Refused("name", SAME_NAME)
        position = next_position(writing, objective_id)
        writing.alter(KeyResult, key_result_id, **place, position=position)
        return writing.command_id


def archive_key_result(
    engine: Engine, *, person_id: int, key_result_id: int, seen: int
) -> int | None:
    """Withdraw a key result that nobody has checked in; check-ins are never deleted.

    Gives the command's key. Raises `Refused`, or `Conflict` where somebody changed it meanwhile.
    """
    with command(engine, "archive key result", person_id=person_id) as writing:
        row = live_with_terms(writing, key_result_id)
        editable_objective(writing, row.objective_id)
        if has_progress(writing.connection, key_result_id):
            raise Refused(
                "archive",
                f"“{row.name}” has check-ins, and those are kept. "
                "Give it the weight 0 and it counts no more.",
            )
        stands = _cells(writing.connection, row)
        check_contested(
            writing.connection,
            KEY_RESULT,
            key_result_id,
            dict.fromkeys(stands),
            stands,
            seen=seen,
            spelled=lambda field, value: _spelled(writing.connection, field, value),
        )
        withdraw(writing, key_result_id)
        return writing.command_id


def live_with_terms(writing: Writing, key: int) -> Any:
    """Give a key result that is still here with the terms that hold today, else refuse."""
    columns = KeyResult.__table__.c  # type: ignore[attr-defined]
    terms = KeyResultTerms.__table__  # type: ignore[attr-defined]
    other = terms.alias()
    latest = (
        select(other.c.id)
        .where(other.c.key_result_id == columns.id, other.c.valid_from <= writing.today)
        .order_by(other.c.valid_from.desc(), other.c.known_at.desc(), other.c.id.desc())
        .limit(1)
        .correlate(KeyResult)
        .scalar_subquery()
    )
    query = (
        select(*columns, *(terms.c[name] for name in TERMS), terms.c.known_at)
        .select_from(KeyResult)
        .join(terms, terms.c.id == latest)
    )
    return live(writing.connection, query, columns, key, what="key result")


def write_key_result(
    writing: Writing, row: Mapping[str, Any], *, owner_id: int | None, **terms: Any
) -> int:
    """Write a new key result with its first terms; give its key."""
    (key,) = writing.add(KeyResult, [row])
    said = {"key_result_id": key, "owner_id": owner_id, **terms, **from_today(writing)}
    writing.add(KeyResultTerms, [said])
    return key


def next_position(writing: Writing, objective_id: int) -> int:
    """Give the place after the last key result of an objective."""
    here = select(func.max(col(KeyResult.position))).where(
        col(KeyResult.objective_id) == objective_id, col(KeyResult.withdrawn_at).is_(None)
    )
    last = writing.connection.execute(here).scalar()
    return 0 if last is None else int(last) + 1


def has_progress(connection: Connection, key_result_id: int) -> bool:
    """Tell whether somebody ever checked a key result in, or a step of it is done."""
    said = exists().where(
        col(CheckIn.key_result_id) == key_result_id, col(CheckIn.withdrawn).is_(False)
    )
    done = exists().where(
        col(Milestone.key_result_id) == key_result_id,
        col(Milestone.done_on).is_not(None),
        col(Milestone.withdrawn_at).is_(None),
    )
    return bool(connection.execute(select(said | done)).scalar())


def withdraw(writing: Writing, key_result_id: int) -> None:
    """Withdraw a key result and its steps."""
    for step in steps_of(writing.connection, key_result_id):
        writing.alter(Milestone, step.id, withdrawn_at=writing.at)
    writing.alter(KeyResult, key_result_id, withdrawn_at=writing.at)


def check_measurable(connection: Connection, objective_id: int) -> None:
    """Raise `Refused` where a key result of an objective lacks what it is measured by."""
    columns, terms = KeyResult.__table__.c, KeyResultTerms.__table__  # type: ignore[attr-defined]
    rows = connection.execute(
        select(*columns, *(terms.c[name] for name in TERMS))
        .select_from(KeyResult)
        .join(terms, terms.c.key_result_id == columns.id)
        .where(columns.objective_id == objective_id, columns.withdrawn_at.is_(None))
        .order_by(columns.position, columns.id, terms.c.valid_from, terms.c.known_at, terms.c.id)
    )
    for row in {row.id: row for row in rows}.values():
        if missing := _missing(row._asdict(), bool(steps_of(connection, row.id))):
            field, what = missing
            raise Refused(field, f"“{row.name}” has no {what} yet: type it first.")


def _missing(cells: Mapping[str, Any], has_steps: bool) -> tuple[str, str] | None:
    """Give the cell that a key result cannot be measured without, and its name."""
    if cells["kind"] == KeyResultKind.METRIC:
        needed = {"start": "start", "target": "target"}
    elif cells["kind"] == KeyResultKind.HOLD:
        needed = {"kpi_id": "KPI to hold", "hold_periods": "number of periods to hold"}
    else:
        return None if has_steps else ("steps", "step")
    return next(((field, what) for field, what in needed.items() if cells[field] is None), None)


def _same_name(writing: Writing, objective_id: int, name: str) -> Any:
    here = select(col(KeyResult.id), col(KeyResult.version)).where(
        col(KeyResult.objective_id) == objective_id,
        col(KeyResult.name) == name,
        col(KeyResult.withdrawn_at).is_(None),
    )
    return writing.connection.execute(here).first()


def _number(number: Any, field: str, unit: str) -> float | int | None:
    """Read a number as typed, blank as none; a weight of none counts as one."""
    if isinstance(number, str):
        blank = not number.strip()
        number = None if blank else typed_number(number, unit=unit, field=field)
    if number is None:
        return 1.0 if field == "weight" else None
    value = checked_number(number, field=field)
    if field == "weight" and value < 0:
        raise Refused(field, "A weight is 0 or more.")
    if field != "hold_periods":
        return value
    if value != int(value) or not 1 <= value <= MOST_PERIODS:
        raise Refused(field, f"Type a whole number of periods, from 1 to {MOST_PERIODS}.")
    return int(value)


def _checked_unit(unit: str) -> str:
    bare = " ".join(checked_note(unit, "unit").split())
    if len(bare) > LONGEST_UNIT:
        raise Refused("unit", f"Keep the unit short, up to {LONGEST_UNIT} characters.")
    return bare


def _cells(connection: Connection, row: Any) -> dict[str, Any]:
    steps = tuple((step.step, step.share) for step in steps_of(connection, row.id))
    return {**{name: getattr(row, name) for name in (*ENTITY, *TERMS)}, "steps": steps}


def _check_fits(writing: Writing, row: Any, objective: Any, changes: dict[str, Any]) -> None:
    """Refuse what would leave an active objective's key result without its measure."""
    if "kind" in changes and has_progress(writing.connection, row.id):
        raise Refused("kind", f"“{row.name}” has check-ins: add another key result instead.")
    if "name" in changes and _same_name(writing, row.objective_id, changes["name"]) is not None:
        raise Refused("name", SAME_NAME)
    if objective.state == ObjectiveState.DRAFT:
        return
    before = _cells(writing.connection, row)
    after = {**before, **changes}
    missing = _missing(after, bool(after["steps"]))
    if missing and missing[0] in changes and not _missing(before, bool(before["steps"])):
        raise Refused(missing[0], f"The objective is {objective.state}: type a {missing[1]}.")


def _write(writing: Writing, row: Any, changes: Mapping[str, Any]) -> None:
    entity = {name: changes[name] for name in ENTITY if name in changes}
    if entity.get("kpi_id") and not (changes.get("unit") or row.unit):
        kpi = check_live(writing.connection, Kpi, entity["kpi_id"], what="KPI")
        entity["unit"] = kpi.unit
    if entity:
        writing.alter(KeyResult, row.id, **entity)
    terms = {name: changes[name] for name in TERMS if name in changes}
    if terms:
        held = {name: getattr(row, name) for name in TERMS}
        said = {"key_result_id": row.id, **held, **terms, **from_today(writing, row)}
        writing.add(KeyResultTerms, [said])
    if "steps" in changes:
        write_steps(writing, row.id, changes["steps"])


def _spelled(connection: Connection, field: str, value: Any) -> str:
    """Write what stands in a cell."""
    if value is None:
        return ""
    if field == "steps":
        return spelled_steps(value)
    if field in ("owner_id", "kpi_id"):
        return str(
            check_live(connection, Person if field == "owner_id" else Kpi, value, what="name").name
        )
    return f"{value:.12g}" if isinstance(value, float) else str(value)
