"""Actions of an import: who does what by when, found again by what is to be done."""

from collections.abc import Mapping
from typing import Any

from data.actions.fields import ActionRow
from data.core.fields import columns, plain_values
from data.exchange.importing.batch import Batch, live_rows
from data.exchange.importing.import_facts import has_begun, when_over
from data.exchange.importing.lookup import (
    key_result_of,
    kpi_of,
    objective_of,
    team_of,
    thing_of,
)
from data.exchange.importing.things import store, tally
from models import Action

FILE = "actions"
OWNER = next(column for column in columns(ActionRow) if column.name == "owner")
SAME = ("kpi_id", "objective_id", "key_result_id", "what")
"""What tells actions apart that were agreed in a team on the same day."""


def import_actions(batch: Batch) -> None:
    """Bring in the actions; one without the day on which it was agreed is the last such one."""
    here = {_key(row._asdict()): row for row in live_rows(batch, Action)}
    last_agreed = {key[:-1]: key[-1] for key in here}
    over = when_over(batch)
    rows: dict[Any, dict[str, Any]] = {}
    lines = []
    for row in batch.tables.actions:
        about = _about(batch, row)
        begun = [has_begun(batch, row, name) for name in ("agreed_on", "done_on")]
        if about is None or not all(begun):
            continue
        action = {**plain_values(row, Action), **about}
        action[OWNER.stored] = thing_of(batch, row, OWNER, row.owner)
        if row.agreed_on is None:
            action["agreed_on"] = last_agreed.get(_key(action)[:-1], batch.work.today)
        key = _key(action)
        if key not in here:
            action["known_at"] = over(action["agreed_on"])
        rows[key] = action
        lines.append((key, row.line))
    _, changed = store(batch, FILE, rows, here)
    tally(batch, FILE, rows, here, changed, lines)


def _key(action: Mapping[str, Any]) -> tuple[Any, ...]:
    """Tell actions apart; an objective has one team, whatever the team was as it was agreed."""
    is_about_okrs = action["objective_id"] or action["key_result_id"]
    team_id = None if is_about_okrs else action["team_id"]
    return (team_id, *(action[name] for name in (*SAME, "agreed_on")))


def _about(batch: Batch, row: Any) -> dict[str, int | None] | None:
    """Give the keys of what an action is about, None where a name is not known: it is reported."""
    if (team_id := team_of(batch, row)) is None:
        return None
    about: dict[str, int | None] = {"kpi_id": None, "objective_id": None, "key_result_id": None}
    if row.kpi:
        about["kpi_id"] = kpi_of(batch, row, row.kpi, team_id)
    if row.key_result:
        about["key_result_id"] = key_result_of(batch, row)
    elif row.objective:
        about["objective_id"] = objective_of(batch, row)
    named = (row.kpi, row.key_result or row.objective)
    found = sum(key is not None for key in about.values())
    return {"team_id": team_id, **about} if found == sum(map(bool, named)) else None
