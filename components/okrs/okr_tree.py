"""The alignment tree: which objective supports which, from the company to the person."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from components.kpis import guardrail_words
from components.okrs import okr_words
from components.ui import click_events, formatting, frontend, words
from components.ui.payloads import columns, flag
from data.okrs.views.drafts import OkrNode, OkrTree
from models import ObjectiveState

_TREE = frontend.element("okr_tree")

NOTHING = (
    "There is nothing to align yet. Write the first objective into the table; "
    "in its cell “Supports” say which objective above it helps."
)


def show(
    view: OkrTree,
    *,
    unfolded: bool,
    key: str,
    on_open: Callable[[str, int], None],
    on_unfold: Callable[[bool], None],
) -> None:
    """Show the tree; who opens an objective is taken to it in its team's table.

    Objectives that are over are in it where they are `unfolded`.
    """
    _TREE(
        key=key,
        data={**_written(view), "unfolded": unfolded},
        on_open_change=click_events.listener(key, on_open),
        on_unfold_change=click_events.heard(key, "unfold", flag, on_unfold),
    )


@lru_cache(maxsize=32)
def _written(view: OkrTree) -> Mapping[str, Any]:
    """Write the tree once for a version of the data and not at every run."""
    above = parents(view)
    names = {row.id: row.name for row in view.objectives}
    return {
        "place": f"{view.team.id} {view.cycle.id if view.cycle else 0}",
        "empty": _empty(view),
        "sentence": _sentence(view, above) if view.objectives else "",
        "closed": view.hidden + sum(row.state in okr_words.OVER for row in view.objectives),
        "nodes": columns([_node(row, above[row.id], names, view.day) for row in view.objectives]),
    }


def _empty(view: OkrTree) -> str:
    if view.objectives:
        return ""
    return okr_words.over(view.hidden) if view.hidden else NOTHING


def parents(view: OkrTree) -> Mapping[int, int | None]:
    """Give for each objective the one that it stands below: the first it supports.

    None for those that support nothing in sight. A ring, which no command lets come about but
    a file may, is opened where it was entered.
    """
    here = {row.id: row for row in view.objectives}
    above: dict[int, int | None] = {}
    for row in view.objectives:
        found = next((key for key in row.supports_ids if key in here), None)
        above[row.id] = None if found is None or _leads_to(above, found, row.id) else found
    return above


def _leads_to(above: Mapping[int, int | None], start: int, end: int) -> bool:
    current: int | None = start
    while current is not None and current != end:
        current = above.get(current)
    return current == end


def _sentence(view: OkrTree, above: Mapping[int, int | None]) -> str:
    own = [row for row in view.objectives if not row.cycle]
    loose = [row for row in own if above[row.id] is None]
    counted = words.counted(len(view.objectives), "objective")
    if not own or len(loose) == len(view.objectives):
        return f"{counted}, none of which supports another yet."
    if not loose:
        return f"{counted}: each supports one above it."
    stand = "stands for itself" if len(loose) == 1 else "stand for themselves"
    return f"{counted}, {len(loose)} of which {stand}."


def _node(row: OkrNode, parent: int | None, names: Mapping[int, str], day: date) -> dict[str, Any]:
    also = [names[key] for key in row.supports_ids if key != parent and key in names]
    draft, over = row.state is ObjectiveState.DRAFT, row.state in okr_words.OVER
    return {
        "id": row.id,
        "parent": parent,
        "name": row.name,
        "team": row.team,
        "cycle": row.cycle,
        "owner": row.owner,
        **okr_words.standing(row),
        "progress": None if draft else round(min(max(row.progress, 0), 1), 3),
        "pace": None if draft or over or row.standing == "done" else round(row.pace, 3),
        "percent": "" if draft else formatting.percent(row.progress),
        "ends": okr_words.ends_near(row),
        "count": words.counted(row.key_results, "key result"),
        "also": f"also supports {'; '.join(also)}" if also else "",
        "scope": row.scope.value,
        "broken": guardrail_words.marks(row.breaches, day),
    }
