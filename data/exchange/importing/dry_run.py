"""A rehearsal of an import: what would become of each row, and nothing is written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Engine

from data.core.problems import Problem
from data.core.unit_of_work import Writing, command
from data.exchange.importing.batch import Batch
from data.exchange.importing.command import run_steps
from data.exchange.importing.import_facts import Progress
from data.exchange.importing.row_outcomes import Listing
from data.exchange.tables import Tables
from models import Base, Change, Fact, Person


class _Rehearsed(Exception):
    pass


class _Rehearsal(Writing):
    """Adds things, which others hang on, but no facts and no log: nobody waits for those."""

    def add(self, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> list[int]:
        return [] if issubclass(table, Fact | Change) else super().add(table, rows)

    def _log(self, table: type[Base], rows: Any) -> None:
        pass


def rehearse(
    engine: Engine,
    tables: Tables,
    *,
    label: Callable[[str], str] = "{}.csv".format,
    newcomer: str = "",
    progress: Progress = lambda _file, _share: None,
) -> tuple[Listing, tuple[Problem, ...]]:
    """Say what an import would do to each row, and every problem of it; take everything back.

    `newcomer` is who would be listed only to import this.
    """
    listing = Listing()
    problems: list[Problem] = []
    try:
        with command(engine, "import", person_id=None) as writing:
            rehearsal = _Rehearsal(
                **{each.name: getattr(writing, each.name) for each in fields(writing)}
            )
            if newcomer:
                rehearsal.add(Person, [{"name": newcomer, "email": ""}])
            batch = Batch(
                rehearsal, tables, label, problems=problems, listing=listing, newcomer=newcomer
            )
            run_steps(batch, progress)
            raise _Rehearsed
    except _Rehearsed:
        return listing, tuple(problems)
