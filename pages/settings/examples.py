"""KPIs to begin from, each added by one command."""

import streamlit as st

from components.settings import kpi_from_template
from data.company.views import TeamView
from data.content.library import example_kpi_named, function_named_by, library
from data.core.outcomes import Outcome
from data.kpis.views.settings import KpiSetting
from data.okrs.commands.from_template import add_example_kpi
from data.okrs.examples import ExampleKpi
from data.operations.workspace import Workspace
from data.screens.views.settings import Settings
from pages.shared.dispatch import Done, send
from pages.shared.examples import range_and_cadence
from pages.shared.feedback import keep, once


def offer(workspace: Workspace, team: TeamView, view: Settings) -> None:
    """Offer the library's KPIs for a team."""
    kpi_from_template.examples(
        {each.name: {kpi.name: range_and_cadence(kpi) for kpi in each.kpis} for each in library()},
        team=team.name,
        likely=function_named_by(team.name),
        known=_known(view, team),
        refused=once("example_refused"),
        on_add=lambda function, name: _add(workspace, team, function, name),
    )


def _known(view: Settings, team: TeamView) -> set[str]:
    kpis = (row for row in view.rows if isinstance(row, KpiSetting))
    return {kpi.name for kpi in kpis if kpi.kpi.team == team.name}


def _add(workspace: Workspace, team: TeamView, function: str, name: str) -> None:
    kpi = example_kpi_named(function, name)
    if kpi is None:
        return
    outcome = add(workspace, st.session_state.get("person"), team, kpi)
    if outcome.kind == "saved":
        keep(outcome)
        st.session_state.find = ""
    else:
        st.session_state.example_refused = outcome.message


def add(workspace: Workspace, person: str | None, team: TeamView, kpi: ExampleKpi) -> Outcome:
    """Add an example's KPI to a team, by who is here."""

    def command(person_id: int) -> Done:
        engine = workspace.engine
        begun = add_example_kpi(engine, person_id=person_id, team_id=team.id, kpi=kpi)
        return Done(begun.command_id, f"Added {kpi.name} to {team.name}.", made=begun.ids[0])

    return send(workspace.engine, person, "row", 0, command)
