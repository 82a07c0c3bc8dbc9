"""The tables of what is set up: one at a time, to type in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from components.editing import editable_table
from components.editing.editable_table import Edited, Tried, Written
from components.settings import settings_words as in_words
from data.company.views import PersonView, TeamView
from data.core import typed_text
from data.core.outcomes import Outcome
from data.kpis.views.settings import DriverCheck, KpiSetting, Proposal
from data.screens.views.settings import Setting, Settings


def show(
    settings: Settings,
    *,
    team: TeamView,
    teams: tuple[TeamView, ...],
    people: tuple[PersonView, ...],
    searched: bool,
    person: str | None,
    editable: bool,
    outcome: Outcome | None,
    offered: tuple[int, Proposal] | None,
    tried: tuple[Tried, DriverCheck | None] | None,
    key: str,
    on_edit: Callable[[Edited], None],
    on_propose: Callable[[int], None],
    on_try: Callable[[Tried], None],
) -> None:
    """Show a table of what is set up; each cell is sent as it is left."""
    editable_table.show(
        _written(settings, team, teams, people, searched),
        person=person,
        editable=editable,
        outcome=outcome,
        key=key,
        on_edit=on_edit,
        on_act=lambda _act, kpi_id: on_propose(kpi_id),
        on_try=on_try,
        offered=None if offered is None else _offered(*offered),
        tried=None if tried is None else _tried(settings, *tried),
    )


@lru_cache(maxsize=32)
def _written(
    settings: Settings,
    team: TeamView,
    teams: tuple[TeamView, ...],
    people: tuple[PersonView, ...],
    searched: bool,
) -> Written:
    """Write a table once for a version of the data and not at every run."""
    table = settings.table
    empty = in_words.NOT_FOUND if searched else in_words.NOTHING[table]
    columns = in_words.columns(
        table,
        team=team.name,
        teams=[each.name for each in teams],
        people=[each.name for each in people],
    )
    names = [column.name for column in columns]
    return Written(
        name=table,
        columns=columns,
        rows=[_row(row, names, settings.day) for row in settings.rows],
        version=settings.version,
        add=in_words.ADD[table],
        archiving=in_words.ARCHIVING[table],
        empty="" if settings.rows else empty,
        more=in_words.more(table, len(settings.rows), settings.found),
        acts=(in_words.PROPOSE,) if table == "kpis" else (),
        place=str(team.id) if table == "people" else "",
        heirs=tuple((each.id, each.name) for each in people) if table == "people" else (),
    )


def _row(row: Setting, names: Sequence[str], day: date) -> Mapping[str, Any]:
    notes: dict[str, Any] = {}
    if isinstance(row, KpiSetting) and (said := in_words.drivers(row.drivers, row.kpi.unit, day)):
        notes["driven_by"] = said
    cells = dict(zip(names, in_words.cells(row), strict=True))
    return {"id": row.id, "name": row.name, "cells": cells, "notes": notes}


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


def _tried(settings: Settings, tried: Tried, check: DriverCheck | None) -> Mapping[str, Any]:
    kpis = (row for row in settings.rows if isinstance(row, KpiSetting))
    unit = next((row.kpi.unit for row in kpis if row.id == tried.id), "")
    said = in_words.drivers(check, unit, settings.day) or {"text": "", "tone": ""}
    return {"id": tried.id, "cell": tried.cell, "typed": tried.typed, **said}
