"""What an import would do, before it does: counts by table, the rows themselves, what is wrong."""

from collections.abc import Callable

import streamlit as st

from components.exchange import import_words
from components.ui import formatting, words
from data.exchange.views import ImportView, ProblemView, RowKind

MOST_PROBLEMS = 200
HEIGHT = 420
FEW = 11
"""Rows that a table shows without a scroll of its own."""


def sentence(view: ImportView) -> None:
    """Say what an import would do in a sentence."""
    st.header(import_words.sentence(view), anchor=False)


def show(view: ImportView, *, key: str, problems_csv: Callable[[], bytes]) -> None:
    """Show what an import would do: what is said of it, what is wrong, then counts and rows."""
    # First, as what was left out may be why something else is missing.
    if view.warnings:
        with st.expander(f"△ {words.counted(len(view.warnings), 'remark')}", expanded=True):
            _list(view.warnings)
    if view.problems:
        _problems(view.problems, key, problems_csv)
    if view.files:
        _table(import_words.summary(view))
        _rows(view, key)


def _problems(
    problems: tuple[ProblemView, ...], key: str, problems_csv: Callable[[], bytes]
) -> None:
    _list(problems)
    st.download_button(
        "Download the list",
        problems_csv,
        file_name="problems.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"{key} problems",
        help="Every problem with its sheet, row and remedy, as CSV",
    )


def _list(problems: tuple[ProblemView, ...]) -> None:
    """Show a block for each problem, which fits a window of any width."""
    with st.container(height=HEIGHT if len(problems) > FEW else "content", border=False):
        st.markdown(import_words.problems(problems[:MOST_PROBLEMS]))
    st.caption(import_words.more(MOST_PROBLEMS, len(problems)))


def _rows(view: ImportView, key: str) -> None:
    """Show the first rows of the table and kind that somebody picks."""
    files = {file.name: file for file in view.files if any(file.counts.values())}
    if not files:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}_shown"):
        most = max(files, key=lambda name: files[name].changes)
        name = st.selectbox(
            "Rows of", tuple(files), index=list(files).index(most), key=f"{key} file", width=220
        )
        file = files[name] if name in files else next(iter(files.values()))
        kinds = [kind for kind in import_words.KINDS if file.counts[kind]]
        kind: RowKind | None = st.segmented_control(
            "Which",
            kinds,
            default=kinds[0],
            required=True,
            format_func=lambda each: (
                f"{import_words.KINDS[each]} {formatting.exact(file.counts[each])}"
            ),
            # Another table has other kinds: its own choice begins with the first of them.
            key=f"{key} kind {file.name} {' '.join(kinds)}",
        )
    chosen: RowKind = kind or kinds[0]
    _table(import_words.listed(file, chosen))
    st.caption(import_words.more(len(file.rows[chosen]), file.counts[chosen]))


def _table(columns: dict[str, list[str]]) -> None:
    # Not a data frame: its download would hand people's words to a spreadsheet as they are.
    rows = max(map(len, columns.values()), default=0)
    st.table(
        columns,
        height=HEIGHT if rows > FEW else "content",
        hide_index=True,
        border="horizontal",
    )
