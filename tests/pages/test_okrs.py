"""The page of objectives: whose table it shows, its tree, and what stands in the URL."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.ui.formatting import FIXED
from components.ui.page_registry import OKRS
from data.core.database import data_version
from data.okrs.views.drafts import (
    OkrAct,
    OkrAdd,
    OkrArchive,
    OkrCell,
    OkrPlace,
    OkrStep,
    OkrSteps,
    OkrTick,
)
from pages.okrs.saving import Saver
from pages.shared.dispatch import NAME_FIRST
from tests.data.builders import key, rows
from tests.elements import records, sent_to
from tests.pages.conftest import Open, admin
from tests.serving import TODAY

TEAM, LEAD = "Human Resources", "Sofia Marchetti"
PEOPLE = (
    "New colleagues feel at home from the first day",
    "Everybody here learns something worth keeping",
)
"""A team whose objectives are no recoveries, which are not closed by themselves."""


@pytest.fixture
def engine(own_company: Engine) -> Engine:
    return own_company


@pytest.fixture
def run(engine: Engine, open_place: Open) -> Open:
    return partial(open_place, OKRS)


def sent(app: AppTest, element: str = "okrs") -> dict[str, Any]:
    assert not app.exception
    return sent_to(app, element)


def test_a_teams_own_objectives_are_in_the_table(run: Open) -> None:
    data = sent(run(team="Sales"))
    assert data["editable"]
    objectives = [row for row in data["rows"] if row["target"] == "objective"]
    assert [row["name"] for row in objectives] == [
        "A yes finds no detours",
        "Orchid growers think of Alderquay first",
    ]
    assert [row["under"] for row in data["rows"]].count(objectives[0]["id"]) == 3


def test_the_tree_stands_in_the_url(run: Open) -> None:
    app = run(team="Sales", view="tree")
    nodes = records(sent(app, "okr_tree")["nodes"])
    names = {node["id"]: node["name"] for node in nodes}
    above = {node["name"]: names.get(node["parent"]) for node in nodes}
    assert above["A yes finds no detours"] == "Buying from us is as simple as buying seeds"


def test_closed_ones_stand_below_as_the_url_says(engine: Engine, run: Open) -> None:
    names = PEOPLE
    keys = tuple(key(engine, "objective", name) for name in names)
    saver(engine, LEAD).save(OkrSteps(keys, "close", data_version(engine)))
    folded = sent(run(team=TEAM))
    assert (folded["closed"], folded["unfolded"], folded["rows"]) == (2, False, [])
    assert folded["empty"] == "All 2 objectives here are closed, and none is under way."
    unfolded = sent(run(team=TEAM, over="yes"))
    assert (unfolded["closed"], unfolded["unfolded"]) == (2, True)
    told = [row["now"] for row in unfolded["rows"] if row["target"] == "objective"]
    assert all("score" in each for each in told)
    assert sent(run(team=TEAM, view="tree"), "okr_tree")["closed"] == 2


def test_the_past_is_for_reading(run: Open) -> None:
    app = run(team="Sales", as_of="2026-10-14")
    assert not sent(app)["editable"]
    assert any("Looking back" in element.value for element in app.markdown)
    assert not [button for button in app.button if "draft" in button.label.lower()]


@pytest.mark.parametrize("query", [{"view": "<b>"}, {"over": "9" * 40}, {"cycle": "No"}])
def test_an_odd_url_is_no_trouble(run: Open, query: dict[str, str]) -> None:
    assert sent(run(team="Sales", **query))["rows"]


def saver(engine: Engine, name: str | None = "Marek Dvorsky") -> Saver:
    return Saver(
        engine,
        name,
        team_id=key(engine, "team", "Sales"),
        cycle_id=key(engine, "cycle", "Q4 2026"),
        teams={"Sales": key(engine, "team", "Sales")},
        cycles={"Q4 2026": key(engine, "cycle", "Q4 2026")},
        scores={key(engine, "objective", PEOPLE[0]): 0.584},
        today=TODAY,
    )


def test_each_kind_of_change_is_saved_and_told(engine: Engine) -> None:
    save = saver(engine).save
    added = save(OkrAdd("objective", "Fewer forms", None, data_version(engine)))
    assert (added.kind, added.message) == ("saved", "Added “Fewer forms”.")
    result = save(OkrAdd("key result", "Forms", added.id, data_version(engine)))
    for field, typed in (("start", "12"), ("target", "4"), ("unit", "forms")):
        outcome = save(OkrCell("key result", result.id, field, typed, data_version(engine)))
        assert (outcome.kind, outcome.message) == ("saved", "Saved.")
    assert save(OkrPlace("objective", added.id, None)).message == "Moved."
    started = save(OkrStep(added.id, "start", data_version(engine)))
    assert (started.kind, started.message) == ("saved", "Started.")
    terms = [row for row in rows(engine, "objective_terms") if row["objective_id"] == added.id]
    assert terms[-1]["state"] == "active"
    assert save(OkrArchive("objective", added.id, data_version(engine))).message == "Archived."


def test_an_action_is_agreed_and_ticked_off(engine: Engine) -> None:
    save = saver(engine).save
    objective_id = key(engine, "objective", "A yes finds no detours")
    due = TODAY + timedelta(days=14)
    for target, at in (
        ("objective", objective_id),
        ("key result", key(engine, "key_result", "Days from demo to offer")),
    ):
        agreed = save(OkrAct(target, at, "Marek Dvorsky", "Ask three buyers", due))
        assert (agreed.kind, agreed.message) == ("saved", f"Agreed: to be done by 6{FIXED}Dec.")
    refused = save(OkrAct("objective", objective_id, "", "Ask three buyers", due))
    assert (refused.kind, refused.field) == ("refused", "owner")
    last = rows(engine, "action")[-1]
    ticked = save(OkrTick("key result", last["key_result_id"], last["id"], data_version(engine)))
    assert (ticked.kind, ticked.message) == ("saved", "Ticked off.")
    assert rows(engine, "action")[-1]["done_on"] == TODAY


def test_steps_of_several_are_one_change_each(engine: Engine) -> None:
    save = saver(engine, LEAD).save
    names = PEOPLE
    keys = tuple(key(engine, "objective", name) for name in names)
    closed = save(OkrSteps(keys, "close", data_version(engine)))
    assert (closed.kind, closed.message) == ("saved", "Closed 2 objectives, each with its score.")
    assert closed.command_id is not None
    states = {row["objective_id"]: row["state"] for row in rows(engine, "objective_terms")}
    assert [states[each] for each in keys] == ["closed", "closed"]
    again = save(OkrSteps(keys, "close", data_version(engine)))
    assert (again.kind, again.command_id) == ("saved", None)
    refused = save(OkrSteps(keys, "start", data_version(engine)))
    assert (refused.kind, "is closed" in refused.message) == ("refused", True)


def test_what_is_closed_is_told_with_its_score(engine: Engine) -> None:
    objective_id = key(engine, "objective", PEOPLE[0])
    outcome = saver(engine, LEAD).save(OkrStep(objective_id, "close", data_version(engine)))
    assert outcome.message == "Closed with a score of 0.58."


def test_what_is_wrong_is_told_beside_its_row(engine: Engine) -> None:
    save = saver(engine).save
    outcome = save(OkrCell("objective", 999, "name", "X", data_version(engine)))
    assert (outcome.kind, outcome.id) == ("refused", 999)
    assert "no longer here" in outcome.message
    assert save(None).kind == "refused"
    assert saver(engine, None).save(None).message == NAME_FIRST


def test_what_is_lacking_is_told_of_the_row_that_lacks_it(engine: Engine) -> None:
    save = saver(engine).save
    added = save(OkrAdd("objective", "Fewer forms", None, data_version(engine)))
    result = save(OkrAdd("key result", "Forms", added.id, data_version(engine)))
    save(OkrCell("key result", result.id, "start", "12", data_version(engine)))
    for edit in (
        OkrStep(added.id, "start", data_version(engine)),
        OkrSteps((added.id,), "start", data_version(engine)),
    ):
        outcome = save(edit)
        assert outcome.message == "“Fewer forms” still needs a target for “Forms”."
        assert (outcome.target, outcome.id, outcome.field) == ("key result", result.id, "target")


def examples_of(team: str, run: Open) -> AppTest:
    app = run(team=team)
    assert not [button for button in app.button if button.label == "Add as a draft"]
    app.session_state["examples"] = True
    return app.run()


@pytest.mark.parametrize(
    ("team", "function"),
    [("Technical Support", "Technical support"), ("Sales", "Sales"), ("Alderquay", "Sales")],
)
def test_examples_are_those_of_the_teams_own_function(run: Open, team: str, function: str) -> None:
    app = examples_of(team, run)
    (asked,) = [each for each in app.selectbox if each.label == "What does the team do?"]
    assert asked.value == function


def test_an_example_goes_from_where_one_stands(run: Open) -> None:
    app = examples_of("Technical Support", run)
    (shown, *_) = [each.value for each in app.caption if "first contact" in each.value]
    assert f"Solved at the first contact\\: from where you stand to 72{FIXED}%" in shown
    assert "→" not in shown


def test_kpis_past_seven_are_said_before_they_are_added(run: Open, engine: Engine) -> None:
    app = examples_of("Technical Support", run)
    support = key(engine, "team", "Technical Support")
    here = {row["id"] for row in rows(engine, "kpi") if row["team_id"] == support}
    ranged = {
        row["kpi_id"]
        for row in rows(engine, "kpi_terms")
        if row["kpi_id"] in here and (row["low"], row["high"]) != (None, None)
    }
    assert 0 < len(ranged) < len(here)
    told = f"That makes {len(ranged) + 7} KPIs: more than 7 are hard to keep in mind."
    assert told not in [each.value for each in app.markdown]
    app.checkbox[0].check().run()
    assert told in [each.value for each in app.markdown]


def test_what_an_earlier_cycle_left_is_looked_at_before_it_is_copied(
    engine: Engine, run: Open
) -> None:
    before = len(rows(engine, "objective"))
    app = run(person="Ines Halvorsen", team="Human Resources")
    assert not [button for button in app.button if button.label == "Copy as drafts"]
    app.session_state["copy left"] = True
    app.run()
    assert app.selectbox(key="copied cycle").options == ["Q3 2026"]
    shown = [element.value for element in app.markdown]
    assert shown[-2:] == [
        "**A good talk before every contract**",
        f"- Openings with a clear task\\: 72 → 90{FIXED}%\n"
        f"- Leads trained to interview\\: 2 → 5{FIXED}leads",
    ]
    (button,) = [button for button in app.button if button.label == "Copy as drafts"]
    button.click().run()
    assert len(rows(engine, "objective")) == before + 1


def test_the_next_cycle_is_added_where_there_is_none_to_copy_into(
    engine: Engine, run: Open
) -> None:
    app = run(person=admin(engine), team="Sales")
    app.session_state["copy left"] = True
    app.run()
    days = f"1{FIXED}Jan{FIXED}2027 to 31{FIXED}Mar{FIXED}2027"
    offered = f"To plan ahead, add the next cycle: Q1 2027, {days}."
    assert offered in [element.value for element in app.markdown]
    app.button(key="add next cycle").click().run()
    assert sent(app)["cycle"] == "Q1 2027"
    assert app.selectbox(key="copied cycle").options == ["Q4 2026", "Q3 2026"]
    assert "add next cycle" not in [button.key for button in app.button]


def test_who_may_not_add_it_is_told(run: Open) -> None:
    app = run(team="Sales")
    app.session_state["copy left"] = True
    app.run()
    app.button(key="add next cycle").click().run()
    assert app.session_state["told"].message == NAME_FIRST
    assert sent(app)["cycle"] == "Q4 2026"


def test_a_score_without_a_reason_is_told_beside_the_button_that_was_pressed(
    run: Open, engine: Engine
) -> None:
    app = run(team=TEAM, view="closing", person=LEAD)
    app.number_input[-1].set_value(0.05)
    closes = [each for each in app.button if each.label == "Close it with this"]
    closes[-1].click()
    before = data_version(engine)
    app.run()
    assert not app.exception
    kinds = [each.type for each in app.main]
    at = kinds.index("warning")
    assert "button" in kinds[at - 2 : at]
    (told,) = app.warning
    assert "Say why the score is another" in told.value
    assert data_version(engine) == before
