"""What a person types into a table of settings: sent as a command, told as an outcome."""

from collections.abc import Mapping

from sqlalchemy import Engine

from components.editing.editable_table import Edited
from data.company.commands.cycles import add_cycle, amend_cycle, archive_cycle
from data.company.commands.people import add_person, amend_person, archive_person, hand_over
from data.company.commands.teams import add_team, amend_team, archive_team
from data.company.commands.time_zone import set_time_zone
from data.core.outcomes import Outcome
from data.core.terms import Added
from data.kpis.commands.kpis import add_kpi, amend_kpi, archive_kpi
from data.screens.views.settings import TableName
from pages.shared.dispatch import Done, send

NOTHING_OWNED = "Nothing is owned there any more."


def save_row(
    engine: Engine, name: str | None, table: TableName, edit: Edited, *, team_id: int
) -> Outcome:
    """Add, change or archive a row; `team_id` is the team in which roles are looked at."""

    def command(person_id: int) -> Done:
        if edit.archive:
            return Done(_archive(engine, person_id, table, edit.id, edit.base_version), "Archived.")
        if edit.hand_to:
            return Done(_hand_over(engine, person_id, edit), "Handed over.", NOTHING_OWNED)
        if not edit.id:
            added = _add(engine, person_id, table, edit.cells, edit.base_version, team_id)
            return Done(added.command_id, f"Added {_name(edit)}.", made=added.id)
        amended = _amend(engine, person_id, table, edit, team_id)
        return Done(amended, "Saved.")

    return send(engine, name, "row", edit.id, command)


def save_time_zone(engine: Engine, name: str | None, zone: str) -> Outcome:
    """Let the company's days begin and end in another time zone."""

    def command(person_id: int) -> Done:
        command_id = set_time_zone(engine, person_id=person_id, name=zone)
        return Done(command_id, f"Days begin and end in {zone} now.")

    return send(engine, name, "row", 0, command)


def _archive(engine: Engine, person_id: int, table: TableName, key: int, base_version: int) -> int:
    if table == "teams":
        return archive_team(engine, person_id=person_id, team_id=key, base_version=base_version)
    if table == "people":
        return archive_person(engine, person_id=person_id, listed_id=key, base_version=base_version)
    if table == "cycles":
        return archive_cycle(engine, person_id=person_id, cycle_id=key, base_version=base_version)
    return archive_kpi(engine, person_id=person_id, kpi_id=key, base_version=base_version)


def _amend(
    engine: Engine, person_id: int, table: TableName, edit: Edited, team_id: int
) -> int | None:
    key, said, base_version = edit.id, edit.cells, edit.base_version
    if table == "teams":
        return amend_team(
            engine, person_id=person_id, team_id=key, said=said, base_version=base_version
        )
    if table == "people":
        return amend_person(
            engine,
            person_id=person_id,
            listed_id=key,
            team_id=team_id,
            said=said,
            base_version=base_version,
        )
    if table == "cycles":
        return amend_cycle(
            engine, person_id=person_id, cycle_id=key, said=said, base_version=base_version
        )
    return amend_kpi(engine, person_id=person_id, kpi_id=key, said=said, base_version=base_version)


def _add(
    engine: Engine,
    person_id: int,
    table: TableName,
    said: Mapping[str, str],
    base_version: int,
    team_id: int,
) -> Added:
    if table == "teams":
        return add_team(engine, person_id=person_id, said=said, base_version=base_version)
    if table == "people":
        return add_person(
            engine, person_id=person_id, team_id=team_id, said=said, base_version=base_version
        )
    if table == "cycles":
        return add_cycle(engine, person_id=person_id, said=said, base_version=base_version)
    return add_kpi(engine, person_id=person_id, said=said, base_version=base_version)


def _hand_over(engine: Engine, person_id: int, edit: Edited) -> int | None:
    return hand_over(
        engine,
        person_id=person_id,
        listed_id=edit.id,
        to_id=edit.hand_to,
        base_version=edit.base_version,
    )


def _name(edit: Edited) -> str:
    return " ".join(edit.cells.get("name", "").split())
