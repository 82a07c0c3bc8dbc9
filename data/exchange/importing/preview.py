"""What an import would do as a page shows it: counts by file, the first rows of each kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from data.company.fields import PersonRow
from data.core.cell_formatting import spelled, speller
from data.core.database import snapshot
from data.core.fields import Row, columns
from data.core.formula_guard import unguard
from data.core.problems import Code, Problem
from data.exchange.bad_input import BadInput
from data.exchange.export import export_tables
from data.exchange.importing.command import import_tables
from data.exchange.importing.import_facts import Progress
from data.exchange.importing.plausibility import unlikely_readings
from data.exchange.importing.row_outcomes import RowOutcomes
from data.exchange.importing.unresolved_names import with_unknown
from data.exchange.readings_columns import lines_of
from data.exchange.spreadsheets.known import known_company
from data.exchange.tables import FILES, Tables, key_of
from data.exchange.upload import file_of
from data.exchange.views import FileView, ImportView, ProblemView, RowKind, RowView
from data.kpis.fields import KpiRow, better_of
from data.okrs.fields import ObjectiveRow
from models import Role

MOST_ROWS = 200
"""Of each kind and file."""

KINDS: tuple[RowKind, ...] = ("new", "changed", "equal")
FACTS = ("readings", "check_ins")
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows that were read, with what is wrong with others; `label` names a file in a problem."""

    tables: Tables
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    label: Callable[[str], str]

    @property
    def is_cut(self) -> bool:
        """Tell whether a file was not read to its end, which may depend on what is here."""
        return any(problem.code is Code.READ_NO_FURTHER for problem in self.problems)


def preview(
    engine: Engine,
    prepared: Prepared,
    *,
    newcomer: str = "",
    progress: Progress = lambda _file, _share: None,
) -> ImportView:
    """Say what an import would do, row by row, with every problem; it writes nothing.

    `newcomer` is who would be listed only to import this: their name may stand in the rows.
    """
    tables, outcomes = prepared.tables, RowOutcomes()
    unknown: Sequence[Problem] = ()
    try:
        import_tables(
            engine,
            tables,
            newcomer=newcomer,
            dry_run=True,
            label=prepared.label,
            outcomes=outcomes,
            progress=progress,
        )
    except BadInput as bad:
        unknown = bad.problems
    problems = with_unknown(prepared.problems, unknown) if prepared.problems else unknown
    shown = [_problem(each) for each in problems]
    wrong = {name: {each.line for each in shown if each.file == name} for name in FILES}
    stands = _Standing(engine, tables, outcomes)
    unlikely = _unlikely(engine, prepared, outcomes)
    return ImportView(
        files=tuple(
            _file(name, rows, outcomes, wrong[name], stands)
            for name, rows in tables.items()
            if rows or wrong[name]
        ),
        problems=tuple(shown),
        warnings=tuple(
            _problem(each) for each in (*prepared.warnings, *outcomes.warnings, *unlikely)
        ),
    )


def _unlikely(engine: Engine, prepared: Prepared, outcomes: RowOutcomes) -> Sequence[Problem]:
    """Say which readings would be asked about if they were typed."""
    lines = outcomes.lines["readings"]
    told = {*lines["new"], *lines["changed"]}
    if not told:
        return ()
    return unlikely_readings(prepared.tables, told, known_company(engine), prepared.label)


def _problem(problem: Problem) -> ProblemView:
    file = file_of(problem.file)
    return ProblemView(file, problem.file, problem.line, problem.what, problem.remedy)


def _file(
    name: str, rows: Sequence[Row], outcomes: RowOutcomes, wrong: set[int], stands: "_Standing"
) -> FileView:
    lines = {
        kind: [line for line in outcomes.lines[name][kind] if line not in wrong] for kind in KINDS
    }
    shown = {kind: sorted(lines[kind])[:MOST_ROWS] for kind in KINDS}
    wanted = {line for kind in KINDS for line in shown[kind]}
    placed = lines_of(rows)
    by_line = {line: rows[at] for at, line in enumerate(placed) if line in wanted}
    counts = {kind: len(lines[kind]) for kind in KINDS}
    return FileView(
        name=name,
        columns=tuple(column.name for column in columns(FILES[name])),
        counts=counts,
        rows={
            kind: tuple(
                _row(name, by_line[line], stands if kind == "changed" else None)
                for line in shown[kind]
            )
            for kind in KINDS
        },
        wrong=len(wrong),
        waiting=len(set(placed) - wrong) - sum(counts.values()),
    )


def _row(name: str, row: Row, stands: "_Standing | None") -> RowView:
    (cells,) = spelled(FILES[name], [row])
    return RowView(row.line, tuple(map(unguard, cells)), stands.under(name, row) if stands else {})


class _Standing:
    """What stands now where an import would change it."""

    def __init__(self, engine: Engine, tables: Tables, outcomes: RowOutcomes) -> None:
        self.given = tables.given
        self.facts = outcomes.stood
        self.things: dict[str, dict[Any, Row]] = {}
        changed = [name for name in FILES if outcomes.lines[name]["changed"]]
        if set(changed) - set(FACTS):
            with snapshot(engine) as connection:
                here = export_tables(connection, facts=False)
            self.things = {
                name: {_key(name, row): row for row in getattr(here, name)}
                for name in changed
                if name not in FACTS
            }

    def under(self, name: str, row: Row) -> Mapping[str, str]:
        """Spell what stands in the columns that a row would change."""
        if name in FACTS:
            stood = self.facts.get((name, row.line), {})
        else:
            before = self.things.get(name, {}).get(_key(name, row))
            names = (column.name for column in columns(FILES[name]))
            stood = {each: getattr(before, each) for each in names} if before else {}
        other = {}
        for column in columns(FILES[name]):
            given = column.name in self.given.get(name, (column.name,))
            before = stood.get(column.name, ABSENT)
            if given and before is not ABSENT and _meant(row, column.name, before) != before:
                other[column.name] = unguard(speller(column)(before))
        return other


def _meant(row: Row, column: str, before: Any) -> Any:
    """Give what a cell means where it is blank and an import would not leave it so."""
    if column == "state" and isinstance(row, ObjectiveRow):
        return row.state or before
    if column == "better" and isinstance(row, KpiRow):
        return better_of(row)
    if column == "role" and isinstance(row, PersonRow):
        return row.role or Role.MEMBER
    return getattr(row, column)


def _key(name: str, row: Row) -> tuple[Any, ...]:
    return tuple(getattr(row, each) for each in key_of(FILES[name]))
