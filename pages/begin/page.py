"""Begin: a company, a name and a first team are enough, or a spreadsheet."""

from datetime import date

import streamlit as st

from components.begin import begin_form, begin_words
from components.begin.begin_form import Typed
from components.ui.page_registry import BEGIN, COCKPIT, IMPORT
from data.company.commands.begin import begin_company
from data.company.next_cycle import current_quarter
from data.core.database import now
from data.core.outcomes import Outcome
from data.core.settings import settings
from data.operations.start_up import start_up
from pages.shared import sign_in, top
from pages.shared.dispatch import Done, send
from pages.shared.feedback import keep, once
from pages.shared.workspace import opened


def show() -> None:
    """Ask for the names, begin, and go to the cockpit; a company that is there is shown."""
    workspace = opened()
    if not workspace.is_sample or workspace.own:
        st.switch_page(COCKPIT.script)
    today = workspace.company.today(now())
    top.short_line(workspace, BEGIN, today)
    typed = begin_form.show(
        quarter=begin_words.with_quarter(current_quarter(today), today),
        name=st.session_state.get("person"),
        asks_name=not sign_in.is_asked_for(),
        refused=once("not_begun"),
    )
    if typed is not None:
        _go_on(typed, today)


def _go_on(typed: Typed, today: date) -> None:
    if typed.name.strip() and not sign_in.is_asked_for():
        # Both: nobody is taken for somebody of the sample whose name begins alike.
        st.session_state.person = st.session_state.known_as = typed.name.strip()
    to = IMPORT if typed.then == "drop" else COCKPIT
    if to is IMPORT and not (typed.company.strip() or typed.team.strip()):
        st.switch_page(IMPORT.script)
    outcome = begin(typed, today)
    if outcome.kind == "saved":
        keep(outcome)
        st.session_state.team = None
        st.switch_page(to.script)
    st.session_state.not_begun = outcome.message
    st.rerun()


def begin(typed: Typed, today: date) -> Outcome:
    """Begin a company in its database, as one command; tell what became of it."""
    if not typed.name.strip():
        return Outcome("refused", "row", 0, begin_words.NAME_FIRST)
    engine = start_up(settings().database_url)
    cycle = current_quarter(today) if typed.with_quarter else None

    def command(person_id: int) -> Done:
        command_id = begin_company(
            engine, person_id=person_id, company=typed.company, team=typed.team, cycle=cycle
        )
        return Done(command_id, begin_words.begun(typed.company.strip()))

    return send(engine, typed.name.strip(), "row", 0, command)


show()
