"""What can be taken along: a table, everything, or a blank workbook to begin with."""

import streamlit as st
from sqlalchemy import Engine

from data.core.database import snapshot
from data.exchange.export import export_tables
from data.exchange.import_template import blank_workbook
from data.exchange.queries import longest_table
from data.exchange.tables import FILES, Tables
from data.exchange.write import fits_a_sheet, table_csv, workbook

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_LONG = "There are more rows than a sheet holds: download the tables one by one."


def show_blank() -> None:
    """Offer the blank workbook."""
    st.download_button(
        "Download a blank workbook",
        blank_workbook,
        file_name="milepost-blank.xlsx",
        mime=WORKBOOK,
        on_click="ignore",
        help="The right headings, with a sheet that explains each column",
    )


def show(engine: Engine, version: int) -> None:
    """Offer one table as CSV, and everything as a workbook."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="one_table"):
        name = st.selectbox("Table", tuple(FILES), key="exported", width=220) or next(iter(FILES))
        st.download_button(
            "Download CSV",
            # Read when somebody wants it, as it may be much.
            lambda: table_csv(_tables(engine), name),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
        )
    if not fits_a_sheet(longest_table(engine, version)):
        st.info(TOO_LONG)
        return
    st.download_button(
        "Download everything",
        lambda: workbook(_tables(engine)),
        file_name="milepost.xlsx",
        mime=WORKBOOK,
        on_click="ignore",
        help="A workbook with a sheet for each table, which can be imported again",
    )


def _tables(engine: Engine) -> Tables:
    with snapshot(engine) as connection:
        return export_tables(connection)
