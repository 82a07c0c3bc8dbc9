"""The names of all that a part of the log speaks of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data.core.as_of import any_of, table
from models import Base

THINGS = ("key_result", "objective", "kpi", "team", "person", "cycle")
"""The kinds of thing with a name, those that belong to others first."""

TIES = tuple(
    each.name
    for each in Base.metadata.sorted_tables
    if "withdrawn_at" in each.c and each.name not in THINGS
)
"""The kinds of thing that hang on those."""

LINKS = {
    key.parent.name: key.column.table.name
    for each in Base.metadata.sorted_tables
    for key in each.foreign_keys
    if key.column.table.name in THINGS and key.parent.name != "recorded_by_id"
}
"""The columns that name another thing, and its kind; who said something stands with the command."""


@dataclass(frozen=True, slots=True)
class Named:
    """The things spoken of by kind and key, and the rows of what hangs on them."""

    things: Mapping[str, Mapping[int, Any]]
    ties: Mapping[tuple[str, int], Mapping[str, Any]]

    @classmethod
    def read(cls, connection: Connection, changes: Sequence[Any]) -> "Named":
        """Read what some changes speak of: at most a statement a kind."""
        ties = {
            (kind, row.id): dict(row._mapping)
            for kind in TIES
            for row in _rows(connection, kind, {c.entity_id for c in changes if c.entity == kind})
        }
        spoken = [values for change in changes for values in (change.before, change.after)]
        wanted = _linked([*(values or {} for values in spoken), *ties.values()])
        for change in changes:
            if change.entity in THINGS:
                wanted[change.entity].add(change.entity_id)
        things: dict[str, Mapping[int, Any]] = {}
        for kind in THINGS:
            things[kind] = {row.id: row for row in _rows(connection, kind, wanted[kind])}
            for column in {"objective_id", "team_id"} & set(table(kind).c.keys()):
                wanted[LINKS[column]] |= {getattr(row, column) for row in things[kind].values()}
        return cls(things, ties)

    def thing(self, kind: str, key: object) -> Any:
        """Give the row of a thing, None where there is none."""
        return self.things.get(kind, {}).get(key) if isinstance(key, int) else None

    def name(self, column: str, key: object) -> str | None:
        """Give the name of what a link points to."""
        row = self.thing(LINKS[column], key)
        return None if row is None else str(row.name)

    def team(self, kind: str, row: Any) -> str | None:
        """Name the team that a thing belongs to."""
        if kind == "key_result" and row is not None:
            row = self.thing("objective", row.objective_id)
        return self.name("team_id", getattr(row, "team_id", None))


def typed(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the log's ISO text back into days and moments."""
    columns = table(kind).c
    typed = dict(values)
    for name, value in values.items():
        read = getattr(columns[name].type.python_type, "fromisoformat", None)
        if read and isinstance(value, str):
            typed[name] = read(value)
    return typed


def _linked(spoken: Sequence[Mapping[str, Any]]) -> defaultdict[str, set[int]]:
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for values in spoken:
        for column in LINKS.keys() & values.keys():
            if values[column] is not None:
                wanted[LINKS[column]].add(values[column])
    return wanted


def _rows(connection: Connection, kind: str, keys: set[int]) -> Iterator[Any]:
    if not keys:
        return
    rows = table(kind)
    query = select(rows).where(rows.c.id.in_(any_of("keys")))
    yield from connection.execute(query, {"keys": sorted(keys)})
