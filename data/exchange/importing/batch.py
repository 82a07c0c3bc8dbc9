"""An import under way: what it has to look things up in, and what it found wrong."""

from collections.abc import Callable, Hashable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import select

from data.core.as_of import oldest_first, table_of
from data.core.fields import Row, columns, name_of
from data.core.problems import Code, Named, Problem, Problems
from data.core.unit_of_work import UnitOfWork
from data.exchange.importing.row_outcomes import RowOutcomes
from data.exchange.importing.standing_readings import Standing
from data.exchange.tables import FILES, NAMES, Tables
from data.names.scopes import Names
from models import Alias, Base, Entity, Terms

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
    """What every step of an import shares.

    `standing` are readings that say what stands, `kpi_ids` of the KPIs of which there are any.
    """

    work: UnitOfWork
    tables: Tables
    label: Callable[[str], str]
    counts: dict[str, Counts] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    outcomes: RowOutcomes | None = None
    agreed: dict[type[Terms], dict[int, dict[str, Any]]] = field(default_factory=dict)
    newcomer: str = ""
    standing: Standing = field(default_factory=Standing)
    names: Names = field(default_factory=Names)
    unmeasured: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    kpi_ids: Set[int] = frozenset()
    recovering: Mapping[int, Set[int]] = field(default_factory=dict)

    def problem(self, row: Row, what: str, remedy: str) -> None:
        """Note something wrong with a row; the import goes on to find the rest."""
        self.problem_on(NAMES[type(row)], row.line, what, remedy)

    def problem_on(
        self,
        file: str,
        line: int,
        what: str,
        remedy: str,
        *,
        code: Code = Code.OTHER,
        about: Named | None = None,
    ) -> None:
        """Note something wrong with a line of a file."""
        if self.problems.note(place := self.label(file)):
            self.problems.append(Problem(place, line, what, remedy, code, about))

    def unknown(self, row: Row, named: Named, where: str = "", remedy: str = "") -> None:
        """Note a name that nothing has; `where` says where it was looked for."""
        it = "them" if named.file == "people" else "it"
        remedy = remedy or f"add {it} to {named.file}, or correct the name"
        what = f"unknown {_thing_of(named.file)} “{named.name}”{where}"
        file, code = NAMES[type(row)], Code.UNKNOWN_NAME
        self.problem_on(file, row.line, what, remedy, code=code, about=named)

    def find(
        self, known: dict[K, int], key: K, row: Row, named: Named, where: str = ""
    ) -> int | None:
        """Give the key of what a row names, None where nothing is called so; noted once."""
        if key not in known:
            known[key] = MISSING
            self.unknown(row, named, where)
        return None if known[key] == MISSING else known[key]

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
def _thing_of(file: str) -> str:
    """Say what a row of a file is."""
    return name_of(FILES[file].TABLE).replace("_", " ").replace("kpi", "KPI")


@cache
def _columns_by_stored(file: str) -> Mapping[str, str]:
    return {column.stored: column.name for column in columns(FILES[file])}


def live_rows(batch: Batch, entity: type[Base]) -> list[Any]:
    """Give all rows of an entity that are not withdrawn."""
    table = table_of(entity)
    query = select(table).where(table.c.withdrawn_at.is_(None)).order_by(table.c.id)
    return list(batch.work.connection.execute(query))


def with_former(
    batch: Batch, entity: type[Entity], here: Mapping[K, Any], key: Callable[[Any, str], K]
) -> dict[K, Any]:
    """Add the rows that are here by their former names, which older files have; today's come first.

    `key` says what tells a row of a name apart from others.
    """
    by_id = {row.id: row for row in here.values()}
    # Of two things that had a name one after the other, the later one is meant.
    called = {
        key(by_id[row.entity_id], row.name): by_id[row.entity_id]
        for row in live_rows(batch, Alias)
        if row.entity == name_of(entity) and row.entity_id in by_id
    }
    return {**here, **{name: row for name, row in called.items() if name not in here}}


def terms_in_force(batch: Batch, terms: type[Terms], owner: str) -> dict[int, Any]:
    """Give the terms that hold today for each owner."""
    table = table_of(terms)
    query = (
        select(table).where(table.c.valid_from <= batch.work.today).order_by(*oldest_first(table.c))
    )
    return {getattr(row, owner): row for row in batch.work.connection.execute(query)}


def terms_agreed(batch: Batch, terms: type[Terms], owner: str) -> Mapping[int, Mapping[str, Any]]:
    """Give the terms of each owner with what the import says, which a rehearsal does not write."""
    here = {key: row._asdict() for key, row in terms_in_force(batch, terms, owner).items()}
    return {**here, **batch.agreed.get(terms, {})}
