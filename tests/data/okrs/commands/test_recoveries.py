"""Rerouting a KPI: what it takes, and what may not be done with its recovery."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.core.errors import CommandRejected
from data.okrs.commands.key_results import amend_key_result, archive_key_result
from data.okrs.commands.objective_life import (
    archive_objective,
    change_state,
)
from data.okrs.commands.recoveries import (
    confirm_recovery,
    reroute,
)
from models import KeyResultKind, Role
from tests.data.builders import (
    TODAY,
    Clock,
    give,
    key,
    person,
    rows,
)
from tests.data.okrs.recovering import (
    BAD,
    about,
    good_weeks,
    plan,
    read,
    refused,
    shown,
    start,
)


def test_one_step_makes_the_decision_the_objective_and_what_holds_it(grown: Engine) -> None:
    start(grown)
    (decision,) = rows(grown, "decision")
    assert (decision["decision"], decision["date"], decision["look_again"]) == (
        "reroute",
        TODAY,
        date(2026, 7, 1),
    )
    objective = rows(grown, "objective")[-1]
    assert objective["origin_kpi_id"] == decision["kpi_id"]
    terms = rows(grown, "objective_terms")[-1]
    assert (terms["state"], terms["ambition"]) == ("active", "committed")
    held, agreed = rows(grown, "key_result")[-1], rows(grown, "key_result_terms")[-1]
    assert (held["kind"], held["kpi_id"]) == (KeyResultKind.HOLD, decision["kpi_id"])
    assert (agreed["start"], agreed["hold_periods"]) == (BAD, 4)
    assert agreed["owner_id"] == terms["owner_id"] == key(grown, "person", "Cara")
    recovery = shown(grown)
    assert recovery is not None
    assert (recovery.phase, recovery.held, recovery.share_back) == ("under way", 0, 0.0)


def test_nobody_takes_it_on_twice(grown: Engine) -> None:
    start(grown)
    told = refused(
        grown,
        reroute,
        kpi_id=key(grown, "kpi", "Backlog"),
        plan=plan(grown, objective="Another"),
    )
    assert told == "“Backlog comes back” in Q2 2026 is under way already: work on it there."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"periods": 3}, "Hold it for 4 to 520 periods."),
        ({"reason": " "}, "Say why: those who look later will want to know."),
        ({"objective": " "}, "name"),
        ({"owner": "Nobody"}, "Nobody"),
        ({"cycle_id": 999}, "no longer here"),
    ],
)
def test_a_plan_that_cannot_be_kept_changes_nothing(
    grown: Engine, changes: dict[str, Any], told: str
) -> None:
    kpi_id = key(grown, "kpi", "Backlog")
    assert told in refused(grown, reroute, kpi_id=kpi_id, plan=plan(grown, **changes))


def test_what_is_well_or_has_no_range_is_not_rerouted(company: Engine) -> None:
    read(company, -30, [45.0 + at % 3 for at in range(30)])
    told = refused(company, reroute, kpi_id=key(company, "kpi", "Backlog"), plan=plan(company))
    assert "neither drifts" in told
    told = refused(company, reroute, kpi_id=key(company, "kpi", "Visits"), plan=plan(company))
    assert "ideal range" in told


def test_those_who_lead_reroute_and_confirm(grown: Engine, clock: Clock) -> None:
    give(grown, "Dan", "Support", Role.LEAD)
    give(grown, "Cara", "Support", Role.MEMBER)
    with pytest.raises(CommandRejected, match="lead"):
        start(grown, "Cara")
    start(grown, "Dan")
    good_weeks(grown, clock, 4)
    said = {"kpi_id": key(grown, "kpi", "Backlog"), "reason": "We looked."}
    with pytest.raises(CommandRejected, match="lead"):
        confirm_recovery(grown, person_id=person(grown, "Cara"), **said)
    confirm_recovery(grown, person_id=person(grown, "Dan"), **said)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (change_state, {"step": "close"}),
        (change_state, {"step": "back to draft"}),
        (archive_objective, {}),
    ],
)
def test_a_recovery_is_not_closed_or_put_away_unproved(
    grown: Engine, command: Any, said: dict[str, str]
) -> None:
    start(grown)
    assert "is a recovery under way" in refused(grown, command, **said, **about(grown))


def test_what_holds_it_stays_what_it_is(grown: Engine) -> None:
    start(grown)
    held = {
        "key_result_id": key(grown, "key_result", "Backlog held"),
        "base_version": data_version(grown),
    }
    assert "holds a recovery" in refused(grown, archive_key_result, **held)
    told = refused(grown, amend_key_result, said={"kind": "metric"}, **held)
    assert "holds a recovery" in told
