"""Teams, people and cycles: what everything else in an import hangs on."""

from typing import Any

from data.core.fields import plain_values
from data.core.problems import Code, Named
from data.core.terms import from_the_beginning, from_today
from data.exchange.importing.batch import MISSING, Batch, live_rows, terms_in_force, with_former
from data.exchange.importing.lookup import team_of
from data.exchange.importing.things import store, tally
from models import Cycle, Entity, Membership, Person, Role, Team


def import_teams(batch: Batch) -> None:
    """Bring in the teams, those above before those below them."""
    here = _by_name(batch, Team)
    batch.names.teams = {name: row.id for name, row in here.items()}
    batch.names.parents = {row.id: row.parent_id for row in here.values()}
    waiting = {row.team: row for row in batch.tables.teams}
    known = {"", *batch.names.teams, *waiting}
    for row in batch.tables.teams:
        if row.parent not in known:
            batch.problem_on(
                "teams",
                row.line,
                f"unknown parent “{row.parent}”",
                "add a row for it, or leave the parent empty",
                code=Code.UNKNOWN_NAME,
                about=Named("teams", row.parent),
            )
            batch.names.teams.setdefault(waiting.pop(row.team).team, MISSING)
    rows: dict[str, dict[str, Any]] = {}
    changed: set[str] = set()
    while ready := [row for row in waiting.values() if row.parent not in waiting]:
        level = {
            row.team: {**plain_values(row, Team), "parent_id": batch.names.teams.get(row.parent)}
            for row in ready
            if batch.names.teams.get(row.parent) != MISSING
        }
        keys, altered = store(batch, "teams", level, here)
        rows |= level
        changed |= altered
        for row in ready:
            batch.names.teams[row.team] = keys.get(row.team, MISSING)
            if row.team not in here or batch.gives("teams", "parent"):
                batch.names.parents[batch.names.teams[row.team]] = batch.names.teams.get(row.parent)
            del waiting[row.team]
    tally(batch, "teams", rows, here, changed, [(row.team, row.line) for row in batch.tables.teams])
    if waiting:
        _report_loop(batch, list(waiting.values()))
    else:
        _check_tree(batch)


def _report_loop(batch: Batch, rows: list[Any]) -> None:
    for row in rows:
        batch.names.teams.setdefault(row.team, MISSING)
        batch.problem(row, f"“{row.team}” is above itself", "give one of them another parent")


def _check_tree(batch: Batch) -> None:
    """Refuse a loop that closes over teams that were here before."""
    for row in batch.tables.teams:
        key = batch.names.teams[row.team]
        above = batch.names.parents.get(key)
        if key != MISSING and above is not None and key in batch.names.lineage(above):
            _report_loop(batch, [row])


def import_people(batch: Batch) -> None:
    """Bring in the people and their roles in teams."""
    here = _by_name(batch, Person)
    rows: dict[str, dict[str, Any]] = {}
    for row in batch.tables.people:
        person = rows.setdefault(row.person, {"name": row.person, "email": ""})
        person["email"] = row.email or person["email"]
    batch.names.people, changed = store(batch, "people", rows, here)
    changed |= _import_roles(batch)
    lines = [(row.person, row.line) for row in batch.tables.people]
    before = {name: row for name, row in here.items() if name != batch.newcomer}
    tally(batch, "people", rows, before, changed, lines)


def _import_roles(batch: Batch) -> set[str]:
    here = terms_in_force(batch, Membership, "id").values()
    roles = {(row.person_id, row.team_id): row.role for row in here}
    changed: set[str] = set()
    added = []
    for row in batch.tables.people:
        if not row.team:
            continue
        if (team_id := team_of(batch, row)) is None:
            continue
        key = (batch.names.people[row.person], team_id)
        if roles.get(key) and not batch.gives("people", "role"):
            continue
        role = row.role or Role.MEMBER
        if roles.get(key) != role:
            changed.add(row.person)
            added.append({"person_id": key[0], "team_id": key[1], "role": role})
            added[-1].update((from_today if key in roles else from_the_beginning)(batch.work))
    batch.work.add(Membership, added)
    return changed


def import_cycles(batch: Batch) -> None:
    """Bring in the cycles, and note which contain which."""
    here = _by_name(batch, Cycle)
    rows = {row.cycle: plain_values(row, Cycle) for row in batch.tables.cycles}
    _, changed = store(batch, "cycles", rows, here)
    lines = [(row.cycle, row.line) for row in batch.tables.cycles]
    tally(batch, "cycles", rows, here, changed, lines)
    batch.names.note_cycles(live_rows(batch, Cycle))
    batch.names.cycles = {**{name: row.id for name, row in here.items()}, **batch.names.cycles}


def _by_name(batch: Batch, entity: type[Entity]) -> dict[str, Any]:
    here = {row.name: row for row in live_rows(batch, entity)}
    return with_former(batch, entity, here, lambda _row, name: name)
