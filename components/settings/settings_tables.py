"""The tables of what is set up: one at a time, to type in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from components.editing import grid
from components.editing.grid import Edited
from components.settings import settings_words as in_words
from components.ui import click_events, frontend
from components.ui.payloads import one_of, read, whole
from data.company.views import PersonView, TeamView
from data.core import typed_text
from data.core.outcomes import Outcome
from data.kpis.views.settings import DriverCheck, KpiSetting, Proposal
from data.screens.views.settings import Setting, Settings

_TABLES = frontend.element("settings")
DONE = {"cells", "add", "archive", "hand over"}


@dataclass(frozen=True, slots=True)
class Tried:
    """What a person is typing into a cell that is checked meanwhile."""

    id: int
    cell: str
    typed: str


def show(
    settings: Settings,
    *,
    team: TeamView,
    teams: tuple[TeamView, ...],
    people: tuple[PersonView, ...],
    searched: bool,
    person: str | None,
    editable: bool,
    offered: tuple[int, Proposal] | None,
    tried: tuple[Tried, DriverCheck | None] | None,
    key: str,
    on_edits: Callable[[Sequence[Edited | None]], Sequence[Outcome]],
    on_propose: Callable[[int], None],
    on_try: Callable[[Tried], None],
) -> None:
    """Show a table of what is set up; each cell is sent as it is left."""
    table = _written(settings, team, teams, people, searched)
    _TABLES(
        key=key,
        data={
            **grid.small(table),
            "person": person or "",
            "editable": editable,
            "answer": grid.answer(key),
            "offered": None if offered is None else _offered(*offered),
            "tried": None if tried is None else _told(settings, *tried),
        },
        large=grid.large(table),
        on_edit_change=grid.listener(key, table, lambda sent: _edited(sent, table), on_edits),
        on_act_change=click_events.heard(key, "act", _proposed_for, on_propose),
        on_try_change=click_events.heard(key, "try", lambda sent: _tried(sent, table), on_try),
    )


@lru_cache(maxsize=32)
def _written(
    settings: Settings,
    team: TeamView,
    teams: tuple[TeamView, ...],
    people: tuple[PersonView, ...],
    searched: bool,
) -> Mapping[str, Any]:
    """Write a table once for a version of the data and not at every run."""
    table = settings.table
    empty = in_words.NOT_FOUND if searched else in_words.NOTHING[table]
    names = [each.name for each in teams]
    columns = in_words.columns(table, team=team.name, top=names[0] if names else "")
    of_people = table == "people"
    return {
        **grid.written(
            table,
            {table: columns},
            [_row(table, row, settings.day) for row in settings.rows],
            version=settings.version,
            place=str(team.id) if of_people else "",
            lists={"team": names, "person": [each.name for each in people]},
            empty="" if settings.rows else empty,
        ),
        "add": in_words.ADD[table],
        "archiving": in_words.ARCHIVING[table],
        "more": in_words.more(table, len(settings.rows), settings.found),
        "acts": [in_words.PROPOSE] if table == "kpis" else [],
        "heirs": [{"id": each.id, "name": each.name} for each in people] if of_people else [],
    }


def _edited(sent: object, table: Mapping[str, Any]) -> Edited | None:
    """Turn what the table sent into an edit; None where it makes no sense."""
    columns = table["columns"][table["table"]]
    typed = {column["name"] for column in columns if column["kind"] != "shown"}
    edit = grid.edited(sent, {table["table"]: typed})
    if edit is None or edit.did not in DONE or (edit.did == "add" and not edit.cells):
        return None
    if edit.did == "hand over" and hand_to(edit) not in {heir["id"] for heir in table["heirs"]}:
        return None
    return edit


def hand_to(edit: Edited) -> int | None:
    """Give the key of who takes over what a row stands for."""
    return whole(edit.more.get("hand_to"))


def _proposed_for(sent: object) -> int | None:
    """Give the KPI that a range is to be proposed for."""
    found = read(sent, table=one_of(("kpis",)), id=whole)
    return None if found is None else found["id"]


def _tried(sent: object, table: Mapping[str, Any]) -> Tried | None:
    live = [column["name"] for column in table["columns"][table["table"]] if column["live"]]
    found = read(sent, table=one_of([table["table"]]), id=whole, cell=one_of(live), typed=_typed)
    return None if found is None else Tried(found["id"], found["cell"], found["typed"])


def _typed(sent: object) -> str | None:
    return sent if isinstance(sent, str) and len(sent) <= grid.LONGEST else None


def _row(table: str, row: Setting, day: date) -> Mapping[str, Any]:
    notes: dict[str, Any] = {}
    if isinstance(row, KpiSetting) and (said := in_words.drivers(row.drivers, row.kpi.unit, day)):
        notes["driven_by"] = said
    cells = in_words.cells(row)
    short = in_words.in_short(row, day)
    row_of = {"target": table, "id": row.id, "name": row.name, "short": short}
    return {**row_of, "cells": cells, "notes": notes}


def _offered(nonce: int, proposal: Proposal) -> Mapping[str, Any]:
    # A bound that is left open here stays as somebody set it.
    bounds = {"low": proposal.low, "high": proposal.high}
    parts = [_part(in_words.SAVE_RANGE, proposal.reason, shown=True, **bounds)]
    if (change := proposal.smallest_change) is not None:
        save = in_words.SAVE_SMALLEST_CHANGE
        parts.append(_part(save, proposal.why, shown=False, smallest_change=change))
    return {"nonce": nonce, "id": proposal.kpi_id, "parts": parts}


def _part(save: str, reason: str, *, shown: bool, **numbers: float | None) -> Mapping[str, Any]:
    known = ((name, number) for name, number in numbers.items() if number is not None)
    cells = {name: typed_text.number(number) for name, number in known}
    return {"save": save, "reason": reason, "shown": shown, "cells": cells}


def _told(settings: Settings, tried: Tried, check: DriverCheck | None) -> Mapping[str, Any]:
    kpis = (row for row in settings.rows if isinstance(row, KpiSetting))
    unit = next((row.kpi.unit for row in kpis if row.id == tried.id), "")
    said = in_words.drivers(check, unit, settings.day) or {"text": "", "tone": ""}
    return {"id": tried.id, "cell": tried.cell, "typed": tried.typed, **said}
