"""What is written reads back equal, and writes again the same bytes."""

import tempfile
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.exchange.read import read
from data.exchange.rows import (
    AnnotationRow,
    CheckInRow,
    CycleRow,
    DecisionRow,
    KeyResultRow,
    KpiRow,
    MilestoneRow,
    ObjectiveRow,
    PersonRow,
    ReadingRow,
    Tables,
    TeamRow,
)
from data.exchange.write import write
from models import (
    Ambition,
    Better,
    Cadence,
    Confidence,
    DecisionKind,
    KeyResultKind,
    KpiKind,
    ObjectiveState,
    Role,
    Scope,
    Weekday,
)

Strategy = st.SearchStrategy[Any]

NASTY = (
    *("yes", "No", "Yes", "=1+1", "'=1", "''@", "-", "'", '"', '""', 'a"b', "a,b", "a\nb", "\tb"),
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


def without_semicolon(text: str) -> str:
    return kept(kept(text).replace(";", ""))


ANY_TEXT = (
    st.sampled_from(NASTY)
    | st.text(alphabet="'=+-@|% \n\t,;\"<&_x0D", max_size=8)
    | st.text(alphabet=CHARACTERS, max_size=12)
).map(kept)
NAME = ANY_TEXT.filter(bool)
ITEMS = st.lists(ANY_TEXT.map(without_semicolon).filter(bool), max_size=3, unique=True).map(tuple)
NUMBER = (
    st.sampled_from([0.0, 95.0, 0.1, 1e15, -1e15, 1e-300, 5e-324, 0.1 + 0.2, 1 / 3, -7.25])
    | st.integers(-(10**15), 10**15).map(float)
    | st.floats(-1e15, 1e15)
)
ABOVE_ZERO = st.floats(0, 1e15, exclude_min=True)
DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31)) | st.dates(date(1900, 2, 25), date(1900, 3, 5))
MOMENT = st.datetimes(
    datetime(1900, 1, 2),
    datetime(2199, 12, 30),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
)


def maybe(strategy: Strategy) -> Strategy:
    return st.none() | strategy


def words(vocabulary: Any) -> Strategy:
    return st.sampled_from(list(vocabulary))


def rows(row: Strategy, *key: str) -> Strategy:
    def identity(made: Any) -> Any:
        return tuple(getattr(made, name) for name in key) if key else object()

    return st.lists(row, max_size=3, unique_by=identity)


@st.composite
def cycles(draw: st.DrawFn) -> CycleRow:
    first, last = sorted([draw(DAY), draw(DAY)])
    return CycleRow(cycle=draw(NAME), starts_on=first, ends_on=last)


@st.composite
def kpis(draw: st.DrawFn) -> KpiRow:
    team = draw(NAME)
    low, high = sorted([draw(NUMBER), draw(NUMBER)])
    return KpiRow(
        team=team,
        kpi=draw(NAME),
        unit=draw(ANY_TEXT),
        better=draw(maybe(words(Better))),
        low=draw(st.sampled_from([None, low])),
        high=draw(st.sampled_from([None, high])),
        cadence=draw(words(Cadence)),
        owner=draw(ANY_TEXT),
        kind=draw(maybe(words(KpiKind))),
        driven_by=draw(ANY_TEXT),
        pinned=draw(ITEMS | st.just((team,))),
        description=draw(ANY_TEXT),
    )


@st.composite
def key_results(draw: st.DrawFn) -> KeyResultRow:
    kind = draw(words(KeyResultKind))
    metric, hold = kind is KeyResultKind.METRIC, kind is KeyResultKind.HOLD
    periods = st.integers(1, 9999)
    return KeyResultRow(
        cycle=draw(NAME),
        team=draw(NAME),
        objective=draw(NAME),
        key_result=draw(NAME),
        kind=kind,
        unit=draw(ANY_TEXT),
        start=draw(NUMBER if metric else maybe(NUMBER)),
        target=draw(NUMBER if metric else maybe(NUMBER)),
        weight=draw(ABOVE_ZERO),
        hold_periods=draw(periods if hold else maybe(periods)),
        kpi=draw(NAME if hold else ANY_TEXT),
        owner=draw(ANY_TEXT),
    )


TEAMS = st.builds(TeamRow, team=NAME, parent=ANY_TEXT, check_in_day=words(Weekday), line=st.just(0))
PEOPLE = st.builds(
    PersonRow,
    person=NAME,
    email=ANY_TEXT,
    team=ANY_TEXT,
    role=maybe(words(Role)),
    line=st.just(0),
)
READINGS = st.builds(
    ReadingRow,
    team=NAME,
    kpi=NAME,
    date=DAY,
    value=NUMBER,
    note=ANY_TEXT,
    recorded_at=maybe(MOMENT),
    recorded_by=ANY_TEXT,
    line=st.just(0),
)
OBJECTIVES = st.builds(
    ObjectiveRow,
    cycle=NAME,
    team=NAME,
    objective=NAME,
    scope=words(Scope),
    ambition=words(Ambition),
    owner=ANY_TEXT,
    supports=ITEMS,
    guardrails=ITEMS,
    state=words(ObjectiveState),
    origin_kpi=ANY_TEXT,
    line=st.just(0),
)
MILESTONES = st.builds(
    MilestoneRow,
    cycle=NAME,
    team=NAME,
    objective=NAME,
    key_result=NAME,
    step=NAME,
    share=ABOVE_ZERO,
    done_on=maybe(DAY),
    line=st.just(0),
)
CHECK_INS = st.builds(
    CheckInRow,
    cycle=NAME,
    team=NAME,
    objective=NAME,
    key_result=NAME,
    date=DAY,
    value=maybe(NUMBER),
    confidence=maybe(words(Confidence)),
    note=ANY_TEXT,
    recorded_at=maybe(MOMENT),
    recorded_by=ANY_TEXT,
    line=st.just(0),
)
DECISIONS = st.builds(
    DecisionRow,
    team=NAME,
    kpi=NAME,
    date=DAY,
    decision=words(DecisionKind),
    reason=ANY_TEXT,
    look_again=maybe(DAY),
    by=ANY_TEXT,
    line=st.just(0),
)
ANNOTATIONS = st.builds(
    AnnotationRow, team=NAME, kpi=NAME, date=DAY, text=NAME, by=ANY_TEXT, line=st.just(0)
)

KEY_RESULT = ("cycle", "team", "objective", "key_result")
TABLES = st.builds(
    Tables,
    teams=rows(TEAMS, "team"),
    people=rows(PEOPLE, "person", "team"),
    cycles=rows(cycles(), "cycle"),
    kpis=rows(kpis(), "team", "kpi"),
    # Two readings of one KPI might share a period.
    readings=rows(READINGS, "team", "kpi", "recorded_at"),
    objectives=rows(OBJECTIVES, "cycle", "team", "objective"),
    key_results=rows(key_results(), *KEY_RESULT),
    milestones=rows(MILESTONES, *KEY_RESULT, "step"),
    check_ins=rows(CHECK_INS, *KEY_RESULT, "date", "recorded_at"),
    decisions=rows(DECISIONS),
    annotations=rows(ANNOTATIONS),
    given=st.just({}),
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
    kpis = [KpiRow(team="Sales", kpi=text, pinned=(without_semicolon(text), "Other"))]
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
    assert (tmp_path / "kpis.csv").read_text().splitlines()[1].endswith(f",{spelled},")


@pytest.mark.parametrize(
    "of", [lambda name: f"{name}", lambda name: f"{name}.xlsx"], ids=["folder", "workbook"]
)
def test_real_data_comes_back(of: Callable[[str], str]) -> None:
    loaded = read(Path(__file__).parents[1] / "ae_four_hour")
    tables = loaded.tables
    assert (len(tables.readings), len(tables.kpis), loaded.warnings) == (14_868, 422, ())
    del tables.readings[3_000:]
    check(tables, of("england"))
