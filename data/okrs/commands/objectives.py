"""Setting up objectives: their words, whose they are, what they support and what they guard."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine

from data.company.commands.roles import check_permitted
from data.core.cell_parsing import read_cells
from data.core.conflicts import changed_cells
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.fields import stored_in
from data.core.positions import next_position
from data.core.terms import Added, add_with_terms, amend_terms, from_today, with_terms_of_today
from data.core.ties import Ties, tie, tied
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_name, checked_word
from data.names.cycle_check import check_no_support_loop
from data.names.lookup import kpis_named, names_here, objectives_named, person_named
from data.names.name_check import added_before, check_free
from data.okrs.fields import ObjectiveRow
from models import (
    OVER,
    Alignment,
    Ambition,
    Cycle,
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
LINKS = {"owner": "owner_id"}
PLACE = "cycle_id", "team_id"
SUPPORTS = Ties(Alignment, "objective_id", "supports_id")
GUARDRAILS = Ties(Guardrail, "objective_id", "kpi_id")
TIES = {"supports": SUPPORTS, "guardrails": GUARDRAILS}
SAME_NAME = "The team has an objective of that name in this cycle already."


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
    owner: str = "",
) -> Added:
    """Add an objective to a team's draft of a cycle, at its end; an individual's is one's own.

    Its owner is given by name, nobody where it is empty.
    """
    bare = checked_name(name, "objective")
    with command(engine, "add objective", person_id=person_id) as work:
        check_live(work.connection, Cycle, cycle_id, what="cycle")
        check_live(work.connection, Team, team_id, what="team")
        whose = checked_word(scope, Scope, "scope")
        is_own = whose is Scope.INDIVIDUAL
        owner_id = person_id if is_own else person_named(work.connection, owner)
        _check_permitted(work, team_id, whose, owner_id)
        place = {"cycle_id": cycle_id, "team_id": team_id}
        if here := added_before(
            work, Objective, bare, SAME_NAME, base_version=base_version, **place
        ):
            return here
        key = write_objective(
            work,
            {**place, "name": bare, "scope": whose},
            ambition=checked_word(ambition, Ambition, "ambition"),
            owner_id=owner_id,
        )
        return Added(work.command_id, key)


def amend_objective(
    engine: Engine, *, person_id: int, objective_id: int, said: Mapping[str, str], base_version: int
) -> int | None:
    """Change some cells of an objective, given as they were typed, and keep the others.

    Owner, what it supports and its guardrails are given by name, lists with `;` between.
    """
    with command(engine, "edit objective", person_id=person_id) as work:
        row = editable_objective(work, objective_id)
        wanted = _read(work.connection, row, said)
        if wanted.keys() & {"scope", "owner_id"}:
            # Nobody gives an own objective to others, or takes one of theirs.
            whose = wanted.get("scope", row.scope), wanted.get("owner_id", row.owner_id)
            _check_permitted(work, row.team_id, *whose)
        stands = _cells(work.connection, row)
        changes = changed_cells(work, ObjectiveRow, objective_id, wanted, stands, base_version)
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
    _check_permitted(work, row.team_id, row.scope, row.owner_id)


def _check_permitted(work: UnitOfWork, team_id: int, scope: str, owner_id: int | None) -> None:
    own = scope == Scope.INDIVIDUAL and owner_id == work.person_id
    check_permitted(work, Role.MEMBER if own else Role.LEAD, team_id=team_id)


def write_objective(
    work: UnitOfWork,
    row: Mapping[str, Any],
    *,
    ambition: str,
    owner_id: int | None,
    state: ObjectiveState = ObjectiveState.DRAFT,
) -> int:
    """Write an objective with its first terms, after the others of its place; give its key.

    It is a draft unless told otherwise.
    """
    place = {name: row[name] for name in PLACE}
    complete = {**row, "position": next_position(work, Objective, place)}
    terms = {"state": state, "ambition": ambition, "owner_id": owner_id}
    said = {**terms, **from_today(work)}
    return add_with_terms(work, Objective, complete, ObjectiveTerms, said)


def write_terms(work: UnitOfWork, row: Any, **changes: Any) -> None:
    """Let an objective's terms hold from today on, changed."""
    amend_terms(work, ObjectiveTerms, TERMS, row, changes)


def _read(connection: Connection, row: Any, said: Mapping[str, str]) -> dict[str, Any]:
    """Read cells: an owner's key by name, and the keys of lists in the order of the keys."""
    names = cache(lambda: names_here(connection))
    readers: Mapping[str, Callable[[str], Any]] = {
        "name": lambda text: checked_name(text, "objective"),
        "scope": lambda word: checked_word(word, Scope, "scope"),
        "ambition": lambda word: checked_word(word, Ambition, "ambition"),
        "owner": lambda text: person_named(connection, text),
        "supports": lambda text: _sorted(
            objectives_named(names(), text, row.team_id, row.cycle_id)
        ),
        "guardrails": lambda text: _sorted(kpis_named(names(), text, row.team_id)),
    }
    return {LINKS.get(name, name): value for name, value in read_cells(readers, said).items()}


def _sorted(keys: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(keys))


def _cells(connection: Connection, row: Any) -> dict[str, Any]:
    cells = {name: getattr(row, name) for name in (*ENTITY, *TERMS)}
    lists = {field: _sorted(tied(connection, ties, row.id)) for field, ties in TIES.items()}
    return {**cells, **lists}


def _write(work: UnitOfWork, row: Any, changes: Mapping[str, Any]) -> None:
    if "name" in changes:
        place = {name: getattr(row, name) for name in PLACE}
        name = changes["name"]
        check_free(work.connection, Objective, name, SAME_NAME, besides=row.id, **place)
    entity = {name: changes[name] for name in ENTITY if name in changes}
    if entity:
        work.alter(Objective, row.id, **entity)
    amend_terms(work, ObjectiveTerms, TERMS, row, changes)
    for field in TIES.keys() & changes.keys():
        tie(work, TIES[field], row.id, changes[field])
    if "supports" in changes:
        check_no_support_loop(work.connection, "supports")
