"""What is put away is missed by no page, and comes back with no objective."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company as read_company
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.kpis.commands.kpis import archive_kpi
from data.okrs.commands.from_template import carry_over
from data.okrs.commands.objective_life import start_objectives
from data.okrs.fields import ObjectiveRow
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.views.drafts import OkrObjective
from models import ObjectiveState
from tests.data.archived import (
    NEAR,
    STATES,
    THINGS,
    UNDER_WAY,
    bring_near,
    look_everywhere,
    put_away,
    step,
)
from tests.data.builders import TODAY, Clock, bring, exported, key, key_result, person, rows, seen


def table(engine: Engine, cycle: str = "Spring", team: str = "North") -> tuple[OkrObjective, ...]:
    version = data_version(engine)
    here = read_company(engine, version)
    look = OkrLook(here.team_named(team), here.cycle_named(cycle, TODAY), TODAY, over=True)
    return okrs(engine, version, look).objectives


def copied(engine: Engine) -> tuple[OkrObjective, ...]:
    """Copy what is left of the objective to the quarter."""
    quarter = key(engine, "cycle", "Q2 2026")
    carry_over(engine, person_id=person(engine, "Ben"), left=table(engine), cycle_id=quarter)
    return table(engine, "Q2 2026")


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("state", STATES)
def test_every_page_bears_what_was_archived(
    company: Engine, tmp_path: Path, empty_file: Path, clock: Clock, state: str, thing: str
) -> None:
    bring_near(company, state)
    clock.tick()
    version = data_version(company)
    archived = put_away(company, thing)
    assert (archived is None) == (thing == "cycle" or state in UNDER_WAY)
    if archived is None:
        assert data_version(company) == version
        # What was refused left nothing behind: that pages bear the state is tried with the cycle.
        if thing != "cycle":
            return
    look_everywhere(company, tmp_path, empty_file)
    if thing != "team" or archived is None:
        copied(company)
        look_everywhere(company, tmp_path / "copied", empty_file)


@pytest.mark.parametrize("state", ["closed", "graduated"])
def test_what_is_over_keeps_what_its_kpi_said(company: Engine, state: str) -> None:
    bring_near(company, state)
    names = ("Fresher", "Stay fresh")
    before = [key_result(seen(company, "North", cycle="Spring"), name) for name in names]
    assert [each.value for each in before] == [90, 90]
    assert put_away(company, "kpi")
    after = seen(company, "North", cycle="Spring")
    put_away_since = [replace(each, feed_is_live=False) for each in before]
    assert [key_result(after, name) for name in names] == put_away_since
    assert "Freshness" not in {each.name for each in seen(company, all_kpis=True).gauges}


def test_a_link_to_an_archived_kpi_shows_no_gauge(company: Engine) -> None:
    bring_near(company, "closed")
    kpi_id = key(company, "kpi", "Freshness")
    assert put_away(company, "kpi")
    found = seen(company, "North", cycle="Spring", focus=("kpi", kpi_id))
    assert kpi_id not in {each.kpi_id for each in found.gauges}


def test_a_copy_comes_without_who_and_what_was_archived(company: Engine) -> None:
    bring_near(company, "closed")
    for thing in ("kpi", "guardrail", "person"):
        assert put_away(company, thing)
    (copy,) = copied(company)
    assert (copy.owner, copy.guardrails) == ("", "")
    found = {each.name: each for each in copy.key_results}
    fresher = found["Fresher"]
    assert (fresher.kpi, fresher.start, fresher.target, fresher.unit) == ("", 90, 95, "%")
    assert {each.owner for each in copy.key_results} == {""}
    assert rows(company, "objective")[-1]["origin_kpi_id"] is None
    tied = [row for row in rows(company, "key_result") if row["objective_id"] == copy.id]
    assert [row["kpi_id"] for row in tied] == [None] * 4
    with pytest.raises(CommandRejected, match="needs a KPI to hold for “Stay fresh”"):
        started(company, copy.id)


def started(engine: Engine, objective_id: int) -> None:
    start_objectives(
        engine,
        person_id=person(engine, "Ben"),
        objective_ids=[objective_id],
        base_version=data_version(engine),
    )


def test_a_copy_needs_the_team_to_be_there(company: Engine) -> None:
    bring_near(company, "closed")
    left = table(company)
    assert put_away(company, "team")
    quarter = key(company, "cycle", "Q2 2026")
    with pytest.raises(CommandRejected, match="This team is no longer here"):
        carry_over(company, person_id=person(company, "Ben"), left=left, cycle_id=quarter)


def test_who_and_what_guarded_does_not_come_back_when_it_is_reopened(company: Engine) -> None:
    bring_near(company, "closed")
    for thing in ("guardrail", "person"):
        assert put_away(company, thing)
    assert step(company, "reopen")
    (objective,) = table(company)
    assert (objective.state, objective.owner, objective.guardrails) == (
        ObjectiveState.ACTIVE,
        "",
        "",
    )
    assert {each.owner for each in objective.key_results} == {""}
    assert [row for row in rows(company, "guardrail") if row["withdrawn_at"] is None] == []


@pytest.mark.parametrize(
    ("thing", "says"),
    [
        ("kpi", "The KPI “Freshness” that feeds “Fresher” is archived: take that back in the "
         "history first, or copy the objective to another cycle."),
        ("team", "The team “North” of “Be near” is archived: take that back in the history first."),
    ],
)  # fmt: skip
def test_what_it_needs_is_there_before_it_is_reopened(
    company: Engine, thing: str, says: str
) -> None:
    bring_near(company, "closed")
    archived = put_away(company, thing)
    assert archived
    before = rows(company, "objective_terms")
    with pytest.raises(CommandRejected) as refused:
        step(company, "reopen")
    assert (refused.value.field, refused.value.message) == ("state", says)
    assert rows(company, "objective_terms") == before
    undo(company, archived, person_id=person(company, "Ben"))
    assert step(company, "reopen")


def test_taking_back_a_close_needs_what_was_archived_since(
    company: Engine, tmp_path: Path, empty_file: Path
) -> None:
    bring_near(company, "active")
    closed = step(company, "close")
    archived = put_away(company, "kpi")
    assert closed
    assert archived
    ben = person(company, "Ben")
    with pytest.raises(
        CommandRejected, match="The KPI “Freshness” that feeds “Fresher” is archived"
    ):
        undo(company, closed, person_id=ben)
    undo(company, archived, person_id=ben)
    undo(company, closed, person_id=ben)
    assert table(company)[0].state == ObjectiveState.ACTIVE
    look_everywhere(company, tmp_path, empty_file)


def test_an_objective_of_a_withdrawn_cycle_is_not_taken_along(company: Engine) -> None:
    spring = CycleRow(cycle="Spring", starts_on=TODAY, ends_on=TODAY)
    bring(company, cycles=[spring], objectives=[ObjectiveRow(**NEAR, state=ObjectiveState.ACTIVE)])
    with company.begin() as connection:
        connection.exec_driver_sql("UPDATE cycle SET withdrawn_at = '2026-05-20 10:00:00' "
                                   "WHERE name = 'Spring'")  # fmt: skip
    assert "Be near" not in {row.objective for row in exported(company).objectives}


def test_decisions_and_events_go_with_their_kpi(company: Engine) -> None:
    bring_near(company, "closed")
    assert len(exported(company).decisions) == len(exported(company).annotations) == 1
    place: dict[str, Any] = {"kpi_id": key(company, "kpi", "Freshness")}
    ben, now = person(company, "Ben"), data_version(company)
    archive_kpi(company, person_id=ben, base_version=now, **place)
    out = exported(company)
    assert (out.decisions, out.annotations, out.readings) == ([], [], [])
