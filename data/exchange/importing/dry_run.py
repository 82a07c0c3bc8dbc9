"""A rehearsal of an import: what would become of each row, and nothing is written."""

from collections.abc import Callable

from sqlalchemy import Engine

from data.core.problems import Problem
from data.core.unit_of_work import command
from data.exchange.importing.batch import Batch
from data.exchange.importing.command import run_steps
from data.exchange.importing.import_facts import Progress
from data.exchange.importing.row_outcomes import RowOutcomes
from data.exchange.tables import Tables
from models import Person


def dry_run_of(
    engine: Engine,
    tables: Tables,
    *,
    label: Callable[[str], str] = "{}.csv".format,
    newcomer: str = "",
    progress: Progress = lambda _file, _share: None,
) -> tuple[RowOutcomes, tuple[Problem, ...]]:
    """Say what an import would do to each row, and every problem of it; take everything back.

    `newcomer` is who would be listed only to import this.
    """
    outcomes = RowOutcomes()
    with command(engine, "import", person_id=None, dry_run=True) as work:
        if newcomer:
            work.add(Person, [{"name": newcomer, "email": ""}])
        batch = Batch(work, tables, label, outcomes=outcomes, newcomer=newcomer)
        run_steps(batch, progress)
    return outcomes, tuple(batch.problems)
