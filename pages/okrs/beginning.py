"""Beginning a draft: what there is to begin from, sent as commands."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components import okr_beginning, words
from data.commands.beginning import Begun, add_example, carry_over
from data.database import now
from data.exchange.templates import LIBRARY, Example, ExampleKeyResult, example_named
from data.queries.okrs import OkrLook, okrs
from data.views import Left, Okrs
from data.workspace import Workspace
from models import KeyResultKind
from pages.okrs.noting import keep_or_note
from pages.shared.sending import Done, send

NOTHING_LEFT = "Nothing was left over there, or all of it is here already."


def show(workspace: Workspace, view: Okrs) -> None:
    """Offer examples, and what an earlier cycle left."""
    okr_beginning.examples(
        {each.name: {one.name: _key_results(one) for one in each.examples} for each in LIBRARY},
        _kpis(),
        on_add=lambda function, name, kpis: _add(workspace, view, function, name, with_kpis=kpis),
    )
    okr_beginning.copy(view.left, on_copy=lambda left: _copy(workspace, view, left))


def _key_results(example: Example) -> Sequence[str]:
    return [f"{each.name}: {_way(each)}" for each in example.key_results]


def _way(each: ExampleKeyResult) -> str:
    if each.kind is KeyResultKind.MILESTONE:
        return ", ".join(each.steps)
    if each.kind is KeyResultKind.HOLD:
        return f"{each.hold_periods} periods"
    return f"{words.number(each.start)} → {words.value(each.target, each.unit)}"


def _kpis() -> Mapping[str, Sequence[str]]:
    return {
        each.name: [
            f"{kpi.name}: {words.ideal(kpi.low, kpi.high, kpi.unit)}, {kpi.cadence.value}"
            for kpi in each.kpis
        ]
        for each in LIBRARY
    }


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


def _copy(workspace: Workspace, view: Okrs, left: Left) -> None:
    """Copy what an earlier cycle left, as it stands today."""
    if view.cycle is None:
        return
    cycle_id, day = view.cycle.id, workspace.company.today(now())
    then = workspace.company.cycle_named(left.cycle, day)
    look = OkrLook(team=view.team, cycle=then, day=day, over=True)
    earlier = okrs(workspace.engine, workspace.version, look).objectives

    def begin(person_id: int) -> Begun:
        return carry_over(workspace.engine, person_id=person_id, left=earlier, cycle_id=cycle_id)

    _begin(workspace, begin, f"Copied what was left from {left.cycle}.")


def _begin(workspace: Workspace, begin: Callable[[int], Begun], message: str) -> None:
    def command(person_id: int) -> Done:
        begun = begin(person_id)
        made = begun.ids[0] if begun.ids else None
        return Done(begun.command_id, message, NOTHING_LEFT, made)

    keep_or_note(send(workspace.engine, st.session_state.get("person"), "objective", 0, command))
