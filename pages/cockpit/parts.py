"""The parts of the cockpit, in the order in which they stand on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from components.cockpit import change_words, decisions, gauges, key_results, teams
from components.kpis import gauge_words, recovery_words
from data.core.outcomes import Outcome
from data.kpis.views.edits import DecisionEdit, ReadingEdit
from data.kpis.views.recovery import RecoveryEdit
from data.okrs.views.edits import CheckInEdit
from data.operations.workspace import Workspace
from data.screens.cockpit import Focus, Look
from data.screens.views.cockpit import Cockpit, DecisionCard
from data.screens.views.since_check_in import Moved, SinceCheckIn
from pages.cockpit import address
from pages.shared.decisions import save_decision
from pages.shared.edits import periods_offered, save_check_in, save_reading
from pages.shared.feedback import keep, tell_refusal
from pages.shared.history import ask
from pages.shared.navigation import ask_why, look_closer
from pages.shared.rerouting import ask_reroute, save_recovery

BESIDE = 4
"""How many gauges stand in a row beside objectives."""
GAUGE, KEY_RESULT, HEAD = 5, 1.4, 2
"""How high these are, in rows of teams; the head of an objective in key results."""
SCREEN, LONGER = 14, 1.7
"""What fits on a screen, and how much longer than the other one column may be."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the page, in the order in which they stand on it.

    Health and destination stand side by side, unless one would run far down; a table has the whole
    width. The gauges arrange them with what they show. They stay where they are: what is being
    typed would not survive a move.
    """

    workspace: Workspace
    view: Cockpit
    look: Look
    today: date
    editable: bool
    outcome: Outcome | None
    since: SinceCheckIn | None = None

    def _moved(self, rows: Sequence[Moved]) -> Mapping[str, str] | None:
        return change_words.payload(self.since, rows, self.today)

    def decisions(self) -> None:
        """Show what needs a decision."""
        view, workspace = self.view, self.workspace
        decisions.show(
            view.decisions,
            day=view.day,
            today=self.today,
            editable=self.editable,
            outcome=self.outcome,
            key="decisions",
            calm=gauge_words.no_decisions(
                view.gauges, view.tally.waiting, under_way=_has_work_under_way(view)
            ),
            periods=periods_offered(view.day),
            people=[person.name for person in workspace.company.people],
            person=st.session_state.get("person"),
            on_decide=lambda edit: _decide(workspace, edit),
            on_open=ask_why,
            on_missing=address.point_to,
            on_reroute=ask_reroute,
            on_step=lambda kpi_id: _take_step(workspace, view, kpi_id),
        )

    def teams(self) -> None:
        """Show a row a team, where there are teams below."""
        if self.view.teams:
            teams.show(
                self.view.teams,
                more=self.view.more_teams,
                is_whole=self.look.all_teams,
                key="teams",
                on_team=address.look_at_team,
                on_open=look_closer,
                on_more=partial(address.turn, "all_teams"),
            )

    def gauges(self) -> None:
        """Show the gauges, and offer those that are not shown."""
        view, focus = self.view, self.look.focus
        gauges.show(
            view.gauges,
            view.indicators,
            periods=periods_offered(view.day),
            version=view.version,
            today=self.today,
            day=view.day,
            editable=self.editable,
            person=st.session_state.get("person"),
            outcome=self.outcome,
            focus=focus[1] if focus and focus[0] == "kpi" else None,
            key="gauges",
            on_edit=lambda edit: _save_reading(self.workspace, view, edit),
            on_open=look_closer,
            team=view.team.name,
            as_table=address.as_table(),
            on_view=address.choose_view,
            moved=self._moved(self.since.kpis if self.since else ()),
            beside=not address.as_table() and _is_balanced(view),
            more=view.more_gauges,
            more_outside=view.more_outside,
            is_whole=self.look.all_kpis,
            on_more=partial(address.turn, "all_kpis"),
        )

    def objectives(self) -> None:
        """Show the objectives, and offer those that are not shown."""
        view = self.view
        key_results.show(
            view.objectives,
            team=view.team.name,
            version=view.version,
            today=self.today,
            day=view.day,
            editable=self.editable,
            person=st.session_state.get("person"),
            outcome=self.outcome,
            focus=_focused_lane(view, self.look.focus),
            key="key_results",
            drafts=view.drafts,
            on_edit=lambda edit: _save_check_in(self.workspace, view, edit),
            on_missing=address.point_to,
            on_name=lambda kind, key: _look_into(view, kind, key),
            moved=self._moved(self.since.key_results if self.since else ()),
            more=view.more_objectives,
            is_whole=self.look.all_objectives,
            on_more=partial(address.turn, "all_objectives"),
        )


def _is_balanced(view: Cockpit) -> bool:
    """Tell whether health and destination are about as high as each other, or fit on a screen."""
    if not view.objectives:
        return False
    health = len(view.teams) + GAUGE * (len(view.gauges) / BESIDE)
    destination = sum(HEAD + len(each.key_results) for each in view.objectives) * KEY_RESULT
    return max(health, destination) <= max(SCREEN, LONGER * min(health, destination))


def _has_work_under_way(view: Cockpit) -> bool:
    return any(
        not key_result.is_over
        for objective in view.objectives
        for key_result in objective.key_results
    )


def _save_reading(workspace: Workspace, view: Cockpit, edit: ReadingEdit) -> None:
    units = {gauge.kpi_id: gauge.unit for gauge in view.gauges}
    name, unit = st.session_state.get("person"), units.get(edit.kpi_id, "")
    keep(save_reading(workspace.engine, name, edit, unit))


def _save_check_in(workspace: Workspace, view: Cockpit, edit: CheckInEdit) -> None:
    units = {
        key_result.key_result_id: key_result.unit
        for objective in view.objectives
        for key_result in objective.key_results
    }
    name, unit = st.session_state.get("person"), units.get(edit.key_result_id, "")
    keep(save_check_in(workspace.engine, name, edit, unit))


def _decide(workspace: Workspace, edit: DecisionEdit) -> None:
    keep(save_decision(workspace.engine, st.session_state.get("person"), edit))


def _take_step(workspace: Workspace, view: Cockpit, kpi_id: int) -> None:
    """Confirm the recovery of a KPI, let it graduate or take it on again, as its card offers."""
    gauge = next((card.gauge for card in view.decisions if _is_of(card, kpi_id)), None)
    step = recovery_words.step(gauge.recovery) if gauge and gauge.recovery else None
    taken = (kpi_id, view.version)
    # A click may be brought twice.
    if step is None or st.session_state.get("step_taken") == taken:
        return
    edit = RecoveryEdit(kpi_id, step, recovery_words.REASONS[step])
    outcome = save_recovery(workspace.engine, st.session_state.get("person"), edit)
    if outcome.kind == "saved":
        st.session_state.step_taken = taken
    keep(outcome)
    tell_refusal(outcome)


def _is_of(card: DecisionCard, kpi_id: int) -> bool:
    return card.gauge is not None and card.gauge.kpi_id == kpi_id


def _look_into(view: Cockpit, kind: str, key: int) -> None:
    """Open the history of an objective or a key result that is on the page."""
    for objective in view.objectives:
        if kind == "objective" and objective.id == key:
            ask("objective", key, objective.name)
        for key_result in objective.key_results:
            if kind == "key result" and key_result.key_result_id == key:
                ask("key result", key, key_result.name)


def _focused_lane(view: Cockpit, focus: Focus | None) -> int | None:
    """Give the key result to scroll to: the one meant, or the first of the objective meant."""
    for objective in view.objectives:
        for key_result in objective.key_results:
            if focus in (("objective", objective.id), ("key result", key_result.key_result_id)):
                return key_result.key_result_id
    return None
