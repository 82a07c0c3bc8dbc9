"""The log: every change, by whom, and enough to build the tables anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.undo import undo
from data.kpis.fields import ReadingRow
from data.okrs.commands.check_ins import check_in
from data.okrs.fields import CheckInRow
from models import Confidence
from tests.data.builders import (
    MONDAY,
    NOW,
    ROAD,
    TODAY,
    Clock,
    acme,
    key,
    last_command,
    person,
    record,
    rows,
)
from tests.data.history.log_replay import assert_replays, plain


def test_a_command_says_who_did_what_when(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    command_id = record(engine, 9)
    assert rows(engine, "command")[-1] == {
        "id": command_id,
        "name": "record reading",
        "version": data_version(engine),
        "person_id": key(engine, "person", "Ana"),
        "at": NOW,
        "summary": "",
        "undoes_id": None,
    }


def test_a_change_holds_the_row_as_it_became(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    command_id = record(engine, 9)
    (change,) = [row for row in rows(engine, "change") if row["command_id"] == command_id]
    (reading,) = rows(engine, "reading")
    assert (change["entity"], change["entity_id"]) == ("reading", reading.pop("id"))
    assert change["before"] is None
    assert change["after"] == {name: plain(value) for name, value in reading.items()}


def test_a_change_in_place_holds_what_was_and_what_is(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    tables = acme()
    tables.kpis[1] = replace(tables.kpis[1], unit="‰", description="Of visits")
    command_id = import_tables(engine, tables).command_id
    (change,) = [row for row in rows(engine, "change") if row["command_id"] == command_id]
    assert change["before"] == {"unit": "%", "description": ""}
    assert change["after"] == {"unit": "‰", "description": "Of visits"}


def test_each_row_carries_the_version_of_its_last_change(company: Engine) -> None:
    record(company, 9)
    (reading,) = rows(company, "reading")
    assert reading["version"] == data_version(company)
    assert {kpi["version"] for kpi in rows(company, "kpi")} == {1}


def test_the_log_has_no_gaps(company: Engine) -> None:
    record(company, 9)
    with pytest.raises(CommandRejected):
        record(company, 10, on=TODAY + timedelta(days=1))
    record(company, 9)
    record(company, 11)
    versions = [command["version"] for command in rows(company, "command")]
    assert versions == list(range(1, data_version(company) + 1))


Step = Callable[[Engine], object]
names = st.sampled_from(["Ana", "Ben"])
days = st.sampled_from([TODAY, MONDAY - timedelta(days=7)])
values = st.sampled_from([7.0, 9.5, 13.0])


def recording(value: float, kpi: str, who: str, day: date) -> Step:
    return lambda engine: record(engine, value, kpi=kpi, who=who, on=day)


def checking_in(value: float, who: str, day: date, confidence: Confidence | None) -> Step:
    return lambda engine: check_in(
        engine,
        person_id=person(engine, who),
        key_result_id=key(engine, "key_result", "Sign customers"),
        day=day,
        value=value,
        confidence=confidence,
        base_version=data_version(engine),
    )


def importing(tables: Tables, who: str) -> Step:
    return lambda engine: import_tables(engine, tables, person_id=person(engine, who))


def taking_back(who: str) -> Step:
    def step(engine: Engine) -> None:
        last = last_command(engine, person(engine, who))
        if last is not None and last > 2:
            undo(engine, last, person_id=person(engine, who))

    return step


def another_company(high: float, pinned: bool, owner: str, parent: str) -> Tables:
    tables = acme()
    team = "Support" if pinned else ""
    tables.kpis[3] = replace(tables.kpis[3], high=high, pinned=(team,) if team else (), owner=owner)
    tables.teams[2] = replace(tables.teams[2], parent=parent)
    return tables


def facts(value: float, day: date, recorded: datetime | None) -> Tables:
    who = "Ben" if recorded else ""
    reading = ReadingRow(
        team="Sales", kpi="Conversion", date=day, value=value, recorded_at=recorded, recorded_by=who
    )
    said = CheckInRow(
        **ROAD, key_result="Sign customers", date=day, value=value, recorded_at=recorded
    )
    return Tables(readings=[reading], check_ins=[said])


moments = st.none() | st.sampled_from(
    [datetime(2026, 5, 19, 8, tzinfo=UTC), datetime(2026, 5, 20, 8, tzinfo=UTC)]
)
steps = st.lists(
    st.one_of(
        st.builds(recording, values, st.sampled_from(["Conversion", "Backlog"]), names, days),
        st.builds(checking_in, values, names, days, st.none() | st.sampled_from(Confidence)),
        st.builds(
            importing,
            st.builds(
                another_company,
                st.sampled_from([40.0, 60.0]),
                st.booleans(),
                st.sampled_from(["", "Ana"]),
                st.sampled_from(["Sales", "Support"]),
            ),
            names,
        ),
        st.builds(importing, st.builds(facts, values, days, moments), names),
        st.builds(taking_back, names),
    ),
    max_size=10,
)


@settings(max_examples=15, deadline=None, database=None)
@given(steps)
def test_the_log_builds_the_tables_anew_whatever_was_done(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        clock = Clock(patch)
        engine = open_database(f"sqlite:///{Path(folder) / 'milepost.db'}")
        import_tables(engine, acme())
        for step in steps:
            clock.tick(minutes=7)
            try:
                step(engine)
            except CommandRejected as refused:
                assert refused.field in ("undo", "role")  # noqa: PT017
        assert_replays(engine)
        engine.dispose()


def test_the_log_of_an_import_builds_the_tables_anew_on_each_kind(
    company_of_each_kind: Engine,
) -> None:
    record(company_of_each_kind, 9)
    assert_replays(company_of_each_kind)
