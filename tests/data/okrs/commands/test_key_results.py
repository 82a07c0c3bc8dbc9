"""Setting up key results: what is typed, what feeds them, and the steps of a milestone."""

from typing import Any

import pytest
from sqlalchemy import Engine

from data.company.fields import PersonRow
from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict
from data.core.terms import Added
from data.history.undo import undo
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.key_results import (
    add_key_result,
    amend_key_result,
    archive_key_result,
    move_key_result,
)
from data.okrs.commands.milestones import reach_milestone
from data.okrs.commands.objectives import add_objective, amend_objective
from data.okrs.commands.ordering import reorder_key_result
from data.okrs.commands.steps import typed_steps
from data.okrs.step_list import spelled_steps
from tests.data.builders import TODAY, bring, exported, key, key_result, person, rows, seen

ROAD = "Win the north"


def added(engine: Engine, name: str = "Regulars", *, who: str = "Ana", under: str = ROAD) -> int:
    objective_id = key(engine, "objective", under)
    return add_key_result(
        engine,
        person_id=person(engine, who),
        objective_id=objective_id,
        name=name,
        base_version=data_version(engine),
    ).id


def amended(engine: Engine, key_result_id: int, *, who: str = "Ana", **cells: Any) -> int | None:
    at = cells.pop("at", data_version(engine))
    return amend_key_result(
        engine,
        person_id=person(engine, who),
        key_result_id=key_result_id,
        base_version=at,
        said=cells,
    )


def terms(engine: Engine, key_result_id: int) -> dict[str, Any]:
    found = rows(engine, "key_result_terms")
    return [row for row in found if row["key_result_id"] == key_result_id][-1]


def stands(engine: Engine, key_result_id: int) -> dict[str, Any]:
    return next(row for row in rows(engine, "key_result") if row["id"] == key_result_id)


def test_a_key_result_is_typed_cell_by_cell(company: Engine) -> None:
    regulars = added(company)
    for cells in (
        {"unit": "people"},
        {"start": "1 200 people"},
        {"target": "1.500,5"},
        {"weight": "2"},
        {"owner": "Cara"},
    ):
        assert amended(company, regulars, **cells)
    shown = key_result(seen(company), "Regulars")
    assert (shown.unit, shown.start, shown.target, shown.owner) == ("people", 1200, 1500.5, "Cara")
    assert terms(company, regulars)["weight"] == 2
    assert amended(company, regulars, weight="")
    assert terms(company, regulars)["weight"] == 1


def test_a_number_with_a_unit_brings_it_where_there_is_none(company: Engine) -> None:
    regulars = added(company)
    done = amended(company, regulars, start="60 %")
    assert (stands(company, regulars)["unit"], terms(company, regulars)["start"]) == ("%", 60)
    assert done
    undo(company, person_id=person(company), command_id=done)
    assert (stands(company, regulars)["unit"], terms(company, regulars)["start"]) == ("", None)
    assert amended(company, regulars, start="60 %")
    assert amended(company, regulars, target="80%")
    assert terms(company, regulars)["target"] == 80
    with pytest.raises(CommandRejected, match="not a number") as refused:
        amended(company, regulars, target="80 people")
    assert refused.value.field == "target"


@pytest.mark.parametrize(
    "cells",
    [
        {"weight": "2 %"},
        {"start": "60 of them"},
        {"start": "5k"},
        {"start": "60 % or so"},
        {"start": "60 %", "kind": "milestone"},
    ],
)
def test_what_is_no_number_with_a_unit_brings_none(company: Engine, cells: dict[str, Any]) -> None:
    regulars = added(company)
    with pytest.raises(CommandRejected, match="not a number"):
        amended(company, regulars, **cells)
    assert stands(company, regulars)["unit"] == ""


def test_an_owner_is_found_by_a_part_that_only_one_has(company: Engine) -> None:
    regulars = added(company)
    names = ("Jonah Reyes", "Jonah Lind", "Wim van der Berg", "Ana Bo")
    bring(company, people=[PersonRow(person=name) for name in names])
    for typed, owner in (
        ("reyes", "Jonah Reyes"),
        ("VAN DER", "Wim van der Berg"),
        ("jonah  lind", "Jonah Lind"),
        ("Ana", "Ana"),
        ("ana", "Ana"),
    ):
        assert amended(company, regulars, owner="")
        assert amended(company, regulars, owner=typed)
        assert terms(company, regulars)["owner_id"] == person(company, owner)
    for typed, why in (
        ("Jonah", "Which Jonah: Jonah Lind or Jonah Reyes?"),
        ("jon", "Nobody here is called “jon”: pick a name from the list."),
        ("der van", "Nobody here is called “der van”: pick a name from the list."),
    ):
        with pytest.raises(CommandRejected) as refused:
            amended(company, regulars, owner=typed)
        assert (refused.value.field, refused.value.message) == ("owner", why)


def test_a_new_one_belongs_to_the_objectives_owner(company: Engine) -> None:
    assert terms(company, added(company))["owner_id"] == person(company, "Ana")


def test_a_new_one_belongs_to_whom_it_is_said_to(company: Engine) -> None:
    objective_id = key(company, "objective", "Win the north")
    by = {"person_id": person(company), "base_version": data_version(company)}
    add_key_result(company, objective_id=objective_id, name="Fairs", owner="Ben", **by)
    (row,) = [each for each in exported(company).key_results if each.key_result == "Fairs"]
    assert row.owner == "Ben"


def test_a_new_one_of_an_objective_without_an_owner_belongs_to_who_adds_it(
    company: Engine,
) -> None:
    amend_objective(
        company,
        person_id=person(company),
        objective_id=key(company, "objective", ROAD),
        said={"owner": ""},
        base_version=data_version(company),
    )
    made = added(company, who="Ben")
    assert terms(company, made)["owner_id"] == person(company, "Ben")


def fed(engine: Engine, name: str = "Conversion", **cells: Any) -> Added:
    """Add a key result that a KPI feeds from the start."""
    return add_key_result(
        engine,
        person_id=person(engine),
        objective_id=key(engine, "objective", ROAD),
        name=name,
        base_version=cells.pop("at", data_version(engine)),
        **{"kpi_id": key(engine, "kpi", "Conversion"), "start": 6.5, **cells},
    )


def test_a_kpi_that_feeds_a_new_one_brings_its_unit(company: Engine) -> None:
    command_id, key_result_id = fed(company)
    stood = stands(company, key_result_id)
    assert (stood["kpi_id"], stood["unit"]) == (key(company, "kpi", "Conversion"), "%")
    said = terms(company, key_result_id)
    assert (said["start"], said["target"], said["weight"]) == (6.5, None, 1)
    assert said["owner_id"] == person(company, "Ana")
    assert command_id is not None
    undo(company, person_id=person(company), command_id=command_id)
    assert stands(company, key_result_id)["withdrawn_at"] is not None


def test_the_same_said_twice_is_one_that_the_kpi_feeds(company: Engine) -> None:
    at = data_version(company)
    first = fed(company, at=at)
    assert fed(company, at=at) == (None, first.id)
    with pytest.raises(CommandRejected, match="of that name already"):
        fed(company, at=at, kpi_id=key(company, "kpi", "Backlog"))
    with pytest.raises(CommandRejected, match="of that name already"):
        fed(company)


@pytest.mark.parametrize(
    ("cells", "field"),
    [({"kpi_id": 999}, "KPI"), ({"kpi_id": "1"}, "KPI"), ({"start": float("nan")}, "start")],
)
def test_what_cannot_feed_a_new_one_is_refused(
    company: Engine, cells: dict[str, Any], field: str
) -> None:
    before = len(rows(company, "key_result"))
    with pytest.raises(CommandRejected) as refused:
        fed(company, **cells)
    assert refused.value.field == field
    assert len(rows(company, "key_result")) == before


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"start": "many"}, "start"),
        ({"target": "1e400"}, "target"),
        ({"weight": "-1"}, "weight"),
        ({"hold_periods": "2.5"}, "hold_periods"),
        ({"hold_periods": "0"}, "hold_periods"),
        ({"kind": "wish"}, "kind"),
        ({"unit": "x" * 41}, "unit"),
        ({"name": "Sign customers"}, "name"),
        ({"name": ""}, "name"),
        ({"kpi": "Backlog"}, "kpi"),
        ({"owner": "Zed"}, "owner"),
        ({"steps": "Lease; Lease (2)"}, "steps"),
        ({"steps": "Lease (0)"}, "steps"),
    ],
)
def test_what_cannot_be_kept_is_refused(company: Engine, cells: dict[str, str], field: str) -> None:
    regulars = added(company)
    before = data_version(company)
    with pytest.raises(CommandRejected) as refused:
        amended(company, regulars, **cells)
    assert refused.value.field == field
    assert data_version(company) == before


def test_a_kpi_feeds_it_and_brings_its_unit(company: Engine) -> None:
    regulars = added(company)
    amended(company, regulars, kpi="Acme / Revenue")
    assert stands(company, regulars)["kpi_id"] == key(company, "kpi", "Revenue")
    assert stands(company, regulars)["unit"] == "k€"
    amended(company, regulars, kpi="")
    assert stands(company, regulars)["kpi_id"] is None


def test_the_same_cell_is_contested_and_another_is_not(company: Engine) -> None:
    regulars = added(company)
    before = data_version(company)
    amended(company, regulars, who="Ben", target="40")
    assert amended(company, regulars, at=before, start="10")
    with pytest.raises(Conflict) as conflict:
        amended(company, regulars, at=before, target="50")
    theirs = conflict.value.theirs
    assert (theirs.field, theirs.text, theirs.who) == ("target", "40", "Ben")
    assert amended(company, regulars, at=theirs.version, target="50")
    assert (terms(company, regulars)["start"], terms(company, regulars)["target"]) == (10, 50)


def test_steps_are_typed_in_one_cell(company: Engine) -> None:
    office = key(company, "key_result", "Open the office")
    assert amended(company, office, steps="Lease; Move (3); Party") is not None
    steps = key_result(seen(company), "Open the office").steps
    assert [(step.step, step.share) for step in steps] == [
        ("Lease", 1.0),
        ("Move", 3.0),
        ("Party", 1.0),
    ]


def test_a_done_step_may_be_renamed_and_never_dropped(company: Engine) -> None:
    office = key(company, "key_result", "Open the office")
    reach_milestone(
        company,
        person_id=person(company),
        milestone_id=rows(company, "milestone")[0]["id"],
        done_on=TODAY,
        base_version=data_version(company),
    )
    amended(company, office, steps="Signed lease; Move (3)")
    first, _ = key_result(seen(company), "Open the office").steps
    assert (first.step, first.done_on) == ("Signed lease", TODAY)
    with pytest.raises(CommandRejected, match="“Signed lease” is done"):
        amended(company, office, steps="Move")


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", ()),
        ("Lease", (("Lease", 1.0),)),
        ("Lease; Move", (("Lease", 1.0), ("Move", 1.0))),
        ("Lease (1); Move (2.5)", (("Lease", 1.0), ("Move", 2.5))),
        ("Phase (2) (1); Move (2)", (("Phase (2)", 1.0), ("Move", 2.0))),
        ('"a;b"; c', (("a;b", 1.0), ("c", 1.0))),
    ],
)
def test_steps_are_written_as_they_are_read(
    text: str, steps: tuple[tuple[str, float], ...]
) -> None:
    assert typed_steps(text) == steps
    assert typed_steps(spelled_steps(steps)) == steps


def test_what_an_active_objective_is_measured_by_stays(company: Engine) -> None:
    customers = key(company, "key_result", "Sign customers")
    with pytest.raises(CommandRejected, match="type a target"):
        amended(company, customers, target="")
    with pytest.raises(CommandRejected, match="type a number of periods"):
        amended(company, key(company, "key_result", "Keep conversion"), hold_periods="")


def test_it_moves_to_another_objective(company: Engine) -> None:
    other = add_objective(
        company,
        person_id=person(company),
        cycle_id=key(company, "cycle", "Q2 2026"),
        team_id=key(company, "team", "Sales"),
        name="Other",
        base_version=data_version(company),
    ).id
    customers = key(company, "key_result", "Sign customers")
    moving = {"person_id": person(company), "key_result_id": customers, "objective_id": other}
    done = move_key_result(company, **moving, base_version=data_version(company))
    assert stands(company, customers)["objective_id"] == other
    assert move_key_result(company, **moving, base_version=data_version(company)) is None
    assert done
    undo(company, done, person_id=person(company))
    assert stands(company, customers)["objective_id"] != other


def test_the_order_is_the_objectives(company: Engine) -> None:
    place = {"person_id": person(company), "after_id": None}
    reorder_key_result(
        company, **place, key_result_id=key(company, "key_result", "Keep conversion")
    )
    (objective,) = seen(company).objectives
    assert [each.name for each in objective.key_results] == [
        "Keep conversion",
        "Sign customers",
        "Lift conversion",
        "Open the office",
    ]


def test_what_has_check_ins_is_never_archived(company: Engine) -> None:
    customers = key(company, "key_result", "Sign customers")
    archive = {"person_id": person(company), "base_version": data_version(company)}
    done = archive_key_result(company, **archive, key_result_id=customers)
    assert done
    undo(company, done, person_id=person(company))
    check_in(
        company,
        person_id=person(company),
        key_result_id=customers,
        day=TODAY,
        value=12,
        confidence=None,
        base_version=data_version(company),
    )
    with pytest.raises(CommandRejected, match="Give it the weight 0"):
        archive_key_result(
            company,
            person_id=person(company),
            key_result_id=customers,
            base_version=data_version(company),
        )
    with pytest.raises(CommandRejected, match="has check-ins"):
        amended(company, customers, kind="hold")


def test_an_archive_of_what_somebody_changed_is_contested(company: Engine) -> None:
    customers = key(company, "key_result", "Sign customers")
    before = data_version(company)
    amended(company, customers, who="Ben", target="60")
    with pytest.raises(Conflict) as conflict:
        archive_key_result(
            company, person_id=person(company), key_result_id=customers, base_version=before
        )
    assert conflict.value.theirs.text == "60"


def test_only_who_leads_changes_a_teams_key_results(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="Only those who lead Sales"):
        added(company, who="Cara")
    with pytest.raises(CommandRejected, match="Only those who lead Sales"):
        amended(company, key(company, "key_result", "Sign customers"), who="Cara", target="1")


@pytest.mark.parametrize("kind", ["metric", "milestone", "hold"])
def test_a_half_written_one_has_no_value_and_breaks_nothing(company: Engine, kind: str) -> None:
    regulars = added(company)
    amended(company, regulars, kind=kind)
    shown = key_result(seen(company), "Regulars")
    assert (shown.standing, shown.progress, shown.chance) == ("no value", 0, None)
    assert "Regulars" in seen(company).objectives[0].unvalued
