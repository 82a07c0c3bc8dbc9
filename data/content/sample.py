"""The sample company: two invented years of Alderquay, for whoever opens the app first.

It is the same on every day but for the dates: numbers and words count backwards from today.
Its files are in the format of everybody's, with days written as `relative_days` tells; readings
and check-ins, which would be thousands of rows, follow from the stories beside them.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path

from data.content.check_ins import check_ins
from data.content.meetings import with_values
from data.content.readings import readings
from data.content.relative_days import RelativeDays
from data.content.stories import KeyResultStory, KpiStory
from data.core.toml_file import load
from data.exchange import csv_folder
from data.exchange.read import Report, Source, read_sources
from data.exchange.sheet import Line
from data.exchange.tables import FILES, Tables

FOLDER = Path(__file__).parent / "sample_company"
WRITTEN = FILES.keys() - {"readings", "check_ins"}


def sample_company(today: date) -> Tables:
    """Return the sample company as it stands on that day."""
    tables = written_tables(today)
    tables.readings = readings(tables, kpi_stories(), today)
    tables.check_ins = check_ins(tables, key_result_stories(), today)
    tables.meeting_items = with_values(tables)
    return tables


def written_tables(today: date) -> Tables:
    """Return what is written out row by row, as it stands on that day."""
    days = RelativeDays(today, _cadences())
    tables = read_sources({name: _source(name, days.put_into) for name in WRITTEN}).tables
    # The files are in the order in which they are best read, and days move with today.
    tables.cycles.sort(key=attrgetter("starts_on"))
    tables.decisions.sort(key=attrgetter("date"))
    tables.annotations.sort(key=attrgetter("date"))
    tables.verdicts.sort(key=attrgetter("date"))
    return tables


@cache
def kpi_stories() -> dict[str, KpiStory]:
    """Return how the readings of each KPI came about, by `Team / KPI`."""
    return load(FOLDER / "readings.toml", dict[str, KpiStory])


@cache
def key_result_stories() -> dict[str, dict[str, KeyResultStory]]:
    """Return how the key results get along, by objective and key result."""
    return load(FOLDER / "check_ins.toml", dict[str, dict[str, KeyResultStory]])


@cache
def _cadences() -> dict[tuple[str, str], str]:
    kpis = read_sources({"kpis": _source("kpis", iter)}).tables.kpis
    return {(row.team, row.kpi): row.cadence for row in kpis}


def _source(name: str, put_into: Callable[[Sequence[Line]], Iterator[Line]]) -> Source:
    """Give one of the files; what cannot be read at all is found by who reads the lines."""

    def lines(_report: Report) -> Iterator[Line]:
        yield from put_into(_lines(name))

    return Source(f"{name}.csv", lines)


@cache
def _lines(name: str) -> Sequence[Line]:
    return tuple(csv_folder.lines((FOLDER / f"{name}.csv").read_bytes, lambda _share: None))
