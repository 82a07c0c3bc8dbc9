"""Setting up objectives: their words, whose they are, what they support and what they guard."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from data.company.commands.roles import check_permitted
from data.core.conflicts import check_conflicts
from data.core.errors import CommandRejected
from data.core.fact_conflicts import UNSET, Unset, set_cells
from data.core.fact_store import check_live
from data.core.fields import stored_in
from data.core.terms import Added, from_today, is_repeated, with_terms_of_today
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_name, checked_word
from data.names.cycle_check import check_no_support_loop
from data.names.lookup import kpis_named, names_here, objectives_named, person_named
from data.okrs.fields import ObjectiveRow
from models import (
    OVER,
    Alignment,
    Ambition,
    Cycle,
    Entity,
    Guardrail,
    Objective,
    ObjectiveState,
    ObjectiveTerms,
    Role,
    Scope,
    Team,
)

ENTITY = stored_in(ObjectiveRow, Objective)
TERMS = stored_in(ObjectiveRow, ObjectiveTerms)
TIES: Mapping[str, tuple[type[Entity], str]] = {
    "supports": (Alignment, "supports_id"),
    "guardrails": (Guardrail, "kpi_id"),
}


def add_objective(
    engine: Engine,
    *,
    person_id: int,
    cycle_id: int,
    team_id: int,
    name: str,
    base_version: int,
    scope: Scope = Scope.TEAM,
    ambition: Ambition = Ambition.ASPIRATIONAL,
) -> Added:
    """Add an objective to a team's draft of a cycle, at its end; an individual's is one's own.

    The same said twice, as after a lost answer, is one objective. Raises `CommandRejected`, and has
    then changed nothing.
    """
    bare = checked_name(name, "objective")
    with command(engine, "add objective", person_id=person_id) as work:
        check_live(work.connection, Cycle, cycle_id, what="cycle")
        check_live(work.connection, Team, team_id, what="team")
        whose = checked_word(scope, Scope, "scope")
        own = whose is Scope.INDIVIDUAL
        check_permitted(work, Role.MEMBER if own else Role.LEAD, team_id=team_id)
        place = {"cycle_id": cycle_id, "team_id": team_id}
        if (here := _same_name(work, place, bare)) is not None:
            if is_repeated(work, here.version, base_version):
                return Added(None, here.id)
            raise CommandRejected(
                "name", "The team has an objective of that name in this cycle already."
            )
        row = {**place, "name": bare, "scope": whose, "position": next_position(work, place)}
        return Added(
            work.command_id,
            write_objective(
                work,
                row,
                ambition=checked_word(ambition, Ambition, "ambition"),
                owner_id=person_id if own else None,
            ),
        )


def amend_objective(
    engine: Engine,
    *,
    person_id: int,
    objective_id: int,
    base_version: int,
    name: str | Unset = UNSET,
    scope: str | Unset = UNSET,
    ambition: str | Unset = UNSET,
    owner: str | Unset = UNSET,
    supports: str | Unset = UNSET,
    guardrails: str | Unset = UNSET,
) -> int | None:
    """Change some cells of an objective and keep the others.

    Owner, what it supports and its guardrails are given by name, lists with `;` between. Gives
    the command's key, None where that stands already. Raises `CommandRejected`, or `Conflict` where
    somebody changed a cell since the data's version that was seen; another cell is no rival's.
    """
    texts = {"owner_id": owner, "supports": supports, "guardrails": guardrails}
    with command(engine, "edit objective", person_id=person_id) as work:
        row = editable_objective(work, objective_id)
        said = set_cells(
            {
                "name": name if name is UNSET else checked_name(name, "objective"),
                "scope": scope if scope is UNSET else checked_word(scope, Scope, "scope"),
                "ambition": ambition
                if ambition is UNSET
                else checked_word(ambition, Ambition, "ambition"),
                **_found(work.connection, row, set_cells(texts)),
            }
        )
        _check_still_may(work, row, said)
        stands = _cells(work.connection, row)
        changes = {field: value for field, value in said.items() if value != stands[field]}
        check_conflicts(
            work.connection, ObjectiveRow, objective_id, changes, stands, base_version=base_version
        )
        _write(work, row, changes)
        return work.command_id if changes else None


def editable_objective(work: UnitOfWork, key: int) -> Any:
    """Give an objective that is here with its terms of today, not over, that one may change."""
    row = live_objective(work, key)
    check_permitted_for_objective(work, row)
    if row.state in OVER:
        raise CommandRejected("state", f"“{row.name}” is {row.state}: reopen it first.")
    return row


def live_objective(work: UnitOfWork, key: int) -> Any:
    """Give an objective that is still here with the terms that hold today, else refuse."""
    return with_terms_of_today(work, Objective, ObjectiveTerms, TERMS, key, what="objective")


def check_permitted_for_objective(work: UnitOfWork, row: Any) -> None:
    """Reject it where one may not change an objective: a lead may, or whose own it is."""
    own = row.scope == Scope.INDIVIDUAL and row.owner_id == work.person_id
    check_permitted(work, Role.MEMBER if own else Role.LEAD, team_id=row.team_id)


def write_objective(
    work: UnitOfWork,
    row: Mapping[str, Any],
    *,
    ambition: str,
    owner_id: int | None,
    state: ObjectiveState = ObjectiveState.DRAFT,
) -> int:
    """Write a new objective with its first terms; give its key."""
    (key,) = work.add(Objective, [row])
    terms = {"objective_id": key, "state": state, "ambition": ambition, "owner_id": owner_id}
    work.add(ObjectiveTerms, [{**terms, **from_today(work)}])
    return key


def write_terms(work: UnitOfWork, row: Any, **changes: Any) -> None:
    """Let an objective's terms hold from today on, changed."""
    held = {name: getattr(row, name) for name in TERMS}
    said = {"objective_id": row.id, **held, **changes, **from_today(work, row)}
    work.add(ObjectiveTerms, [said])


def next_position(work: UnitOfWork, place: Mapping[str, int]) -> int:
    """Give the place after the last objective of a team in a cycle."""
    columns = Objective.__table__.c  # type: ignore[attr-defined]
    here = select(func.max(columns.position)).where(
        *(columns[name] == key for name, key in place.items()), columns.withdrawn_at.is_(None)
    )
    last = work.connection.execute(here).scalar()
    return 0 if last is None else int(last) + 1


def _same_name(work: UnitOfWork, place: Mapping[str, int], name: str) -> Any:
    columns = Objective.__table__.c  # type: ignore[attr-defined]
    here = select(columns.id, columns.version).where(
        *(columns[each] == key for each, key in place.items()),
        columns.name == name,
        columns.withdrawn_at.is_(None),
    )
    return work.connection.execute(here).first()


def _found(connection: Connection, row: Any, texts: Mapping[str, str]) -> dict[str, Any]:
    """Find what cells name: an owner's key, and the keys of lists in the order of the keys."""
    found: dict[str, Any] = {}
    names = names_here(connection) if texts.keys() & TIES.keys() else None
    for field, text in texts.items():
        if names is None or field == "owner_id":
            found[field] = person_named(connection, text)
        elif field == "supports":
            keys = objectives_named(names, text, row.team_id, row.cycle_id)
            found[field] = tuple(sorted(keys))
        else:
            found[field] = tuple(sorted(kpis_named(names, text, row.team_id)))
    return found


def _cells(connection: Connection, row: Any) -> dict[str, Any]:
    cells = {name: getattr(row, name) for name in (*ENTITY, *TERMS)}
    return {**cells, **{field: tuple(sorted(_tied(connection, row.id, field))) for field in TIES}}


def _tied(connection: Connection, objective_id: int, field: str) -> dict[int, int]:
    """Give what an objective is tied to, with the key of each tie."""
    entity, link = TIES[field]
    columns = entity.__table__.c  # type: ignore[attr-defined]
    here = columns.objective_id == objective_id, columns.withdrawn_at.is_(None)
    return {
        other: key
        for key, other in connection.execute(select(columns.id, columns[link]).where(*here))
    }


def _check_still_may(work: UnitOfWork, row: Any, said: Mapping[str, Any]) -> None:
    """Reject it where one would give an own objective to others, or take one of theirs."""
    if not said.keys() & {"scope", "owner_id"}:
        return
    scope = said.get("scope", row.scope)
    own = scope == Scope.INDIVIDUAL and said.get("owner_id", row.owner_id) == work.person_id
    check_permitted(work, Role.MEMBER if own else Role.LEAD, team_id=row.team_id)


def _write(work: UnitOfWork, row: Any, changes: Mapping[str, Any]) -> None:
    if "name" in changes:
        place = {"cycle_id": row.cycle_id, "team_id": row.team_id}
        if _same_name(work, place, changes["name"]) is not None:
            raise CommandRejected(
                "name", "The team has an objective of that name in this cycle already."
            )
    entity = {name: changes[name] for name in ENTITY if name in changes}
    if entity:
        work.alter(Objective, row.id, **entity)
    terms = {name: changes[name] for name in TERMS if name in changes}
    if terms:
        write_terms(work, row, **terms)
    for field in TIES.keys() & changes.keys():
        tie(work, row.id, field, changes[field])
    if "supports" in changes:
        check_no_support_loop(work.connection, "supports")


def tie(work: UnitOfWork, objective_id: int, field: str, wanted: Iterable[int]) -> None:
    """Tie an objective to what it supports or guards, and untie it from all else."""
    entity, link = TIES[field]
    here = _tied(work.connection, objective_id, field)
    keys = list(wanted)
    for other, key in here.items():
        if other not in keys:
            work.alter(entity, key, withdrawn_at=work.at)
    new = [other for other in keys if other not in here]
    work.add(entity, [{"objective_id": objective_id, link: other} for other in new])
