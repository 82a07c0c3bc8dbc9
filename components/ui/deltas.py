"""What an element shows as changes to a base: what is large travels once, then what is new in it.

A browser says with each run which messages it still has, and Streamlit only points at those. So a
base has a message of its own, which stays as it is while little changes. An element names the base
that its changes belong to, and both are part of each run: nothing rests on what a server believes
a browser to have, and any base will do, whichever server chose it.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from components.ui.payloads import columns

SMALL = 2_000
"""So few characters are sent as they are."""
MOST_CHANGED = 0.25
"""Which share of a base is sent as changes to it at most; beyond, there is a new base."""
MOST = 32
"""How many bases and how many contents are remembered, by all who look."""

MOST_ROWS = 4_096

Row = Mapping[str, Any]
Texts = Mapping[str, Sequence[str]]
"""Each row of a field as text, or its one value."""


@dataclass(frozen=True, slots=True)
class Delta:
    """A base by its name, what it holds as text, and the changes to it."""

    base: str
    text: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Base:
    name: str
    text: str
    values: Mapping[str, str]
    places: Mapping[str, Mapping[str, int]]
    size: int


_lock = Lock()
_bases: OrderedDict[object, _Base] = OrderedDict()
_deltas: OrderedDict[object, Delta] = OrderedDict()
_texts_of_rows: OrderedDict[int, tuple[Row, str]] = OrderedDict()
_seen: OrderedDict[object, tuple[Mapping[str, Any], Delta | None]] = OrderedDict()


def delta(element: str, content: Mapping[str, Any]) -> Delta | None:
    """Write what an element shows as changes to what was shown before; None where it is small.

    Rows that are the very same are taken to be as they were: at most runs nothing is read anew.
    """
    same = (element, *map(_objects, content.items()))
    with _lock:
        # With what it holds, so that no other object takes its place in memory.
        seen = _seen.get(same) or (content, _compared(element, content))
        _remember(_seen, same, seen)
    return seen[1]


def _objects(field: tuple[str, Any]) -> object:
    name, value = field
    return (name, *map(id, value)) if isinstance(value, list) else (name, id(value))


def _compared(element: str, content: Mapping[str, Any]) -> Delta | None:
    texts = {field: _texts(value) for field, value in content.items()}
    whole = "\n".join(f"{field} {text}" for field, each in texts.items() for text in each)
    if len(whole) < SMALL:
        return None
    name = hashlib.sha256(whole.encode()).hexdigest()[:16]
    # The same content is always written the same way, or two who look in turn would undo it.
    found = _deltas.get((element, name)) or _written(element, name, content, texts, len(whole))
    _remember(_deltas, (element, name), found)
    return found


def _texts(value: object) -> Sequence[str]:
    """Write each row of a field, or its one value."""
    if not isinstance(value, list) or not _is_rows(value):
        return [json.dumps(value)]
    return [_text(row) for row in value]


def _text(row: Row) -> str:
    """Write a row, once for the very same one."""
    kept = _texts_of_rows.get(id(row)) or (row, json.dumps(row))
    _remember(_texts_of_rows, id(row), kept, MOST_ROWS)
    return kept[1]


def _written(element: str, name: str, content: Mapping[str, Any], texts: Texts, size: int) -> Delta:
    same = (element, *map(_identity, content.items()))
    base = _bases.get(same)
    changes = None if base is None else _changes(base, content, texts)
    if base is None or changes is None:
        base = _base(name, content, texts, size)
        changes = {"rows": {}, "values": {}}
    _remember(_bases, same, base)
    return Delta(base.name, base.text, changes)


def _identity(field: tuple[str, Any]) -> object:
    """Give what a field has in common with itself before something in it changed."""
    name, value = field
    return (name, frozenset(str(row.get("id")) for row in value)) if _is_rows(value) else name


def _base(name: str, content: Mapping[str, Any], texts: Texts, size: int) -> _Base:
    rows = {field: value for field, value in content.items() if _is_rows(value)}
    values = {field: value for field, value in content.items() if field not in rows}
    packed = {field: _packed(each) for field, each in rows.items()}
    return _Base(
        name=name,
        text=json.dumps({"rows": packed, "values": values}, separators=(",", ":")),
        values={field: texts[field][0] for field in values},
        places={field: {text: place for place, text in enumerate(texts[field])} for field in rows},
        size=size,
    )


def _changes(base: _Base, content: Mapping[str, Any], texts: Texts) -> Mapping[str, Any] | None:
    """Give what differs from a base; None where that is most of it."""
    rows = {
        field: change
        for field, places in base.places.items()
        if (change := _moved(places, content[field], texts[field])) is not None
    }
    values = {
        field: content[field] for field, text in base.values.items() if text != texts[field][0]
    }
    changes = {"rows": rows, "values": values}
    return changes if len(json.dumps(changes)) <= MOST_CHANGED * base.size else None


def _moved(
    places: Mapping[str, int], rows: Sequence[Row], texts: Sequence[str]
) -> dict[str, list[Any]] | None:
    """Give where rows lie in the base, a new one below zero; None where all is as it was."""
    new: list[Row] = []
    at = []
    for row, text in zip(rows, texts, strict=True):
        place = places.get(text)
        if place is None:
            new.append(row)
        at.append(-len(new) if place is None else place)
    return None if at == list(range(len(places))) else {"at": _runs(at), "new": new}


def _runs(places: Sequence[int]) -> list[Any]:
    """Write places in the base that follow each other as the first and how many."""
    runs: list[Any] = []
    for place in places:
        if place >= 0 and runs and isinstance(runs[-1], list) and sum(runs[-1]) == place:
            runs[-1][1] += 1
        else:
            runs.append([place, 1] if place >= 0 else place)
    return runs


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _packed(rows: Sequence[Row]) -> Any:
    alike = all(row.keys() == rows[0].keys() for row in rows)
    return columns(rows) if alike else list(rows)


def _remember(kept: OrderedDict[Any, Any], key: object, value: object, most: int = MOST) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)
