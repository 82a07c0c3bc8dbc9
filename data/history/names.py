"""The names of all that a part of the log speaks of."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select

from data.core.as_of import LATEST, any_of, in_force, table
from data.names.views import Found
from models import Base, ObjectiveState

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

ABOVE = {"objective_id", "team_id", "cycle_id"}
"""The columns that name what a thing stands in."""


@dataclass(frozen=True, slots=True)
class Named:
    """The things spoken of by kind and key, the rows that hang on them, and which are drafts."""

    things: Mapping[str, Mapping[int, Any]]
    ties: Mapping[tuple[str, int], Mapping[str, Any]]
    drafts: Collection[int]

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
            for column in ABOVE & set(table(kind).c.keys()):
                wanted[LINKS[column]] |= {getattr(row, column) for row in things[kind].values()}
        return cls(things, ties, set(_drafts(connection, things["objective"])))

    def thing(self, kind: str, key: object) -> Any:
        """Give the row of a thing, None where there is none."""
        return self.things.get(kind, {}).get(key) if isinstance(key, int) else None

    def name(self, column: str, key: object) -> str | None:
        """Give the name of what a link points to."""
        row = self.thing(LINKS[column], key)
        return None if row is None else str(row.name)

    def team(self, kind: str, row: Any) -> str | None:
        """Name the team that a thing belongs to."""
        return self.name("team_id", getattr(self._above(kind, row), "team_id", None))

    def found(self, kind: str, row: Any) -> Found | None:
        """Give where a thing stands today; None where it is gone, or a draft on no cockpit yet."""
        if row is None or row.withdrawn_at is not None:
            return None
        if kind == "kpi":
            return Found("KPI", row.id, row.name, self.team(kind, row) or "", None)
        if kind == "team":
            return Found("team", row.id, row.name, row.name, None)
        if kind == "objective":
            return self._on_cockpit("objective", row, row)
        if kind == "key_result":
            return self._on_cockpit("key result", row, self.thing("objective", row.objective_id))
        return None

    def _above(self, kind: str, row: Any) -> Any:
        """Give what says of which team a thing is: of a key result, its objective."""
        return (
            self.thing("objective", row.objective_id)
            if kind == "key_result" and row is not None
            else row
        )

    def has_team(self, kind: str, row: Any) -> bool:
        """Tell whether the team that a thing belongs to is still there."""
        row = self._above(kind, row)
        team = self.thing("team", getattr(row, "team_id", None))
        return team is not None and team.withdrawn_at is None

    def _on_cockpit(
        self, kind: Literal["objective", "key result"], row: Any, objective: Any
    ) -> Found | None:
        if objective.withdrawn_at is not None or objective.id in self.drafts:
            return None
        team, cycle = self.team("objective", objective), self.name("cycle_id", objective.cycle_id)
        return Found(kind, row.id, row.name, team or "", cycle)


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


def _drafts(connection: Connection, objectives: Collection[int]) -> Iterator[int]:
    """Give which of some objectives are drafts today."""
    if not objectives:
        return
    terms, objective = table("objective_terms"), table("objective")
    query = (
        select(objective.c.id)
        .select_from(objective)
        .join(terms, in_force(terms, objective.c.id))
        .where(objective.c.id.in_(any_of("keys")), terms.c.state == ObjectiveState.DRAFT.value)
    )
    yield from connection.execute(query, {**LATEST, "keys": sorted(objectives)}).scalars()


def _rows(connection: Connection, kind: str, keys: set[int]) -> Iterator[Any]:
    if not keys:
        return
    rows = table(kind)
    query = select(rows).where(rows.c.id.in_(any_of("keys")))
    yield from connection.execute(query, {"keys": sorted(keys)})
