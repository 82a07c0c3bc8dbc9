"""The talk with the table of objectives: changes come in together, each is answered."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import streamlit as st

from components.ui.payloads import text, triggered, whole
from data.core.outcomes import CurrentValue, Outcome
from data.okrs.views.drafts import (
    OkrAdd,
    OkrArchive,
    OkrCell,
    OkrEdit,
    OkrMove,
    OkrPlace,
    OkrStep,
    OkrSteps,
    Target,
)

MOST_AT_ONCE = 500
_FIELDS = {
    "objective": {"name", "ambition", "scope", "owner", "supports", "guardrails"},
    "key result": {
        "name",
        "kind",
        "start",
        "target",
        "unit",
        "steps",
        "hold_periods",
        "weight",
        "owner",
        "kpi",
    },
}
_STEPS = {"start", "close", "reopen", "back to draft"}
_TOGETHER = {"start", "close"}
_SHOWN_AS = {"owner_id": "owner", "kpi_id": "kpi"}


def edit(sent: object) -> OkrEdit | None:
    """Turn one change that was sent into an edit; None where it makes no sense."""
    if not isinstance(sent, dict) or sent.get("target") not in _FIELDS:
        return None
    target = cast(Target, sent["target"])
    base_version = whole(sent.get("base_version"))
    if base_version is None:
        return None
    if sent.get("do") == "add":
        return _add(sent, target, base_version)
    if sent.get("do") == "steps":
        return _steps(sent, base_version)
    key = whole(sent.get("id"))
    return None if key is None else _change(sent, target, key, base_version)


def _add(sent: dict[str, Any], target: Target, base_version: int) -> OkrAdd | None:
    name, under = text(sent.get("name")), whole(sent.get("under"))
    if name is None or (under is None) is not (target == "objective"):
        return None
    return OkrAdd(target, name, under, base_version)


def _steps(sent: dict[str, Any], base_version: int) -> OkrSteps | None:
    ids, step = sent.get("ids"), sent.get("step")
    if not isinstance(ids, list) or not ids or step not in _TOGETHER:
        return None
    keys = tuple(key for each in ids if (key := whole(each)) is not None)
    return OkrSteps(keys, str(step), base_version) if len(keys) == len(ids) else None


def _change(sent: dict[str, Any], target: Target, key: int, base_version: int) -> OkrEdit | None:
    match sent.get("do"):
        case "cell":
            field, typed = sent.get("field"), text(sent.get("typed"))
            known = typed is not None and field in _FIELDS[target]
            return OkrCell(target, key, str(field), typed or "", base_version) if known else None
        case "step":
            known = target == "objective" and sent.get("step") in _STEPS
            return OkrStep(key, str(sent["step"]), base_version) if known else None
        case "archive":
            return OkrArchive(target, key, base_version)
        case "place":
            return OkrPlace(target, key, whole(sent.get("after")))
        case "move":
            team, cycle = text(sent.get("team", "")), text(sent.get("cycle", ""))
            if team is None or cycle is None:
                return None
            return OkrMove(target, key, base_version, team, cycle, whole(sent.get("under")))
        case _:
            return None


def listener(
    key: str, on_edits: Callable[[Sequence[OkrEdit | None]], Sequence[Outcome]]
) -> Callable[[], None]:
    """Make the callback of the table's changes, which keeps what became of each."""

    def hear() -> None:
        sent = triggered(key, "edit")
        if not isinstance(sent, dict) or not isinstance(sent.get("edits"), list):
            return
        edits = [edit(each) for each in sent["edits"][:MOST_AT_ONCE]]
        answers = [_answer(outcome) for outcome in on_edits(edits)]
        st.session_state[_answered(key)] = {"token": text(sent.get("token")), "answers": answers}

    return hear


def answer(key: str) -> dict[str, Any] | None:
    """Tell the table what became of its latest changes, in their order."""
    answered: dict[str, Any] | None = st.session_state.get(_answered(key))
    return answered


def _answer(outcome: Outcome) -> dict[str, Any]:
    return {
        "kind": outcome.kind,
        "target": outcome.target,
        "id": outcome.id,
        "field": _SHOWN_AS.get(outcome.field, outcome.field),
        "message": outcome.message,
        "theirs": _theirs(outcome.theirs),
    }


def _theirs(theirs: CurrentValue | None) -> dict[str, Any] | None:
    if theirs is None:
        return None
    field = _SHOWN_AS.get(theirs.field, theirs.field)
    return {"field": field, "text": theirs.text, "who": theirs.who, "version": theirs.version}


def _answered(key: str) -> str:
    return f"{key}: answers"
