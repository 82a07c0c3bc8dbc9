"""What a file's rows say of things: stored where it is new or differs, its terms and ties too."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

from data.core.as_of import table_of
from data.core.fields import Column, Row, Table, columns, name_of, plain_values
from data.core.terms import from_the_beginning, from_today, terms_of
from data.core.terms_ahead import carry_ahead, owner_of, terms_ahead
from data.core.ties import ties_of
from data.exchange.importing.batch import MISSING, Batch, live_rows, terms_in_force
from data.exchange.importing.import_facts import has_begun, when_over
from data.exchange.importing.lookup import FIND_WHOLE, links_of, thing_of
from data.exchange.tables import FILES, key_of, part_of
from models import Entity, Terms

K = TypeVar("K", bound=Hashable)
More = Callable[[K, Any], dict[str, Any]]
"""What follows from a row and its key beside its own cells."""


def _nothing(_key: Any, _row: Any) -> dict[str, Any]:
    """Say that nothing follows."""
    return {}


def store_things(
    batch: Batch, file: str, rows: Mapping[K, Any], here: Mapping[K, Any], more: More[K]
) -> tuple[dict[K, int], set[K]]:
    """Store the things of a file by their keys; give all ids, and the keys of those changed."""
    entity = FILES[file].TABLE
    wanted = {key: _said(batch, row, entity) | more(key, row) for key, row in rows.items()}
    _place_behind(entity, wanted, here)
    return store(batch, file, wanted, here)


def import_parts(batch: Batch, file: str) -> dict[tuple[Any, ...], int]:
    """Bring in a file of what is part of a KPI, an objective or a key result; give all ids.

    A part is found again by what it is part of, and its own cells of the key. What counts as known
    from a day on is history, which has begun.
    """
    row_class, entity = FILES[file], FILES[file].TABLE
    here, over = _parts_here(batch, row_class), when_over(batch)
    rows: dict[tuple[Any, ...], Any] = {}
    said: dict[tuple[Any, ...], dict[str, Any]] = {}
    lines = []
    for key, row in _parts_in(batch, file):
        rows[key] = row
        said[key] = {_whole_of(entity): key[0], **_said(batch, row, entity)}
        if _is_history(entity) and key not in here:
            said[key]["known_at"] = over(row.date)
        lines.append((key, row.line))
    _place_behind(entity, said, here)
    ids, changed = store(batch, file, said, here)
    if terms_of(row_class):
        changed |= store_terms(batch, file, rows, ids).keys()
    tally(batch, file, rows, here, changed, lines)
    return ids


def _parts_in(batch: Batch, file: str) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Give the rows of a file with their keys; those whose whole nobody knows are reported."""
    row_class, entity = FILES[file], FILES[file].TABLE
    own = [column.name for column in _own_key(row_class)]
    for row in getattr(batch.tables, file):
        whole_id = FIND_WHOLE[part_of(table_of(entity))](batch, row)
        if whole_id is not None and (not _is_history(entity) or has_begun(batch, row)):
            yield (whole_id, *(getattr(row, name) for name in own)), row


def _parts_here(batch: Batch, row_class: type[Row]) -> dict[tuple[Any, ...], Any]:
    names = [_whole_of(row_class.TABLE), *(column.stored for column in _own_key(row_class))]
    rows = live_rows(batch, row_class.TABLE)
    return {tuple(getattr(row, name) for name in names): row for row in rows}


def _own_key(row_class: type[Row]) -> list[Column]:
    """Give the cells that tell a part from others of the same whole."""
    key = key_of(row_class)
    return [each for each in columns(row_class) if each.name in key and not each.is_link]


def _whole_of(entity: Table) -> str:
    return f"{part_of(table_of(entity))}_id"


def _is_history(entity: Table) -> bool:
    return "known_at" in table_of(entity).c


def _said(batch: Batch, row: Any, table: Table) -> dict[str, Any]:
    return {**plain_values(row, table), **links_of(batch, row, table)}


def _place_behind(entity: Table, rows: Mapping[K, dict[str, Any]], here: Mapping[K, Any]) -> None:
    """Let new things come after those that are here, where they have an order."""
    if "position" in table_of(entity).c:
        for position, row in enumerate(rows.values(), len(here)):
            row["position"] = position


def store(
    batch: Batch, file: str, rows: Mapping[K, dict[str, Any]], here: Mapping[K, Any]
) -> tuple[dict[K, int], set[K]]:
    """Add the rows whose key is new and alter the others; give all ids, and the keys changed."""
    entity = cast(type[Entity], FILES[file].TABLE)
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


def store_terms(
    batch: Batch, file: str, rows: Mapping[K, Any], ids: Mapping[K, int], more: More[K] = _nothing
) -> dict[K, dict[str, Any]]:
    """Append the terms of things that do not hold already; give them by key."""
    terms = cast(type[Terms], terms_of(FILES[file]))
    owner = f"{name_of(FILES[file].TABLE)}_id"
    here = terms_in_force(batch, terms, owner)
    added = {}
    for key, row in rows.items():
        said = _said(batch, row, terms) | more(key, row)
        if complete := _agreed(batch, file, said, here.get(ids[key])):
            added[key] = {owner: ids[key], **complete}
    # A file may name one thing by its former name and by that of today: the later row counts.
    batch.agreed[terms] = {ids[key]: row for key, row in added.items()}
    batch.work.add(terms, batch.agreed[terms].values())
    _carry_ahead(batch, terms, here)
    return added


def _carry_ahead(batch: Batch, terms: type[Terms], here: Mapping[int, Any]) -> None:
    """Let terms that are to hold from a later day on follow what a file changes today."""
    changed = {key: row for key, row in batch.agreed[terms].items() if key in here}
    for key, steps in terms_ahead(batch.work, terms, list(changed)).items():
        names = changed[key].keys() - Terms.model_fields.keys() - {owner_of(terms)}
        before = {name: getattr(here[key], name) for name in names}
        carry_ahead(batch.work, terms, steps, before, {name: changed[key][name] for name in names})


def _agreed(
    batch: Batch, file: str, terms: dict[str, Any], before: Any | None
) -> dict[str, Any] | None:
    """Give the terms to append, None where they hold already."""
    if before is None:
        return {**terms, **from_the_beginning(batch.work)}
    given = batch.given(file, terms)
    if all(getattr(before, name) == value for name, value in given.items()):
        return None
    kept = {name: getattr(before, name) for name in terms}
    return {**kept, **given, **from_today(batch.work)}


def store_ties(batch: Batch, file: str, rows: Mapping[K, Any], ids: Mapping[K, int]) -> set[K]:
    """Tie things to what their lists name, and untie what they name no more; give those touched."""
    lists = (each for each in columns(FILES[file]) if each.kind is tuple)
    given = (each for each in lists if batch.gives(file, each.name))
    return {key for column in given for key in _tied(batch, file, rows, ids, column)}


def _tied(
    batch: Batch, file: str, rows: Mapping[K, Any], ids: Mapping[K, int], column: Column
) -> set[K]:
    entity, *ends = ties_of(FILES[file], column.name)
    owner, other = ends
    wanted: dict[tuple[int, int], K] = {}
    for key, row in rows.items():
        for text in getattr(row, column.name):
            target = thing_of(batch, row, column, text)
            if target is not None and target != MISSING:
                wanted[ids[key], target] = key
    here = {(getattr(row, owner), getattr(row, other)): row for row in live_rows(batch, entity)}
    owners = {ids[key]: key for key in rows}
    dropped = [tie for tie in here if tie[0] in owners and tie not in wanted]
    for tie in dropped:
        batch.work.alter(entity, here[tie].id, withdrawn_at=batch.work.at)
    new = [dict(zip(ends, tie, strict=True)) for tie in wanted if tie not in here]
    if "position" in table_of(entity).c:
        new = [{**row, "position": at} for at, row in enumerate(new, len(here))]
    batch.work.add(entity, new)
    return {wanted[tie] for tie in wanted if tie not in here} | {owners[tie[0]] for tie in dropped}


def tally(
    batch: Batch,
    file: str,
    rows: Mapping[Any, Any],
    here: Mapping[Any, Any],
    changed: set[Any],
    lines: Iterable[tuple[Hashable, int]] | None = None,
) -> None:
    """Count a file's rows as new, changed or as they were; list those on `lines` so.

    Without `lines` each of the rows is one of the file's.
    """
    if batch.outcomes is not None:
        placed = lines or ((key, row.line) for key, row in rows.items())
        batch.outcomes.note_keys(
            file, ((key, at) for key, at in placed if key in rows), here, changed
        )
    counts = batch.count(file)
    counts.new = len(rows.keys() - here.keys())
    counts.changed = len(changed & here.keys())
    counts.unchanged = len(rows) - counts.new - counts.changed
