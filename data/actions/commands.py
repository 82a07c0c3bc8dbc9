"""Agreeing on who does what by when, ticking it off, changing it, and withdrawing it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from data.actions.fields import ActionRow
from data.company.commands.roles import check_permitted
from data.core.as_of import table_of
from data.core.conflicts import changed_cells, check_seen_whole
from data.core.errors import CommandRejected
from data.core.fact_conflicts import UNSET, Unset
from data.core.fact_store import check_live
from data.core.limits import LONGEST_AHEAD
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_day, checked_note, seen_name
from data.names.lookup import person_named
from models import Action, KeyResult, Kpi, Objective, Role, Team

SAME = ("team_id", "kpi_id", "objective_id", "key_result_id", "what", "agreed_on")
"""What tells actions apart."""

SAY_WHAT = "Say what will be done: a few words are enough."
SAY_WHO = "Say who does it: pick a name from the list."
SAY_WHEN = "Choose a day by which it is done: today or later, at most a year from now."
AGREED_ALREADY = "This was agreed today already: change who does it or by when there."


def act(engine: Engine, *, person_id: int, kpi_id: int, owner: str, what: str, due: date) -> int:
    """Agree on who does what by when about a KPI, whose drift is decided until then.

    Gives the command's key. Raises `CommandRejected` without a doer, a deed or a day ahead, and
    has then changed nothing.
    """
    with command(engine, "act", person_id=person_id) as work:
        kpi = check_live(work.connection, Kpi, kpi_id, what="KPI")
        return _agree(work, kpi.team_id, {"kpi_id": kpi_id}, owner, what, due)


def act_in_team(
    engine: Engine, *, person_id: int, team_id: int, owner: str, what: str, due: date
) -> int:
    """Agree on who does what by when in a team, about nothing that is kept here, as `act` does."""
    with command(engine, "act", person_id=person_id) as work:
        check_live(work.connection, Team, team_id, what="team")
        return _agree(work, team_id, {}, owner, what, due)


def act_on_objective(
    engine: Engine, *, person_id: int, objective_id: int, owner: str, what: str, due: date
) -> int:
    """Agree on who does what by when about an objective, as `act` does about a KPI."""
    with command(engine, "act", person_id=person_id) as work:
        objective = check_live(work.connection, Objective, objective_id, what="objective")
        return _agree(work, objective.team_id, {"objective_id": objective_id}, owner, what, due)


def act_on_key_result(
    engine: Engine, *, person_id: int, key_result_id: int, owner: str, what: str, due: date
) -> int:
    """Agree on who does what by when about a key result, as `act` does about a KPI."""
    with command(engine, "act", person_id=person_id) as work:
        row = check_live(work.connection, KeyResult, key_result_id, what="key result")
        objective = check_live(work.connection, Objective, row.objective_id, what="objective")
        return _agree(work, objective.team_id, {"key_result_id": row.id}, owner, what, due)


def _agree(
    work: UnitOfWork, team_id: int, about: Mapping[str, int], owner: str, what: str, due: date
) -> int:
    check_permitted(work, Role.MEMBER, team_id=team_id)
    action = {
        **dict.fromkeys(("kpi_id", "objective_id", "key_result_id")),
        **about,
        "team_id": team_id,
        "what": _what(what),
        "owner_id": _owner(work, owner),
        "due": _due(work, due),
        "agreed_on": work.today,
    }
    _check_new(work, action)
    work.add(Action, [{**action, "known_at": work.at}])
    return work.command_id


def tick_off(
    engine: Engine,
    *,
    person_id: int,
    action_id: int,
    done_on: date | Unset | None = UNSET,
    note: str | Unset = UNSET,
    base_version: int,
) -> int | None:
    """Say on which day an action was done, None that it is not, and what came of it.

    Gives the command's key, None where that stands already. Raises `CommandRejected`, or
    `Conflict` where somebody said otherwise since the data's version that was seen.
    """
    with command(engine, "tick off action", person_id=person_id) as work:
        row = _permitted(work, action_id)
        said: dict[str, Any] = {}
        if not isinstance(done_on, Unset):
            said["done_on"] = _done_on(work, done_on)
        if not isinstance(note, Unset):
            said["note"] = checked_note(note)
        return _change(work, row, said, base_version)


def amend_action(
    engine: Engine,
    *,
    person_id: int,
    action_id: int,
    owner: str | Unset = UNSET,
    what: str | Unset = UNSET,
    due: date | Unset = UNSET,
    base_version: int,
) -> int | None:
    """Change who does what by when.

    Gives the command's key, None where that stands already. Raises `CommandRejected`, or
    `Conflict` where somebody changed the same since the data's version that was seen.
    """
    with command(engine, "edit action", person_id=person_id) as work:
        row = _permitted(work, action_id)
        said: dict[str, Any] = {}
        if not isinstance(owner, Unset):
            said["owner_id"] = _owner(work, owner)
        if not isinstance(what, Unset):
            said["what"] = _what(what)
        # A day that is past already may stay while something else is changed.
        if not isinstance(due, Unset) and due != row.due:
            said["due"] = _due(work, due)
        if said.get("what", row.what) != row.what:
            _check_new(work, {**row._asdict(), **said})
        return _change(work, row, said, base_version)


def withdraw_action(engine: Engine, *, person_id: int, action_id: int, base_version: int) -> int:
    """Say that an action is not to be done after all, as if it had not been agreed.

    Gives the command's key. Raises `CommandRejected` where somebody else changed it since the
    data's version that was seen.
    """
    with command(engine, "withdraw action", person_id=person_id) as work:
        row = _permitted(work, action_id)
        stands = row._asdict()
        check_seen_whole(work, ActionRow, action_id, stands, base_version, then="withdraw it")
        work.alter(Action, action_id, withdrawn_at=work.at)
        return work.command_id


def _permitted(work: UnitOfWork, action_id: int) -> Any:
    row = check_live(work.connection, Action, action_id, what="action")
    check_permitted(work, Role.MEMBER, team_id=row.team_id)
    return row


def _change(work: UnitOfWork, row: Any, said: Mapping[str, Any], base_version: int) -> int | None:
    changes = changed_cells(work, ActionRow, row.id, said, row._asdict(), base_version)
    if not changes:
        return None
    work.alter(Action, row.id, **changes)
    return work.command_id


def follow_objectives(work: UnitOfWork, objective_ids: Sequence[int]) -> None:
    """Let the actions about objectives and their key results be of the teams that those are of."""
    actions, objectives = table_of(Action), table_of(Objective)
    key_results = table_of(KeyResult)
    above = func.coalesce(key_results.c.objective_id, actions.c.objective_id)
    query = (
        select(actions.c.id, objectives.c.team_id)
        .outerjoin(key_results, key_results.c.id == actions.c.key_result_id)
        .join(objectives, objectives.c.id == above)
        .where(objectives.c.id.in_(objective_ids), actions.c.withdrawn_at.is_(None))
        .order_by(actions.c.id)
    )
    for action_id, team_id in work.connection.execute(query).all():
        work.alter(Action, action_id, team_id=team_id)


def are_told_apart(connection: Connection) -> bool:
    """Tell whether a file could tell all actions apart."""
    columns = table_of(Action).c
    same = [columns[name] for name in SAME]
    live = select(func.count()).where(columns.withdrawn_at.is_(None))
    return connection.execute(live.group_by(*same).having(func.count() > 1)).first() is None


def _check_new(work: UnitOfWork, action: Mapping[str, Any]) -> None:
    """Reject it where the same was agreed on the same day: no file could tell the two apart."""
    columns = table_of(Action).c
    here = select(columns.id).where(
        *(columns[name] == action[name] for name in SAME), columns.withdrawn_at.is_(None)
    )
    if work.connection.execute(here).first() is not None:
        raise CommandRejected("action", AGREED_ALREADY)


def _what(text: str) -> str:
    """Give what is to be done on one line, as a file would give it back."""
    if not isinstance(text, str):
        raise CommandRejected("action", SAY_WHAT)
    return seen_name(text, SAY_WHAT, field="action", called="What")


def _owner(work: UnitOfWork, name: str) -> int:
    owner_id = person_named(work.connection, name)
    if owner_id is None:
        raise CommandRejected("owner", SAY_WHO)
    return owner_id


def _due(work: UnitOfWork, day: date) -> date:
    if not 0 <= (checked_day(day, "due") - work.today).days <= LONGEST_AHEAD:
        raise CommandRejected("due", SAY_WHEN)
    return day


def _done_on(work: UnitOfWork, day: date | None) -> date | None:
    if day is not None and checked_day(day, "done_on") > work.today:
        raise CommandRejected("done_on", "Choose today or an earlier day: this one lies ahead.")
    return day
