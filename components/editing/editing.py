"""The talk with an inline editor: what a person typed comes in, what became of it goes out."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from components.ui import formatting
from components.ui.payloads import day, otherwise, read, text, triggered, whole, words, yes
from data.core.outcomes import CurrentValue, Outcome
from data.kpis.views.edits import ReadingEdit
from data.okrs.views.edits import CheckInEdit
from models import Confidence

Edit = TypeVar("Edit")


def reading(sent: object) -> ReadingEdit | None:
    """Turn what a gauge's editor sent into an edit; None where it makes no sense."""
    said = read(
        sent, id=whole, period=day, typed=text, note=words, base_version=whole, confirmed=yes
    )
    return None if said is None else ReadingEdit(said.pop("id"), **said)


def check_in(sent: object) -> CheckInEdit | None:
    """Turn what a key result's editor sent into an edit; None where it makes no sense."""
    given = otherwise(confidence, "")
    typed = read(sent, id=whole, date=day, typed=text, confidence=given, note=words)
    said = typed and read(sent, base_version=whole, confirmed=yes)
    return CheckInEdit(typed.pop("id"), **typed, **said) if typed and said else None


def listener(
    key: str,
    parse: Callable[[object], Edit | None],
    on_edit: Callable[[Edit], None],
    name: str = "edit",
) -> Callable[[], None]:
    """Make the callback of a component's edits, which come by a `name`.

    The token of the latest edit is kept, so that an editor knows an answer for its own, and
    whether the edit was taken at all: if not, the outcome at hand is an older one's. What comes
    twice is done once: now and then Streamlit brings an edit again while a page looks for what
    others saved, and "this stands already" would take the place of "saved" with its way back.
    """

    def hear() -> None:
        sent = triggered(key, name)
        token = text(sent.get("token")) if isinstance(sent, dict) else None
        if token is not None and st.session_state.get(_answered(key)) == (token, True):
            return
        st.session_state[_answered(key)] = (token, False)
        edit = parse(sent)
        if edit is not None:
            on_edit(edit)
            st.session_state[_answered(key)] = (token, True)

    return hear


def answer(key: str, outcome: Outcome | None, *targets: str) -> dict[str, Any] | None:
    """Tell the editors of a component, of some targets, what became of the latest edit."""
    token, taken = st.session_state.get(_answered(key), (None, False))
    if token is None:
        return None
    if not taken or outcome is None or outcome.target not in targets:
        return {"token": token}
    return {
        "token": token,
        "kind": outcome.kind,
        "id": outcome.id,
        "message": outcome.message,
        "theirs": theirs(outcome.theirs),
    }


def theirs(current: CurrentValue | None) -> dict[str, Any] | None:
    """Tell what somebody else saved meanwhile, as somebody would type it."""
    if current is None:
        return None
    said = formatting.exact(current.value) if current.field == "value" else current.text
    empty = current.value is None if current.field == "value" else not current.text
    return {
        "field": current.field,
        "value": None if empty else said,
        "who": current.who,
        "at": None if current.at is None else current.at.isoformat(),
        "version": current.version,
    }


def _answered(key: str) -> str:
    return f"{key}: answered"


def confidence(sent: object) -> str | None:
    """Give a word of how sure people are, or none."""
    return sent if isinstance(sent, str) and sent in ("", *Confidence) else None
