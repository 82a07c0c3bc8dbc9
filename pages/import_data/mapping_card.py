"""How a spreadsheet is read, and what somebody corrects of it."""

from datetime import date

import streamlit as st

from components.exchange import changes, mapping
from components.exchange.changes_words import NUMBERS
from components.exchange.mapping import Correction
from data.core import typed_text
from data.core.errors import CommandRejected
from data.core.number_parsing import typed_number
from data.exchange.importing.spreadsheet import MappedSpreadsheet, changes_of
from data.exchange.spreadsheets import corrections
from data.exchange.spreadsheets.mapping import Mapping, Role
from data.exchange.spreadsheets.period_labels import label_either_way
from data.exchange.views import ImportView
from pages.import_data.sources import Given
from pages.shared.feedback import Told


def show(given: Given, read: MappedSpreadsheet, today: date) -> None:
    """Show how a spreadsheet is read; a correction is kept until it is imported."""
    mapping.show(
        read.spreadsheet,
        read.mapping,
        read.mapped,
        cadence=_cadence(read),
        is_kept=read.is_kept,
        teams=read.known.teams,
        key="mapping card",
        on_correct=lambda each: _keep(given, _corrected(read, each, today)),
    )


def show_changes(given: Given, read: MappedSpreadsheet, view: ImportView) -> None:
    """Show what importing it would do; what is set of a new KPI is kept until then."""
    changes.show(
        changes_of(read, view),
        key="changes card",
        on_set=lambda name, column, said: _set(given, read.mapping, name, column, said),
    )


def _cadence(read: MappedSpreadsheet) -> str:
    """Give how often the KPIs are read, by their headings before there are any; empty if mixed."""
    cadences = {kpi.cadence.value for kpi in read.mapped.tables.kpis}
    if cadences:
        return cadences.pop() if len(cadences) == 1 else ""
    read_ones = (sheet for sheet in read.mapping.sheets if sheet.is_read)
    periods = [column.period for sheet in read_ones for column in sheet.columns]
    labels = (label_either_way(each) for each in periods if each)
    return next((label.cadence for label in labels if label is not None), "")


def _keep(given: Given, corrected: Mapping) -> None:
    st.session_state.mapping = (given.about, corrected)


def _corrected(read: MappedSpreadsheet, said: Correction, today: date) -> Mapping:
    """Give the mapping with a correction; one that makes no sense changes nothing."""
    held, at = read.mapping, (read.spreadsheet, said.about)
    is_sheet = any(sheet.title == said.about for sheet in held.sheets)
    if said.what == "answer":
        return corrections.with_answer(held, said.about, said.said)
    if not is_sheet:
        return held
    if said.what == "role" and said.said in list(Role):
        return corrections.with_role(held, said.about, said.column, Role(said.said))
    if said.what == "read":
        return corrections.with_read(held, said.about, is_read=said.said == "yes")
    if said.what == "team":
        return corrections.with_team(held, said.about, said.said)
    if said.what == "turn":
        return corrections.read_turned(held, *at, read.known, today=today)
    if said.what == "heading" and said.said.isdecimal():
        return corrections.read_below(held, *at, int(said.said), read.known, today=today)
    return held


def _set(given: Given, held: Mapping, name: str, column: str, said: str) -> None:
    """Set a cell of a KPI that is new; what is no number is told and not kept."""
    if column in NUMBERS and said:
        try:
            said = typed_text.number(typed_number(said))
        except CommandRejected as refused:
            st.session_state.told = Told(refused.message, None, f"{name} {column} {said}")
            return
    _keep(given, corrections.with_kpi(held, name, column, said))
