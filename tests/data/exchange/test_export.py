"""Everything that stands, out and in again without a loss."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from analytics.periods import period
from data.actions.fields import ActionRow
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.content.sample import sample_company
from data.core.database import data_version, open_database
from data.exchange.importing import import_tables
from data.exchange.read import read
from data.exchange.tables import Tables
from data.exchange.write import write
from data.history.undo import undo
from data.identity.people import introduce
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.key_results import add_key_result, amend_key_result
from data.okrs.commands.objectives import add_objective
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
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
from tests.data.builders import (
    MONDAY,
    NOW,
    ROAD,
    TODAY,
    Clock,
    acme,
    bring,
    content,
    exported,
    key,
    person,
    record,
    seen,
    with_more,
)

CUSTOMERS = "Sign customers"


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Engine]:
    """Give a second empty database."""
    engine = open_database(f"sqlite:///{tmp_path / 'another.db'}")
    yield engine
    engine.dispose()


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def say(engine: Engine, value: float, **options: Any) -> int | None:
    return check_in(
        engine,
        person_id=person(engine),
        key_result_id=key(engine, "key_result", CUSTOMERS),
        day=TODAY,
        value=value,
        confidence=options.get("confidence"),
        note=options.get("note", ""),
        base_version=data_version(engine),
    )


def work(engine: Engine, clock: Clock) -> None:
    """Do in the small company what people do in a week."""
    for value in (9, 13, 10.5):
        clock.tick()
        record(engine, value, who="Ben", note="Counted\nagain")
    wrong = record(engine, 99, kpi="Backlog")
    say(engine, 12, confidence=Confidence.LIKELY)
    clock.tick()
    assert wrong is not None
    undo(engine, wrong, person_id=person(engine))
    clock.tick()
    say(engine, 14, note="=Two more")
    introduce(engine, "Dora Ökonom")


def test_a_company_that_was_brought_in_goes_out_again(company_of_each_kind: Engine) -> None:
    assert exported(company_of_each_kind) == acme()


def test_the_sample_company_goes_out_and_in_without_a_loss(
    engine: Engine, another: Engine, tmp_path: Path, clock: Clock
) -> None:
    sample = sample_company(TODAY)
    import_tables(engine, sample)
    first = exported(engine)
    assert content(first) == content(sample)
    write(first, tmp_path / "first")
    import_tables(another, read(tmp_path / "first").tables)
    assert exported(another) == first
    write(exported(another), tmp_path / "second")
    assert bytes_of(tmp_path / "second") == bytes_of(tmp_path / "first")


@pytest.mark.parametrize("name", ["acme", "acme.xlsx"])
def test_what_people_did_goes_out_and_in_without_a_loss(
    company: Engine, another: Engine, clock: Clock, tmp_path: Path, name: str
) -> None:
    work(company, clock)
    write(exported(company), tmp_path / name)
    import_tables(another, read(tmp_path / name).tables)
    assert exported(another) == exported(company)
    then, there = seen(company), seen(another)
    assert [gauge.value for gauge in there.gauges] == [gauge.value for gauge in then.gauges]
    assert [key_result.value for key_result in there.objectives[0].key_results] == [
        key_result.value for key_result in then.objectives[0].key_results
    ]


def test_what_was_exported_changes_nothing_where_it_came_from(
    company: Engine, clock: Clock
) -> None:
    work(company, clock)
    clock.tick()
    assert import_tables(company, exported(company)).changes == 0


def test_corrections_go_out_with_what_they_corrected(company: Engine, clock: Clock) -> None:
    bring(company, readings=[ReadingRow(team="Sales", kpi="Conversion", date=MONDAY, value=9)])
    clock.tick()
    record(company, 10, who="Ben", note="Counted again")
    place = {"team": "Sales", "kpi": "Conversion", "date": MONDAY}
    assert exported(company).readings == [
        ReadingRow(**place, value=9),
        ReadingRow(
            **place, value=10, note="Counted again", recorded_at=clock.moment, recorded_by="Ben"
        ),
    ]


def test_what_was_taken_back_stays_in(company: Engine, clock: Clock) -> None:
    reading, said = record(company, 9), say(company, 12)
    before = exported(company)
    clock.tick()
    for command_id in (reading, said):
        assert command_id is not None
        undo(company, command_id, person_id=person(company))
    after = exported(company)
    assert (len(before.readings), len(before.check_ins)) == (1, 1)
    assert (after.readings, after.check_ins) == ([], [])
    assert after == acme()


def test_a_team_names_the_kpi_of_another_by_its_team(company: Engine) -> None:
    tables = acme()
    guards = ("Backlog", "Support / Backlog", "Revenue", "Conversion")
    bring(company, kpis=[KpiRow(team="Acme", kpi="Backlog", better=Better.WITHIN)])
    tables.objectives[0] = replace(tables.objectives[0], guardrails=guards)
    import_tables(company, tables)
    assert exported(company).objectives[0].guardrails == guards


def test_a_changed_range_goes_out_as_it_is_now(company: Engine) -> None:
    tables = acme()
    tables.kpis[1] = replace(tables.kpis[1], low=7, high=None, better=Better.HIGHER)
    import_tables(company, tables)
    assert exported(company).kpis[1] == tables.kpis[1]


def test_an_empty_database_goes_out_empty(engine: Engine) -> None:
    assert exported(engine) == Tables()


names = st.text("aß0'; =/", min_size=1, max_size=3).map(str.strip).filter(bool)
texts = st.text("aß0'; =/\n", max_size=4).map(str.strip)
numbers = st.floats(-1e15, 1e15).map(lambda value: value + 0.0)
shares = st.floats(0, 1e15, exclude_min=True)
days = st.dates(date(2026, 4, 1), TODAY)
recorded = st.none() | st.datetimes(
    datetime(2026, 5, 1), datetime(2026, 5, 20), timezones=st.just(UTC)
)


def some(values: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


@st.composite
def companies(draw: st.DrawFn) -> Tables:
    """Draw a small company in which every name means something."""
    teams = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    people = draw(st.lists(names, max_size=3, unique=True))
    rows: dict[str, list[Any]] = {
        "teams": [
            TeamRow(
                team=team,
                parent=draw(some(teams[:at])),
                check_in_day=draw(st.sampled_from(Weekday)),
            )
            for at, team in enumerate(teams)
        ],
        "people": [
            PersonRow(person=name, email=draw(texts), team=team, role=role)
            for name in people
            for team, role in [draw(st.just(("", None)) | roles(teams))]
        ],
        "cycles": [CycleRow(cycle="Q2", starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30))],
    }
    place = st.tuples(st.sampled_from(teams), names)
    kpis = draw(st.lists(place, max_size=3, unique=True))
    rows["kpis"] = [draw(kpi_rows(team, kpi, teams, people)) for team, kpi in kpis]
    rows["readings"] = [
        ReadingRow(
            team=team,
            kpi=kpi,
            date=day,
            value=draw(numbers),
            note=draw(texts),
            recorded_at=moment,
            recorded_by=draw(some(people)),
        )
        for team, kpi in kpis
        for day, moment in draw(st.lists(st.tuples(days, recorded), max_size=4, unique=True))
    ]
    objectives = draw(st.lists(place, max_size=2, unique=True))
    rows["objectives"] = [
        ObjectiveRow(
            cycle="Q2",
            team=team,
            objective=objective,
            scope=draw(st.sampled_from(Scope)),
            ambition=draw(st.sampled_from(Ambition)),
            owner=draw(some(people)),
            state=draw(st.sampled_from(ObjectiveState)),
        )
        for team, objective in objectives
    ]
    on_the_road = [{"cycle": "Q2", "team": team, "objective": name} for team, name in objectives]
    drafts = [row.state is ObjectiveState.DRAFT for row in rows["objectives"]]
    steps = [{**objective_row, "key_result": "Steps"} for objective_row in on_the_road]
    ways = [{**objective_row, "key_result": "Way"} for objective_row in on_the_road]
    rows["key_results"] = [
        *(KeyResultRow(**step, kind=KeyResultKind.MILESTONE) for step in steps),
        *(
            KeyResultRow(**objective_row, key_result="Hold", kind=KeyResultKind.HOLD)
            for objective_row, draft in zip(on_the_road, drafts, strict=True)
            if draft
        ),
        *(
            KeyResultRow(
                **way,
                start=draw(st.none() | numbers if draft else numbers),
                target=draw(st.none() | numbers if draft else numbers),
                weight=draw(shares),
                unit=draw(texts),
                owner=draw(some(people)),
            )
            for way, draft in zip(ways, drafts, strict=True)
        ),
    ]
    rows["milestones"] = [
        MilestoneRow(**step, step=name, share=draw(shares), done_on=draw(st.none() | days))
        for step, draft in zip(steps, drafts, strict=True)
        for name in draw(st.lists(names, min_size=0 if draft else 1, max_size=2, unique=True))
    ]
    rows["check_ins"] = [
        CheckInRow(
            **way,
            date=day,
            value=draw(numbers),
            confidence=draw(st.none() | st.sampled_from(Confidence)),
            note=draw(texts),
            recorded_at=moment,
        )
        for way in ways
        for day, moment in draw(st.lists(st.tuples(days, recorded), max_size=3, unique=True))
    ]
    rows["actions"] = [
        ActionRow(
            **about,
            action=draw(names),
            owner=draw(some(people)),
            due=draw(days),
            done_on=draw(st.none() | st.just(TODAY)),
            agreed_on=TODAY,
            note=draw(texts),
        )
        for about in [*({"team": team, "kpi": kpi} for team, kpi in kpis[:1]), *on_the_road, *ways]
    ]
    rows["decisions"] = [
        DecisionRow(
            team=team,
            kpi=kpi,
            date=TODAY,
            decision=draw(st.sampled_from(DecisionKind)),
            reason=draw(texts),
            by=draw(some(people)),
        )
        for team, kpi in kpis[:1]
    ]
    rows["annotations"] = [
        AnnotationRow(team=team, kpi=kpi, date=TODAY, text=draw(names)) for team, kpi in kpis[:1]
    ]
    return Tables(**rows)


def roles(teams: list[str]) -> st.SearchStrategy[tuple[str, Role]]:
    return st.tuples(st.sampled_from(teams), st.sampled_from(Role))


@st.composite
def kpi_rows(draw: st.DrawFn, team: str, kpi: str, teams: list[str], people: list[str]) -> KpiRow:
    low, high = draw(st.none() | numbers), draw(st.none() | numbers)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    pinned = st.lists(st.sampled_from(teams), max_size=2, unique=True).map(tuple)
    return KpiRow(
        team=team,
        kpi=kpi,
        unit=draw(texts),
        better=draw(st.sampled_from(Better)),
        low=low,
        high=high,
        cadence=draw(st.sampled_from(Cadence)),
        owner=draw(some(people)),
        kind=draw(st.none() | st.sampled_from(KpiKind)),
        pinned=draw(pinned),
        description=draw(texts),
        smallest_change=draw(st.none() | st.floats(1e-6, 1e6)),
        link=draw(st.sampled_from(["", "https://example.com/report"])),
    )


def without_doubles(tables: Tables) -> Tables:
    """Give tables whose readings differ in period or moment, as a file must."""
    cadences = {(row.team, row.kpi): row.cadence for row in tables.kpis}
    readings = {
        (row.team, row.kpi, period(row.date, cadences[row.team, row.kpi]), row.recorded_at): row
        for row in tables.readings
    }
    return replace(tables, readings=list(readings.values()))


def counts(tables: Tables) -> dict[str, int]:
    return {name: len(rows) for name, rows in tables.items()}


@settings(max_examples=12, deadline=None, database=None)
@given(companies().map(without_doubles))
def test_any_company_goes_out_and_in_without_a_loss(tables: Tables) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        Clock(patch).set(NOW + timedelta(hours=1))
        here, there = (open_database(f"sqlite:///{folder}/{name}.db") for name in ("a", "b"))
        import_tables(here, tables)
        first = exported(here)
        assert counts(first) == counts(tables)
        import_tables(there, first)
        assert exported(there) == first
        assert import_tables(here, first).changes == 0
        here.dispose()
        there.dispose()


def test_a_draft_that_somebody_has_begun_goes_out_and_in(
    company: Engine, another: Engine, tmp_path: Path
) -> None:
    ben, before = person(company, "Ben"), data_version(company)
    cycle, sales = key(company, "cycle", "Q2 2026"), key(company, "team", "Sales")
    goal = add_objective(
        company,
        person_id=ben,
        cycle_id=cycle,
        team_id=sales,
        name="Half a thought",
        base_version=before,
    ).id
    for name, kind in (("Way", "metric"), ("Steps", "milestone"), ("Crust", "hold")):
        add_key_result(
            company, person_id=ben, objective_id=goal, name=name, base_version=data_version(company)
        )
        amend_key_result(
            company,
            person_id=ben,
            key_result_id=key(company, "key_result", name),
            said={"kind": kind},
            base_version=data_version(company),
        )
    write(exported(company), tmp_path / "folder")
    import_tables(another, read(tmp_path / "folder").tables)
    assert exported(another) == exported(company)
    assert exported(another).objectives[-1].state == ObjectiveState.DRAFT
    assert import_tables(company, read(tmp_path / "folder").tables).changes == 0


def test_dates_of_a_road_go_out_as_they_came(company: Engine) -> None:
    step = MilestoneRow(
        **ROAD, key_result="Open the office", step="Lease", share=1, done_on=date(2026, 5, 1)
    )
    bring(company, milestones=[step])
    expected = with_more(acme())
    expected.milestones[0] = step
    assert exported(company) == expected
