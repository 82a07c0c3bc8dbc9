"""A dropped file that is none of the format's, read as a pasted table instead."""

import streamlit as st

from components.exchange import import_words
from data.exchange.plain_table import PlainTable
from pages.import_data.sources import FROM, NO_KPI, TABLE, box


def offer(table: PlainTable, *, has_kpis: bool) -> None:
    """Say which dates and values a file holds, and offer to read them as a pasted table."""
    found = import_words.plain(table.dated, table.valued, table.others)
    if not has_kpis:
        st.info(f"{found} {NO_KPI}")
        return
    st.info(found)
    st.button("Read it as a pasted table", on_click=_paste, args=(table.text,))


def _paste(text: str) -> None:
    st.session_state[FROM] = TABLE
    st.session_state[box(st.session_state.get("import_number", 0))] = text
