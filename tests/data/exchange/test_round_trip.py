"""What is written reads back equal, and writes again the same bytes."""

import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.actions.fields import ActionRow
from data.company.fields import CycleRow, TeamRow
from data.core.cell_values import is_seen
from data.core.fields import Column, Row, columns
from data.core.look_alikes import look
from data.exchange.read import read
from data.exchange.tables import FILES, Tables
from data.exchange.write import write
from data.kpis.fields import KpiRow, RangeRow
from data.meetings.fields import MeetingItemRow, MeetingRow
from data.okrs.fields import ScoreRow

Strategy = st.SearchStrategy[Any]

NASTY = (
    *("yes", "No", "Yes", "=1+1", "'=1", "''@", "-", "'", '"', '""', 'a"b', "a,b", "a\nb", "\tb"),
    *("a;b", '"a";b', "'; DROP TABLE kpi; --"),
    *("2018", "2026-01-01", "1e5", "TRUE", "NULL", "_x000D_", "_x005F_x000D_", "a & <b>", "]]>"),
    *(
        "\u200fשלום",
        "\u202eabc",
        "👩‍👩‍👧 🎯",
        "𝒳𐍈",
        "e\u0301",
        "\u0301",
        "a\u2028b",
        "\ufeffa",
        "＝1",
    ),
)
CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
)


def kept(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


ANY_TEXT = (
    st.sampled_from(NASTY)
    | st.text(alphabet="'=+-@|% \n\t,;\"<&_x0D", max_size=8)
    | st.text(alphabet=CHARACTERS, max_size=12)
).map(kept)
NAME = ANY_TEXT.filter(is_seen)
ITEMS = st.lists(ANY_TEXT.filter(bool), max_size=3, unique=True).map(tuple)
NUMBER = (
    st.sampled_from([0.0, 95.0, 0.1, 1e15, -1e15, 1e-300, 5e-324, 0.1 + 0.2, 1 / 3, -7.25])
    | st.integers(-(10**15), 10**15).map(float)
    | st.floats(-1e15, 1e15)
)
MORE_THAN_0 = st.floats(0, 1e15, exclude_min=True)
DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31)) | st.dates(date(1900, 2, 25), date(1900, 3, 5))
MOMENT = st.datetimes(
    datetime(1900, 1, 2),
    datetime(2199, 12, 30),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
)


KINDS = {
    str: ANY_TEXT,
    float: NUMBER,
    int: st.integers(1, 9999),
    date: DAY,
    datetime: MOMENT,
    tuple: ITEMS,
}


def cells(column: Column) -> Strategy:
    if column.name == "link":
        return st.sampled_from(
            ["", "https://example.com/a?b=c,d;e#f", "HTTP://Zürich.example:80/=x"]
        )
    if column.name == "check_in_time":
        return st.sampled_from(["", "00:00", "09:30", "23:59"])
    if column.declared.above_zero:
        return st.none() | MORE_THAN_0 if column.nullable else MORE_THAN_0
    if column.kind is str and column.needed:
        return NAME
    vocabulary: Any = column.kind
    some = KINDS[vocabulary] if vocabulary in KINDS else st.sampled_from(list(vocabulary))
    return st.none() | some if column.nullable else some


def valid(row: Any) -> Any:
    if isinstance(row, CycleRow):
        first, last = sorted([row.starts_on, row.ends_on])
        return replace(row, starts_on=first, ends_on=last)
    if isinstance(row, RangeRow) and row.low is None and row.high is None:
        return replace(row, low=0.0)
    if isinstance(row, KpiRow | RangeRow) and row.low is not None and row.high is not None:
        return replace(row, low=min(row.low, row.high), high=max(row.low, row.high))
    if isinstance(row, ActionRow | MeetingItemRow):
        objective = row.objective or row.key_result
        return replace(row, objective=objective, cycle=row.cycle or objective)
    if isinstance(row, MeetingRow):
        return replace(row, ended_at=None)
    if isinstance(row, ScoreRow):
        is_one = row.reason and row.score is not None and 0 <= row.score <= 1
        return row if is_one else replace(row, score=None)
    return row


def rows(name: str, row_class: type[Row]) -> Strategy:
    row: Strategy = st.builds(
        row_class,
        line=st.just(0),
        **{column.name: cells(column) for column in columns(row_class)},
    )
    key = KEYS.get(name)
    return st.lists(row.map(valid), max_size=3, unique_by=as_seen(key) if key else id)


def as_seen(key: tuple[str, ...]) -> Callable[[Any], Any]:
    """Two names that look alike are one name, and the file that holds both is refused."""
    return lambda row: tuple(
        look(cell) if isinstance(cell, str) else cell
        for cell in (getattr(row, each) for each in key)
    )


KEY_RESULT = ("cycle", "team", "objective", "key_result")
KEYS = {
    "meetings": ("team", "started_at"),
    "meeting_items": ("team", "started_at", "position"),
    "teams": ("team",),
    "people": ("person", "team"),
    "cycles": ("cycle",),
    "kpis": ("team", "kpi"),
    # Two readings of one KPI might share a period.
    "readings": ("team", "kpi", "recorded_at"),
    "objectives": ("cycle", "team", "objective"),
    "key_results": KEY_RESULT,
    "milestones": (*KEY_RESULT, "step"),
    "check_ins": (*KEY_RESULT, "date", "recorded_at"),
    "actions": (*KEY_RESULT, "kpi", "action", "agreed_on"),
    "scores": KEY_RESULT,
    "learnings": ("cycle", "team", "objective"),
    "targets": (*KEY_RESULT, "by"),
    "verdicts": ("team", "kpi", "date"),
    "ranges": ("team", "kpi", "starts_on"),
}
TABLES = st.builds(
    Tables,
    given=st.just({}),
    **{name: rows(name, row_class) for name, row_class in FILES.items()},
)


def contents(path: Path) -> dict[str, bytes]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


def check(tables: Tables, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "first", name), Path(folder, "second", name)
        first.parent.mkdir()
        second.parent.mkdir()
        write(tables, first)
        loaded = read(first)
        assert loaded.tables == tables
        assert loaded.warnings == ()
        assert loaded.tables.given == {}
        write(loaded.tables, second)
        assert contents(first) == contents(second)


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_a_folder_comes_back(tables: Tables) -> None:
    check(tables, "company")


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_a_workbook_comes_back(tables: Tables) -> None:
    check(tables, "company.xlsx")


@pytest.mark.parametrize("name", ["company", "company.xlsx"])
@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_comes_back(text: str, name: str) -> None:
    text = kept(text)
    teams = [TeamRow(team=text, parent=text)]
    kpis = [KpiRow(team="Sales", kpi=text, pinned=(text, "Other"))]
    check(Tables(teams=teams, kpis=kpis), name)


@pytest.mark.parametrize("name", ["company", "company.xlsx"])
@pytest.mark.parametrize(
    ("team", "pinned", "spelled"),
    [
        ("Sales", (), ""),
        ("Sales", ("Sales",), "yes"),
        ("Sales", ("Lab",), "Lab"),
        ("Sales", ("Sales", "Lab"), "Sales; Lab"),
        ("Sales", ("yes",), "yes;"),
        ("Sales", ("NO",), "NO;"),
        ("no", ("no",), "yes"),
        ("a;b", ("a;b",), "yes"),
    ],
)
def test_pinned_comes_back(
    team: str, pinned: tuple[str, ...], spelled: str, name: str, tmp_path: Path
) -> None:
    tables = Tables(kpis=[KpiRow(team=team, kpi="Lost", pinned=pinned)])
    check(tables, name)
    write(tables, tmp_path)
    assert (tmp_path / "kpis.csv").read_text().splitlines()[1].endswith(f",{spelled},,,")


@pytest.mark.parametrize(
    "of", [lambda name: f"{name}", lambda name: f"{name}.xlsx"], ids=["folder", "workbook"]
)
def test_real_data_comes_back(of: Callable[[str], str]) -> None:
    loaded = read(Path(__file__).parents[1] / "ae_four_hour")
    tables = loaded.tables
    assert (len(tables.readings), len(tables.kpis), loaded.warnings) == (14_868, 422, ())
    tables.readings = tables.readings[:3_000]
    check(tables, of("england"))
