"""From what somebody gave to what importing it would do, worked out beside the page."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from sqlalchemy import Engine

from components.exchange import import_words
from components.ui import words
from data.company.queries import company
from data.core.database import now
from data.core.errors import CommandRejected
from data.core.problems import ParseError
from data.exchange.bad_input import BadInput
from data.exchange.hindsight import hindsight
from data.exchange.importing.one_spelling import looks_here
from data.exchange.importing.preview import Prepared, preview
from data.exchange.importing.spreadsheet import MappedSpreadsheet, preview_of, read_by
from data.exchange.spreadsheets.grid import Spreadsheet
from data.exchange.spreadsheets.mapping import Mapping
from data.exchange.spreadsheets.mapping_file import written
from data.exchange.spreadsheets.reading import as_one, read_spreadsheet, read_text
from data.exchange.tables import Tables
from data.exchange.upload import file_of, is_own_format, label, read_uploads
from data.exchange.views import Hindsight, ImportView
from data.identity.queries import is_listed
from pages.import_data.job import Job, Progress, wait
from pages.import_data.sources import Given

PASTED = "pasted table"

Opened = Prepared | Spreadsheet
"""What was read: rows of the format, or a spreadsheet of any layout."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """What was read, and what importing it would do.

    Of any layout `read` says how, and `told` what its numbers would have told.
    """

    opened: Opened
    tables: Tables
    view: ImportView
    read: MappedSpreadsheet | None = None
    told: Hindsight | None = None


def previewed(engine: Engine, version: int, given: Given) -> Previewed | None:
    """Give the preview of what was given at a version of the data; what was read stays read."""
    job: Job[Previewed] | None = st.session_state.get("preview_job")
    mapping, newcomer = corrected(given), newcomer_here(engine)
    about = (given.about, mapping and written(mapping), version, newcomer)
    if job is None or job.about != about:
        before = _opened_before(job, given.about)
        work = partial(_preview, engine, version, given, mapping, before, newcomer)
        job = st.session_state.preview_job = Job(about, work)
    try:
        return wait(job, key="preview_progress")
    except CommandRejected as refused:
        del st.session_state.preview_job
        st.warning(words.escaped(refused.message))
        return None


def corrected(given: Given) -> Mapping | None:
    """Give the mapping that somebody corrected for what was given, None before that."""
    about, mapping = st.session_state.get("mapping", (None, None))
    return mapping if about == given.about else None


def newcomer_here(engine: Engine) -> str:
    """Name who is here where importing would list them, empty where they are listed."""
    name = st.session_state.get("person") or ""
    return "" if not name or is_listed(engine, name) else name


def _opened_before(job: Job[Previewed] | None, about: Hashable) -> Opened | None:
    if job is None or not job.is_over() or not _is_about(job, about):
        return None
    try:
        opened = job.result().opened
    except CommandRejected:
        return None
    return None if isinstance(opened, Prepared) and opened.is_cut else opened


def _is_about(job: Job[Previewed], about: Hashable) -> bool:
    return isinstance(job.about, tuple) and job.about[0] == about


def _preview(
    engine: Engine,
    version: int,
    given: Given,
    mapping: Mapping | None,
    opened_before: Opened | None,
    newcomer: str,
    progress: Progress,
) -> Previewed:
    opened = opened_before or _open(engine, given, progress)
    compare = partial(tell, progress, "Comparing")
    if isinstance(opened, Prepared):
        view = preview(engine, opened, newcomer=newcomer, progress=compare)
        return Previewed(opened, opened.tables, view)
    today, file = company(engine, version).today(now()), import_words.one_line(opened.file)
    tell(progress, "Finding the KPIs in", file, 0.0)
    read = read_by(engine, opened, mapping, today=today)
    view = preview_of(engine, read, newcomer=newcomer, progress=compare)
    tell(progress, "Looking back at", file, 1.0)
    told = hindsight(replace(read.mapped.tables, kpis=list(read.mapped.kpis)), today=today)
    return Previewed(opened, read.mapped.tables, view, read, told)


def tell(progress: Progress, doing: str, file: str, share: float) -> None:
    """Tell how much of a file is done."""
    progress(f"{doing} {file}", share)


def _open(engine: Engine, given: Given, progress: Progress) -> Opened:
    """Read rows of the format where it is that, else a spreadsheet of any layout."""
    if given.uploads and is_own_format(given.uploads):
        return _read_own(engine, given, progress)
    name, read = PASTED, []
    try:
        if not given.uploads:
            return read_text(given.pasted)
        for name, data in given.uploads:
            tell(progress, "Reading", import_words.one_line(name), 0.0)
            read.append(read_spreadsheet(name, data))
        return as_one(read)
    except ParseError as unfit:
        problem = unfit.at(import_words.one_line(name), unfit.line)
        return Prepared(Tables(), (problem,), (), "{}.csv".format)


def _read_own(engine: Engine, given: Given, progress: Progress) -> Prepared:
    def show(file: str, share: float) -> None:
        progress(f"Reading {import_words.one_line(file)}", share)

    named = partial(label, given.uploads)
    try:
        here = partial(looks_here, engine)
        loaded = read_uploads(given.uploads, progress=show, names_here=here)
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
