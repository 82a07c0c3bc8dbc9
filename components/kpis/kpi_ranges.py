"""Ideal ranges of a KPI that are to hold from a later day on: planned, seen and withdrawn."""

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from components.kpis import range_words
from components.kpis.kpi_acting import Senders, asked_day, asked_for, version_seen
from components.ui import cards, formatting, words
from data.core.outcomes import Outcome
from data.kpis.views.kpi import KpiView
from data.kpis.views.ranges import RangeEdit

LATEST = timedelta(days=5 * 365)
LONGEST_NUMBER = 40


def show(view: KpiView, send: Senders, *, today: date, editable: bool, key: str) -> None:
    """List the ranges ahead, the next first; say nothing where there is none."""
    if not view.ranges_ahead:
        return
    with cards.card("ranges"):
        st.markdown("**Range ahead**")
        for step in view.ranges_ahead:
            st.markdown(words.escaped(range_words.ahead(step, view.unit, today)))
            if editable:
                _withdraw(view, send, step.starts_on, f"{key} {step.starts_on}")
        if said := range_words.now_and_then(view):
            st.caption(words.escaped(said))


def plan(view: KpiView, send: Senders, *, today: date, key: str) -> None:
    """Offer to plan the range from a day on; what is planned for that day gives way to it."""
    gauge = view.gauge
    low, high = (gauge.low, gauge.high) if gauge else (None, None)

    def fields(turn: str) -> Callable[[], Outcome]:
        st.caption(range_words.ABOUT)
        usual, tomorrow = range_words.usual_day(today), today + timedelta(days=1)
        starts_on = asked_day("From", usual, tomorrow, today + LATEST, key=f"{turn} from")
        typed_low = _bound("Ideal from", low, view.unit, turn)
        typed_high = _bound("Ideal up to", high, view.unit, turn)
        seen = version_seen(turn, view.version)
        edit = RangeEdit(view.kpi_id, starts_on, typed_low, typed_high, seen)
        return lambda: send.plan_range(edit)

    asked_for("Plan its range", "Plan range", key, fields)


def _bound(label: str, bound: float | None, unit: str, turn: str) -> str:
    return st.text_input(
        formatting.with_unit(label, f"({unit})" if unit else ""),
        value="" if bound is None else formatting.exact(bound),
        max_chars=LONGEST_NUMBER,
        placeholder="no end",
        key=f"{turn} {label}",
    )


def _withdraw(view: KpiView, send: Senders, starts_on: date, key: str) -> None:
    def fields(turn: str) -> Callable[[], Outcome]:
        st.caption(range_words.WITHDRAWN)
        seen = version_seen(turn, view.version)
        edit = RangeEdit(view.kpi_id, starts_on, "", "", seen, withdrawn=True)
        return lambda: send.plan_range(edit)

    asked_for("Withdraw", "Withdraw", key, fields)
