"""A table to type in: each cell is sent as it is left, and told what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

from components.editing import editing
from components.ui import frontend
from components.ui.payloads import triggered, whole
from data.core.outcomes import Outcome

_TABLE = frontend.element("grid")

LONGEST = 10_000

Kind = Literal["text", "long", "number", "date", "choice", "pick", "names", "checkbox", "shown"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column and how its cells are typed.

    `choices` are what a cell is picked from: pairs of value and label for `choice`, names for
    `pick`, and for the `names` of a list. Columns with the same `together` are saved together. A
    `fresh` one is asked for when a row is added, and says `first` then. A `live` one is checked
    while it is typed. A `placed` one is about the table's place too. Those of `grows` share what
    room is left, and are as wide as `width` at least. `tip` explains one at its heading and its
    cells, `hint` stands in a cell that is empty.
    """

    name: str
    label: str
    kind: Kind
    width: str
    choices: tuple[Any, ...] = ()
    hint: str = ""
    together: str = ""
    fresh: bool = False
    first: str = ""
    live: bool = False
    placed: bool = False
    grows: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """What a person typed into cells of a row; `id` 0 is a row to add.

    `hand_to` is the key of who takes over what a row stands for.
    """

    id: int
    cells: Mapping[str, str]
    base_version: int
    archive: bool = False
    hand_to: int = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """What a person is typing into a cell that is checked meanwhile."""

    id: int
    cell: str
    typed: str


@dataclass(frozen=True)
class Written:
    """A table in words: rows of cells with their notes, and what stands around them.

    `place` is what its placed cells are about besides their rows: what is typed at one is none
    of another's. `heirs` are who may take over what a row stands for, by key and name.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Any]]
    version: int
    add: str
    archiving: str
    empty: str = ""
    more: str = ""
    acts: tuple[tuple[str, str], ...] = ()
    place: str = ""
    heirs: tuple[tuple[int, str], ...] = ()

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """What all who look at this table are sent, made once and not at every run."""
        return {
            "table": self.name,
            "columns": [_written(column) for column in self.columns],
            "rows": list(self.rows),
            "version": self.version,
            "add": self.add,
            "archiving": self.archiving,
            "empty": self.empty,
            "more": self.more,
            "acts": [{"name": name, "label": label} for name, label in self.acts],
            "place": self.place,
            "heirs": [{"id": key, "name": name} for key, name in self.heirs],
        }


def show(
    table: Written,
    *,
    person: str | None,
    editable: bool,
    outcome: Outcome | None,
    key: str,
    on_edit: Callable[[Edited], None],
    on_act: Callable[[str, int], None],
    on_try: Callable[[Tried], None],
    offered: Mapping[str, Any] | None = None,
    tried: Mapping[str, Any] | None = None,
) -> None:
    """Show a table; rows are known by their key, whatever others add or remove meanwhile.

    `offered` proposes cells of a row in parts, each with its reason, those `shown` as if they
    had been typed; `tried` tells what was found of a cell that is being typed.
    """

    def hear_act() -> None:
        sent = triggered(key, "act")
        if isinstance(sent, dict) and sent.get("table") == table.name:
            act, row_id = sent.get("act"), sent.get("id")
            if act in dict(table.acts) and isinstance(row_id, int):
                on_act(str(act), row_id)

    def hear_try() -> None:
        found = _tried(triggered(key, "try"), table)
        if found is not None:
            on_try(found)

    data = {
        **table.data,
        "person": person or "",
        "editable": editable,
        "answer": _answer(key, outcome),
        "offered": offered,
        "tried": tried,
    }
    _TABLE(
        key=key,
        data=data,
        on_edit_change=editing.listener(key, lambda sent: _edited(sent, table), on_edit),
        on_act_change=hear_act,
        on_try_change=hear_try,
    )


def _written(column: Column) -> dict[str, Any]:
    """Write a column: what a choice has are options, what others are picked from are names."""
    written = asdict(column)
    choices = written.pop("choices")
    is_choice = column.kind == "choice"
    options = [{"value": value, "label": label} for value, label in choices] if is_choice else []
    return {**written, "options": options, "names": [] if is_choice else list(choices)}


def _answer(key: str, outcome: Outcome | None) -> dict[str, Any] | None:
    """Tell the table what became of its latest edit; a link is known there by what it names."""
    answer = editing.answer(key, outcome, "row")
    if answer is None or outcome is None or "kind" not in answer:
        return answer
    theirs = answer["theirs"]
    if theirs is not None:
        theirs = {**theirs, "field": theirs["field"].removesuffix("_id")}
    return {**answer, "theirs": theirs, "field": outcome.field.removesuffix("_id")}


def _edited(sent: object, table: Written) -> Edited | None:
    """Turn what the table sent into an edit; None where it makes no sense."""
    if not isinstance(sent, dict) or sent.get("table") != table.name:
        return None
    row_id, base_version = whole(sent.get("id")), whole(sent.get("seen"))
    if row_id is None or base_version is None or sent.get("place") != table.place:
        return None
    if sent.get("archive") is True:
        return Edited(row_id, {}, base_version, archive=True)
    if "hand_to" in sent:
        heir = whole(sent["hand_to"])
        return Edited(row_id, {}, base_version, hand_to=heir) if heir in dict(table.heirs) else None
    cells = sent.get("cells")
    typed = {column.name for column in table.columns if column.kind != "shown"}
    if not isinstance(cells, dict) or not cells or not cells.keys() <= typed:
        return None
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in cells.values()):
        return None
    return Edited(row_id, cells, base_version)


def _tried(sent: object, table: Written) -> Tried | None:
    if not isinstance(sent, dict) or sent.get("table") != table.name:
        return None
    row_id, cell, typed = whole(sent.get("id")), sent.get("cell"), sent.get("typed")
    live = {column.name for column in table.columns if column.live}
    if row_id is None or cell not in live:
        return None
    if not isinstance(typed, str) or len(typed) > LONGEST:
        return None
    return Tried(row_id, str(cell), typed)
