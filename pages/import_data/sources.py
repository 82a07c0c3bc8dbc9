"""Where an import comes from: files that were dropped, or a table that was pasted."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from components.exchange import import_words
from components.ui import formatting, words
from data.core.limits import LARGEST_FILE
from data.exchange.bad_input import BadInput
from data.exchange.days import Order
from data.exchange.importing.preview import Prepared
from data.exchange.pasted import LONGEST, PLACE, Answers, Pasted, read_pasted, tables_of
from data.exchange.plain_table import PlainTable, plain_table
from data.exchange.tables import Tables
from data.exchange.upload import Upload, file_of, label, read_uploads
from data.exchange.views import KpiChoice
from pages.import_data.job import Progress

FILES, TABLE = "Files", "A pasted table"
FROM = "import from"
"""The key of the choice between the two."""

NO_KPI = (
    "A pasted table belongs to a KPI, and there is none yet: add a team and a KPI under Settings, "
    "or import a workbook with both first."
)
ORDERS: tuple[Order, ...] = ("day first", "month first")


@dataclass(frozen=True, slots=True)
class Source:
    """What somebody gave: `about` tells it from another, `prepare` reads it.

    `plain` looks whether it could be read as a pasted table instead.
    """

    about: Hashable
    prepare: Callable[[Progress], Prepared]
    plain: Callable[[], PlainTable | None] = lambda: None


def ask_for_files(number: int) -> Source | None:
    """Ask for a workbook or CSV files; `number` begins anew with none."""
    given: list[Any] = st.file_uploader(
        "Drop a workbook (.xlsx) or CSV files",
        type=["xlsx", "csv"],
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE // 1024**2,
        key=f"files {number}",
        help="One workbook with a sheet for each table, or CSV files named after them.",
    )
    if not given:
        return None
    about = tuple((file.file_id, file.name) for file in given)
    uploads = [(file.name, file.getvalue()) for file in given]
    return Source(about, partial(_read, uploads), partial(plain_table, uploads))


def ask_for_table(choices: Sequence[KpiChoice], number: int) -> Source | None:
    """Ask for a pasted table and the KPI that it is of, and what in it could mean two things."""
    if not choices:
        st.info(NO_KPI)
        return None
    kpi: KpiChoice | None = st.selectbox(
        "KPI",
        choices,
        index=None,
        format_func=lambda each: f"{each.team} / {each.name}",
        placeholder="Pick the KPI",
        key="pasted kpi",
    )
    text = st.text_area(
        "Dates and values",
        height=220,
        max_chars=LONGEST,
        placeholder="2026-05-18\t3.5\n2026-05-25\t3.7",
        key=box(number),
        help="Copy two columns from a spreadsheet, dates and values, and paste them here.",
    )
    st.button("Preview")
    if not text or not text.strip():
        return None
    if kpi is None:
        st.info("Pick the KPI that these values are of.")
        return None
    return _asked(text, kpi, number)


def box(number: int) -> str:
    """Give the key of the box that a table is pasted into."""
    return f"pasted {number}"


def _asked(text: str, kpi: KpiChoice, number: int) -> Source | None:
    """Ask what could mean two things; give nothing until it is answered."""
    pasted = read_pasted(text, kpi)
    order = _ask_order(pasted, number) if pasted.asks_order else None
    decimal = _ask_decimal(pasted, number) if pasted.asks_decimal else None
    if (pasted.asks_order and not order) or (pasted.asks_decimal and not decimal):
        return None
    if order or decimal:
        pasted = read_pasted(text, kpi, Answers(order, decimal))
    about = (text, kpi, order, decimal)
    return Source(about, lambda _progress: _prepared(pasted))


def _ask_order(pasted: Pasted, number: int) -> Order | None:
    days = dict(zip(ORDERS, pasted.asks_order or (), strict=True))
    return st.radio(
        f"Which day is {words.escaped(pasted.dated)}?",
        ORDERS,
        index=None,
        format_func=lambda order: formatting.day_of_month(days[order]),
        key=f"order {number} {pasted.dated}",
        horizontal=True,
        help="Nothing in the table tells whether its days or its months come first.",
    )


def _ask_decimal(pasted: Pasted, number: int) -> str | None:
    numbers = dict(zip(".,", pasted.asks_decimal or (), strict=True))
    return st.radio(
        f"Which number is {words.escaped(pasted.valued)}?",
        tuple(".,"),
        index=None,
        format_func=lambda sign: words.escaped(numbers[sign]),
        key=f"decimal {number} {pasted.valued}",
        horizontal=True,
        help="Nothing in the table tells whether the comma stands before decimals or thousands.",
    )


def _prepared(pasted: Pasted) -> Prepared:
    return Prepared(tables_of(pasted), pasted.problems, pasted.warnings, lambda _file: PLACE)


def _read(uploads: Sequence[Upload], progress: Progress) -> Prepared:
    def tell(file: str, share: float) -> None:
        progress(f"Reading {import_words.one_line(file)}", share)

    named = partial(label, uploads)
    try:
        loaded = read_uploads(uploads, progress=tell)
    except BadInput as bad:
        # As the file calls its sheets, so that all that is wrong with one stands together.
        places = {file_of(each.file): each.file for each in bad.problems}
        return Prepared(
            bad.loaded or Tables(),
            bad.problems,
            bad.warnings,
            lambda file: places.get(file) or named(file),
        )
    return Prepared(loaded.tables, (), loaded.warnings, named)
