"""Whatever happens to a file, it is read or every problem is named; nothing else."""

import math
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data.core.problems import Problem
from data.exchange.bad_input import BadInput
from data.exchange.read import read
from data.exchange.tables import Tables
from data.exchange.write import write

FILES = {
    "teams.csv": "team,parent\nSales,\nNorth,Sales\n",
    "cycles.csv": "cycle,starts_on,ends_on\n2026 Q1,2026-01-01,2026-03-31\n",
    "kpis.csv": (
        "team,kpi,better,low,high,cadence,pinned\nSales,Lost,within,1,3.5,weekly,yes\n"
        'North,"=Won, ""net""",higher,-1e3,,daily,Sales; North\n'
    ),
    "readings.csv": (
        "team,kpi,date,value,note,recorded_at\nSales,Lost,2026-01-05,2.5,,\n"
        'Sales,Lost,2026-01-06,3,"öl\nof two lines",2026-01-09T08:00:00+01:00\n'
    ),
    "key_results.csv": (
        "cycle,team,objective,key_result,kind,start,target,weight,hold_periods,kpi\n"
        "2026 Q1,Sales,Keep,Fewer lost,metric,9,4,1,,\n2026 Q1,Sales,Keep,Hold,hold,,,2,8,Lost\n"
    ),
}
SNIPPETS = st.sampled_from(
    [
        *(b"nan", b"inf", b"1e999", b"1e400", b"1_0", b"9", b"0000-00-00", b"Z", b"\xd9\xa1"),
        *(b"\0", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b";", b",", b"\r", b"\n", b"'", b"="),
        *(b"<", b"</row>", b"&amp;", b"_x0000_", b"_xD800_", b't="d"', b't="b"', b't="e"'),
    ]
)
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 4), SNIPPETS | st.binary(max_size=3)),
    min_size=1,
    max_size=5,
)
Edits = list[tuple[float, int, bytes]]


def edited(data: bytes, edits: Edits) -> bytes:
    for place, dropped, added in edits:
        at = int(place * len(data))
        data = data[:at] + added + data[at + dropped :]
    return data


def read_or_refuse(path: Path) -> None:
    try:
        tables = read(path).tables
    except BadInput as bad:
        check_problems(bad.problems)
    else:
        check_numbers(tables)
        with tempfile.TemporaryDirectory() as folder:
            write(tables, Path(folder))
            assert read(Path(folder)).tables == tables


def check_problems(problems: tuple[Problem, ...]) -> None:
    assert problems
    assert all(problem.line >= 1 and str(problem).isprintable() for problem in problems)


def check_numbers(tables: Tables) -> None:
    for _, rows in tables.items():
        for row in rows:
            numbers = [value for value in astuple(row) if isinstance(value, float)]
            assert all(map(math.isfinite, numbers))


def write_folder(folder: Path, change: Callable[[str, bytes], bytes]) -> None:
    for name, text in FILES.items():
        (folder / name).write_bytes(change(name, text.encode()))


def test_the_folder_is_valid(tmp_path: Path) -> None:
    write_folder(tmp_path, lambda name, data: data)
    assert read(tmp_path).warnings == ()


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(sorted(FILES)), EDITS)
def test_edited_files(edited_file: str, edits: Edits) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_folder(
            Path(folder), lambda name, data: edited(data, edits) if name == edited_file else data
        )
        read_or_refuse(Path(folder))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "teams.csv").write_bytes(data)
        read_or_refuse(Path(folder))


@settings(max_examples=100, deadline=None)
@given(EDITS)
def test_edited_workbooks(edits: Edits) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workbook = write_workbook(Path(folder))
        workbook.write_bytes(edited(workbook.read_bytes(), edits))
        read_or_refuse(workbook)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["workbook", "styles", *(f"worksheets/sheet{at}" for at in (4, 5))]), EDITS)
def test_edited_sheets(part: str, edits: Edits) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workbook = write_workbook(Path(folder))
        with zipfile.ZipFile(workbook) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts[f"xl/{part}.xml"] = edited(parts[f"xl/{part}.xml"], edits)
        with zipfile.ZipFile(workbook, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        read_or_refuse(workbook)


def write_workbook(folder: Path) -> Path:
    write_folder(folder, lambda name, data: data)
    workbook = folder / "company.xlsx"
    write(read(folder).tables, workbook)
    return workbook
