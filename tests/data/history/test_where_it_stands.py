"""Where the things stand today that the log names; what is gone leads nowhere."""

from typing import Any

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.history.queries import Asked, history
from data.history.views import ChangeView, HistoryView
from data.kpis.commands.kpis import archive_kpi
from data.names.views import Found
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.objectives import add_objective
from models import Confidence
from tests.data.builders import TODAY, key, person, record

CUSTOMERS, CYCLE = "Sign customers", "Q2 2026"


def seen(engine: Engine, **asked: Any) -> HistoryView:
    return history(engine, data_version(engine), Asked(**asked))


def latest(engine: Engine) -> ChangeView:
    """Give the first change of what was done last."""
    return seen(engine).done[0].changes[0]


def say(engine: Engine) -> None:
    check_in(
        engine,
        person_id=person(engine),
        key_result_id=key(engine, "key_result", CUSTOMERS),
        day=TODAY,
        value=9,
        confidence=Confidence.LIKELY,
        base_version=data_version(engine),
    )


def add(engine: Engine, name: str) -> None:
    add_objective(
        engine,
        person_id=person(engine),
        cycle_id=key(engine, "cycle", CYCLE),
        team_id=key(engine, "team", "Sales"),
        name=name,
        base_version=data_version(engine),
    )


def test_a_reading_leads_to_its_kpi(company_of_each_kind: Engine) -> None:
    record(company_of_each_kind, 9.9)
    change, kpi_id = latest(company_of_each_kind), key(company_of_each_kind, "kpi", "Conversion")
    assert change.found == Found("KPI", kpi_id, "Conversion", "Sales", None)
    assert change.has_team


def test_a_check_in_leads_to_its_key_result_in_its_team_and_cycle(
    company_of_each_kind: Engine,
) -> None:
    say(company_of_each_kind)
    key_result_id = key(company_of_each_kind, "key_result", CUSTOMERS)
    found = Found("key result", key_result_id, CUSTOMERS, "Sales", CYCLE)
    assert latest(company_of_each_kind).found == found
    assert seen(company_of_each_kind).found("key result", key_result_id) == found


def test_what_an_import_brought_leads_to_what_it_is(company: Engine) -> None:
    (imported,) = seen(company).done
    kinds = {change.kind: change.found and change.found.kind for change in imported.changes}
    assert (kinds["team"], kinds["cycle"], kinds["person"]) == ("team", None, None)


def test_a_draft_stands_on_no_cockpit_yet(company_of_each_kind: Engine) -> None:
    add(company_of_each_kind, "Grow in the south")
    change = latest(company_of_each_kind)
    assert (change.thing, change.found, change.has_team) == ("Grow in the south", None, True)


def test_what_is_gone_leads_nowhere_and_its_team_still_does(company: Engine) -> None:
    kpi_id = key(company, "kpi", "Backlog")
    seen_now = {"person_id": person(company, "Ben"), "base_version": data_version(company)}
    archive_kpi(company, kpi_id=kpi_id, **seen_now)
    told = [each for done in seen(company, subject="kpi", key=kpi_id).done for each in done.changes]
    assert len(told) > 1
    assert {(change.found, change.has_team) for change in told} == {(None, True)}


@pytest.mark.parametrize("kind", ["objective", "kpi"])
def test_what_is_not_named_is_not_found(company: Engine, kind: str) -> None:
    assert seen(company).found(kind, 999) is None
