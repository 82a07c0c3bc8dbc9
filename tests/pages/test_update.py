"""The page of what is mine: whose list it shows, and what it says where there is none."""

from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.ui.page_registry import UPDATE
from components.update import update_words
from tests.elements import sent_to
from tests.pages.conftest import Open


@pytest.fixture
def run(own_company: Engine, open_place: Open) -> Open:
    def open_page(person: str | None, **query: str) -> AppTest:
        return open_place(UPDATE, person=person, **query)

    return open_page


def sent(app: AppTest) -> dict[str, Any]:
    assert not app.exception
    return sent_to(app, "update")


def test_only_what_is_mine_is_there(run: Open) -> None:
    data = sent(run("Samuel Adeyemi"))
    assert data["editable"]
    assert [row["name"] for row in data["rows"] if row["target"] == "kpi"] == [
        "Supplier quality",
        "Supplier lead time",
    ]
    assert data["rows"][0]["section"] == "late"
    assert data["sentence"] == "1 thing is late."


def test_without_a_name_it_says_what_to_do(run: Open) -> None:
    data = sent(run(None))
    assert data["sentence"] == update_words.WHO
    assert data["names"][0] == {"name": "Felix Brandt", "text": "Felix Brandt has 5 due"}


def test_somebody_in_the_sample_has_five_things_due_and_a_kpi_with_late_periods(run: Open) -> None:
    data = sent(run("Felix Brandt"))
    awaited = [row for row in data["rows"] if row["section"] != "later"]
    assert {row["target"] for row in awaited} == {"kpi", "key result", "action"}
    assert len(awaited) == 5
    assert [len(row["missing"]) for row in awaited if row["target"] == "kpi"] == [3]


def test_whoever_owns_nothing_is_told_how_it_would_come_here(run: Open) -> None:
    assert sent(run("Clara Beaumont"))["empty"] == update_words.NOTHING


def test_the_past_is_for_reading(run: Open) -> None:
    app = run("Samuel Adeyemi", as_of="2026-10-14")
    assert not sent(app)["editable"]
    assert any("Looking back" in element.value for element in app.markdown)


def test_a_link_to_somebody_leads_to_their_list_whoever_opens_it(run: Open) -> None:
    own = sent(run("Felix Brandt"))
    by_other = sent(run("Samuel Adeyemi", of="Felix Brandt"))
    assert by_other["sentence"] == f"Felix Brandt: {own['sentence']}"
    assert by_other["rows"] == own["rows"]
    assert (by_other["person"], by_other["names"]) == ("Samuel Adeyemi", [])
    assert sent(run("Felix Brandt", of="Felix Brandt"))["sentence"] == own["sentence"]
    assert sent(run("Felix Brandt", of="Nobody at all"))["sentence"] == own["sentence"]


def test_whoever_it_is_for_takes_their_name_from_the_link(run: Open) -> None:
    data = sent(run(None, of="Felix Brandt"))
    assert data["names"] == [{"name": "Felix Brandt", "text": "I am Felix Brandt"}]
    assert data["rows"]


def test_somebody_elses_empty_list_is_called_theirs(run: Open) -> None:
    data = sent(run("Felix Brandt", of="Clara Beaumont"))
    assert (data["empty"], data["sentence"]) == ("Nothing here is Clara Beaumont's yet.", "")
