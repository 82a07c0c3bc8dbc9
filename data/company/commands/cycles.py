"""Setting up cycles: the named spans in which objectives are pursued."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from data.company.commands.dependents import check_cycle_is_free
from data.company.commands.roles import check_permitted_to_run
from data.company.fields import CycleRow
from data.core.cell_parsing import check_row, parse_cells
from data.core.conflicts import changed_cells, check_seen_whole
from data.core.fact_store import check_live
from data.core.fields import stored_in
from data.core.terms import Added
from data.core.unit_of_work import command
from data.names.name_check import added_before, check_free
from data.names.rename import rename
from models import Cycle

SAME_NAME = "There is a cycle of that name already."
CELLS = stored_in(CycleRow, Cycle)


def add_cycle(
    engine: Engine, *, person_id: int, said: Mapping[str, str], base_version: int
) -> Added:
    """Add a cycle."""
    with command(engine, "add cycle", person_id=person_id) as work:
        check_permitted_to_run(work)
        row = parse_cells(CycleRow, {**dict.fromkeys(CELLS, ""), **said}, name="cycle")
        check_row(_as_row(row))
        if here := added_before(work, Cycle, row["name"], SAME_NAME, base_version=base_version):
            return here
        (key,) = work.add(Cycle, [row])
        return Added(work.command_id, key)


def amend_cycle(
    engine: Engine, *, person_id: int, cycle_id: int, said: Mapping[str, str], base_version: int
) -> int | None:
    """Change some cells of a cycle."""
    with command(engine, "edit cycle", person_id=person_id) as work:
        check_permitted_to_run(work)
        row = check_live(work.connection, Cycle, cycle_id, what="cycle")
        wanted = parse_cells(CycleRow, said, name="cycle")
        stands = row._asdict()
        changes = changed_cells(work, CycleRow, cycle_id, wanted, stands, base_version)
        check_row(_as_row({**stands, **changes}))
        if "name" in changes:
            check_free(work.connection, Cycle, changes["name"], SAME_NAME, besides=row.id)
        if changes:
            rename(work, Cycle, row, changes)
        return work.command_id if changes else None


def archive_cycle(engine: Engine, *, person_id: int, cycle_id: int, base_version: int) -> int:
    """Take a cycle out of all lists, unless it has objectives."""
    with command(engine, "archive cycle", person_id=person_id) as work:
        check_permitted_to_run(work)
        row = check_live(work.connection, Cycle, cycle_id, what="cycle")
        check_seen_whole(work, CycleRow, cycle_id, row._asdict(), base_version)
        check_cycle_is_free(work, row)
        work.alter(Cycle, cycle_id, withdrawn_at=work.at)
        return work.command_id


def _as_row(cells: Mapping[str, Any]) -> CycleRow:
    return CycleRow(cycle=cells["name"], starts_on=cells["starts_on"], ends_on=cells["ends_on"])
