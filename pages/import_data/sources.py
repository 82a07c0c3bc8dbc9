"""What somebody gives to be imported: files that were dropped, or a table that was pasted."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.core.limits import LARGEST_FILE
from data.exchange.spreadsheets.reading import SUFFIXES
from data.exchange.upload import Upload

LONGEST_PASTED = 2_000_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave: `about` tells it from another; `pasted` is empty where it is files."""

    about: Hashable
    uploads: tuple[Upload, ...] = ()
    pasted: str = ""


def given() -> Given | None:
    """Give what was dropped or pasted last, None before that."""
    found: Given | None = st.session_state.get("given")
    return found


def ask() -> None:
    """Ask for files or for a pasted table, whatever its layout."""
    number = st.session_state.get("import_number", 0)
    st.file_uploader(
        "Drop the spreadsheet you keep",
        type=list(SUFFIXES),
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE // 1024**2,
        key=f"files {number}",
        on_change=_take_files,
        args=(f"files {number}",),
        help="KPIs down and months across, a list of readings, or dates and values of one KPI: "
        "you see how it is read before anything is written.",
    )
    st.text_area(
        "Or paste a table",
        height=120,
        max_chars=LONGEST_PASTED,
        placeholder="KPI\tJan 26\tFeb 26\nScrap rate\t4.1 %\t4.0 %",
        key=f"pasted {number}",
        on_change=_take_pasted,
        args=(f"pasted {number}",),
        help="Copy the cells in your spreadsheet, headings too, and paste them here.",
    )
    st.button("Read it")


def begin_anew() -> None:
    """Let go of what was given, and ask again."""
    for key in ("given", "mapping", "preview_job"):
        st.session_state.pop(key, None)
    st.session_state.import_number = st.session_state.get("import_number", 0) + 1


def _take_files(key: str) -> None:
    files: list[Any] = st.session_state[key]
    if files:
        about = tuple((file.file_id, file.name) for file in files)
        uploads = tuple((file.name, file.getvalue()) for file in files)
        st.session_state.given = Given(about, uploads)


def _take_pasted(key: str) -> None:
    text: str = st.session_state[key]
    if text.strip():
        st.session_state.given = Given(text, pasted=text)
