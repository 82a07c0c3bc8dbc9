"""Changes as facts to show: which field of which thing, and what stood there before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from data.core.as_of import any_of, oldest_first, table
from data.history.names import LINKS, THINGS, Named, typed
from data.history.views import ChangeView, Value
from models import Cadence, Terms

FACTS = {"reading", "check_in"}
TERMS = {
    "kpi_terms": "kpi",
    "key_result_terms": "key_result",
    "objective_terms": "objective",
    "membership": "person",
}
"""The tables of terms, and the kind of thing each speaks of."""

OWNERS = ("kpi", "key_result", "objective", "person", "team")
"""The kinds of thing that others belong to, the nearest first."""

OTHER_END = {"pin": "team_id", "guardrail": "objective_id", "alignment": "supports_id"}
"""What a link between two things ties its owner to."""

SAYS = {
    "annotation": "text",
    "decision": "decision",
    "verdict": "verdict",
    "alias": "name",
    "target_step": "target",
    "key_result_score": "score",
    "learning": "helped",
}
"""What stands for a thing that has no name of its own."""

SAID_WHOLE = FACTS | TERMS.keys() | {"key_result_score", "learning"}
"""The tables of which a new row is told by what it says, and not by that it came."""

OWN = {"imported", "withdrawn", "supersedes_id", "withdraws_id", "position", "entity_id"}
MAPPED = {"headings", "mapping"}
CLOCKS = {"shown_at", "paused_at", "paused_seconds", "seconds", "is_voting"}
UNTOLD = OWN | MAPPED | CLOCKS | Terms.model_fields.keys()
"""What a row holds for the log's own sake."""

Rows = Sequence[Any]


def told(
    connection: Connection, rows: Rows, zone: ZoneInfo
) -> Mapping[int, tuple[ChangeView, ...]]:
    """Tell what some rows of the log changed, by the key of their command.

    `zone` says which day it was when terms were said that were to hold from a later one on.
    """
    stood, named = _stood(connection, rows), Named.read(connection, rows)
    by_command: dict[int, list[ChangeView]] = defaultdict(list)
    for row in rows:
        before = typed(row.entity, row.before or stood.get((row.entity, row.entity_id), {}))
        by_command[row.command_id] += _changes(row, before, named, zone)
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


def _changes(
    row: Any, stood: Mapping[str, Any], named: Named, zone: ZoneInfo
) -> Iterator[ChangeView]:
    """Tell the fields that a row of the log set, or the thing that came or went."""
    after = typed(row.entity, row.after or {})
    values = {**named.ties.get((row.entity, row.entity_id), {}), **stood, **after}
    kind, key = _owner(row, values)
    of = _subject(row, values, kind, named.thing(kind, key), named)
    if row.entity in TERMS:
        of = replace(of, when=_later_day(row.after, zone))
    tie = OTHER_END.get(row.entity) or SAYS.get(row.entity, "")
    tied = _value(tie, values.get(tie), named)
    if row.before is not None and "withdrawn_at" in after:
        gone = after["withdrawn_at"] is not None
        yield (
            replace(of, before=tied, removed=True) if gone else replace(of, after=tied, added=True)
        )
        return
    if row.before is None and row.entity not in SAID_WHOLE:
        yield replace(of, after=tied, added=True)
        return
    own = {f"{kind}_id", "period", "date"}
    for name, now in after.items():
        before = stood.get(name)
        nothing_said = before in (None, "") and now in (None, "")
        if name not in UNTOLD | own and before != now and not nothing_said:
            then, now = (_value(name, value, named) for value in (before, now))
            yield replace(of, field=name, before=then, after=now)


def _subject(
    row: Any, values: Mapping[str, Any], kind: str, owner: Any, named: Named
) -> ChangeView:
    """Give what a change speaks of, without a field yet."""
    cadence = getattr(owner, "cadence", None) if "period" in values else None
    return ChangeView(
        kind=row.entity.replace("_", " "),
        thing=_thing(values, owner),
        team=named.team(kind, owner),
        when=values.get("period") or values.get("date"),
        field="",
        before=None,
        after=None,
        unit=getattr(owner, "unit", ""),
        cadence=None if cadence is None else Cadence(cadence),
        found=named.found(kind, owner),
        has_team=named.has_team(kind, owner),
    )


def _later_day(terms: Mapping[str, Any], zone: ZoneInfo) -> date | None:
    """Give the day from which terms were to hold where it was yet to come; else None."""
    if not terms.get("recorded_at"):
        return None
    said_on = datetime.fromisoformat(terms["recorded_at"]).astimezone(zone).date()
    since = date.fromisoformat(terms["valid_from"])
    return since if since > said_on else None


def _owner(row: Any, values: Mapping[str, Any]) -> tuple[str, Any]:
    """Give the kind and key of the thing that a row belongs to, itself where it is one."""
    if row.entity in THINGS:
        return row.entity, row.entity_id
    if row.entity == "alias":
        return values["entity"], values["entity_id"]
    owners = (kind for kind in OWNERS if values.get(f"{kind}_id"))
    kind = TERMS.get(row.entity) or next(owners, row.entity)
    return kind, values.get(f"{kind}_id")


def _thing(values: Mapping[str, Any], owner: Any) -> str:
    """Name a thing as it is called today; a step or an action with what it belongs to."""
    name = str(owner.name) if owner is not None else ""
    part = values.get("step") or values.get("what")
    return f"{name}: {part}" if part else name


def _value(column: str, value: Any, named: Named) -> Value:
    """Give a field's value as a fact: the name of what a link points to."""
    if column in LINKS:
        return named.name(column, value)
    return value if isinstance(value, (str, float, int, date)) else None
