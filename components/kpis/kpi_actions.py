"""What is to be done about a KPI: ticked off, changed or withdrawn where it stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from components.kpis import action_words
from components.kpis.kpi_acting import Deed, Senders, Who, asked_deed, asked_for, version_seen
from components.ui import cards, words
from components.ui.payloads import LONGEST
from data.actions.views import ActionEdit, ActionView
from data.core.outcomes import Outcome
from data.kpis.views.kpi import KpiView

Field = Callable[[], Outcome]


def show(view: KpiView, send: Senders, *, today: date, who: Who, editable: bool, key: str) -> None:
    """List the open actions, those due first before the others; say nothing where there is none."""
    actions = (each.action for each in view.decisions if each.action is not None)
    to_do = sorted(filter(lambda each: each.is_open(view.day), actions), key=lambda each: each.due)
    if not to_do:
        return
    with cards.card("actions"):
        st.markdown("**To do**")
        for action in to_do:
            text = words.escaped(action_words.agreed(action, today))
            st.markdown(f":red[▲ {text}]" if action.due < view.day else text)
            if editable:
                _verbs(view, action, send, today=today, who=who, key=f"{key} {action.action_id}")


def _verbs(
    view: KpiView, action: ActionView, send: Senders, *, today: date, who: Who, key: str
) -> None:
    key_of = action.action_id

    def tick(turn: str) -> Field:
        seen = version_seen(turn, view.version)
        note = st.text_input(
            "What happened", max_chars=LONGEST, placeholder="optional", key=f"{turn} note"
        )
        edit = ActionEdit(key_of, "tick", seen, done=True, note=note or None)
        return lambda: _sent(send, edit, turn)

    def change(turn: str) -> Field:
        seen = version_seen(turn, view.version)
        stands = Deed(action.owner, action.what, action.due)
        deed = asked_deed(stands, who, today=today, turn=turn)
        edit = ActionEdit(key_of, "change", seen, owner=deed.owner, what=deed.what, due=deed.due)
        return lambda: _sent(send, edit, turn)

    def withdraw(turn: str) -> Field:
        st.caption("It is not to be done after all. You can undo this.")
        edit = ActionEdit(key_of, "withdraw", version_seen(turn, view.version))
        return lambda: _sent(send, edit, turn)

    with st.container(horizontal=True, gap="small"):
        asked_for("Tick off", "Tick off", f"{key} tick", tick)
        asked_for("Change", "Save change", f"{key} change", change)
        asked_for("Withdraw", "Withdraw", f"{key} withdraw", withdraw)


def _sent(send: Senders, edit: ActionEdit, turn: str) -> Outcome:
    """Send an edit; where somebody else came first, say so: who sends it again has seen it."""
    outcome = send.change_action(edit)
    if outcome.theirs is None:
        return outcome
    theirs = outcome.theirs
    st.session_state[f"{turn} seen"] = theirs.version
    told = f"{theirs.who or 'Somebody'} has changed it meanwhile to “{theirs.text}”. Look again, "
    return replace(outcome, message=f"{told}then press once more to save yours.")
