"""The readings of a KPI with who, when, why, and what they took the place of."""

from datetime import date

import streamlit as st

from components.ui import cards, formatting, frontend
from components.ui.payloads import columns
from data.kpis.views.kpi import KpiView, ReadingView, Said

# Not a data frame: its download would hand people's words to a spreadsheet as they are.
_READINGS = frontend.element("readings")

SHOWN = 60


def show(view: KpiView, *, today: date, key: str) -> None:
    """Show the readings, the latest first; the oldest of many only where asked for."""
    with cards.card("readings"):
        _table(view, today, key)


def _table(view: KpiView, today: date, key: str) -> None:
    more = len(view.readings) - SHOWN
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown("**Readings**", width="content")
        all_of_them = more > 0 and st.toggle(f"Show {more} older readings", key=key)
    shown = view.readings if all_of_them else view.readings[:SHOWN]
    rows = [_row(view, reading, today) for reading in shown]
    _READINGS(key=f"{key} table", data={"readings": columns(rows)})


def _row(view: KpiView, reading: ReadingView, today: date) -> dict[str, str]:
    said = reading.said
    return {
        "period": formatting.period(view.cadence, reading.period, today),
        "value": _value(view, reading),
        "who": said.who or "file",
        "when": "" if said.at is None else formatting.day(said.at.date(), today),
        "note": said.note,
        "replaced": ", ".join(_replaced(before, view.unit, today) for before in reading.replaced),
    }


def _value(view: KpiView, reading: ReadingView) -> str:
    if reading.said.value is None:
        return "taken back"
    value = formatting.exact(reading.said.value, view.unit)
    return f"✕ {value}, dismissed" if reading.period in view.dismissed else value


def _replaced(said: Said, unit: str, today: date) -> str:
    value = "none" if said.value is None else formatting.exact(said.value, unit)
    when = "" if said.at is None else f", {formatting.day(said.at.date(), today)}"
    note = f": {said.note}" if said.note else ""
    return f"{value} ({said.who or 'file'}{when}){note}"
