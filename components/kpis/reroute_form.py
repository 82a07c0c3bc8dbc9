"""The form in which a KPI is rerouted: a recovery objective, filled in and open to change."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from components.kpis import reroute_words
from components.ui import words
from components.ui.payloads import LONGEST
from data.core.outcomes import Outcome
from data.kpis.views.gauges import Gauge
from data.kpis.views.kpi import KpiView
from data.kpis.views.recovery import RecoveryPlan, RerouteEdit
from data.okrs.views.recovery import RecoveryCycles

LONGEST_NAME = 200
FEWEST, MOST = 4, 520
HEIGHT = 70
"""How high a text stands, in pixels: two lines, so that a name is read whole on a phone."""


def show(
    view: KpiView,
    gauge: Gauge,
    cycles: RecoveryCycles,
    people: Sequence[str],
    *,
    today: date,
    key: str,
    on_send: Callable[[RerouteEdit], Outcome],
) -> bool:
    """Ask what the recovery is to be, all filled in; tell whether it was created."""
    st.caption(reroute_words.ABOUT)
    _beside(view)
    with st.form(key, border=False):
        plan = _plan(gauge, cycles, people, view.day, today, key)
        if st.form_submit_button("Create the recovery", type="primary"):
            outcome = on_send(RerouteEdit(view.kpi_id, plan))
            if outcome.kind == "saved":
                return True
            st.error(words.escaped(outcome.message))
    return False


def _plan(
    gauge: Gauge,
    cycles: RecoveryCycles,
    people: Sequence[str],
    day: date,
    today: date,
    key: str,
) -> RecoveryPlan:
    proposed = reroute_words.objective(gauge)
    objective = _text("Objective", proposed, LONGEST_NAME, f"{key} name")
    held = reroute_words.key_result(gauge)
    key_result = _text("Key result", held, LONGEST_NAME, f"{key} result")
    left, right = st.columns(2)
    with left:
        periods = st.number_input(
            reroute_words.how_long(gauge),
            min_value=FEWEST,
            max_value=MOST,
            value=cycles.periods,
            key=f"{key} periods",
        )
    with right:
        names = [name for name, _ in cycles.offered]
        cycle = st.selectbox("Cycle", names, index=cycles.proposed, key=f"{key} cycle")
    owners = sorted({*people, *filter(None, [gauge.owner])}, key=str.casefold)
    owner = st.selectbox(
        "Owner",
        owners,
        index=owners.index(gauge.owner) if gauge.owner else None,
        placeholder="Nobody yet",
        key=f"{key} owner",
    )
    proposed_reason = reroute_words.reason(gauge, day, today)
    reason = _text("Why", proposed_reason, LONGEST, f"{key} why")
    cycle_id = dict(cycles.offered)[cycle]
    return RecoveryPlan(objective, key_result, reason, owner or "", int(periods), cycle_id)


def _text(label: str, proposed: str, longest: int, key: str) -> str:
    """Ask for words, with room for all of them on a phone."""
    return st.text_area(label, proposed, max_chars=longest, height=HEIGHT, key=key)


def _beside(view: KpiView) -> None:
    """Show what the KPI takes part in, so that nobody creates a second one."""
    st.markdown(f"**{reroute_words.BESIDE if view.ties else reroute_words.NOTHING_BESIDE}**")
    for tie in view.ties:
        st.markdown(f"- {words.escaped(reroute_words.tied(tie))}")
