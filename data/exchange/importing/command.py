"""The import command, and its rehearsal: all files in their order, in one transaction."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection, Engine

from data.company.commands.roles import check_permitted_to_run
from data.core.ahead import Overtaken
from data.core.database import own_connection
from data.core.postgresql import take_time
from data.core.problems import Problem
from data.core.unit_of_work import command
from data.exchange.bad_input import BadInput
from data.exchange.importing.actions import import_actions
from data.exchange.importing.batch import Batch, Counts
from data.exchange.importing.company import import_cycles, import_people, import_teams
from data.exchange.importing.import_facts import Progress, import_check_ins
from data.exchange.importing.kpis import import_kpis, import_ranges
from data.exchange.importing.meetings import import_meeting_items, import_meetings
from data.exchange.importing.objective_checks import check_objectives, note_objectives
from data.exchange.importing.objectives import import_key_results, import_objectives
from data.exchange.importing.one_spelling import with_one_spelling
from data.exchange.importing.readings import import_readings
from data.exchange.importing.row_outcomes import RowOutcomes
from data.exchange.importing.staged_readings import stage
from data.exchange.importing.standing_readings import Standing, may_stand, standing
from data.exchange.importing.still_holds import still_holds
from data.exchange.importing.things import import_parts
from data.exchange.readings_columns import as_columns
from data.exchange.spreadsheets.kept_mappings import keep_mapping
from data.exchange.spreadsheets.mapping import Mapping
from data.exchange.tables import Tables
from data.identity.queries import NAMED
from models import Person

MANY = 20_000
"""So many readings are brought in ahead of the turn to write."""

STEPS: tuple[Callable[[Batch], object], ...] = (
    import_teams,
    import_people,
    import_cycles,
    import_kpis,
    note_objectives,
    import_objectives,
    import_key_results,
    partial(import_parts, file="milestones"),
    check_objectives,
    import_actions,
    partial(import_parts, file="decisions"),
    partial(import_parts, file="annotations"),
    import_meetings,
    import_meeting_items,
    partial(import_parts, file="targets"),
    partial(import_parts, file="scores"),
    partial(import_parts, file="learnings"),
    partial(import_parts, file="verdicts"),
    import_ranges,
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do: counts by file, and the command to take back."""

    counts: dict[str, Counts]
    command_id: int | None
    warnings: tuple[Problem, ...] = ()

    @property
    def changes(self) -> int:
        """Give how many rows are new or changed."""
        return sum(counts.new + counts.changed for counts in self.counts.values())


def import_tables(
    engine: Engine,
    tables: Tables,
    *,
    person_id: int | None = None,
    newcomer: str = "",
    dry_run: bool = False,
    label: Callable[[str], str] = "{}.csv".format,
    mapping: Mapping | None = None,
    outcomes: RowOutcomes | None = None,
    progress: Progress = lambda _file, _share: None,
) -> Imported:
    """Bring rows in as one command: new ones, and those that say something else.

    Where they are many, others save meanwhile if the database lets them.

    `label` says how a problem names a file, `newcomer` who was listed only to import this, or
    would be: they count as new where they are among the people. The `mapping` by which a
    spreadsheet was read is kept with what it brings in. What becomes of each row is noted in
    `outcomes`. Raises `BadInput` with every problem, and has
    then written nothing; nor does a dry run. Raises `CommandRejected` where the person may not.
    """
    tables = replace(tables, readings=as_columns(tables.readings))
    with own_connection(engine) as connection:
        stands = _set_aside(connection, tables, progress, dry_run=dry_run)

        def bring_in(*, ahead: bool) -> Imported:
            with command(
                engine,
                "import",
                person_id=person_id,
                dry_run=dry_run,
                connection=connection,
                still_holds=(lambda *since: still_holds(batch, *since)) if ahead else None,
            ) as work:
                check_permitted_to_run(work)
                if dry_run and newcomer and not _is_listed(work.connection, newcomer):
                    work.add(Person, [{"name": newcomer, "email": ""}])
                spelled, warnings = with_one_spelling(work.connection, tables, label)
                work.progress = progress
                batch = Batch(
                    work, spelled, label, outcomes=outcomes, newcomer=newcomer, standing=stands
                )
                if outcomes is not None:
                    outcomes.warnings = warnings
                _run_steps(batch, progress)
                if batch.problems:
                    raise BadInput(batch.problems.told())
                if mapping is not None:
                    keep_mapping(work, mapping)
            return Imported(
                batch.counts, work.command_id if work.changes else None, tuple(warnings)
            )

        is_server = engine.dialect.name == "postgresql"
        if is_server and not dry_run and len(tables.readings) >= MANY:
            with contextlib.suppress(Overtaken):
                return bring_in(ahead=True)
        return bring_in(ahead=False)


def _is_listed(connection: Connection, name: str) -> bool:
    return connection.execute(NAMED, {"name": name}).first() is not None


def _set_aside(
    connection: Connection, tables: Tables, progress: Progress, *, dry_run: bool
) -> Standing:
    """Set readings aside, and say which of them stand; a dry run needs no others there."""
    readings = as_columns(tables.readings)
    with connection.begin():
        take_time(connection)
        if dry_run and not may_stand(connection, readings):
            return Standing()
        stage(connection, readings, lambda share: progress("readings", share / 2))
        return standing(connection, readings, with_notes=_has_notes(tables))


def _has_notes(tables: Tables) -> bool:
    return "note" in tables.given.get("readings", ("note",))


def _run_steps(batch: Batch, progress: Progress) -> None:
    """Bring in file after file, each finding the names of those before it."""
    for step in STEPS:
        step(batch)
    import_readings(batch, progress)
    import_check_ins(batch, progress)
