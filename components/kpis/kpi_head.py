"""The head of a KPI's page: its name, how it is, its value, and why in sentences."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import streamlit as st

from components.kpis import gauge_numbers, gauge_words, kpi_words, signal_explanation, terms
from components.ui import formatting, words
from data.kpis.views.kpi import KpiView
from data.kpis.views.why import Split
from models import Health, Signal

Colour = Literal["green", "orange", "red", "blue", "gray"]

HEALTH: Mapping[Health, Colour] = {
    Health.IN_RANGE: "green",
    Health.NEAR_EDGE: "orange",
    Health.OUT_OF_RANGE: "red",
}
SIGNAL: Mapping[Signal, Colour] = {
    Signal.DRIFTING: "red",
    Signal.WATCH: "orange",
    Signal.RECOVERING: "orange",
}


def show(view: KpiView, *, today: date, split: Split | None = None) -> None:
    """Say in one look and one sentence how the KPI is, and below what that rests on.

    `split` is what a drift comes from.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(words.escaped(view.name), anchor=False, width="content")
        st.badge(kpi_words.health_mark(view), color=_health_colour(view))
        if mark := kpi_words.signal_mark(view):
            st.badge(mark, color=signal_colour(view))
        st.space("stretch")
        value, period = _latest(view, today)
        st.subheader(value, anchor=False, width="content")
        st.markdown(f":gray[{period}]", width="content")
    if view.description:
        st.caption(words.escaped(view.description))
    if view.link:
        st.link_button(
            "Open where its numbers are kept", view.link, type="tertiary", icon=":material/link:"
        )
    st.markdown(words.escaped(kpi_words.first(view, today, split)))
    _numbers(view, today)


def _numbers(view: KpiView, today: date) -> None:
    """Unfold what the first sentence rests on; each term in it is explained on hover and tap."""
    parts = [
        kpi_words.because(view, today),
        kpi_words.natural_limits(view),
        kpi_words.departure(view, today),
    ]
    told = " ".join(part for part in parts if part)
    with st.expander("How do we know?"):
        st.markdown(words.escaped(told))
        with st.container(horizontal=True, gap="small"):
            for term, line in terms.explained(told).items():
                # A phone shows no tooltip: there, and for keys, the term opens its line.
                with st.popover(term, type="tertiary", help=line):
                    st.markdown(words.escaped(line))


def _latest(view: KpiView, today: date) -> tuple[str, str]:
    latest = view.gauge or view.indicator
    if latest is None or latest.period is None:
        return "", "no reading that counts" if view.dismissed else "no reading yet"
    period = formatting.period(view.cadence, latest.period, today)
    shown = formatting.value(latest.value, view.unit)
    if view.gauge is not None:
        shown = gauge_numbers.value(view.gauge)
    return words.escaped(shown), period


def _health_colour(view: KpiView) -> Colour:
    if view.gauge is None:
        return "gray"
    if gauge_words.state_of(view.gauge) == "late":
        return "orange"
    return HEALTH.get(view.gauge.health, "gray")


def signal_colour(view: KpiView) -> Colour:
    """Give the colour of a signal; once somebody has decided, it is that of no alarm."""
    if view.signal is None:
        return "gray"
    if signal_explanation.is_better(view.signal):
        return "blue"
    if kpi_words.is_decided(view):
        return "gray"
    return SIGNAL.get(view.signal.signal, "gray")
