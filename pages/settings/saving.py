"""What a person types into a table of settings: sent as a command, told as an outcome."""

from calendar import month_name
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from sqlalchemy import Engine

from components.editing.grid import Edited
from components.settings.settings_tables import hand_to
from data.company.commands.cycles import add_cycle, amend_cycle, archive_cycle
from data.company.commands.erasing import erase_person
from data.company.commands.fiscal_year import set_fiscal_year
from data.company.commands.people import add_person, amend_person, archive_person, hand_over
from data.company.commands.retention import set_retention
from data.company.commands.teams import add_team, amend_team, archive_team
from data.company.commands.time_zone import set_time_zone
from data.core.errors import CommandRejected
from data.core.outcomes import Outcome
from data.core.terms import Added
from data.kpis.commands.kpis import add_kpi, amend_kpi, archive_kpi
from data.screens.views.settings import TableName
from pages.shared.dispatch import NO_SENSE, Done, change, send

NOTHING_OWNED = "Nothing is owned there any more."


class Commands(NamedTuple):
    """What adds, changes and archives a row, which is told already."""

    add: Callable[..., Added]
    amend: Callable[..., int | None]
    archive: Callable[..., int]


def save_row(
    engine: Engine, name: str | None, table: TableName, edit: Edited | None, *, team_id: int
) -> Outcome:
    """Add, change or archive a row; `team_id` is the team in which roles are looked at."""

    def command(person_id: int) -> Done:
        if edit is None:
            raise CommandRejected("edit", NO_SENSE)
        commands = _commands(table, edit.id, team_id)
        at = {"person_id": person_id, "base_version": edit.base_version}
        if edit.did == "archive":
            return Done(commands.archive(engine, **at), "Archived.")
        if edit.did == "hand over":
            handed = hand_over(engine, listed_id=edit.id, to_id=hand_to(edit) or 0, **at)
            return Done(handed, "Handed over.", NOTHING_OWNED)
        if edit.did == "add":
            added = commands.add(engine, said=edit.cells, **at)
            return Done(added.command_id, f"Added {_name(edit)}.", made=added.id)
        return Done(commands.amend(engine, said=edit.cells, **at), "Saved.")

    return send(engine, name, "row", 0 if edit is None else edit.id, command)


def erase(engine: Engine, name: str | None, listed_id: int, typed_name: str) -> Outcome:
    """Erase a person, once their name was typed."""
    command = partial(erase_person, engine, listed_id=listed_id, typed_name=typed_name)
    return change(engine, name, "row", listed_id, command, "Erased for good.")


def save_retention(engine: Engine, name: str | None, days: Mapping[str, int | None]) -> Outcome:
    """Let details be deleted after a while."""
    return change(engine, name, "row", 0, partial(set_retention, engine, days=days), "Saved.")


def save_time_zone(engine: Engine, name: str | None, zone: str) -> Outcome:
    """Let the company's days begin and end in another time zone."""
    told = f"Days begin and end in {zone} now."
    return change(engine, name, "row", 0, partial(set_time_zone, engine, name=zone), told)


def save_fiscal_year(engine: Engine, name: str | None, starts: int) -> Outcome:
    """Let the company's fiscal year start in another month."""
    told = f"The fiscal year starts in {month_name[starts]} now."
    return change(engine, name, "row", 0, partial(set_fiscal_year, engine, starts=starts), told)


def _commands(table: TableName, key: int, team_id: int) -> Commands:
    """Give what adds, changes and archives a row of a table."""
    match table:
        case "teams":
            return Commands(
                add_team,
                partial(amend_team, team_id=key),
                partial(archive_team, team_id=key),
            )
        case "people":
            return Commands(
                partial(add_person, team_id=team_id),
                partial(amend_person, listed_id=key, team_id=team_id),
                partial(archive_person, listed_id=key),
            )
        case "cycles":
            return Commands(
                add_cycle,
                partial(amend_cycle, cycle_id=key),
                partial(archive_cycle, cycle_id=key),
            )
        case "kpis":
            return Commands(
                add_kpi,
                partial(amend_kpi, kpi_id=key),
                partial(archive_kpi, kpi_id=key),
            )


def _name(edit: Edited) -> str:
    return " ".join(edit.cells.get("name", "").split())
