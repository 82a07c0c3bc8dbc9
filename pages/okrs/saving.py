"""What people change in the table of objectives: sent as commands, told as outcomes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Engine

from components.okrs import okr_words
from data.actions.commands import act_on_key_result, act_on_objective, tick_off
from data.core.errors import CommandRejected
from data.core.outcomes import Outcome, OutcomeTarget
from data.okrs.commands.key_results import (
    add_key_result,
    amend_key_result,
    archive_key_result,
    move_key_result,
)
from data.okrs.commands.objective_life import (
    archive_objective,
    change_state,
    close_objectives,
    move_objective,
    start_objectives,
)
from data.okrs.commands.objectives import add_objective, amend_objective
from data.okrs.commands.ordering import reorder_key_result, reorder_objective
from data.okrs.views.drafts import (
    OkrAct,
    OkrAdd,
    OkrArchive,
    OkrCell,
    OkrEdit,
    OkrMove,
    OkrPlace,
    OkrStep,
    OkrSteps,
    OkrTick,
)
from pages.shared.dispatch import NO_SENSE, Done, send

NO_CYCLE = "There is no cycle yet: add one first."


class Saver:
    """Sends changes of who is here to a team's cycle; teams and cycles are known by name.

    `scores` are what the objectives are closed with, by key, as they were shown.
    """

    def __init__(
        self,
        engine: Engine,
        name: str | None,
        *,
        team_id: int,
        cycle_id: int | None,
        teams: Mapping[str, int],
        cycles: Mapping[str, int],
        scores: Mapping[int, float | None],
        today: date,
    ) -> None:
        self.engine, self.name = engine, name
        self.team_id, self.cycle_id = team_id, cycle_id
        self.teams, self.cycles = teams, cycles
        self.scores = scores
        self.today = today

    def save(self, edit: OkrEdit | None) -> Outcome:
        """Save one change; tell what became of it."""
        target, key = _place(edit)
        return send(
            self.engine, self.name, target, key, lambda person_id: self._send(edit, person_id)
        )

    def _send(self, edit: OkrEdit | None, person_id: int) -> Done:
        match edit:
            case OkrAdd():
                return self._add(edit, _by(person_id, edit))
            case OkrCell():
                return Done(self._cell(edit, _by(person_id, edit)), "Saved.")
            case OkrStep(key, step):
                by = _by(person_id, edit)
                changed = change_state(self.engine, objective_id=key, step=step, **by)
                told = self._closed(key) if step == "close" else okr_words.DONE[step]
                return Done(changed, told)
            case OkrSteps():
                return self._steps(edit, _by(person_id, edit))
            case OkrArchive():
                return self._archive(edit, _by(person_id, edit))
            case OkrAct():
                return self._act(edit, person_id)
            case OkrTick(action_id=action_id):
                by = _by(person_id, edit)
                done = tick_off(self.engine, action_id=action_id, done_on=self.today, **by)
                return Done(done, "Ticked off.")
            case OkrPlace():
                return Done(self._place(edit, person_id), "Moved.")
            case OkrMove():
                return Done(self._move(edit, _by(person_id, edit)), "Moved.")
            case _:
                raise CommandRejected("edit", NO_SENSE)

    def _add(self, edit: OkrAdd, by: dict[str, Any]) -> Done:
        engine, told = self.engine, f"Added “{edit.name}”."
        said: dict[str, Any] = {"name": edit.name, "owner": edit.owner}
        if edit.under is not None:
            added = add_key_result(engine, objective_id=edit.under, **said, **by)
        elif self.cycle_id is None:
            raise CommandRejected("cycle", NO_CYCLE)
        else:
            said |= {"cycle_id": self.cycle_id, "team_id": self.team_id}
            added = add_objective(engine, **said, **by)
        return Done(added.command_id, told, made=added.id)

    def _cell(self, edit: OkrCell, by: dict[str, Any]) -> int | None:
        said = {edit.field: edit.typed}
        if edit.target == "objective":
            return amend_objective(self.engine, objective_id=edit.id, said=said, **by)
        return amend_key_result(self.engine, key_result_id=edit.id, said=said, **by)

    def _steps(self, edit: OkrSteps, by: dict[str, Any]) -> Done:
        close = edit.step == "close"
        change = close_objectives if close else start_objectives
        changed = change(self.engine, objective_ids=edit.ids, **by)
        return Done(changed, self._closed(*edit.ids) if close else okr_words.STARTED)

    def _closed(self, *objective_ids: int) -> str:
        return okr_words.closed(*(self.scores.get(key) for key in objective_ids))

    def _act(self, edit: OkrAct, person_id: int) -> Done:
        said: dict[str, Any] = {"owner": edit.owner, "what": edit.what, "due": edit.due}
        by = {"person_id": person_id, **said}
        if edit.target == "objective":
            done = act_on_objective(self.engine, objective_id=edit.id, **by)
        else:
            done = act_on_key_result(self.engine, key_result_id=edit.id, **by)
        return Done(done, okr_words.agreed(edit.due))

    def _archive(self, edit: OkrArchive, by: dict[str, Any]) -> Done:
        if edit.target == "key result":
            return Done(archive_key_result(self.engine, key_result_id=edit.id, **by), "Archived.")
        command_id, became = archive_objective(self.engine, objective_id=edit.id, **by)
        return Done(command_id, self._closed(edit.id) if became == "closed" else "Archived.")

    def _place(self, edit: OkrPlace, person_id: int) -> int | None:
        to: dict[str, Any] = {"person_id": person_id, "after_id": edit.after}
        if edit.target == "key result":
            return reorder_key_result(self.engine, key_result_id=edit.id, **to)
        return reorder_objective(self.engine, objective_id=edit.id, **to)

    def _move(self, edit: OkrMove, by: dict[str, Any]) -> int | None:
        if edit.target == "key result":
            if edit.under is None:
                raise CommandRejected("objective", NO_SENSE)
            to = {"key_result_id": edit.id, "objective_id": edit.under}
            return move_key_result(self.engine, **to, **by)
        if edit.team not in self.teams or edit.cycle not in self.cycles:
            raise CommandRejected("team", NO_SENSE)
        place = {"team_id": self.teams[edit.team], "cycle_id": self.cycles[edit.cycle]}
        return move_objective(self.engine, objective_id=edit.id, **place, **by)


def _by(
    person_id: int, edit: OkrAdd | OkrCell | OkrStep | OkrSteps | OkrArchive | OkrMove | OkrTick
) -> dict[str, Any]:
    """Give who changes something, and which version of the data they saw."""
    return {"person_id": person_id, "base_version": edit.base_version}


def _place(edit: OkrEdit | None) -> tuple[OutcomeTarget, int]:
    """Give what an edit is about, for its answer."""
    if isinstance(edit, OkrStep):
        return "objective", edit.id
    if isinstance(edit, OkrAdd):
        return edit.target, 0
    if isinstance(edit, OkrCell | OkrArchive | OkrPlace | OkrMove | OkrAct | OkrTick):
        return edit.target, edit.id
    return "objective", 0
