"""Closing a cycle: its scores, what was learned, and what goes on, on one page."""

from datetime import date

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.okrs import closing_words
from components.ui.page_registry import OKRS
from data.company.fields import CycleRow
from models import NextStep
from tests.data.builders import bring, key, rows
from tests.pages.conftest import Open

LEAD = "Ines Halvorsen"
NEXT = CycleRow(cycle="Q1 2027", starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 31))


def opened(open_place: Open, **query: str) -> AppTest:
    app = open_place(OKRS, person=LEAD, view="closing", **query)
    assert not app.exception
    return app


def close(app: AppTest, objective_id: int) -> None:
    app.button(f"FormSubmitter:review {objective_id}-Close it with this").click().run()
    assert not app.exception


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
    close(app, objective_id)
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


def test_what_still_recovers_is_scored_and_goes_on(own_company: Engine, open_place: Open) -> None:
    bring(own_company, cycles=[NEXT])
    recovery = key(own_company, "objective", "A yes finds no detours")
    held = key(own_company, "key_result", "Sales cycle back in its range and kept there")
    app = opened(open_place, team="Sales", cycle="Q4 2026")
    assert closing_words.GOES_ON in [each.value for each in app.caption]
    following = app.selectbox(f"score {held} next")
    assert (following.value, following.options) == (NextStep.CARRY_OVER, ["carry it over"])
    assert "held" in next(each.value for each in app.markdown if "Sales cycle back" in each.value)
    app.number_input(f"score {held}").set_value(0.3)
    app.text_input(f"score {held} why").input("Two of its months were fine.")
    app.text_area(f"review {recovery} helped").input("Marek asked each week.")
    close(app, recovery)
    (score,) = [row for row in rows(own_company, "key_result_score") if row["score"] == 0.3]
    assert score["next_step"] == NextStep.CARRY_OVER
    found = [
        row for row in rows(own_company, "objective") if row["name"] == "A yes finds no detours"
    ]
    assert [row["cycle_id"] for row in found] == [
        key(own_company, "cycle", "Q4 2026"),
        key(own_company, "cycle", NEXT.cycle),
    ]
    assert app.number_input(f"score {held}").value == 0.3
    assert app.text_area(f"review {recovery} helped").value == "Marek asked each week."
    assert closing_words.GOES_ON not in [each.value for each in app.caption]


def test_a_score_without_a_reason_is_refused_in_words(
    own_company: Engine, open_place: Open
) -> None:
    app = opened(open_place, team="Sales", cycle="Q4 2026")
    visited = key(own_company, "key_result", "Orchid nurseries I have visited")
    app.number_input(f"score {visited}").set_value(0.1)
    close(app, key(own_company, "objective", "Orchid growers think of Alderquay first"))
    assert any("Say why the score is another" in each.value for each in app.warning)
