"""What cannot be taken back, and what is not in the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data.exchange.tables import Tables
from data.identity.people import introduce
from data.kpis.fields import KpiRow
from tests.data.builders import (
    MONDAY,
    Clock,
    acme,
    exported,
    gauge,
    record,
    rows,
    seen,
)
from tests.data.history.taking_back import imported, refused, say, take_back

pytestmark = pytest.mark.usefixtures("ana_may_import")


def test_what_somebody_else_did_stays(company: Engine) -> None:
    assert "you did yourself" in refused(company, record(company, 9, who="Ben"))


def test_an_import_at_the_command_line_is_nobody_s_to_take_back(company: Engine) -> None:
    assert "you did yourself" in refused(company, 1)


def test_a_command_that_never_was_cannot_be_taken_back(company: Engine) -> None:
    assert "you did yourself" in refused(company, 4711)


def test_a_thing_is_taken_back_once(company: Engine) -> None:
    command_id = record(company, 9)
    take_back(company, command_id)
    assert refused(company, command_id) == "This is taken back already."


def test_taking_back_is_not_taken_back(company: Engine) -> None:
    undone_by = take_back(company, record(company, 9))
    assert "you did yourself" in refused(company, undone_by)


def test_a_reading_that_was_corrected_since_stays(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    command_id = record(engine, 9)
    record(engine, 10, who="Ben")
    record(engine, 99, who="Cara", kpi="Backlog")
    assert refused(engine, command_id).startswith("Ben has built on this since")


def test_a_correction_that_was_taken_back_is_not_in_the_way(company: Engine) -> None:
    before = exported(company)
    command_id = record(company, 9)
    take_back(company, record(company, 10, who="Ben"), who="Ben")
    take_back(company, command_id)
    assert exported(company) == before


def test_a_check_in_that_was_corrected_since_stays(company: Engine) -> None:
    command_id = say(company, 12)
    say(company, 13, who="Ben")
    assert refused(company, command_id).startswith("Ben has built on this since")


def test_a_kpi_that_was_read_since_stays(company: Engine) -> None:
    command_id = imported(company, Tables(kpis=[KpiRow(team="Sales", kpi="Calls", low=1)]))
    record(company, 3, kpi="Calls", who="Ben")
    assert refused(company, command_id).startswith("Ben has built on this since")


def test_terms_that_were_changed_since_stay(company: Engine, clock: Clock) -> None:
    tables = acme()
    tables.kpis[1] = replace(tables.kpis[1], low=7)
    command_id = imported(company, tables)
    clock.tick(days=1)
    imported(company, acme(), who="Ben")
    assert refused(company, command_id).startswith("Ben has built on this since")


def test_somebody_who_has_done_something_since_stays(company: Engine) -> None:
    introduce(company, "Dora")
    command_id = rows(company, "command")[-1]["id"]
    record(company, 9, who="Dora")
    assert refused(company, command_id, who="Dora").startswith("You have built on this since")


def test_a_pin_that_was_set_anew_since_stays(company: Engine) -> None:
    pinned = acme()
    pinned.kpis[1] = replace(pinned.kpis[1], pinned=("Sales",))
    imported(company, pinned, who="Ben")
    command_id = imported(company, acme())
    imported(company, pinned, who="Ben")
    assert "is here again already" in refused(company, command_id)


def test_what_others_do_elsewhere_is_not_in_the_way(company: Engine) -> None:
    command_id = record(company, 9)
    record(company, 10, who="Ben", on=MONDAY - timedelta(days=7))
    record(company, 99, who="Ben", kpi="Backlog")
    say(company, 12, who="Ben")
    take_back(company, command_id)
    assert gauge(seen(company)).value == 10


def test_what_one_built_on_oneself_is_taken_back_first(company: Engine) -> None:
    first, second = record(company, 1), record(company, 2)
    told = "You have built on this since: take that back first."
    assert refused(company, first) == told
    take_back(company, second)
    take_back(company, first)
    assert gauge(seen(company)).value is None
