"""An import under way: what it has to look things up in, and what it found wrong."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import select

from data.core.as_of import oldest_first, table_of
from data.core.fields import columns, name_of
from data.core.problems import Code, Named, Problem
from data.core.unit_of_work import UnitOfWork
from data.exchange.importing.row_outcomes import Lines, RowOutcomes
from data.exchange.tables import FILES, Tables
from models import Entity, Terms

K = TypeVar("K", bound=Hashable)

MISSING = -1
"""Stands for a thing whose own row was wrong: what hangs on it is not reported again."""


@dataclass(slots=True)
class Counts:
    """How many rows of a file are new, changed or as they were."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Batch:
    """What every step of an import shares."""

    work: UnitOfWork
    tables: Tables
    label: Callable[[str], str]
    counts: dict[str, Counts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    outcomes: RowOutcomes | None = None
    agreed: dict[type[Terms], dict[int, dict[str, Any]]] = field(default_factory=dict)
    newcomer: str = ""
    unmeasured: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def problem(
        self,
        file: str,
        line: int,
        what: str,
        remedy: str,
        *,
        code: Code = Code.OTHER,
        about: Named | None = None,
    ) -> None:
        """Note something wrong with a row; the import goes on to find the rest."""
        self.problems.append(Problem(self.label(file), line, what, remedy, code, about))

    def unknown(
        self, file: str, line: int, named: Named, where: str = "", remedy: str = ""
    ) -> None:
        """Note a name that nothing has; `where` says where it was looked for."""
        thing = name_of(FILES[named.file].TABLE).replace("_", " ").replace("kpi", "KPI")
        if not remedy:
            it = "them" if named.file == "people" else "it"
            remedy = f"add {it} to {named.file}, or correct the name"
        what = f"unknown {thing} “{named.name}”{where}"
        self.problem(file, line, what, remedy, code=Code.UNKNOWN_NAME, about=named)

    def find(
        self, known: dict[K, int], key: K, file: str, line: int, named: Named, where: str = ""
    ) -> int:
        """Give the key of what a row names, MISSING where nothing is called so; noted once."""
        if key not in known:
            known[key] = MISSING
            self.unknown(file, line, named, where)
        return known[key]

    def count(self, file: str) -> Counts:
        """Give the counts of a file."""
        return self.counts.setdefault(file, Counts())

    def gives(self, file: str, column: str) -> bool:
        """Tell whether a file has a column."""
        return file not in self.tables.given or column in self.tables.given[file]

    def given(self, file: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what the file has no column for: a thing that is here keeps its own."""
        names = _columns_by_stored(file)
        return {
            name: value for name, value in values.items() if self.gives(file, names.get(name, name))
        }


@cache
def _columns_by_stored(file: str) -> Mapping[str, str]:
    """Name a file's columns by what they are called in their tables."""
    return {column.stored: column.name for column in columns(FILES[file])}


def live_rows(batch: Batch, entity: type[Entity]) -> list[Any]:
    """Give all rows of an entity that are not withdrawn."""
    table = table_of(entity)
    query = select(table).where(table.c.withdrawn_at.is_(None)).order_by(table.c.id)
    return list(batch.work.connection.execute(query))


def terms_in_force(batch: Batch, terms: type[Terms], owner: str) -> dict[int, Any]:
    """Give the terms that hold today for each owner."""
    table = table_of(terms)
    query = (
        select(table).where(table.c.valid_from <= batch.work.today).order_by(*oldest_first(table.c))
    )
    return {getattr(row, owner): row for row in batch.work.connection.execute(query)}


def store(
    batch: Batch,
    file: str,
    entity: type[Entity],
    rows: Mapping[K, dict[str, Any]],
    here: Mapping[K, Any],
) -> tuple[dict[K, int], set[K]]:
    """Add the rows whose key is new and alter the others; give all keys, and those touched."""
    new = {key: row for key, row in rows.items() if key not in here}
    added = dict(zip(new, batch.work.add(entity, new.values()), strict=True))
    changed: set[K] = set()
    for key in rows.keys() - new.keys():
        row = batch.given(file, rows[key])
        row.pop("position", None)
        # One that is found by its former name keeps the one of today.
        row.pop("name", None)
        before = here[key]
        if any(getattr(before, name) != value for name, value in row.items()):
            batch.work.alter(entity, before.id, **row)
            changed.add(key)
    return {**{key: row.id for key, row in here.items()}, **added}, changed


def store_links(
    batch: Batch,
    entity: type[Entity],
    ends: tuple[str, str],
    wanted: Mapping[tuple[int, int], K],
    owners: Mapping[int, K],
) -> set[K]:
    """Tie what rows name, and untie what they name no more; give the keys of those rows.

    `wanted` says which row names which tie, `owners` which row is that of a tie's first end.
    """
    first, second = ends
    here = {(getattr(row, first), getattr(row, second)): row for row in live_rows(batch, entity)}
    dropped = [tie for tie in here if tie[0] in owners and tie not in wanted]
    for tie in dropped:
        batch.work.alter(entity, here[tie].id, withdrawn_at=batch.work.at)
    new = [tie for tie in wanted if tie not in here]
    rows = [dict(zip(ends, tie, strict=True)) for tie in new]
    if "position" in table_of(entity).c:
        rows = [{**row, "position": at} for at, row in enumerate(rows, len(here))]
    batch.work.add(entity, rows)
    return {wanted[tie] for tie in new} | {owners[tie[0]] for tie in dropped}


def tally(
    batch: Batch,
    file: str,
    rows: Mapping[Any, Any],
    here: Mapping[Any, Any],
    changed: set[Any],
    lines: Lines,
) -> None:
    """Count a file's rows as new, changed or as they were; list those on `lines` so."""
    if batch.outcomes is not None:
        batch.outcomes.note_keys(
            file, ((key, at) for key, at in lines if key in rows), here, changed
        )
    counts = batch.count(file)
    counts.new = len(rows.keys() - here.keys())
    counts.changed = len(changed & here.keys())
    counts.unchanged = len(rows) - counts.new - counts.changed


def lines_of(rows: Mapping[Any, Any]) -> Iterator[tuple[Hashable, int]]:
    """Give the line that each key's row stands on."""
    return ((key, row.line) for key, row in rows.items())
