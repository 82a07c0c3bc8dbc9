"""Every reading of a KPI with who, when, why, and what it took the place of."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import words
from data.views import KpiView, ReadingView, Said

HEADINGS = ("Period", "Value", "Who", "When", "Note", "Replaced")


def show(view: KpiView, *, today: date, key: str) -> None:
    """Show the readings, the latest first."""
    rows = [_row(view, reading, today) for reading in view.readings]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(HEADINGS)}
    st.dataframe(columns, hide_index=True, height=320, key=key)


def _row(view: KpiView, reading: ReadingView, today: date) -> Sequence[str]:
    said = reading.said
    return (
        words.period(view.cadence, reading.period, today),
        "taken back" if said.value is None else words.value(said.value, view.unit),
        said.who or "file",
        "" if said.at is None else words.day(said.at.date(), today),
        said.note,
        ", ".join(_replaced(before, view.unit, today) for before in reading.replaced),
    )


def _replaced(said: Said, unit: str, today: date) -> str:
    value = "none" if said.value is None else words.value(said.value, unit)
    when = "" if said.at is None else f", {words.day(said.at.date(), today)}"
    return f"{value} ({said.who or 'file'}{when})"
