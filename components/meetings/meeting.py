"""The check-in on screen: before, while it goes on, and its minutes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, get_args
from zoneinfo import ZoneInfo

import segno

from components.editing import editing
from components.kpis import decision_form, reroute_proposal
from components.kpis.decision_form import Periods
from components.kpis.reroute_proposal import Proposal
from components.meetings import before, meeting_items, meeting_words, minutes_words
from components.ui import click_events, formatting, frontend
from components.ui.payloads import day, one_of, otherwise, read, text, whole, words
from data.actions.views import ActionEdit
from data.core.outcomes import Outcome
from data.kpis.views.edits import DecisionEdit, ReadingEdit
from data.kpis.views.recovery import RerouteEdit
from data.kpis.views.why import Why
from data.meetings.views import Did, MeetingAct, MeetingView, PlanEdit, SaidEdit
from data.okrs.views.edits import CheckInEdit
from data.screens.views.check_in import CheckInView
from models import Confidence, ItemState

_MEETING = frontend.element("meeting")
LONGEST_AHEAD = decision_form.LONGEST_AHEAD
DIDS = get_args(Did)
LEADS = ("update", "updates", "minutes", "wall", "kpi", "key result")
"""Where a click leads to; `updates` are those of somebody by their place among who owes some."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the screen needs beside the check-in: who is here, the clock, what can be picked.

    `since` counts the periods of each KPI that ended since the last check-in, `why` is what may
    explain the change of the KPI that is shown, and `recovery` what would bring it back.
    """

    person: str | None
    people: Sequence[str]
    now: datetime
    zone: ZoneInfo
    periods: Periods
    since: Mapping[int, int]
    editable: bool
    address: str
    why: Why | None = None
    recovery: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Listeners:
    """What hears what people do."""

    act: Callable[[MeetingAct], None]
    reading: Callable[[ReadingEdit], None]
    check_in: Callable[[CheckInEdit], None]
    decision: Callable[[DecisionEdit], None]
    reroute: Callable[[RerouteEdit], None]
    plan: Callable[[PlanEdit], None]
    said: Callable[[SaidEdit], None]
    tick: Callable[[ActionEdit], None]
    open: Callable[[str, int], None]


def written(view: CheckInView, around: Around) -> Mapping[str, Any]:
    """Write what all of a check-in's screen shows."""
    today = around.now.astimezone(around.zone).date()
    # A look back shows the agenda of that day, whatever goes on now.
    running = view.running if around.editable else None
    data: dict[str, Any] = {
        "team": view.team.name,
        "version": view.version,
        "day": view.day.isoformat(),
        "editable": around.editable,
        "person": around.person or "",
        "people": list(around.people),
        "address": around.address,
        "code": _code(around.address) if running else [],
        "periods": {
            cadence.value: formatting.periods(cadence, starts, today)
            for cadence, starts in around.periods.items()
        },
        "confidences": [confidence.value for confidence in Confidence],
        "form": decision_form.shared(
            around.periods, around.periods, today=today, people=around.people, person=around.person
        ),
        "before": None if running else before.written(view, today),
        "during": _during(view, running, around) if running else None,
        "minutes": None if running else _minutes(view, around, today),
        "past": [
            {
                "id": each.meeting_id,
                "text": formatting.day(each.started_at.astimezone(around.zone).date(), today),
            }
            for each in view.past
        ],
    }
    return data


def _minutes(view: CheckInView, around: Around, today: date) -> Mapping[str, Any] | None:
    """Write the minutes that are asked for, or the last ones."""
    shown = view.looked_at or view.last
    if shown is None:
        return None
    actions = [each.action for each in view.actions]
    found = minutes_words.written(shown, view.team.name, today, around.zone, actions)
    is_asked = view.looked_at is not None
    return {**minutes_words.payload(found), "id": shown.meeting.meeting_id, "asked": is_asked}


@lru_cache(maxsize=32)
def _code(address: str) -> list[str]:
    """Give the rows of a code that a phone reads, without its quiet edge."""
    if not address:
        return []
    rows = segno.make(address, micro=False, error="m").matrix
    return ["".join("1" if dot else "0" for dot in row) for row in rows]


def _during(view: CheckInView, running: MeetingView, around: Around) -> Mapping[str, Any]:
    item = running.current()
    today = around.now.astimezone(around.zone).date()
    found = view.key_result(item.key_result_id)
    kpi_id = found[0].fed_by_id if found else item.kpi_id
    shown = meeting_items.Beside(
        around.periods,
        around.since.get(kpi_id or 0),
        meeting_words.moved_too(around.why),
        reroute_proposal.written(around.recovery, today) if around.recovery else None,
    )
    here = running.here(around.now)
    places = {each.position: each for each in running.items}
    after = places.get(item.position + 1)
    mine = next((each for each in here if each.name == around.person), None)
    return {
        "version": running.version,
        "item": meeting_items.payload(view, item, shown, today),
        "position": item.position,
        "count": len(running.items),
        "next": (after.name or meeting_words.OPEN_FLOOR) if after else "",
        "driver": running.driver,
        "drives": around.person is not None and around.person == running.driver,
        "driver_is_here": running.driver in {each.name for each in here},
        "here": [each.name for each in here],
        "voting": running.is_voting,
        "voted": sum(each.has_voted for each in here),
        "has_voted": mine is not None and mine.has_voted,
        "clock": {
            "now": around.now.timestamp(),
            "seconds": running.seconds(around.now),
            "item": running.item_seconds(around.now),
            "paused": running.paused_at is not None,
            "planned": 900,
        },
    }


def show(data: Mapping[str, Any], outcome: Outcome | None, hear: Listeners, *, key: str) -> None:
    """Show the check-in, and tell what became of what was typed."""
    answer = editing.answer(key, outcome, "kpi", "key result", "action", "row")
    _MEETING(
        key=key,
        data={**data, "answer": answer, "told": _told(outcome)},
        on_act_change=editing.listener(key, act, hear.act, name="act"),
        on_reading_change=editing.listener(key, editing.reading, hear.reading, name="reading"),
        on_check_in_change=editing.listener(key, editing.check_in, hear.check_in, name="check_in"),
        on_decision_change=editing.listener(
            key, decision_form.decision, hear.decision, name="decision"
        ),
        on_reroute_change=editing.listener(
            key, reroute_proposal.reroute, hear.reroute, name="reroute"
        ),
        on_plan_change=editing.listener(key, plan, hear.plan, name="plan"),
        on_said_change=editing.listener(key, said, hear.said, name="said"),
        on_tick_change=editing.listener(key, tick, hear.tick, name="tick"),
        on_open_change=click_events.listener(key, hear.open, known=LEADS),
    )


def _told(outcome: Outcome | None) -> Mapping[str, Any] | None:
    """Say what was saved last, and whether it can be taken back."""
    if outcome is None or outcome.kind != "saved" or not outcome.message:
        return None
    return {"message": outcome.message, "undo": outcome.command_id is not None}


def act(sent: object) -> MeetingAct | None:
    """Turn what somebody did into an act; None where it makes no sense."""
    place = otherwise(whole, 0)
    left = otherwise(one_of(tuple(ItemState)), "done")
    found = read(sent, did=one_of(DIDS), shown=place, position=place, left=left, word=words)
    return None if found is None else MeetingAct(**found)


def said(sent: object) -> SaidEdit | None:
    """Turn a note into an edit; None where it makes no sense."""
    found = read(sent, id=whole, typed=text, base_version=whole)
    return None if found is None else SaidEdit(*found.values())


def plan(sent: object) -> PlanEdit | None:
    """Turn an action that is agreed into an edit; None where it makes no sense."""
    found = read(sent, id=whole, owner=text, what=text, due=day)
    return None if found is None else PlanEdit(*found.values())


def tick(sent: object) -> ActionEdit | None:
    """Turn an action that is ticked off into an edit; None where it makes no sense."""
    found = read(sent, id=whole, base_version=whole)
    return ActionEdit(found["id"], "tick", found["base_version"], done=True) if found else None
