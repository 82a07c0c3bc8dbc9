"""Beginning a draft: what there is to begin from, sent as commands."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components.okrs import okr_from_template, okr_words
from components.okrs.okr_from_template import Lines
from components.ui import formatting
from data.company.next_cycle import next_cycle
from data.company.views import NextCycle
from data.content.library import example_named, function_named_by, library
from data.core.database import now
from data.okrs.commands.from_template import Begun, add_example, carry_over, what_is_left
from data.okrs.examples import ExampleKeyResult, ExampleObjective
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.kpi_count import watched
from data.okrs.views.drafts import Left, OkrObjective, Okrs
from data.operations.workspace import Workspace
from models import KeyResultKind
from pages.okrs.okr_feedback import keep_or_note
from pages.shared.cycles import add_next_cycle
from pages.shared.dispatch import Done, send
from pages.shared.examples import range_and_cadence


def show(workspace: Workspace, view: Okrs, look: OkrLook) -> None:
    """Offer examples, and what an earlier cycle left."""
    okr_from_template.examples(
        {each.name: {one.name: _key_results(one) for one in each.objectives} for each in library()},
        _kpis(),
        likely=function_named_by(view.team.name),
        too_many=lambda function: _too_many(workspace, view, look, function),
        on_add=lambda function, name, kpis: _add(workspace, view, function, name, with_kpis=kpis),
    )
    okr_from_template.copy(
        view.left,
        lines_of=lambda left: _left_lines(workspace, view, left),
        on_copy=lambda left: _copy(workspace, view, left),
        ahead=_ahead(workspace, view),
        day=view.day,
        on_ahead=lambda: _add_next(workspace),
    )


def _add_next(workspace: Workspace) -> None:
    add_next_cycle(workspace)


def _ahead(workspace: Workspace, view: Okrs) -> NextCycle | None:
    """Give the cycle to add after the one under way or over; None where another one follows."""
    cycles, here = workspace.company.cycles, view.cycle
    if here is None or here.starts_on > view.day:
        return None
    return None if any(each.starts_on > here.ends_on for each in cycles) else next_cycle(cycles)


def _key_results(example: ExampleObjective) -> Sequence[str]:
    return [f"{each.name}: {_way(each)}" for each in example.key_results]


def _way(each: ExampleKeyResult) -> str:
    if each.kind is KeyResultKind.MILESTONE:
        return ", ".join(each.steps)
    if each.kind is KeyResultKind.HOLD:
        return f"{each.hold_periods} periods"
    # Where one stands is one's own; only the target is the example's.
    return f"from where you stand to {formatting.value(each.target, each.unit)}"


def _kpis() -> Mapping[str, Sequence[str]]:
    return {
        each.name: [f"{kpi.name}: {range_and_cadence(kpi)}" for kpi in each.kpis]
        for each in library()
    }


def _too_many(workspace: Workspace, view: Okrs, look: OkrLook, function: str) -> str:
    """Warn where a function's KPIs that the team does not know would be more than it can watch."""
    (kpis,) = (each.kpis for each in library() if each.name == function)
    new = sum(kpi.name not in view.kpis for kpi in kpis)
    here = watched(workspace.engine, workspace.version, look)
    return okr_from_template.too_many(here.kpis + new, here.most) if new else ""


def _add(workspace: Workspace, view: Okrs, function: str, name: str, *, with_kpis: bool) -> None:
    found = example_named(function, name)
    if found is None or view.cycle is None:
        return
    example, cycle_id = found[1], view.cycle.id
    kpis = found[0].kpis if with_kpis else ()

    def begin(person_id: int) -> Begun:
        return add_example(
            workspace.engine,
            person_id=person_id,
            team_id=view.team.id,
            cycle_id=cycle_id,
            example=example,
            kpis=kpis,
        )

    _begin(workspace, begin, f"Added “{name}” as a draft.")


def _left_lines(workspace: Workspace, view: Okrs, left: Left) -> Lines:
    """Say what would come along from an earlier cycle, by objective."""
    here = {row.name for row in view.objectives}
    return {
        row.name: [f"{each.name}: {okr_words.still(each, view.day)}" for each in unfinished]
        for row, unfinished in what_is_left(_earlier(workspace, view, left))
        if row.name not in here
    }


def _copy(workspace: Workspace, view: Okrs, left: Left) -> None:
    """Copy what an earlier cycle left, as it stands today."""
    if view.cycle is None:
        return
    cycle_id = view.cycle.id
    earlier = _earlier(workspace, view, left)

    def begin(person_id: int) -> Begun:
        return carry_over(workspace.engine, person_id=person_id, left=earlier, cycle_id=cycle_id)

    _begin(workspace, begin, f"Copied what was left from {left.cycle}.")


def _earlier(workspace: Workspace, view: Okrs, left: Left) -> Sequence[OkrObjective]:
    """Give the team's objectives of an earlier cycle, those that are over too."""
    day = workspace.company.today(now())
    then = workspace.company.cycle_named(left.cycle, day)
    look = OkrLook(team=view.team, cycle=then, day=day, over=True)
    return okrs(workspace.engine, workspace.version, look).objectives


def _begin(workspace: Workspace, begin: Callable[[int], Begun], message: str) -> None:
    def command(person_id: int) -> Done:
        begun = begin(person_id)
        made = begun.ids[0] if begun.ids else None
        return Done(begun.command_id, message, okr_from_template.NOTHING_LEFT, made)

    outcome = send(workspace.engine, st.session_state.get("person"), "objective", 0, command)
    keep_or_note(outcome)
    if outcome.command_id is not None:
        # What was begun goes on in the table.
        st.session_state.update({okr_from_template.EXAMPLES: False, okr_from_template.LEFT: False})
        st.session_state.okr_focus = ("objective", outcome.id)
