"""Beginning a draft: from an example, or with what another cycle left."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company as read_company
from data.content.library import example_kpi_named, example_named
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.kpis.commands.decisions import dismiss
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.queries.kpi import kpi as read_kpi
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.from_template import add_example, add_example_kpi, carry_over
from data.okrs.commands.milestones import reach_milestone
from data.okrs.commands.objectives import amend_objective
from data.okrs.fields import ObjectiveRow
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.views.drafts import OkrKeyResult, Okrs
from models import Cadence
from tests.data.builders import MONDAY, TODAY, bring, exported, key, person, rows


def view(engine: Engine, cycle: str, team: str = "Sales") -> Okrs:
    version = data_version(engine)
    here = read_company(engine, version)
    look = OkrLook(team=here.team_named(team), cycle=here.cycle_named(cycle, TODAY), day=TODAY)
    return okrs(engine, version, look)


def copied(engine: Engine, who: str = "Ana") -> int | None:
    return carry_over(
        engine,
        person_id=person(engine, who),
        left=view(engine, "Q2 2026").objectives,
        cycle_id=key(engine, "cycle", "Q3 2026"),
    ).command_id


@pytest.fixture
def quarter(company: Engine) -> Engine:
    """Give the company with a next quarter, one key result under way and one step done."""
    bring(
        company,
        cycles=[CycleRow(cycle="Q3 2026", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))],
        objectives=[ObjectiveRow(cycle="2026", team="Acme", objective="Be loved")],
    )
    customers = key(company, "key_result", "Sign customers")
    said = {"person_id": person(company), "key_result_id": customers, "confidence": None}
    check_in(company, **said, day=TODAY, value=28, base_version=data_version(company))
    reach_milestone(
        company,
        person_id=person(company),
        milestone_id=rows(company, "milestone")[0]["id"],
        done_on=TODAY,
        base_version=data_version(company),
    )
    amend_objective(
        company,
        person_id=person(company),
        objective_id=key(company, "objective", "Win the north"),
        said={"supports": "Be loved", "guardrails": "Revenue"},
        base_version=data_version(company),
    )
    return company


def test_what_is_left_starts_where_it_stood(quarter: Engine) -> None:
    assert copied(quarter)
    (copy,) = view(quarter, "Q3 2026").objectives
    assert (copy.name, copy.state, copy.owner) == ("Win the north", "draft", "Ana")
    assert (copy.supports, copy.guardrails) == ("Be loved", "Revenue")
    found = {each.name: (each.start, each.target, each.steps) for each in copy.key_results}
    assert found["Sign customers"] == (28, 40, "")
    assert found["Lift conversion"] == (6, 10, "")
    assert found["Open the office"] == (None, None, "Move")
    assert copy.key_results[3].hold_periods == 4


def test_what_is_finished_stays_behind(quarter: Engine) -> None:
    customers = key(quarter, "key_result", "Sign customers")
    said = {"person_id": person(quarter), "key_result_id": customers, "confidence": None}
    check_in(quarter, **said, day=TODAY, value=41, base_version=data_version(quarter))
    copied(quarter)
    (copy,) = view(quarter, "Q3 2026").objectives
    assert "Sign customers" not in [each.name for each in copy.key_results]
    assert len(copy.key_results) == 3


def test_a_second_copy_changes_nothing_and_the_first_is_one_undo(quarter: Engine) -> None:
    done = copied(quarter)
    assert copied(quarter) is None
    assert done
    undo(quarter, done, person_id=person(quarter))
    assert view(quarter, "Q3 2026").objectives == ()


def test_copying_is_for_those_who_lead(quarter: Engine) -> None:
    with pytest.raises(CommandRejected, match="Only those who lead Sales"):
        copied(quarter, "Cara")


def test_an_example_is_a_draft_fed_by_the_kpis_that_are_there(company: Engine) -> None:
    found = example_named("Sales", "Customers choose us before they compare prices")
    assert found
    function, example = found
    place = {
        "person_id": person(company),
        "team_id": key(company, "team", "Sales"),
        "cycle_id": key(company, "cycle", "Q2 2026"),
        "example": example,
    }
    begun = add_example(company, **place, kpis=function.kpis)
    draft = view(company, "Q2 2026").objectives[-1]
    assert (draft.name, draft.state, draft.owner) == (example.name, "draft", "Ana")
    assert draft.guardrails == "Discount given"
    assert [each.kpi for each in draft.key_results] == ["Offer rate", "Win rate", "Sales cycle", ""]
    assert len([row for row in rows(company, "kpi") if row["name"] == "Win rate"]) == 1
    with pytest.raises(CommandRejected, match="has this objective"):
        add_example(company, **place)
    assert begun.command_id
    undo(company, begun.command_id, person_id=person(company))
    assert len(view(company, "Q2 2026").objectives) == 1


def test_an_examples_kpi_is_added_once(company: Engine) -> None:
    kpi = example_kpi_named("Sales", "Win rate")
    assert kpi
    sales = {"team_id": key(company, "team", "Sales"), "kpi": kpi}
    with pytest.raises(CommandRejected, match="Only those who lead Sales"):
        add_example_kpi(company, person_id=person(company, "Cara"), **sales)
    begun = add_example_kpi(company, person_id=person(company), **sales)
    (added,) = (row for row in exported(company).kpis if row.kpi == "Win rate")
    assert (added.low, added.high, added.cadence) == (kpi.low, kpi.high, kpi.cadence)
    with pytest.raises(CommandRejected, match="has a KPI of that name already"):
        add_example_kpi(company, person_id=person(company), **sales)
    assert begun.command_id
    undo(company, begun.command_id, person_id=person(company))
    assert "Win rate" not in {row.kpi for row in exported(company).kpis}
    assert example_kpi_named("Sales", "Absence rate") is None


def test_without_its_kpis_an_example_names_none(company: Engine) -> None:
    found = example_named("Sales", "Customers choose us before they compare prices")
    assert found
    add_example(
        company,
        person_id=person(company),
        team_id=key(company, "team", "Sales"),
        cycle_id=key(company, "cycle", "Q2 2026"),
        example=found[1],
    )
    draft = view(company, "Q2 2026").objectives[-1]
    assert {each.kpi for each in draft.key_results} == {""}
    assert len(rows(company, "kpi")) == 4


def begun_from_an_example(engine: Engine) -> dict[str, OkrKeyResult]:
    """Add an example of Sales with its KPIs; give its key results by the name of their KPI."""
    found = example_named("Sales", "Customers choose us before they compare prices")
    assert found
    add_example(
        engine,
        person_id=person(engine),
        team_id=key(engine, "team", "Sales"),
        cycle_id=key(engine, "cycle", "Q2 2026"),
        example=found[1],
        kpis=found[0].kpis,
    )
    return {each.kpi: each for each in view(engine, "Q2 2026").objectives[-1].key_results}


def test_an_example_starts_where_its_kpi_stands(company: Engine) -> None:
    weeks = [MONDAY - timedelta(weeks=back) for back in (2, 1, 0)]
    win_rate = {"team": "Sales", "kpi": "Win rate"}
    bring(
        company,
        kpis=[KpiRow(**win_rate, unit="of 100", low=30, cadence=Cadence.WEEKLY)],
        readings=[
            ReadingRow(**win_rate, date=week, value=value)
            for week, value in zip(weeks, (31, 33, 99), strict=True)
        ],
    )
    dismiss(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Win rate"),
        period=MONDAY,
        reason="A typing error",
    )
    found = begun_from_an_example(company)
    won = found["Win rate"]
    assert (won.start, won.target, won.unit, won.value) == (33, 28, "of 100", 33)
    # A KPI without readings, and a number that nobody measures, start nowhere yet.
    assert {found[name].start for name in ("Offer rate", "Sales cycle", "")} == {None}
    assert None not in {each.target for each in found.values() if each.kind == "metric"}


def test_the_kpis_of_an_example_were_always_as_they_are(company: Engine) -> None:
    begun_from_an_example(company)
    offer = key(company, "kpi", "Offer rate")
    version = data_version(company)
    assert read_kpi(company, version, offer, TODAY - timedelta(days=30)) is not None
