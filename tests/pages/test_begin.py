"""Beginning with one's own company: a page of three names, then the first steps on the cockpit."""

from streamlit.testing.v1 import AppTest

from components.ui.page_registry import BEGIN, COCKPIT
from data.company.commands.begin import begin_company
from data.company.queries import Company, company
from data.core.database import data_version, open_database
from data.history.undo import undo
from data.identity.people import introduce
from tests.pages.conftest import Open


def here(url: str) -> Company:
    engine = open_database(url)
    found = company(engine, data_version(engine))
    engine.dispose()
    return found


def fill(app: AppTest, **typed: str) -> AppTest:
    for name, text in typed.items():
        app.text_input(key=f"begin_{name}").set_value(text)
    return app


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label == label]
    app = button.click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(each.value for each in (*app.markdown, *app.subheader, *app.warning))


def test_three_names_are_enough(no_company: str, open_place: Open) -> None:
    app = fill(open_place(BEGIN), company="Brotwerk", name="Ines", team="Bakery")
    app = press(app, "Begin")
    found = here(no_company)
    assert [team.name for team in found.teams] == ["Brotwerk", "Bakery"]
    assert [cycle.name for cycle in found.cycles] == ["Q4 2026"]
    # Nobody of the sample is taken for them, though one of its people begins alike.
    assert [person.name for person in found.people] == ["Ines"]
    assert app.session_state["person"] == "Ines"
    assert "First steps: 1 of 5 done" in said(app)
    assert "✓ Teams are there" in said(app)
    assert "Sample company" not in said(app)


def test_it_is_one_step_back_to_the_sample(no_company: str, open_place: Open) -> None:
    app = fill(open_place(BEGIN), company="Brotwerk", name="Ines", team="Bakery")
    command_id = press(app, "Begin").session_state["told"].command_id
    engine = open_database(no_company)
    undo(engine, command_id, person_id=introduce(engine, "Ines"))
    engine.dispose()
    assert "Sample company" in said(open_place(COCKPIT))


def test_what_is_missing_is_said_and_what_was_typed_stays(
    no_company: str, open_place: Open
) -> None:
    app = press(fill(open_place(BEGIN), company="Brotwerk", team="Bakery"), "Begin")
    assert "Type your name first" in said(app)
    assert app.text_input(key="begin_company").value == "Brotwerk"
    app = press(fill(app, name="Ines", company=" "), "Begin")
    assert "Type what your company is called" in said(app)
    assert here(no_company).teams == ()


def test_the_quarter_can_be_left_out(no_company: str, open_place: Open) -> None:
    app = fill(open_place(BEGIN), company="Brotwerk", name="Ana")
    (quarter,) = app.checkbox
    assert quarter.label == "Begin with the quarter Q4 2026, 1\xa0Oct to 31\xa0Dec"
    quarter.uncheck()
    press(app, "Begin")
    assert here(no_company).cycles == ()


def test_a_spreadsheet_is_dropped_by_the_same_name(no_company: str, open_place: Open) -> None:
    app = press(fill(open_place(BEGIN), name="Ines"), "Drop a spreadsheet instead")
    assert "Bring in" in said(app)
    assert app.session_state["person"] == "Ines"
    assert here(no_company).teams == ()


def test_names_that_were_typed_stay_with_the_spreadsheet(no_company: str, open_place: Open) -> None:
    app = fill(open_place(BEGIN), company="Brotwerk", team="Bakery")
    app = press(app, "Drop a spreadsheet instead")
    assert "Type your name first" in said(app)
    app = press(fill(app, name="Ines"), "Drop a spreadsheet instead")
    assert "Bring in" in said(app)
    assert app.session_state["told"].message == "Brotwerk has begun."
    assert [team.name for team in here(no_company).teams] == ["Brotwerk", "Bakery"]


def test_a_company_that_is_there_is_shown(no_company: str, open_place: Open) -> None:
    engine = open_database(no_company)
    person_id = introduce(engine, "Ana")
    begin_company(engine, person_id=person_id, company="Brotwerk")
    engine.dispose()
    app = open_place(BEGIN)
    assert not app.exception
    assert app.text_input == []
    assert "First steps: 0 of 5 done" in said(app)


def test_the_first_steps_can_be_put_away(no_company: str, open_place: Open) -> None:
    app = press(fill(open_place(BEGIN), company="Brotwerk", name="Ana"), "Begin")
    assert "First steps" in said(app)
    app = press(app, "Put away")
    assert "First steps" not in said(app)
    assert "First steps" not in said(app.run())


def test_a_company_that_has_all_has_no_first_steps(own_company: object, open_place: Open) -> None:
    assert "First steps" not in said(open_place(COCKPIT))
