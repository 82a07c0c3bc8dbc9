"""The alignment tree: who is in it, and how far each is, as its own table would say."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert

from analytics.periods import first_day, ordinal
from data.company.fields import CycleRow
from data.company.queries import company as read_company
from data.content.sample import sample_company
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.kpis.commands.decisions import dismiss
from data.kpis.commands.kpis import archive_kpi
from data.kpis.fields import KpiRow
from data.okrs.fields import KeyResultRow, MilestoneRow, ObjectiveRow
from data.okrs.queries.alignment_tree import alignment
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.views.drafts import OkrTree
from data.screens.cockpit import Look, cockpit
from models import Ambition, Base, Better, Cadence, KeyResultKind, ObjectiveState
from tests.data.builders import (
    NOW,
    ROAD,
    TODAY,
    Clock,
    bring,
    key,
    person,
    record,
    rows,
    statements,
)
from tests.data.okrs.queries.growing import COMPANY, grow

STATEMENTS = 13
WIDER = {"cycle": "Spring", "team": "Acme", "objective": "Be loved"}
QUARTER = date(2026, 4, 1)
DAYS = (date(2026, 3, 20), date(2026, 4, 1), date(2026, 5, 3), TODAY, date(2026, 7, 20))
"""Days before, within and after the cycle."""


def tree(
    engine: Engine, team: str, cycle: str = "Q2 2026", day: date = TODAY, *, over: bool = False
) -> OkrTree:
    version = data_version(engine)
    here = read_company(engine, version)
    look = OkrLook(here.team_named(team), here.cycle_named(cycle, day), day, over)
    return alignment(engine, version, look)


def in_tables(engine: Engine, day: date) -> dict[int, tuple[float, int]]:
    """Give the progress of all objectives and how many key results they have, by their tables."""
    version = data_version(engine)
    here = read_company(engine, version)
    return {
        row.id: (row.progress, len(row.key_results))
        for team in here.teams
        for cycle in here.cycles
        for row in okrs(
            engine, version, OkrLook(team, here.cycle_named(cycle.name, day), day, over=True)
        ).objectives
    }


def in_trees(engine: Engine, day: date) -> dict[int, tuple[float, int]]:
    """Give the same by the trees of the topmost team."""
    cycles = read_company(engine, data_version(engine)).cycles
    return {
        row.id: (row.progress, row.key_results)
        for cycle in cycles
        for row in tree(engine, "", cycle.name, day, over=True).objectives
    }


def in_cockpits(engine: Engine, day: date) -> dict[int, float]:
    """Give the progress of all objectives that are no drafts, read with all that was ever said."""
    version = data_version(engine)
    here = read_company(engine, version)
    looks = (
        Look(here.teams[0], here.cycle_named(cycle.name, day), day, all_objectives=True)
        for cycle in here.cycles
    )
    return {
        row.id: row.progress for look in looks for row in cockpit(engine, version, look).objectives
    }


def assert_same(engine: Engine, day: date) -> int:
    expected, found = in_tables(engine, day), in_trees(engine, day)
    assert found.keys() == expected.keys()
    for each, (progress, key_results) in expected.items():
        assert found[each] == (pytest.approx(progress, rel=1e-12), key_results)
    return sum(0 < progress < 1 for progress, _ in expected.values())


def assert_same_in_cockpits(engine: Engine, day: date) -> None:
    shown, expected = in_cockpits(engine, day), in_tables(engine, day)
    assert shown == {each: expected[each][0] for each in shown}


def test_a_tree_costs_the_same_statements_whatever_it_shows(company: Engine) -> None:
    for count in (1, 40):
        grow(company, count, count)
        with statements(company) as noted:
            found = tree(company, "North")
        assert len(found.objectives) == count + (count > 1)
        # Two more where a KPI is held, two of how the guardrails fared.
        assert len(noted) == STATEMENTS + COMPANY + 1 + 2 * (count > 1) + 2


def test_the_tree_reaches_from_the_wider_cycle_to_the_teams_below(company: Engine) -> None:
    bring(
        company,
        objectives=[
            ObjectiveRow(cycle="2026", team="Acme", objective="Be loved"),
            ObjectiveRow(cycle="2026", team="Acme", objective="Be rich"),
            ObjectiveRow(cycle="Q2 2026", team="Support", objective="Be quick"),
            ObjectiveRow(**ROAD, supports=("Be loved",)),
            ObjectiveRow(
                cycle="Q2 2026", team="North", objective="Be near", supports=("Win the north",)
            ),
        ],
    )
    found = tree(company, "Sales").objectives
    assert [(row.name, row.cycle) for row in found] == [
        ("Be loved", "2026"),
        ("Win the north", ""),
        ("Be near", ""),
    ]
    keys = {row.name: row.id for row in found}
    assert found[1].supports_ids == (keys["Be loved"],)
    assert found[2].supports_ids == (keys["Win the north"],)


def test_without_a_cycle_there_is_nothing_in_it(company: Engine) -> None:
    version = data_version(company)
    here = read_company(company, version)
    assert alignment(company, version, OkrLook(here.teams[0], None, TODAY)).objectives == ()


def test_what_is_over_is_hidden_until_it_is_asked_for(company: Engine) -> None:
    bring(company, objectives=[ObjectiveRow(**ROAD, state=ObjectiveState.CLOSED)])
    assert (tree(company, "Acme").objectives, tree(company, "Acme").hidden) == ((), 1)


def test_what_is_over_keeps_what_an_archived_kpi_said(company: Engine) -> None:
    record(company, 9)
    bring(company, objectives=[ObjectiveRow(**ROAD, state=ObjectiveState.CLOSED)])
    archive_kpi(
        company,
        person_id=person(company, "Ben"),
        kpi_id=key(company, "kpi", "Conversion"),
        base_version=data_version(company),
    )
    version = data_version(company)
    here = read_company(company, version)
    look = OkrLook(here.team_named("Sales"), here.cycle_named("Q2 2026", TODAY), TODAY, over=True)
    (node,) = alignment(company, version, look).objectives
    (row,) = okrs(company, version, look).objectives
    assert node.progress == row.progress == pytest.approx((0 + 0.75 + 0 + 0.25) / 4)


def test_progress_is_that_of_the_tables_in_the_sample_company(file: Engine, clock: Clock) -> None:
    clock.set(datetime(2026, 11, 22, 9, tzinfo=UTC))
    today = clock.moment.date()
    import_tables(file, sample_company(today))
    partly = [assert_same(file, today - timedelta(days=back)) for back in (0, 25, 60, 80, 130, 250)]
    assert min(partly[:3]) > 5
    assert_same_in_cockpits(file, today - timedelta(days=25))


@dataclass(frozen=True)
class _Written:
    """What somebody may have written of an objective, and what its KPIs say."""

    cadences: tuple[Cadence, ...]
    key_results: tuple[tuple[KeyResultKind, int | None, float, float, float, int], ...]
    steps: list[tuple[int, float, date | None]]
    said: list[tuple[int, int, float | None, bool, int]]
    readings: list[tuple[int, int, float | None, int, int]]
    dismissed: list[tuple[int, int]]
    states: list[tuple[str, int, ObjectiveState, int, int]]


KPIS = range(3)
"""A KPI without a range, one with a bound, one with two: their readings meet in a few periods."""

known, versions = st.sampled_from([-30, -2, 0]), st.integers(2, 4)
kpis = st.sampled_from(KPIS)
weights, holding = st.sampled_from([0.5, 1.0, 3.0]), st.integers(3, 6)
starts, targets = st.sampled_from([-3.0, 0.0, 5.0]), st.sampled_from([-9.0, 24.0, 40.0])
METRIC, HOLD = st.just(KeyResultKind.METRIC), st.just(KeyResultKind.HOLD)
typed_in = st.tuples(METRIC, st.none(), starts, targets, weights, holding)
fed = st.tuples(METRIC, kpis, starts, targets, weights, holding)
held = st.tuples(HOLD, st.sampled_from(KPIS[1:]), starts, targets, weights, holding)
anything = st.tuples(
    st.sampled_from(KeyResultKind), st.none() | kpis, starts, targets, weights, holding
)
steps = st.tuples(
    st.integers(4, 5),
    st.sampled_from([1.0, 3.0]),
    st.none() | st.dates(QUARTER, TODAY + timedelta(days=5)),
)
said = st.tuples(
    st.sampled_from([0, 0, 0, 1, 1, 1, 2, 3, 4, 5]),
    st.sampled_from([-9, 20, 47, 95]),
    st.sampled_from([None, 1.0, 3.0, 7.0, 20.0]),
    st.sampled_from([False, False, True]),
    known,
)
readings = st.tuples(
    kpis,
    st.sampled_from([-1, 0, 0, 1, 2, 5, 6, 7, 8, 58]),
    st.none() | st.sampled_from([6.0, 7.0, 8.0, 9.0, 12.0]),
    known,
    versions,
)
states = st.tuples(
    st.sampled_from(["Be loved", ROAD["objective"]]),
    st.sampled_from([-9, 2, 30, 42, 45, 92]),
    st.sampled_from([ObjectiveState.CLOSED, ObjectiveState.GRADUATED, ObjectiveState.ACTIVE]),
    known,
    versions,
)
companies = st.builds(
    _Written,
    st.tuples(*[st.sampled_from(Cadence)] * len(KPIS)),
    st.tuples(typed_in, typed_in, fed, held, anything, anything),
    st.lists(steps, max_size=6),
    st.lists(said, min_size=8, max_size=25),
    st.lists(readings, max_size=12),
    st.lists(st.tuples(kpis, st.integers(0, 3)), max_size=4),
    st.lists(states, max_size=5),
)


@settings(max_examples=40, deadline=None, database=None)
@given(companies)
def test_progress_is_that_of_the_tables_whatever_was_written(
    files: dict[str, Path], written: _Written
) -> None:
    with company_of(files["acme"], written) as engine:
        for day in DAYS:
            assert_same(engine, day)
        assert_same_in_cockpits(engine, TODAY)


@contextlib.contextmanager
def company_of(copied: Path, written: _Written) -> Iterator[Engine]:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        Clock(patch).set(NOW)
        shutil.copy(copied, f"{folder}/milepost.db")
        engine = open_database(f"sqlite:///{folder}/milepost.db")
        _bring(engine, written)
        _say(engine, written)
        for kpi, back in written.dismissed:
            _dismiss(engine, kpi, _period(written, kpi, back))
        yield engine
        engine.dispose()


def _bring(engine: Engine, written: _Written) -> None:
    begun = [(at, 1.0, None) for at in range(len(written.key_results))]
    bring(
        engine,
        cycles=[CycleRow(cycle="Spring", starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31))],
        kpis=[
            KpiRow(
                team="Acme",
                kpi=f"KPI {at}",
                better=Better.WITHIN,
                low=None if at == 0 else 5.0,
                high=10.0 if at == 2 else None,
                cadence=cadence,
            )
            for at, cadence in enumerate(written.cadences)
        ],
        objectives=[
            ObjectiveRow(**WIDER),
            ObjectiveRow(**ROAD, supports=("Be loved",)),
        ],
        key_results=[
            KeyResultRow(
                **(
                    ROAD if at % 2 else {"cycle": "Spring", "team": "Acme", "objective": "Be loved"}
                ),
                key_result=f"Result {at}",
                kind=kind,
                start=start if kind is KeyResultKind.METRIC else None,
                target=target if kind is KeyResultKind.METRIC else None,
                weight=weight,
                hold_periods=periods if kind is KeyResultKind.HOLD else None,
                kpi=f"KPI {kpi or 0}"
                if kind is KeyResultKind.HOLD
                or (kpi is not None and kind is not KeyResultKind.MILESTONE)
                else "",
            )
            for at, (kind, kpi, start, target, weight, periods) in enumerate(written.key_results)
        ],
        milestones=[
            MilestoneRow(
                **(
                    ROAD if at % 2 else {"cycle": "Spring", "team": "Acme", "objective": "Be loved"}
                ),
                key_result=f"Result {at}",
                step=f"Step {number}",
                share=share,
                done_on=done_on,
            )
            for number, (at, share, done_on) in enumerate([*begun, *written.steps])
            if written.key_results[at][0] is KeyResultKind.MILESTONE
        ],
    )


def _say(engine: Engine, written: _Written) -> None:
    """Write facts as they may lie in a database: corrected, withdrawn, and known at any time."""
    keys = {row["name"]: row["id"] for row in rows(engine, "key_result")}
    fact = {"command_id": 1}
    steady = [(at, back, 7.0 + back / 10, -40, 1) for at in KPIS for back in range(7)]
    said = [
        {
            "key_result_id": keys[f"Result {at}"],
            "date": QUARTER + timedelta(days=after),
            "value": value,
            "withdrawn": withdrawn,
            "version": 1,
            "known_at": NOW + timedelta(days=days),
            "note": "",
            "blocked_by": "",
            "imported": False,
        }
        for at, after, value, withdrawn, days in written.said
    ]
    readings = [
        {
            "kpi_id": key(engine, "kpi", f"KPI {at}"),
            "period": _period(written, at, back),
            "value": value,
            "version": version,
            "known_at": NOW + timedelta(days=days),
            "note": "",
            "imported": False,
        }
        for at, back, value, days, version in [*steady, *written.readings]
    ]
    terms = [
        {
            "objective_id": key(engine, "objective", name),
            "valid_from": QUARTER + timedelta(days=after),
            "state": state,
            "ambition": Ambition.COMMITTED,
            "version": version,
            "known_at": NOW + timedelta(days=days),
        }
        for name, after, state, days, version in written.states
    ]
    with engine.begin() as connection:
        facts = {"check_in": said, "reading": readings, "objective_terms": terms}
        for entity, found in facts.items():
            if found:
                connection.execute(
                    insert(Base.metadata.tables[entity]), [row | fact for row in found]
                )


def _period(written: _Written, kpi: int, back: int) -> date:
    """Give a period so many before the last that has ended."""
    cadence = written.cadences[kpi]
    return first_day(ordinal(TODAY, cadence) - 1 - back, cadence)


def _dismiss(engine: Engine, kpi: int, period: date) -> None:
    try:
        dismiss(
            engine,
            person_id=person(engine, "Ben"),
            kpi_id=key(engine, "kpi", f"KPI {kpi}"),
            period=period,
            reason="Counted twice",
        )
    except CommandRejected as refused:
        assert refused.field == "period"  # noqa: PT017
