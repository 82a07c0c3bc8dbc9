"""What people change in the table of objectives: sent as commands, told as outcomes."""

from collections.abc import Mapping

from sqlalchemy import Engine

from components.okrs import okr_words
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
    OkrAdd,
    OkrArchive,
    OkrCell,
    OkrEdit,
    OkrMove,
    OkrPlace,
    OkrStep,
    OkrSteps,
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
        scores: Mapping[int, float],
    ) -> None:
        self.engine, self.name = engine, name
        self.team_id, self.cycle_id = team_id, cycle_id
        self.teams, self.cycles = teams, cycles
        self.scores = scores

    def save(self, edit: OkrEdit | None) -> Outcome:
        """Save one change; tell what became of it."""
        target, key = _place(edit)
        return send(
            self.engine, self.name, target, key, lambda person_id: self._send(edit, person_id)
        )

    def _send(self, edit: OkrEdit | None, person_id: int) -> Done:
        match edit:
            case OkrAdd():
                return self._add(edit, person_id)
            case OkrCell():
                return Done(self._cell(edit, person_id), "Saved.")
            case OkrStep(key, step, base_version):
                changed = change_state(
                    self.engine,
                    person_id=person_id,
                    objective_id=key,
                    step=step,
                    base_version=base_version,
                )
                told = self._closed(key) if step == "close" else f"{step.capitalize()}: done."
                return Done(changed, told)
            case OkrSteps():
                return self._steps(edit, person_id)
            case OkrArchive():
                return self._archive(edit, person_id)
            case OkrPlace():
                return Done(self._place(edit, person_id), "Moved.")
            case OkrMove():
                return Done(self._move(edit, person_id), "Moved.")
            case _:
                raise CommandRejected("edit", NO_SENSE)

    def _add(self, edit: OkrAdd, person_id: int) -> Done:
        if edit.under is not None:
            added = add_key_result(
                self.engine,
                person_id=person_id,
                objective_id=edit.under,
                name=edit.name,
                base_version=edit.base_version,
            )
        elif self.cycle_id is None:
            raise CommandRejected("cycle", NO_CYCLE)
        else:
            added = add_objective(
                self.engine,
                person_id=person_id,
                cycle_id=self.cycle_id,
                team_id=self.team_id,
                name=edit.name,
                base_version=edit.base_version,
            )
        command_id, key = added
        return Done(command_id, f"Added “{edit.name}”.", made=key)

    def _cell(self, edit: OkrCell, person_id: int) -> int | None:
        said = {edit.field: edit.typed}
        if edit.target == "objective":
            return amend_objective(
                self.engine,
                person_id=person_id,
                objective_id=edit.id,
                said=said,
                base_version=edit.base_version,
            )
        return amend_key_result(
            self.engine,
            person_id=person_id,
            key_result_id=edit.id,
            said=said,
            base_version=edit.base_version,
        )

    def _steps(self, edit: OkrSteps, person_id: int) -> Done:
        close = edit.step == "close"
        changed = (close_objectives if close else start_objectives)(
            self.engine, person_id=person_id, objective_ids=edit.ids, base_version=edit.base_version
        )
        return Done(changed, self._closed(*edit.ids) if close else okr_words.STARTED)

    def _closed(self, *objective_ids: int) -> str:
        return okr_words.closed(*(self.scores.get(key, 0.0) for key in objective_ids))

    def _archive(self, edit: OkrArchive, person_id: int) -> Done:
        if edit.target == "key result":
            archived = archive_key_result(
                self.engine,
                person_id=person_id,
                key_result_id=edit.id,
                base_version=edit.base_version,
            )
            return Done(archived, "Archived.")
        command_id, became = archive_objective(
            self.engine, person_id=person_id, objective_id=edit.id, base_version=edit.base_version
        )
        return Done(command_id, self._closed(edit.id) if became == "closed" else "Archived.")

    def _place(self, edit: OkrPlace, person_id: int) -> int | None:
        if edit.target == "key result":
            return reorder_key_result(
                self.engine, person_id=person_id, key_result_id=edit.id, after_id=edit.after
            )
        return reorder_objective(
            self.engine, person_id=person_id, objective_id=edit.id, after_id=edit.after
        )

    def _move(self, edit: OkrMove, person_id: int) -> int | None:
        if edit.target == "key result":
            if edit.under is None:
                raise CommandRejected("objective", NO_SENSE)
            return move_key_result(
                self.engine,
                person_id=person_id,
                key_result_id=edit.id,
                objective_id=edit.under,
                base_version=edit.base_version,
            )
        if edit.team not in self.teams or edit.cycle not in self.cycles:
            raise CommandRejected("team", NO_SENSE)
        return move_objective(
            self.engine,
            person_id=person_id,
            objective_id=edit.id,
            team_id=self.teams[edit.team],
            cycle_id=self.cycles[edit.cycle],
            base_version=edit.base_version,
        )


def _place(edit: OkrEdit | None) -> tuple[OutcomeTarget, int]:
    """Give what an edit is about, for its answer."""
    if isinstance(edit, OkrStep):
        return "objective", edit.id
    if isinstance(edit, OkrAdd):
        return edit.target, 0
    if isinstance(edit, OkrCell | OkrArchive | OkrPlace | OkrMove):
        return edit.target, edit.id
    return "objective", 0
