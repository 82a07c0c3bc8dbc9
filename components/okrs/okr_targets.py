"""A drawer in which a key result gets targets on its way: how far it is to be by which day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from components.ui import formatting, words
from data.company.views import CycleView
from data.okrs.views.drafts import OkrKeyResult, OkrObjective
from models import KeyResultKind

TITLE = "Targets on the way"
ABOUT = (
    "Half of it by a day, all of it by the end: pace and chance then follow the next target, and "
    "not a straight line. The score is held against the last one."
)
NONE_COUNTED = "There is no key result here yet that is counted. Add one in the table first."
FEWEST = 3
"""So many targets can be typed at least."""

Targets = Sequence[tuple[date, float]]


def show(
    objectives: Sequence[OkrObjective],
    cycle: CycleView,
    stands: Mapping[int, Targets],
    *,
    on_save: Callable[[int, Targets], None],
) -> None:
    """Ask for the targets of a key result; `stands` are those it has, by key."""
    st.caption(ABOUT)
    counted = [
        each
        for row in objectives
        for each in row.key_results
        if each.kind is KeyResultKind.METRIC and each.start is not None and each.target is not None
    ]
    if not counted:
        st.info(NONE_COUNTED)
        return
    at = st.selectbox(
        "Which key result?", range(len(counted)), format_func=lambda at: counted[at].name
    )
    chosen = counted[at]
    st.markdown(words.escaped(formatting.way(chosen.start, chosen.target, chosen.unit)))
    with st.form(f"targets {chosen.id}", border=False):
        typed = _rows(chosen, cycle, stands.get(chosen.id, ()))
        if st.form_submit_button("Save the targets", type="primary"):
            on_save(chosen.id, typed)


def _rows(chosen: OkrKeyResult, cycle: CycleView, stands: Targets) -> Targets:
    found = []
    last = max(cycle.ends_on - timedelta(days=1), cycle.starts_on)
    for at in range(max(FEWEST, len(stands) + 1)):
        stood, target = stands[at] if at < len(stands) else (None, None)
        left, right = st.columns(2)
        key = f"targets {chosen.id} {at}"
        with left:
            day = st.date_input(
                f"By, target {at + 1}",
                stood,
                min_value=cycle.starts_on,
                max_value=last,
                format="YYYY-MM-DD",
                key=f"{key} by",
            )
        with right:
            value = st.number_input(f"To be at, target {at + 1}", value=target, key=f"{key} target")
        if isinstance(day, date) and value is not None:
            found.append((day, float(value)))
    return found
