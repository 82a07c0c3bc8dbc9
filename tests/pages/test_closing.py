"""Closing a cycle: its scores, what was learned, and what goes on, on one page."""

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.okrs import closing_words
from components.ui.page_registry import OKRS
from tests.data.builders import key, rows
from tests.pages.conftest import Open

LEAD = "Ines Halvorsen"


def opened(open_place: Open, **query: str) -> AppTest:
    app = open_place(OKRS, person=LEAD, view="closing", **query)
    assert not app.exception
    return app


def test_it_says_that_scores_are_no_pay_and_what_was_learned(
    own_company: Engine, open_place: Open
) -> None:
    app = opened(open_place, team="Alderquay", cycle="Q3 2026")
    said = [each.value for each in app.markdown]
    assert closing_words.NOT_PAY in said
    assert any("score 0.97" in each for each in said)
    helped = [each.value for each in app.text_area if each.label == "What helped"]
    assert helped[0] == "We went in pairs: one asked and one wrote."
    shelf = key(own_company, "key_result", "Spare parts that are on the shelf")
    assert app.number_input(f"score {shelf}").value == 0.9


def test_an_objective_is_closed_with_what_was_learned(
    own_company: Engine, open_place: Open
) -> None:
    app = opened(open_place, team="Sales", cycle="Q4 2026")
    objective_id = key(own_company, "objective", "Orchid growers think of Alderquay first")
    visited = key(own_company, "key_result", "Orchid nurseries I have visited")
    app.text_area(f"review {objective_id} helped").input("We rang before we came.")
    app.number_input(f"score {visited}").set_value(0.9)
    app.text_input(f"score {visited} why").input("Two were away.")
    buttons = [each for each in app.button if each.label == "Close it with this"]
    buttons[0].click().run()
    assert not app.exception
    (learned,) = [
        row for row in rows(own_company, "learning") if row["objective_id"] == objective_id
    ]
    assert learned["helped"] == "We rang before we came."
    (score,) = [
        row for row in rows(own_company, "key_result_score") if row["key_result_id"] == visited
    ]
    assert (score["score"], score["reason"]) == (0.9, "Two were away.")
    states = [
        row["state"]
        for row in rows(own_company, "objective_terms")
        if row["objective_id"] == objective_id
    ]
    assert states[-1] == "closed"


def test_a_score_without_a_reason_is_refused_in_words(
    own_company: Engine, open_place: Open
) -> None:
    app = opened(open_place, team="Sales", cycle="Q4 2026")
    visited = key(own_company, "key_result", "Orchid nurseries I have visited")
    app.number_input(f"score {visited}").set_value(0.1)
    buttons = [each for each in app.button if each.label == "Close it with this"]
    buttons[0].click().run()
    assert any("Say why the score is another" in each.value for each in app.warning)
