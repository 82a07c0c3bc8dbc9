"""What the table of objectives sent, as the changes that it means."""

from typing import Any, cast

from components.editing import grid
from components.editing.grid import Edited
from components.okrs import okr_columns
from components.ui.payloads import day, one_of, read, text, whole
from data.okrs.views.drafts import (
    OkrAct,
    OkrAdd,
    OkrArchive,
    OkrCell,
    OkrEdit,
    OkrMove,
    OkrPlace,
    OkrStep,
    OkrSteps,
    OkrTick,
    Target,
)

_STEPS = {"start", "close", "reopen", "back to draft"}
_TOGETHER = {"start", "close"}


def edit(sent: object) -> OkrEdit | None:
    """Turn one change that was sent into an edit; None where it makes no sense."""
    done = grid.edited(sent, okr_columns.TYPED)
    if done is None:
        return None
    target, more = cast(Target, done.target), done.more
    match done.did:
        case "cells":
            return _cell(done, target)
        case "add":
            return _add(done, target)
        case "steps":
            return _steps(more, done.base_version)
        case "step":
            known = target == "objective" and text(more.get("step")) in _STEPS
            return OkrStep(done.id, str(more["step"]), done.base_version) if known else None
        case "archive":
            return OkrArchive(target, done.id, done.base_version)
        case "place":
            return OkrPlace(target, done.id, whole(more.get("after")))
        case "tick":
            action_id = whole(more.get("action"))
            if action_id is None:
                return None
            return OkrTick(target, done.id, action_id, done.base_version)
        case "move":
            team, cycle = text(more.get("team", "")), text(more.get("cycle", ""))
            if team is None or cycle is None:
                return None
            under = whole(more.get("under"))
            return OkrMove(target, done.id, done.base_version, team, cycle, under)
        case _:
            return None


def agreement(sent: object) -> OkrAct | None:
    """Turn what the form of an action sent into an edit; None where it makes no sense."""
    target = one_of(tuple(okr_columns.TYPED))
    said = read(sent, target=target, id=whole, owner=text, text=text, day=day)
    return None if said is None else OkrAct(*said.values())


def _cell(done: Edited, target: Target) -> OkrCell | None:
    if len(done.cells) != 1:
        return None
    ((field, typed),) = done.cells.items()
    known = text(typed) is not None
    return OkrCell(target, done.id, field, typed, done.base_version) if known else None


def _add(done: Edited, target: Target) -> OkrAdd | None:
    name, owner = text(done.cells.get("name")), text(done.cells.get("owner", ""))
    under = whole(done.more.get("under"))
    if name is None or owner is None or (under is None) is not (target == "objective"):
        return None
    return OkrAdd(target, name, under, done.base_version, owner)


def _steps(more: Any, base_version: int) -> OkrSteps | None:
    ids, step = more.get("ids"), more.get("step")
    if not isinstance(ids, list) or not ids or text(step) not in _TOGETHER:
        return None
    keys = tuple(key for each in ids if (key := whole(each)) is not None)
    return OkrSteps(keys, str(step), base_version) if len(keys) == len(ids) else None
