"""The page of settings: one table at a time, and what its edits become."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from components.editing.grid import Edited
from components.ui.page_registry import SETTINGS
from data.company.commands.erasing import NOT_LISTED
from data.core.database import data_version
from data.identity.people import introduce
from pages.settings.saving import (
    erase,
    save_fiscal_year,
    save_retention,
    save_row,
    save_time_zone,
)
from pages.shared.dispatch import NAME_FIRST
from tests.elements import sent_to
from tests.pages.conftest import Open, admin


@pytest.fixture
def engine(own_company: Engine) -> Engine:
    return own_company


@pytest.fixture
def run(engine: Engine, open_place: Open) -> Open:
    return partial(open_place, SETTINGS)


def sent(app: AppTest) -> dict[str, Any]:
    assert not app.exception
    return sent_to(app, "settings")


@pytest.mark.parametrize("table", ["kpis", "teams", "people", "cycles"])
def test_each_table_has_a_cell_for_each_column(run: Open, table: str) -> None:
    data = sent(run(table=table))
    assert data["table"] == table
    assert data["editable"]
    assert data["rows"]
    names = {column["name"] for column in data["columns"][table]}
    assert all(row["cells"].keys() == names for row in data["rows"])


def test_the_search_and_the_team_narrow_the_table(run: Open) -> None:
    rows = sent(run(table="kpis", team="Sales", find="conversion"))["rows"]
    assert [row["name"] for row in rows] == ["Conversion rate"]
    told = rows[0]["notes"]["driven_by"]
    assert told == {
        "text": "✓ 11\u00a0%, as read",
        "tone": "right",
        "tip": "Compared in the week of 9\u00a0Nov",
    }
    assert rows[0]["short"] == ("Sales\u00a0· ideal 8–14\u00a0%\u00a0· weekly\u00a0· Amara Osei")
    nothing = sent(run(table="kpis", find="unheard of"))
    assert nothing["empty"] == "Nothing here answers to that search."


def test_what_the_sample_company_computes_is_what_its_readings_say(run: Open) -> None:
    rows = sent(run(table="kpis"))["rows"]
    told = {
        row["name"]: row["notes"]["driven_by"]["text"]
        for row in rows
        if "driven_by" in row["notes"]
    }
    assert told["Cost per lead"] == "✓ 40\u00a0€, as read"
    assert [name for name, text in told.items() if not text.endswith(", as read")] == []


def test_the_past_is_for_reading(run: Open) -> None:
    app = run(table="cycles", as_of="2026-10-14")
    assert not sent(app)["editable"]
    assert any("Looking back" in element.value for element in app.markdown)
    assert app.selectbox(key="time_zone").disabled
    assert app.selectbox(key="fiscal_year_starts").disabled


def test_a_table_that_is_none_is_the_first(run: Open) -> None:
    assert sent(run(table="secrets"))["table"] == "kpis"


def test_an_edit_becomes_an_outcome(engine: Engine) -> None:
    who, base_version = admin(engine), data_version(engine)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id FROM team WHERE parent_id IS NULL"))
        top = int(found.scalar_one())

    def saved(table: Any, row_id: int, by: str | None = who, **cells: str) -> Any:
        return save_row(
            engine,
            by,
            table,
            Edited("cells" if row_id else "add", table, row_id, base_version, cells),
            team_id=top,
        )

    assert saved("teams", top, by=None, check_in_day="Friday").message == NAME_FIRST
    done = saved("teams", top, check_in_day="Friday")
    assert (done.kind, done.message) == ("saved", "Saved.")
    assert done.command_id is not None
    again = saved("teams", top, check_in_day="Friday")
    assert (again.kind, again.command_id) == ("saved", None)
    refused = saved("cycles", 0, name="Q9", starts_on="2027-01-01", ends_on="soon")
    assert (refused.kind, refused.field) == ("refused", "ends_on")
    assert saved("people", 0, name="Zoe Zimmer").message == "Added Zoe Zimmer."
    gone = save_row(
        engine, who, "teams", Edited("archive", "teams", top, base_version), team_id=top
    )
    assert (gone.kind, "has teams below it" in gone.message) == ("refused", True)
    assert save_time_zone(engine, who, "Europe/Vienna").kind == "saved"
    told = save_fiscal_year(engine, who, 10)
    assert (told.kind, told.message) == ("saved", "The fiscal year starts in October now.")


def test_a_role_is_typed_for_the_team_looked_at(run: Open) -> None:
    top, sales = (sent(run(table="people", team=team)) for team in ("Alderquay", "Sales"))
    assert top["place"] != sales["place"]
    assert [column["name"] for column in sales["columns"]["people"] if column["placed"]] == ["role"]
    assert len(sales["heirs"]) == len(sales["rows"])
    assert sent(run(table="kpis", team="Sales"))["heirs"] == []


def test_a_new_team_begins_below_the_topmost(run: Open) -> None:
    columns = sent(run(table="teams", team="Sales"))["columns"]["teams"]
    assert {column["name"]: column["first"] for column in columns}["parent"] == "Alderquay"


def test_what_somebody_owns_is_handed_over(engine: Engine) -> None:
    with engine.connect() as connection:
        people = {row.name: row.id for row in connection.execute(text("SELECT * FROM person"))}
    leaves, stays = people["Jonah Whitlock"], people["Marek Dvorsky"]

    def done(edit: Edited) -> Any:
        return save_row(engine, admin(engine), "people", edit, team_id=1)

    gone = Edited("archive", "people", leaves, data_version(engine))
    assert (done(gone).kind, done(gone).field) == ("refused", "owned")
    to = {"hand_to": stays}
    handed = done(Edited("hand over", "people", leaves, data_version(engine), more=to))
    assert (handed.kind, handed.message) == ("saved", "Handed over.")
    again = done(Edited("hand over", "people", leaves, data_version(engine), more=to))
    assert (again.command_id, again.message) == (None, "Nothing is owned there any more.")
    assert done(Edited("archive", "people", leaves, data_version(engine))).kind == "saved"


def test_an_examples_kpi_is_added_to_the_team_looked_at(run: Open, engine: Engine) -> None:
    app = run(person=admin(engine), table="kpis", team="Procurement", find="nothing like it")
    before = len(sent(run(table="kpis", team="Procurement"))["rows"])
    app.button(key="add example kpi 0").click().run()
    rows = sent(app)["rows"]
    assert len(rows) == before + 1
    assert app.text_input(key="find").value == ""
    assert app.button(key="add example kpi 0").disabled
    past = run(table="kpis", as_of="2026-10-14")
    assert [button.label for button in past.button] == ["Back to today"]


@pytest.mark.parametrize(
    ("team", "function"),
    [
        ("Procurement", "Procurement"),
        ("Human Resources", "Human resources"),
        ("Alderquay", "Sales"),
    ],
)
def test_the_examples_begin_with_what_the_teams_name_says(
    run: Open, team: str, function: str
) -> None:
    (picker,) = [
        each
        for each in run(table="kpis", team=team).selectbox
        if each.label == "What does the team do?"
    ]
    assert picker.value == function


def test_somebody_is_erased_by_typing_their_name(run: Open, engine: Engine) -> None:
    app = run(table="people")
    assert app.button(key="erase").disabled
    app.selectbox(key="erased").select_index(0).run()
    app.text_input(key="erased_name").input("Somebody else").run()
    app.button(key="erase").click().run()
    assert app.warning[0].value == NAME_FIRST.replace(".", "\\.")
    assert not app.exception


def test_who_was_erased_is_in_no_list_any_more(run: Open, engine: Engine) -> None:
    introduce(engine, "Zed Zimmer")
    app = run(person=admin(engine), table="people")
    app.selectbox(key="erased").select("Zed Zimmer").run()
    app.text_input(key="erased_name").input("Zed Zimmer").run()
    app.button(key="erase").click().run()
    assert not app.exception
    assert not app.warning
    assert app.session_state["told"].message == "Erased for good."
    assert app.session_state["told"].command_id is None
    assert "Zed Zimmer" not in app.selectbox(key="erased").options
    assert "Zed Zimmer" not in str(sent(app))


def test_erasing_and_keeping_are_answered(engine: Engine) -> None:
    who = admin(engine)
    outcome = erase(engine, who, 10**6, "Nobody")
    assert (outcome.kind, outcome.message) == ("refused", NOT_LISTED)
    assert save_retention(engine, who, {"keep_log_days": 90}).kind == "saved"
    assert save_retention(engine, who, {"keep_log_days": 1}).kind == "refused"


def test_before_details_go_it_is_said_how_many(run: Open, engine: Engine) -> None:
    app = run(table="people")
    assert app.button(key="keep details").disabled
    app.selectbox(key="picked keep_log_days").select(30).run()
    told = [each.value for each in app.markdown]
    assert any("Nothing is that old yet" in text or "This deletes" in text for text in told)
    assert not app.button(key="keep details").disabled
