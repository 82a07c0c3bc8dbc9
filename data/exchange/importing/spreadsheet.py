"""A spreadsheet of any layout on its way in: how it is read, and what importing it would do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sqlalchemy import Engine

from data.core.problems import Problem
from data.exchange.importing.import_facts import Progress
from data.exchange.importing.preview import Prepared, preview
from data.exchange.readings_columns import as_columns
from data.exchange.spreadsheets.grid import Spreadsheet
from data.exchange.spreadsheets.kept_mappings import headings_of, kept_mappings
from data.exchange.spreadsheets.known import known_company
from data.exchange.spreadsheets.mapped_tables import map_tables
from data.exchange.spreadsheets.mapping import Known, Mapped, Mapping, RemarkKind
from data.exchange.spreadsheets.proposal import propose
from data.exchange.tables import Tables
from data.exchange.views import FileView, ImportView, ProblemView, SpreadsheetChanges

NOTHING = ImportView((), (), ())


@dataclass(frozen=True, slots=True)
class MappedSpreadsheet:
    """A spreadsheet, how it is read, and the rows that come of it.

    `is_kept` tells that a file of the same headings was imported before.
    """

    spreadsheet: Spreadsheet
    known: Known
    mapping: Mapping
    mapped: Mapped
    is_kept: bool


def read_by(
    engine: Engine, spreadsheet: Spreadsheet, mapping: Mapping | None, *, today: date
) -> MappedSpreadsheet:
    """Read a spreadsheet by a mapping, by the one proposed for it where none is given."""
    known, kept = known_company(engine), kept_mappings(engine)
    mapping = mapping or propose(spreadsheet, known, kept=kept, today=today)
    is_kept = headings_of(mapping) in map(headings_of, kept)
    mapped = map_tables(spreadsheet, mapping, known, today=today)
    return MappedSpreadsheet(spreadsheet, known, mapping, mapped, is_kept)


def preview_of(
    engine: Engine,
    read: MappedSpreadsheet,
    *,
    newcomer: str = "",
    progress: Progress = lambda _file, _share: None,
) -> ImportView:
    """Say what importing a spreadsheet would do; of one that is still asked about, nothing."""
    if read.mapped.is_open:
        return NOTHING
    prepared = Prepared(_numbered(read.mapped.tables), (), (), "{}.csv".format)
    view = preview(engine, prepared, newcomer=newcomer, progress=progress)
    found = [_of_cell(problem) for problem in read.mapped.problems]
    return replace(view, problems=(*found, *(_placed(each, read) for each in view.problems)))


def _numbered(tables: Tables) -> Tables:
    """Number the rows of each table: of one line of a wide sheet there are many."""
    numbered = Tables(given=tables.given)
    for name, rows in tables.items():
        if name != "readings":
            setattr(numbered, name, [replace(row, line=at) for at, row in enumerate(rows, start=1)])
    readings = as_columns(tables.readings)
    numbered.readings = replace(readings, line=np.arange(1, len(readings) + 1))
    return numbered


def _of_cell(problem: Problem) -> ProblemView:
    return ProblemView("", problem.file, problem.line, problem.what, problem.remedy)


def _placed(problem: ProblemView, read: MappedSpreadsheet) -> ProblemView:
    """Say where a problem stands in the spreadsheet, by the number of its row."""
    rows: Sequence[object] = getattr(read.mapped.tables, problem.file, ())
    line = getattr(rows[problem.line - 1], "line", 1) if 0 < problem.line <= len(rows) else 1
    return replace(problem, place=read.spreadsheet.file, line=line)


def changes_of(read: MappedSpreadsheet, view: ImportView) -> SpreadsheetChanges:
    """Sum up what importing a spreadsheet would add and change."""
    tables, known = read.mapped.tables, read.known
    here = {kpi.place for kpi in known.kpis}
    files = {file.name: file for file in view.files}
    kpis, readings = files.get("kpis"), files.get("readings")
    days = _new_days(tables, readings)
    remarks = read.mapped.remarks
    return SpreadsheetChanges(
        teams=_new([row.team for row in tables.teams], known.teams),
        people=_new([row.person for row in tables.people], known.people),
        kpis=tuple(row for row in tables.kpis if (row.team, row.kpi) not in here),
        readings=readings.counts["new"] if readings else 0,
        corrected=readings.counts["changed"] if readings else 0,
        changed=kpis.counts["changed"] if kpis else 0,
        first=min(days, default=None),
        last=max(days, default=None),
        problems=len(view.problems),
        missing=sum(each.count for each in remarks if each.kind is RemarkKind.NO_NUMBER),
    )


def _new_days(tables: Tables, readings: FileView | None) -> list[date]:
    """Give the days of the readings that are new; none where only the first of them are known."""
    count = readings.counts["new"] if readings else 0
    if readings is None or count == len(tables.readings):
        return [row.date for row in tables.readings]
    known = readings.rows["new"]
    return [tables.readings[row.line - 1].date for row in known] if len(known) == count else []


def _new(names: list[str], here: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name not in here)
