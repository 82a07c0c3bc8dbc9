"""What people change in the table of objectives: sent as commands, told as outcomes."""

from collections.abc import Callable, Mapping
from typing import Literal

from sqlalchemy import Engine

from data.commands.errors import Conflict, Refused
from data.commands.key_results import (
    add_key_result,
    amend_key_result,
    archive_key_result,
    move_key_result,
)
from data.commands.objective_life import archive_objective, change_state, move_objective
from data.commands.objectives import add_objective, amend_objective
from data.commands.ordering import reorder_key_result, reorder_objective
from data.views import (
    OkrAdd,
    OkrArchive,
    OkrCell,
    OkrEdit,
    OkrMove,
    OkrPlace,
    OkrStep,
    Outcome,
)
from pages.shared.edits import NAME_FIRST
from pages.shared.who import person_key

SAVED = "Saved."
STANDS = "This stands already."
CLOSED = "It has check-ins, which are kept: it is closed instead."
NO_SENSE = "This was not understood: reload the page."

Target = Literal["objective", "key result"]
Done = tuple[int | None, str]


class Saver:
    """Sends changes of who is here to a team's cycle; teams and cycles are known by name."""

    def __init__(
        self,
        engine: Engine,
        name: str | None,
        *,
        team_id: int,
        cycle_id: int | None,
        teams: Mapping[str, int],
        cycles: Mapping[str, int],
    ) -> None:
        self.engine, self.name = engine, name
        self.team_id, self.cycle_id = team_id, cycle_id
        self.teams, self.cycles = teams, cycles

    def save(self, edit: OkrEdit | None) -> Outcome:
        """Save one change; tell what became of it."""
        target, key = _place(edit)
        if not self.name:
            return Outcome("refused", target, key, NAME_FIRST)
        try:
            command_id, message, key = self._send(edit, person_key(self.engine, self.name), key)
        except Refused as refused:
            return Outcome("refused", target, key, refused.message)
        except Conflict as conflict:
            return Outcome("conflict", target, key, "", theirs=conflict.theirs)
        return Outcome("saved", target, key, message or STANDS, command_id=command_id)

    def _send(self, edit: OkrEdit | None, person_id: int, key: int) -> tuple[int | None, str, int]:
        match edit:
            case OkrAdd():
                command_id, added = self._add(edit, person_id)
                return command_id, f"Added “{edit.name}”.", added
            case OkrCell():
                command_id = self._cell(edit, person_id)
                return command_id, SAVED if command_id else "", key
            case OkrStep() | OkrArchive() | OkrPlace() | OkrMove():
                command_id, message = self._do(edit, person_id)
                return command_id, message if command_id else "", key
            case _:
                raise Refused("edit", NO_SENSE)

    def _add(self, edit: OkrAdd, person_id: int) -> tuple[int | None, int]:
        if edit.under is not None:
            return add_key_result(
                self.engine,
                person_id=person_id,
                objective_id=edit.under,
                name=edit.name,
                seen=edit.seen,
            )
        if self.cycle_id is None:
            raise Refused("cycle", "There is no cycle yet: add one first.")
        return add_objective(
            self.engine,
            person_id=person_id,
            cycle_id=self.cycle_id,
            team_id=self.team_id,
            name=edit.name,
            seen=edit.seen,
        )

    def _cell(self, edit: OkrCell, person_id: int) -> int | None:
        cells = {edit.field: edit.typed}
        if edit.target == "objective":
            amend: Callable[..., int | None] = amend_objective
            return amend(
                self.engine, person_id=person_id, objective_id=edit.id, seen=edit.seen, **cells
            )
        amend = amend_key_result
        return amend(
            self.engine, person_id=person_id, key_result_id=edit.id, seen=edit.seen, **cells
        )

    def _do(self, edit: OkrEdit, person_id: int) -> Done:
        who = {"person_id": person_id}
        match edit:
            case OkrStep(key, step, seen):
                return (
                    change_state(self.engine, **who, objective_id=key, step=step, seen=seen),
                    f"{step.capitalize()}: done.",
                )
            case OkrArchive("objective", key, seen):
                command_id, became = archive_objective(
                    self.engine, **who, objective_id=key, seen=seen
                )
                return command_id, CLOSED if became == "closed" else "Archived."
            case OkrArchive(_, key, seen):
                archived = archive_key_result(self.engine, **who, key_result_id=key, seen=seen)
                return archived, "Archived."
            case OkrPlace("objective", key, after):
                return reorder_objective(
                    self.engine, **who, objective_id=key, after_id=after
                ), "Moved."
            case OkrPlace(_, key, after):
                return reorder_key_result(
                    self.engine, **who, key_result_id=key, after_id=after
                ), "Moved."
            case OkrMove():
                return self._move(edit, person_id), "Moved."
            case _:
                raise Refused("edit", NO_SENSE)

    def _move(self, edit: OkrMove, person_id: int) -> int | None:
        if edit.target == "key result":
            if edit.under is None:
                raise Refused("objective", NO_SENSE)
            return move_key_result(
                self.engine,
                person_id=person_id,
                key_result_id=edit.id,
                objective_id=edit.under,
                seen=edit.seen,
            )
        if edit.team not in self.teams or edit.cycle not in self.cycles:
            raise Refused("team", NO_SENSE)
        return move_objective(
            self.engine,
            person_id=person_id,
            objective_id=edit.id,
            team_id=self.teams[edit.team],
            cycle_id=self.cycles[edit.cycle],
            seen=edit.seen,
        )


def _place(edit: OkrEdit | None) -> tuple[Target, int]:
    """Give what an edit is about, for its answer."""
    if isinstance(edit, OkrStep):
        return "objective", edit.id
    if isinstance(edit, OkrAdd):
        return edit.target, 0
    if isinstance(edit, OkrCell | OkrArchive | OkrPlace | OkrMove):
        return edit.target, edit.id
    return "objective", 0
