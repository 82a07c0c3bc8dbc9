"""What people do in a check-in: sent as commands, told beside what they did."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import streamlit as st

from components.meetings import meeting_words
from components.meetings.meeting import Listeners
from components.ui import formatting
from components.ui.page_registry import UPDATE
from data.actions.commands import act, act_in_team, act_on_key_result, tick_off
from data.actions.views import ActionEdit
from data.core.errors import CommandRejected
from data.core.outcomes import Outcome
from data.kpis.views.edits import DecisionEdit, ReadingEdit
from data.kpis.views.recovery import RerouteEdit
from data.meetings import commands, leading, presence
from data.meetings.views import ItemView, MeetingAct, MeetingView, PlanEdit, SaidEdit, Standing
from data.okrs.commands.check_ins import amend_check_in
from data.okrs.views.edits import CheckInEdit
from data.operations.workspace import Workspace
from data.screens.check_in import standing_of
from data.screens.views.check_in import CheckInView
from models import ItemState
from pages.check_in.wall import open_wall
from pages.shared.decisions import save_action, save_decision
from pages.shared.dispatch import NO_SENSE, Done, send
from pages.shared.edits import save_check_in, save_reading, take_back
from pages.shared.feedback import keep, last_outcome
from pages.shared.navigation import look_at_updates, look_closer
from pages.shared.rerouting import recovery_step, save_reroute
from pages.shared.who import person_key


@dataclass(frozen=True, slots=True)
class Acting:
    """Sends what somebody does in the check-in of a view."""

    workspace: Workspace
    view: CheckInView

    def listeners(self) -> Listeners:
        """Give what hears each kind of thing that people do."""
        return Listeners(
            act=self._act,
            reading=self._reading,
            check_in=self._check_in,
            decision=self._decide,
            reroute=self._reroute,
            plan=self._plan,
            said=self._say,
            tick=self._tick_off,
            open=self._open,
        )

    def _send(self, target: Any, key: int, command: Callable[[int], Done]) -> None:
        keep(send(self.workspace.engine, self._name(), target, key, command))

    def _press(self, key: int, command: Callable[[int], Done]) -> None:
        """Send what takes one press: where somebody else came first, say so and change nothing."""
        keep(_plainly(send(self.workspace.engine, self._name(), "row", key, command)))

    def _tick_off(self, edit: ActionEdit) -> None:
        today = self.view.day
        keep(_plainly(save_action(self.workspace.engine, self._name(), edit, today, "action")))

    def _name(self) -> str | None:
        name: str | None = st.session_state.get("person")
        return name

    def _act(self, done: MeetingAct) -> None:
        if done.did == "who":
            self._introduce(done.word)
            return
        if done.did == "undo":
            self._undo()
            return
        running = self.view.running
        if done.did == "start":
            self._press(self.view.team.id, self._start)
        elif running is not None:
            self._press(running.meeting_id, lambda person_id: self._step(running, done, person_id))
        else:
            keep(Outcome("refused", "row", 0, NO_SENSE))

    def _introduce(self, name: str) -> None:
        if name in [person.name for person in self.workspace.company.people]:
            st.session_state.person = name
            st.session_state.is_page_asked = True
        keep(Outcome("saved", "row", 0, ""))

    def _undo(self) -> None:
        """Take back what was saved here last."""
        last = last_outcome()
        if last is None or last.command_id is None:
            keep(Outcome("refused", "row", 0, NO_SENSE))
            return
        back = take_back(self.workspace.engine, self._name(), last.command_id)
        keep(Outcome("saved" if back.is_done else "refused", "row", 0, back.message))

    def _start(self, person_id: int) -> Done:
        engine, team_id = self.workspace.engine, self.view.team.id
        key, command_id = commands.start(
            engine, person_id=person_id, team_id=team_id, agenda=self.view.agenda
        )
        presence.attend(engine, meeting_id=key, person_id=person_id)
        st.query_params.pop("minutes", None)
        return Done(command_id, "", otherwise="")

    def _step(self, running: MeetingView, done: MeetingAct, person_id: int) -> Done:
        """Take a step of a check-in that is under way."""
        engine, word = self.workspace.engine, cast(Any, done.word)
        by: dict[str, Any] = {"person_id": person_id, "meeting_id": running.meeting_id}
        match done.did:
            case "show":
                at = {"shown": done.shown, "position": done.position}
                return _quietly(commands.show_item(engine, **by, **at, left=ItemState(done.left)))
            case "pause" | "resume":
                return _quietly(commands.pause(engine, **by, paused=done.did == "pause"))
            case "take over":
                return _quietly(leading.take_over(engine, **by, led_by=running.driver_id))
            case "hand over":
                return _quietly(leading.hand_over(engine, **by, to_id=person_key(engine, word)))
            case "open vote":
                return _quietly(leading.open_vote(engine, **by, shown=done.shown))
            case "vote":
                presence.vote(engine, **by, confidence=word)
                leading.reveal_when_all_are_in(engine, **by)
                return _quietly(None)
            case "reveal":
                return _quietly(leading.reveal(engine, **by))
            case "end":
                return _quietly(commands.end(engine, **by, after=self._standings(running)))
            case _:
                return self._do(running.items[done.shown : done.shown + 1], done, person_id)

    def _do(self, shown: Sequence[ItemView], done: MeetingAct, person_id: int) -> Done:
        """Do something about the item that is shown."""
        if done.did == "record":
            return self._record(shown, done, person_id)
        if done.did == "tick":
            return self._tick(shown, person_id)
        if done.did == "recover":
            gauges = [self.view.gauge(item.kpi_id) for item in shown]
            return recovery_step(self.workspace.engine, person_id, gauges[0] if gauges else None)
        raise CommandRejected("edit", NO_SENSE)

    def _standings(self, running: MeetingView) -> Mapping[int, Standing]:
        now = self.view.now
        return {
            item.position: standing_of(now, kpi_id=item.kpi_id, key_result_id=item.key_result_id)
            for item in running.items
        }

    def _record(self, shown: Sequence[ItemView], done: MeetingAct, person_id: int) -> Done:
        """Check in the confidence that was agreed on after a vote."""
        word: Any = done.word
        keys = [item.key_result_id for item in shown if item.key_result_id is not None]
        if not keys or not word:
            raise CommandRejected("vote", leading.NO_VOTE)
        command_id = amend_check_in(
            self.workspace.engine,
            person_id=person_id,
            key_result_id=keys[0],
            day=self.view.day,
            base_version=self.view.version,
            confidence=word,
        )
        return Done(command_id, f"Recorded: {word}.")

    def _tick(self, shown: Sequence[ItemView], person_id: int) -> Done:
        by: dict[str, Any] = {"person_id": person_id, "base_version": self.view.version}
        done_on = self.view.day
        key = next((item.action_id for item in shown if item.action_id), 0)
        done = tick_off(self.workspace.engine, action_id=key, done_on=done_on, **by)
        return Done(done, "Ticked off.")

    def _reading(self, edit: ReadingEdit) -> None:
        gauge = self.view.gauge(edit.kpi_id)
        unit = gauge.unit if gauge else ""
        keep(save_reading(self.workspace.engine, self._name(), edit, unit))

    def _check_in(self, edit: CheckInEdit) -> None:
        found = self.view.key_result(edit.key_result_id)
        unit = found[0].unit if found else ""
        keep(save_check_in(self.workspace.engine, self._name(), edit, unit))

    def _decide(self, edit: DecisionEdit) -> None:
        keep(save_decision(self.workspace.engine, self._name(), edit))

    def _reroute(self, edit: RerouteEdit) -> None:
        keep(save_reroute(self.workspace.engine, self._name(), edit))

    def _say(self, edit: SaidEdit) -> None:
        engine = self.workspace.engine
        said: dict[str, Any] = {
            "item_id": edit.item_id,
            "text": edit.text,
            "base_version": edit.base_version,
        }
        self._send(
            "row",
            edit.item_id,
            lambda person_id: Done(commands.say(engine, person_id=person_id, **said), "Noted."),
        )

    def _plan(self, edit: PlanEdit) -> None:
        running = self.view.running
        items = running.items if running else ()
        item = next((each for each in items if each.item_id == edit.item_id), None)
        if item is None:
            keep(Outcome("refused", "row", 0, NO_SENSE))
            return
        self._send("row", edit.item_id, lambda person_id: self._agree(item, edit, person_id))

    def _agree(self, item: ItemView, edit: PlanEdit, person_id: int) -> Done:
        engine = self.workspace.engine
        deed: dict[str, Any] = {"owner": edit.owner, "what": edit.what, "due": edit.due}
        by = {"person_id": person_id, **deed}
        if item.kpi_id is not None:
            done = act(engine, kpi_id=item.kpi_id, **by)
        elif item.key_result_id is not None:
            done = act_on_key_result(engine, key_result_id=item.key_result_id, **by)
        else:
            done = act_in_team(engine, team_id=self.view.team.id, **by)
        return Done(done, f"Agreed: to be done by {formatting.day(edit.due, edit.due)}.")

    def _open(self, kind: str, key: int) -> None:
        if kind == "minutes":
            st.query_params["minutes"] = str(key)
        elif kind == "wall":
            open_wall()
        elif kind == "kpi":
            look_closer(kind, key)
        elif kind == "key result":
            st.session_state.found_at = f"{kind} {key}"
        elif kind == "updates":
            look_at_updates([each.who for each in self.view.owed][key : key + 1])
        else:
            st.session_state.going_to = UPDATE
        st.session_state.is_page_asked = True


def _plainly(outcome: Outcome) -> Outcome:
    """Say in words, where there is no field to ask in, that somebody else came first."""
    if outcome.theirs is None:
        return outcome
    message = meeting_words.meanwhile(outcome.theirs)
    return Outcome("refused", outcome.target, outcome.id, message)


def _quietly(command_id: int | None) -> Done:
    """Tell of a step that everybody sees by itself."""
    return Done(command_id, "", otherwise="")
