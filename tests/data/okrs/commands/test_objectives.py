"""Setting up objectives: checked, contested cell by cell, logged and undoable."""

from typing import Any

import pytest
from sqlalchemy import Engine

from data.company.fields import PersonRow
from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict
from data.history.undo import undo
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.key_results import add_key_result, amend_key_result
from data.okrs.commands.objective_life import (
    archive_objective,
    change_state,
    move_objective,
    start_objectives,
)
from data.okrs.commands.objectives import add_objective, amend_objective
from data.okrs.commands.ordering import reorder_objective
from data.okrs.fields import ObjectiveRow
from models import ObjectiveState, Role, Scope
from tests.data.builders import TODAY, bring, exported, key, person, rows, seen


def added(engine: Engine, name: str = "Delight the south", *, who: str = "Ana", **more: Any) -> int:
    given = {
        "person_id": person(engine, who),
        "cycle_id": key(engine, "cycle", "Q2 2026"),
        "team_id": key(engine, "team", "Sales"),
        "base_version": data_version(engine),
    }
    return add_objective(engine, name=name, **(given | more)).id


def amended(engine: Engine, objective_id: int, *, who: str = "Ana", **cells: Any) -> int | None:
    at = cells.pop("at", data_version(engine))
    return amend_objective(
        engine,
        person_id=person(engine, who),
        objective_id=objective_id,
        base_version=at,
        said=cells,
    )


def terms(engine: Engine, objective_id: int) -> dict[str, Any]:
    return [row for row in rows(engine, "objective_terms") if row["objective_id"] == objective_id][
        -1
    ]


def stands(engine: Engine, objective_id: int) -> dict[str, Any]:
    return next(row for row in rows(engine, "objective") if row["id"] == objective_id)


def started(engine: Engine, objective_id: int) -> None:
    start_objectives(
        engine,
        person_id=person(engine),
        objective_ids=[objective_id],
        base_version=data_version(engine),
    )


def measured(engine: Engine, objective_id: int, name: str = "Regulars") -> int:
    """Give an objective a key result with a way to go."""
    at = {"person_id": person(engine), "base_version": data_version(engine)}
    made = add_key_result(engine, objective_id=objective_id, name=name, **at).id
    at["base_version"] = data_version(engine)
    amend_key_result(engine, key_result_id=made, said={"start": "10", "target": "20"}, **at)
    return made


def test_a_new_objective_is_a_draft_that_no_cockpit_shows(company: Engine) -> None:
    objective_id = added(company)
    measured(company, objective_id)
    assert terms(company, objective_id)["state"] == "draft"
    assert [objective.name for objective in seen(company).objectives] == ["Win the north"]
    started(company, objective_id)
    assert [objective.name for objective in seen(company).objectives] == [
        "Win the north",
        "Delight the south",
    ]


@pytest.mark.parametrize(
    "name", ["", "   ", "\u200b", "a\x00b", "x" * 201, "Win the north", " Win  the north "]
)
def test_a_name_that_cannot_stand_is_refused(company: Engine, name: str) -> None:
    before = data_version(company)
    with pytest.raises(CommandRejected) as refused:
        added(company, name)
    assert refused.value.field == "name"
    assert data_version(company) == before


def test_a_new_objective_may_have_an_owner_from_the_first(company: Engine) -> None:
    place = {"cycle_id": key(company, "cycle", "Q2 2026"), "team_id": key(company, "team", "Sales")}
    by = {"person_id": person(company), "base_version": data_version(company)}
    add_objective(company, **place, **by, name="Win the south", owner="Ben")
    (row,) = [each for each in exported(company).objectives if each.objective == "Win the south"]
    assert row.owner == "Ben"
    with pytest.raises(CommandRejected, match="Nobody here is called “Nobody”"):
        add_objective(company, **place, **by, name="Win the east", owner="Nobody")


def test_the_same_said_again_is_one_objective(company: Engine) -> None:
    before = data_version(company)
    first = added(company, base_version=before)
    assert added(company, base_version=before) == first
    with pytest.raises(CommandRejected):
        added(company, who="Ben", base_version=before)


def test_cells_are_found_by_name(company: Engine) -> None:
    objective_id = added(company)
    company_goal = added(
        company,
        "Be loved",
        who="Ben",
        team_id=key(company, "team", "Acme"),
        cycle_id=key(company, "cycle", "2026"),
    )
    amended(
        company,
        objective_id,
        owner="Cara",
        ambition="committed",
        supports="Be loved",
        guardrails="Revenue; Support / Backlog",
    )
    assert terms(company, objective_id)["owner_id"] == person(company, "Cara")
    assert terms(company, objective_id)["ambition"] == "committed"
    assert [(row["objective_id"], row["supports_id"]) for row in rows(company, "alignment")] == [
        (objective_id, company_goal)
    ]
    amended(company, objective_id, guardrails="Revenue")
    kept = [row for row in rows(company, "guardrail") if row["withdrawn_at"] is None]
    assert [row["kpi_id"] for row in kept] == [key(company, "kpi", "Revenue")]


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("owner", "Zed", "Nobody here is called “Zed”"),
        ("guardrails", "Backlog", "No KPI here is called “Backlog”"),
        ("guardrails", "Revenue, Visits", "“Revenue, Visits”: separate names by ;, or pick"),
        ("supports", "Nowhere", "No objective here is called “Nowhere”"),
        ("supports", "This, that", "“This, that”: separate names by ;, or pick"),
        ("ambition", "huge", "Choose committed or aspirational"),
        ("scope", "world", "Choose team or individual"),
    ],
)
def test_a_cell_that_names_nothing_is_refused(
    company: Engine, field: str, text: str, said: str
) -> None:
    objective_id = added(company)
    with pytest.raises(CommandRejected, match=said):
        amended(company, objective_id, **{field: text})


def test_nothing_supports_itself_through_others(company: Engine) -> None:
    first, second, third = (added(company, name) for name in ("One", "Two", "Three"))
    amended(company, first, supports="Two")
    amended(company, second, supports="Three")
    with pytest.raises(CommandRejected, match="would support itself"):
        amended(company, third, supports="One")
    with pytest.raises(CommandRejected, match="would support itself"):
        amended(company, third, supports="Three")
    assert len(rows(company, "alignment")) == 2


def test_an_undo_may_not_close_the_ring_either(company: Engine) -> None:
    first, second = (added(company, name) for name in ("One", "Two"))
    amended(company, first, supports="Two")
    untied = amended(company, first, supports="")
    amended(company, second, supports="One")
    assert untied
    with pytest.raises(CommandRejected, match="would support itself"):
        undo(company, untied, person_id=person(company))


def test_the_same_cell_is_contested_and_another_is_not(company: Engine) -> None:
    objective_id = added(company)
    before = data_version(company)
    amended(company, objective_id, who="Ben", name="Delight the west", owner="Cara")
    amended(company, objective_id, at=before, ambition="committed")
    with pytest.raises(Conflict) as conflict:
        amended(company, objective_id, at=before, name="Delight the east")
    theirs = conflict.value.theirs
    assert (theirs.field, theirs.text, theirs.who) == ("name", "Delight the west", "Ben")
    with pytest.raises(Conflict) as conflict:
        amended(company, objective_id, at=before, owner="Ana")
    assert conflict.value.theirs.text == "Cara"
    assert amended(company, objective_id, at=before, owner="Cara") is None
    amended(company, objective_id, at=theirs.version, name="Delight the east")
    assert stands(company, objective_id)["name"] == "Delight the east"
    assert terms(company, objective_id)["ambition"] == "committed"


def test_a_list_is_contested_as_a_whole(company: Engine) -> None:
    objective_id = added(company)
    before = data_version(company)
    amended(company, objective_id, who="Ben", guardrails="Revenue")
    with pytest.raises(Conflict) as conflict:
        amended(company, objective_id, at=before, guardrails="Conversion")
    assert conflict.value.theirs.text == "Revenue"


def test_each_change_can_be_taken_back(company: Engine) -> None:
    objective_id = added(company)
    done = amended(company, objective_id, name="Other", owner="Cara", guardrails="Revenue")
    assert done
    undo(company, done, person_id=person(company))
    assert stands(company, objective_id)["name"] == "Delight the south"
    assert terms(company, objective_id)["owner_id"] is None
    assert [row for row in rows(company, "guardrail") if row["withdrawn_at"] is None] == []


def test_only_who_leads_sets_a_teams_objectives(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="Only those who lead Sales"):
        added(company, who="Cara")
    own = added(company, who="Cara", scope=Scope.INDIVIDUAL)
    assert terms(company, own)["owner_id"] == person(company, "Cara")
    assert amended(company, own, who="Cara", name="Learn Spanish")
    for cells in ({"scope": "team"}, {"owner": "Ben"}):
        with pytest.raises(CommandRejected, match="Only those who lead Sales"):
            amended(company, own, who="Cara", **cells)
    bring(company, people=[PersonRow(person="Vic", team="Sales", role=Role.VIEWER)])
    with pytest.raises(CommandRejected, match="look at Sales but not change it"):
        added(company, "Mine", who="Vic", scope=Scope.INDIVIDUAL)


def test_a_draft_starts_once_its_key_results_can_be_measured(company: Engine) -> None:
    first, second = added(company), added(company, "Delight the west")
    measured(company, first)
    made = add_key_result(
        company,
        person_id=person(company),
        objective_id=second,
        name="Regulars",
        base_version=data_version(company),
    )
    start = {"person_id": person(company), "objective_ids": [first, second]}
    with pytest.raises(CommandRejected) as refused:
        start_objectives(company, **start, base_version=data_version(company))
    needs = "“Delight the west” still needs a start and a target for “Regulars”."
    assert (refused.value.field, refused.value.message) == ("start", needs)
    assert refused.value.row == ("key result", made.id)
    assert terms(company, first)["state"] == "draft"
    amend_key_result(
        company,
        person_id=person(company),
        key_result_id=made.id,
        base_version=data_version(company),
        said={"start": "10", "target": "20"},
    )
    done = start_objectives(company, **start, base_version=data_version(company))
    assert {terms(company, each)["state"] for each in (first, second)} == {"active"}
    assert done
    undo(company, done, person_id=person(company))
    assert {terms(company, each)["state"] for each in (first, second)} == {"draft"}


def test_a_draft_starts_once_it_has_a_key_result(company: Engine) -> None:
    first, bare = added(company), added(company, "Delight the west")
    measured(company, first)
    needs = "“Delight the west” still needs a key result."
    for start in (
        lambda: start_objectives(
            company,
            person_id=person(company),
            objective_ids=[first, bare],
            base_version=data_version(company),
        ),
        lambda: change_state(
            company,
            person_id=person(company),
            objective_id=bare,
            step="start",
            base_version=data_version(company),
        ),
    ):
        with pytest.raises(CommandRejected) as refused:
            start()
        assert (refused.value.field, refused.value.message) == ("state", needs)
        assert refused.value.row == ("objective", bare)
    assert {terms(company, each)["state"] for each in (first, bare)} == {"draft"}
    # A file may say so of what was under way elsewhere.
    row = ObjectiveRow(
        cycle="Q2 2026", team="Sales", objective="Elsewhere", state=ObjectiveState.ACTIVE
    )
    assert bring(company, objectives=[row]).changes == 1


def test_what_is_closed_is_not_edited_until_it_is_reopened(company: Engine) -> None:
    objective_id = key(company, "objective", "Win the north")
    step = {"person_id": person(company), "objective_id": objective_id}
    assert change_state(company, **step, step="close", base_version=data_version(company))
    assert change_state(company, **step, step="close", base_version=data_version(company)) is None
    with pytest.raises(CommandRejected, match="is closed: reopen it first"):
        amended(company, objective_id, name="Lose the north")
    with pytest.raises(CommandRejected, match="it cannot start from there"):
        change_state(company, **step, step="start", base_version=data_version(company))
    assert change_state(company, **step, step="reopen", base_version=data_version(company))
    assert amended(company, objective_id, name="Win it all")


def test_a_state_that_somebody_changed_is_contested(company: Engine) -> None:
    objective_id = key(company, "objective", "Win the north")
    before = data_version(company)
    step = {"objective_id": objective_id, "base_version": before}
    change_state(company, person_id=person(company, "Ben"), step="close", **step)
    with pytest.raises(Conflict) as conflict:
        change_state(company, person_id=person(company), step="back to draft", **step)
    assert conflict.value.theirs.text == "closed"


def test_what_nobody_checked_in_is_archived_whole_and_comes_back_whole(company: Engine) -> None:
    objective_id = key(company, "objective", "Win the north")
    archive = {"person_id": person(company), "objective_id": objective_id}
    done, became = archive_objective(company, **archive, base_version=data_version(company))
    assert became == "archived"
    live = [row for row in rows(company, "key_result") if row["withdrawn_at"] is None]
    assert (seen(company).objectives, live) == ((), [])
    assert done
    undo(company, done, person_id=person(company))
    (objective,) = seen(company).objectives
    assert len(objective.key_results) == 4


def test_what_was_checked_in_is_closed_instead(company: Engine) -> None:
    objective_id = key(company, "objective", "Win the north")
    check_in(
        company,
        person_id=person(company),
        key_result_id=key(company, "key_result", "Sign customers"),
        day=TODAY,
        value=12,
        confidence=None,
        base_version=data_version(company),
    )
    archive = {"person_id": person(company), "objective_id": objective_id}
    _, became = archive_objective(company, **archive, base_version=data_version(company))
    assert became == "closed"
    assert stands(company, objective_id)["withdrawn_at"] is None
    assert terms(company, objective_id)["state"] == "closed"
    assert archive_objective(company, **archive, base_version=data_version(company)) == (
        None,
        "closed",
    )


def test_an_objective_moves_and_leaves_behind_what_no_longer_fits(company: Engine) -> None:
    first, second = added(company, "One"), added(company, "Two")
    amended(company, first, supports="Two")
    move = {"person_id": person(company, "Ben"), "objective_id": first}
    support, year = key(company, "team", "Support"), key(company, "cycle", "2026")
    assert move_objective(
        company, **move, team_id=support, cycle_id=year, base_version=data_version(company)
    )
    row = stands(company, first)
    assert (row["team_id"], row["cycle_id"], row["position"]) == (support, year, 0)
    assert [row["withdrawn_at"] is None for row in rows(company, "alignment")] == [False]
    assert stands(company, second)["team_id"] == key(company, "team", "Sales")


def test_an_objective_does_not_move_onto_another_of_its_name(company: Engine) -> None:
    added(company, "One", who="Ben", team_id=key(company, "team", "Support"))
    moving = added(company, "One")
    with pytest.raises(CommandRejected, match="called “One” already"):
        move_objective(
            company,
            person_id=person(company, "Ben"),
            objective_id=moving,
            team_id=key(company, "team", "Support"),
            cycle_id=key(company, "cycle", "Q2 2026"),
            base_version=data_version(company),
        )


def test_the_order_is_the_teams(company: Engine) -> None:
    keys = [
        key(company, "objective", "Win the north"),
        added(company, "One"),
        added(company, "Two"),
    ]

    def order() -> list[int]:
        here = [row for row in rows(company, "objective") if row["withdrawn_at"] is None]
        return [row["id"] for row in sorted(here, key=lambda row: (row["position"], row["id"]))]

    place = {"person_id": person(company), "objective_id": keys[2]}
    assert order() == keys
    done = reorder_objective(company, **place, after_id=None)
    assert order() == [keys[2], keys[0], keys[1]]
    assert reorder_objective(company, **place, after_id=None) is None
    assert done
    undo(company, done, person_id=person(company))
    assert order() == keys
    with pytest.raises(CommandRejected, match="no longer here"):
        reorder_objective(company, **place, after_id=999)


def test_an_objective_that_is_gone_is_refused(company: Engine) -> None:
    for bad in (999, 0, -1, 2**70, "1"):
        with pytest.raises(CommandRejected, match="no longer here"):
            amended(company, bad, name="X")  # type: ignore[arg-type]


def test_names_are_unique_in_a_team_and_cycle_alone(company: Engine) -> None:
    bring(
        company,
        objectives=[ObjectiveRow(cycle="Q2 2026", team="Support", objective="Delight the south")],
    )
    assert added(company)
