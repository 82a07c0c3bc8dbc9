"""The reading whose point was clicked on the chart, and what can be done about it."""

from datetime import date

import streamlit as st

from components.kpis import kpi_acting
from components.kpis.kpi_acting import Senders
from components.ui import formatting, words
from data.core import typed_text
from data.core.outcomes import CurrentValue, Outcome
from data.kpis.views.edits import ReadingEdit
from data.kpis.views.kpi import KpiView, ReadingView

LONGEST_NOTE = 2000


def show(view: KpiView, period: date, send: Senders, *, today: date, key: str) -> None:
    """Offer to correct a reading, to dismiss it, to note an event, to rebase from there on."""
    place = f"{key} {period}"
    reading = next((each for each in view.readings if each.period == period), None)
    name = formatting.period(view.cadence, period, today)
    with st.container(border=True):
        st.markdown(f"**{words.capital(name)}** · {_said(view, period, reading)}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _correct(view, period, reading, send, today=today, key=f"{place} correct")
            if reading is not None and period not in view.dismissed:
                kpi_acting.dismiss(
                    view,
                    send,
                    "Dismiss this reading",
                    today=today,
                    key=f"{place} dismiss",
                    period=period,
                )
            kpi_acting.rebase(
                view, send, "Rebase from here", today=today, key=f"{place} rebase", period=period
            )
            kpi_acting.add_event(send, period, "Note an event", key=f"{place} event", today=today)


def _said(view: KpiView, period: date, reading: ReadingView | None) -> str:
    if reading is None or reading.said.value is None:
        return "no reading"
    said = reading.said
    parts = [
        formatting.exact(said.value, view.unit),
        "dismissed" if period in view.dismissed else "",
        said.who or "from a file",
        said.note,
    ]
    return " · ".join(words.escaped(part) for part in parts if part)


def _correct(
    view: KpiView,
    period: date,
    reading: ReadingView | None,
    send: Senders,
    *,
    today: date,
    key: str,
) -> None:
    """Offer to correct a reading; what somebody else saved meanwhile is shown beside it."""
    turn = f"{key} {st.session_state.get(key, 0)}"
    base_version = st.session_state.setdefault(f"{turn} seen", view.version)
    said = reading.said if reading else None
    with (
        st.popover("Correct the reading", key=turn),
        st.form(f"{turn} form", border=False),
    ):
        typed = st.text_input(
            f"Value in {view.unit}" if view.unit else "Value",
            value=typed_text.number(said.value) if said else "",
            key=f"{turn} value",
        )
        note = st.text_input("Note", max_chars=LONGEST_NOTE, key=f"{turn} note")
        theirs: CurrentValue | None = st.session_state.get(f"{turn} theirs")
        verb = "Save reading" if theirs is None else "Save mine all the same"
        if theirs is not None:
            st.warning(_conflict(theirs, typed, view.unit, today))
        if theirs is not None and st.form_submit_button("Keep theirs"):
            _begin_anew(key)
        if st.form_submit_button(verb, type="primary"):
            version = base_version if theirs is None else theirs.version
            edit = ReadingEdit(view.kpi_id, period, typed, note, version)
            _told(send.correct(edit), key, turn)


def _told(outcome: Outcome, key: str, turn: str) -> None:
    """Begin anew where it was saved, else say what stands in the way."""
    if outcome.kind == "refused":
        st.error(words.escaped(outcome.message))
        return
    if outcome.kind == "saved":
        _begin_anew(key)
    st.session_state[f"{turn} theirs"] = outcome.theirs
    st.rerun()


def _begin_anew(key: str) -> None:
    """Close the form; the next one shows what stands by then."""
    st.session_state[key] = st.session_state.get(key, 0) + 1
    st.rerun()


def _conflict(theirs: CurrentValue, typed: str, unit: str, today: date) -> str:
    value = "nothing" if theirs.value is None else formatting.exact(theirs.value, unit)
    when = "" if theirs.at is None else f" on {formatting.day(theirs.at.date(), today)}"
    return words.escaped(
        f"{theirs.who or 'Somebody'} saved {value}{when} meanwhile; yours is {typed}."
    )
