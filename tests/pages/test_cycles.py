"""Adding the cycle that comes next: by an admin, told with the way back, and then looked at."""

from datetime import date

import streamlit as st
from sqlalchemy import Engine

from data.history.undo import undo
from data.identity.people import introduce
from data.operations.workspace import open_workspace
from pages.shared.cycles import add_next_cycle
from tests.data.builders import rows
from tests.pages.conftest import admin


def test_the_next_cycle_is_added_told_and_looked_at(own_company: Engine) -> None:
    who = admin(own_company)
    st.session_state.update(person=who, cycle="Q4 2026")
    outcome = add_next_cycle(open_workspace())
    assert (outcome.kind, outcome.message) == ("saved", "Added Q1 2027.")
    assert st.session_state.cycle == "Q1 2027"
    assert st.session_state.told.command_id == outcome.command_id
    (added,) = [row for row in rows(own_company, "cycle") if row["name"] == "Q1 2027"]
    assert (added["starts_on"], added["ends_on"]) == (date(2027, 1, 1), date(2027, 3, 31))
    undo(own_company, outcome.command_id or 0, person_id=introduce(own_company, who))
    assert "Q1 2027" not in [each.name for each in open_workspace().company.cycles]


def test_who_may_not_add_it_is_told_why_each_time(own_company: Engine) -> None:
    st.session_state.update(person=None, cycle="Q4 2026")
    assert add_next_cycle(open_workspace()).kind == "refused"
    first = st.session_state.told
    add_next_cycle(open_workspace())
    assert st.session_state.told.message == first.message
    assert st.session_state.told.nonce != first.nonce
    assert st.session_state.cycle == "Q4 2026"
