"""Changes as facts to show: which field of which thing, and what stood there before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from data.core.as_of import any_of, oldest_first, table
from data.history.names import LINKS, THINGS, Named, typed
from data.history.views import ChangeView, Value
from models import Cadence

FACTS = {"reading", "check_in"}
TERMS = {
    "kpi_terms": "kpi",
    "key_result_terms": "key_result",
    "objective_terms": "objective",
    "membership": "person",
}
"""The tables of terms, and the kind of thing each speaks of."""

OWNERS = {
    "kpi": "kpi_id",
    "key_result": "key_result_id",
    "objective": "objective_id",
    "person": "person_id",
    "team": "team_id",
}
"""The kinds of thing that others belong to, the nearest first, by the column that names them."""

OTHER_END = {"pin": "team_id", "guardrail": "objective_id", "alignment": "supports_id"}
"""What a link between two things ties its owner to."""

SAYS = {"annotation": "text", "decision": "decision", "alias": "name"}
"""What stands for a thing that has no name of its own."""

UNTOLD = {
    "id",
    "version",
    "command_id",
    "recorded_at",
    "known_at",
    "recorded_by_id",
    "imported",
    "withdrawn",
    "supersedes_id",
    "withdraws_id",
    "valid_from",
    "position",
    "entity_id",
}
"""What a row holds for the log's own sake."""

Rows = Sequence[Any]


def told(connection: Connection, rows: Rows) -> Mapping[int, tuple[ChangeView, ...]]:
    """Tell what some rows of the log changed, by the key of their command."""
    stood, named = _stood(connection, rows), Named.read(connection, rows)
    by_command: dict[int, list[ChangeView]] = defaultdict(list)
    for row in rows:
        before = typed(row.entity, row.before or stood.get((row.entity, row.entity_id), {}))
        by_command[row.command_id] += _changes(row, before, named)
    return {command_id: tuple(changes) for command_id, changes in by_command.items()}


def _stood(connection: Connection, rows: Rows) -> Mapping[tuple[str, int], Mapping[str, Any]]:
    """Read what new facts and terms took the place of, by their own table and key."""
    found: dict[tuple[str, int], Mapping[str, Any]] = {}
    for name in sorted(FACTS | TERMS.keys()):
        later = [row for row in rows if row.entity == name]
        read = _superseded if name in FACTS else _terms_before
        if later:
            found |= {(name, key): values for key, values in read(connection, name, later)}
    return found


def _superseded(
    connection: Connection, name: str, rows: Rows
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    facts = table(name)
    # A fact that was taken back may have been followed by several.
    keys = {row.after["supersedes_id"] for row in rows} - {None}
    query = select(facts).where(facts.c.id.in_(any_of("keys")))
    found = {row["id"]: row for row in connection.execute(query, {"keys": sorted(keys)}).mappings()}
    for row in rows:
        if row.after["supersedes_id"] is not None:
            yield row.entity_id, dict(found[row.after["supersedes_id"]])


def _terms_before(
    connection: Connection, name: str, rows: Rows
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Give the terms in whose place new ones came: in force on their first day, and known."""
    terms = table(name)
    owner = f"{TERMS[name]}_id"
    keys = {row.after[owner] for row in rows}
    query = select(terms).where(terms.c[owner].in_(any_of("keys"))).order_by(*oldest_first(terms.c))
    said = defaultdict(list)
    for found in connection.execute(query, {"keys": sorted(keys)}).mappings():
        said[found[owner], found.get("team_id")].append(dict(found))
    for row in rows:
        since = date.fromisoformat(row.after["valid_from"])
        earlier = [
            each
            for each in said[row.after[owner], row.after.get("team_id")]
            if each["id"] < row.entity_id and each["valid_from"] <= since
        ]
        if earlier:
            yield row.entity_id, earlier[-1]


def _changes(row: Any, stood: Mapping[str, Any], named: Named) -> Iterator[ChangeView]:
    """Tell the fields that a row of the log set, or the thing that came or went."""
    after = typed(row.entity, row.after or {})
    held = named.ties.get((row.entity, row.entity_id), {})
    of = _Subject.of(row, {**held, **stood, **after}, named)
    if row.before is not None and "withdrawn_at" in after:
        gone = after["withdrawn_at"] is not None
        yield of.gone() if gone else of.come()
        return
    if row.before is None and row.entity not in FACTS | TERMS.keys():
        yield of.come()
        return
    for name, now in after.items():
        before = stood.get(name)
        nothing_said = before in (None, "") and now in (None, "")
        if name not in UNTOLD and name not in of.own and before != now and not nothing_said:
            yield of.change(name, _value(name, before, named), _value(name, now, named))


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a change speaks of."""

    kind: str
    thing: str
    team: str | None
    when: date | None
    unit: str
    cadence: Cadence | None
    tied: Value
    own: frozenset[str]

    @classmethod
    def of(cls, row: Any, values: Mapping[str, Any], named: Named) -> "_Subject":
        kind, key = _owner(row, values)
        owner = named.thing(kind, key)
        cadence = getattr(owner, "cadence", None) if "period" in values else None
        tie = OTHER_END.get(row.entity) or SAYS.get(row.entity, "")
        return cls(
            kind=row.entity.replace("_", " "),
            thing=_thing(values, owner),
            team=named.team(kind, owner),
            when=values.get("period") or values.get("date"),
            unit=getattr(owner, "unit", ""),
            cadence=None if cadence is None else Cadence(cadence),
            tied=_value(tie, values.get(tie), named),
            own=frozenset({OWNERS.get(kind, ""), "period", "date"}),
        )

    def come(self) -> ChangeView:
        return replace(self.change("", None, self.tied), added=True)

    def gone(self) -> ChangeView:
        return replace(self.change("", self.tied, None), removed=True)

    def change(self, field: str, before: Value, after: Value) -> ChangeView:
        return ChangeView(
            kind=self.kind,
            thing=self.thing,
            team=self.team,
            when=self.when,
            field=field,
            before=before,
            after=after,
            unit=self.unit,
            cadence=self.cadence,
        )


def _owner(row: Any, values: Mapping[str, Any]) -> tuple[str, Any]:
    """Give the kind and key of the thing that a row belongs to, itself where it is one."""
    if row.entity in THINGS:
        return row.entity, row.entity_id
    if row.entity == "alias":
        return values["entity"], values["entity_id"]
    kind = TERMS.get(row.entity) or next(
        (kind for kind, column in OWNERS.items() if values.get(column)), row.entity
    )
    return kind, values.get(OWNERS.get(kind, ""))


def _thing(values: Mapping[str, Any], owner: Any) -> str:
    """Name a thing as it is called today; a step with what it is a step of."""
    name = str(owner.name) if owner is not None else ""
    return f"{name}: {values['step']}" if values.get("step") else name


def _value(column: str, value: Any, named: Named) -> Value:
    """Give a field's value as a fact: the name of what a link points to."""
    if column in LINKS:
        return named.name(column, value)
    return value if isinstance(value, (str, float, int, date)) else None
