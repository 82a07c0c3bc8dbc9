"""A grid to type in: its columns by name, what people typed and did in it, and its answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal, TypeVar

import streamlit as st

from components.editing import editing
from components.ui.payloads import text, triggered, whole
from data.core.fields import Column as Declared
from data.core.outcomes import Outcome

LONGEST = 10_000
MOST_AT_ONCE = 500
LARGE = ("columns", "lists", "rows")

Edit = TypeVar("Edit")
Kind = Literal["text", "long", "number", "date", "choice", "pick", "names", "checkbox", "shown"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column and how its cells are typed.

    `options` are what a choice has: pairs of value and label; `list` is what others are picked
    from. Columns with the same `together` are saved together. A `fresh` one is asked for when a
    row is added, and says `first` then. A `live` one is checked while it is typed. A `placed` one
    is about the grid's place too. `width` is its share of its line: the first, or for one that
    is `below` the one under it. `tip` explains one at its heading and its cells, `hint` stands
    in a cell that is empty, which holds no more than `longest` characters.
    """

    name: str
    label: str
    kind: Kind
    width: str = ""
    options: tuple[tuple[str, str], ...] = ()
    list: str = ""
    hint: str = ""
    together: str = ""
    fresh: bool = False
    first: str = ""
    live: bool = False
    placed: bool = False
    below: bool = False
    tip: str = ""
    longest: int = LONGEST


def column(declared: Declared, *, empty: str = "", **layout: Any) -> Column:
    """Give the column of a declared field, laid out; `empty` is what a choice of none is called."""
    kind, options = _typed_as(declared, empty)
    named: dict[str, Any] = {
        "name": "name" if declared.stored == "name" else declared.name,
        "label": declared.label,
        "kind": kind,
        "options": options,
        "list": declared.declared.names if kind in ("pick", "names") else "",
        "longest": LONGEST if declared.kind is tuple else declared.longest,
    }
    return Column(**(named | layout))


def _typed_as(declared: Declared, empty: str) -> tuple[Kind, tuple[tuple[str, str], ...]]:
    """Say how the cells of a field are typed, and what a choice has."""
    if declared.is_link:
        return "names" if declared.kind is tuple else "pick", ()
    if issubclass(declared.kind, StrEnum):
        first = (("", empty),) if empty else ()
        return "choice", (*first, *((member.value, member.value) for member in declared.kind))
    if declared.kind in (float, int):
        return "number", ()
    if declared.kind is date:
        return "date", ()
    return "long" if declared.declared.long else "text", ()


def written(
    table: str,
    columns: Mapping[str, Sequence[Column]],
    rows: Sequence[Mapping[str, Any]],
    *,
    version: int,
    place: str = "",
    lists: Mapping[str, Sequence[str]] | None = None,
    empty: str = "",
) -> dict[str, Any]:
    """Write a grid: the columns of each kind of row, the rows, and the names to pick from.

    `place` is what its placed cells are about besides their rows: what is typed at one is none
    of another's.
    """
    return {
        "table": table,
        "place": place,
        "version": version,
        "empty": empty,
        "columns": {kind: list(map(_column, each)) for kind, each in columns.items()},
        "lists": {name: list(names) for name, names in (lists or {}).items()},
        "rows": list(rows),
    }


def small(written: Mapping[str, Any]) -> dict[str, Any]:
    """Give what of a grid is sent at every run."""
    return {name: value for name, value in written.items() if name not in LARGE}


def large(written: Mapping[str, Any]) -> dict[str, Any]:
    """Give what of a grid travels once, and then what changed of it."""
    return {name: written[name] for name in LARGE}


def _column(each: Column) -> dict[str, Any]:
    options = [{"value": value, "label": label} for value, label in each.options]
    return {**asdict(each), "options": options}


@dataclass(frozen=True, slots=True)
class Edited:
    """What a person `did` with a row: typed into its cells, most often; `id` 0 is a row to add.

    `at` is the day that the cells are of, where a row has several. `more` is all that was sent.
    """

    did: str
    target: str
    id: int
    base_version: int
    cells: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    confirmed: bool = False
    more: Mapping[str, Any] = field(default_factory=dict, compare=False)


def edited(sent: object, known: Mapping[str, set[str]]) -> Edited | None:
    """Turn one change that was sent into an edit; None where it makes no sense.

    `known` are the cells that can be typed into, by the kind of row.
    """
    if not isinstance(sent, dict) or text(sent.get("target")) not in known:
        return None
    key, base_version = whole(sent.get("id")), whole(sent.get("base_version"))
    did, at, cells = text(sent.get("do")), text(sent.get("at", "")), sent.get("cells", {})
    if key is None or base_version is None or did is None or at is None:
        return None
    if not isinstance(cells, dict) or not cells.keys() <= known[sent["target"]]:
        return None
    if did == "cells" and not cells:
        return None
    if not all(isinstance(typed, str) and len(typed) <= LONGEST for typed in cells.values()):
        return None
    confirmed = sent.get("confirmed") is True
    return Edited(did, sent["target"], key, base_version, cells, at, confirmed, sent)


def listener(
    key: str,
    shown: Mapping[str, Any],
    parse: Callable[[object], Edit | None],
    on_edits: Callable[[Sequence[Edit | None]], Sequence[Outcome]],
) -> Callable[[], None]:
    """Make the callback of the changes of a grid as `shown`, which keeps what became of each.

    What was sent twice is done once. What was sent of another table or place is not done. Where the
    database did none of it for a while there is no answer: the grid sends it again by itself.
    """

    def hear() -> None:
        sent = triggered(key, "edit")
        if not isinstance(sent, dict) or not isinstance(sent.get("edits"), list):
            return
        token = text(sent.get("token"))
        if (answer(key) or {}).get("token") == token:
            return
        before = answer(key)
        told: dict[str, Any] = {"token": token, "answers": []}
        st.session_state[_answered(key)] = told
        if sent.get("table") == shown["table"] and sent.get("place") == shown["place"]:
            edits = [parse(each) for each in sent["edits"][:MOST_AT_ONCE]]
            outcomes = on_edits(edits)
            told["answers"] = [_answer(outcome) for outcome in outcomes]
            if outcomes and all(outcome.is_waiting for outcome in outcomes):
                st.session_state[_answered(key)] = before

    return hear


def answer(key: str) -> dict[str, Any] | None:
    """Tell a grid what became of its latest changes, in their order."""
    answered: dict[str, Any] | None = st.session_state.get(_answered(key))
    return answered


def _answer(outcome: Outcome) -> dict[str, Any]:
    """Tell what became of a change; a link is known there by what it names."""
    theirs = editing.theirs(outcome.theirs)
    if theirs is not None:
        theirs["field"] = theirs["field"].removesuffix("_id")
    return {
        "kind": outcome.kind,
        "target": outcome.target,
        "id": outcome.id,
        "field": outcome.field.removesuffix("_id"),
        "message": outcome.message,
        "theirs": theirs,
    }


def _answered(key: str) -> str:
    return f"{key}: answers"
