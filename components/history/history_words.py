"""What was done, in words: who, when, which value took the place of which, and why."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from components.ui import formatting
from data.actions.fields import ActionRow
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.fields import Column, columns, name_of
from data.history.views import ChangeView, DoneView, Value
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow, VerdictRow
from data.meetings.fields import MeetingItemRow, MeetingRow
from data.names.views import Found
from data.okrs.fields import (
    CheckInRow,
    KeyResultRow,
    LearningRow,
    MilestoneRow,
    ObjectiveRow,
    ScoreRow,
    TargetRow,
)

LONGEST_QUOTE = 160
"""How many characters of a text are told; the file tells all."""

MOST_AT_ONCE = 3
"""How many changes of one deed are told before somebody asks."""

DID: Mapping[str, str] = {
    "record reading": "recorded a reading",
    "check in": "checked in",
    "reach milestone": "ticked a step",
    "set targets": "set targets on the way",
    "act": "agreed an action",
    "tick off action": "ticked off an action",
    "edit action": "changed an action",
    "withdraw action": "withdrew an action",
    "start check-in": "started a check-in",
    "show item": "went on in a check-in",
    "say in check-in": "noted what was said",
    "pause check-in": "paused a check-in",
    "resume check-in": "went on with a check-in",
    "hand over check-in": "let somebody else lead a check-in",
    "take over check-in": "took over a check-in",
    "open vote": "asked for a vote",
    "reveal votes": "showed the votes",
    "end check-in": "ended a check-in",
    "acknowledge": "acknowledged a drift",
    "reroute": "rerouted",
    "confirm recovery": "confirmed a recovery",
    "graduate recovery": "let a recovery graduate",
    "rebase": "set a new normal",
    "dismiss": "dismissed a reading",
    "judge drift": "said whether a drift was real",
    "annotate": "noted an event",
    "plan range": "planned an ideal range",
    "withdraw range": "withdrew a planned range",
    "add objective": "added an objective",
    "edit objective": "changed an objective",
    "move objective": "moved an objective",
    "reorder objectives": "put objectives in order",
    "start objectives": "started the cycle",
    "start objective": "started an objective",
    "close objectives": "closed the cycle",
    "close objective": "closed an objective",
    "close with a review": "closed an objective",
    "review objective": "wrote down what was learned",
    "reopen objective": "reopened an objective",
    "archive objective": "archived an objective",
    "add key result": "added a key result",
    "edit key result": "changed a key result",
    "move key result": "moved a key result",
    "reorder key results": "put key results in order",
    "archive key result": "archived a key result",
    "add example": "began from an example",
    "copy objectives": "copied what was left",
    "introduce": "joined",
    "admit": "signed in first",
    "import": "imported",
    "undo": "took back",
    "add kpi": "added a KPI",
    "edit kpi": "changed a KPI",
    "archive kpi": "archived a KPI",
    "begin company": "began the company",
    "add team": "added a team",
    "edit team": "changed a team",
    "archive team": "archived a team",
    "add person": "listed a person",
    "edit person": "changed a person",
    "archive person": "archived a person",
    "erase person": "erased a person",
    "hand over": "handed over what somebody owned",
    "add cycle": "added a cycle",
    "edit cycle": "changed a cycle",
    "archive cycle": "archived a cycle",
    "set time zone": "set the time zone",
    "set retention": "set how long details are kept",
    "set fiscal year": "set the start of the fiscal year",
}
"""What the commands are called on screen; a new one shows by its own name."""

THINGS: Mapping[str, str] = {
    "kpi": "KPI",
    "kpi terms": "KPI",
    "objective terms": "objective",
    "key result terms": "key result",
    "milestone": "step",
    "target step": "target on the way",
    "key result score": "score",
    "learning": "what was learned",
    "membership": "person",
    "annotation": "event",
    "alias": "former name",
    "meeting": "check-in",
    "meeting item": "item of a check-in",
    "import mapping": "mapping of a spreadsheet",
}

DECLARED: Mapping[tuple[str, str], Column] = {
    (name_of(column.table).replace("_", " "), column.stored): column
    for row_class in (
        *(TeamRow, PersonRow, CycleRow),
        *(KpiRow, ReadingRow, ActionRow, DecisionRow, AnnotationRow, VerdictRow),
        *(ObjectiveRow, KeyResultRow, MilestoneRow, CheckInRow),
        *(MeetingRow, MeetingItemRow),
        *(ScoreRow, LearningRow, TargetRow),
    )
    for column in columns(row_class)
}
"""What is declared of a field, by the kind of row and what it is called there."""

PARTS = {
    *("action", "milestone", "key result", "pin", "guardrail", "alignment"),
    *("key result score", "learning", "target step"),
}
"""What belongs to a thing and keeps its own name in the thing's history."""


Place = tuple[str, Found | None, str, bool]
"""The name of a thing, where it stands, its team, and whether that is still there."""


class Line(NamedTuple):
    """What changed of one thing on one day: its name and its team, where they lead, and what."""

    name: str
    found: Found | None
    team: str
    has_team: bool
    said: str


NOTHING_YET = (
    "Nothing has been done yet. Begin under Import with your numbers, or under Settings with a KPI."
)
NOTHING_FOUND = "Nothing was done that fits. Take a filter away to see more."
NAME_FIRST = "Pick your name at the top right to take back what you did."


def nothing(as_of: date | None, today: date, *, narrowed: bool) -> str:
    """Say why nothing is listed, and what to do first."""
    if narrowed:
        return NOTHING_FOUND
    if as_of is None:
        return NOTHING_YET
    day = formatting.day(as_of, today)
    return f"Nothing had been done by {day}. Come back to today to see what came later."


def note(as_of: date | None, today: date, *, named: bool) -> str:
    """Say what the list leaves out on a look back, or what it takes to take something back."""
    if as_of is None:
        return "" if named else NAME_FIRST
    day = formatting.day(as_of, today)
    return f"What came after {day} is not shown. Come back to today to take something back."


def clock(at: datetime, zone: ZoneInfo) -> str:
    """Say at what time of its day something was done."""
    return f"{at.astimezone(zone):%H:%M}"


def did(name: str) -> str:
    """Say what kind of thing was done."""
    return DID.get(name, name)


def by(done: DoneView) -> str:
    """Say who did something; nobody where a file alone did."""
    return done.who or ("" if done.name == "import" else "Nobody by name")


def deed(done: DoneView) -> str:
    """Say what was done, and how much of it where a file spoke or it is many changes."""
    if done.name != "import":
        many = f" · {formatting.number(done.rows)} changes" if is_long(done) else ""
        return f"{did(done.name)}{many}"
    rows = f"{formatting.number(done.rows)} row{'' if done.rows == 1 else 's'} from a file"
    return f"imported {rows}" if done.who else f"{rows} imported"


def is_long(done: DoneView) -> bool:
    """Tell whether something changed so much that it is told where somebody asks."""
    return done.name == "import" or done.rows > MOST_AT_ONCE


def more(done: DoneView) -> str:
    """Say how much more was changed than is told; nothing where all is."""
    return f"and {formatting.number(done.more)} more" if done.more else ""


def quote(text: str) -> str:
    """Put people's own words in quotation marks, on one line, shortened where they are long."""
    line = " ".join(text.split())
    short = line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()}…"
    return f"“{short}”"


def changed(done: DoneView, today: date, *, about: bool) -> list[Line]:
    """Say what changed, a line each thing and day.

    `about` leaves out the name of the one thing that all of it is about. What `why` says
    already is not said again.
    """
    told = [each for each in done.changes if not (done.why and each.after == done.why)]
    places = groupby(told, key=lambda change: (_place(change, about=about), _when(change, today)))
    said = (
        (place, when, ", ".join(_what(change, today) for change in changes))
        for (place, when), changes in places
    )
    return [Line(*place, f"{when}: {what}" if when else what) for place, when, what in said]


def _place(change: ChangeView, *, about: bool) -> Place:
    """Name the thing and its team; in the history of a thing, what is a part of it alone."""
    if about:
        return change.thing if change.kind in PARTS else "", None, "", False
    team = "" if change.team == change.thing else change.team or ""
    return change.thing, change.found, team, change.has_team


def _when(change: ChangeView, today: date) -> str:
    if change.when is None:
        return ""
    if change.cadence is not None:
        return formatting.period(change.cadence, change.when, today)
    if change.kind.endswith(" terms"):
        return f"from {formatting.day(change.when, today)} on"
    return formatting.day(change.when, today)


def _what(change: ChangeView, today: date) -> str:
    if change.added or change.removed:
        return _came_or_went(change)
    declared = DECLARED.get((change.kind, change.field))
    name = declared.told if declared else change.field.replace("_", " ")
    before, after = (_value(change, value, today) for value in (change.before, change.after))
    unit = change.unit if declared and declared.declared.measured else ""
    now = formatting.with_unit(after or "none", unit if after else "")
    way = f"{before} → {now}" if before else now
    return way if change.field == "value" else f"{name} {way}"


def _came_or_went(change: ChangeView) -> str:
    verb = "added" if change.added else "removed"
    end = change.after if change.added else change.before
    other = "" if end is None else str(end)
    ties = {
        "pin": f"{'pinned' if change.added else 'unpinned'} for {other}",
        "guardrail": f"guardrail of {other} {verb}",
        "alignment": f"support of {other} {verb}",
        "action": f"action {'agreed' if change.added else 'withdrawn'}",
        "alias": f"former name {quote(str(end))} {verb}",
        "annotation": f"event {quote(str(end))} {verb}",
        "decision": f"{other} {'said' if change.added else 'taken back'}",
        "key result score": " ".join(filter(None, ("score", other, verb))),
    }
    return ties.get(change.kind, f"{THINGS.get(change.kind, change.kind)} {verb}")


def _value(change: ChangeView, value: Value, today: date) -> str:
    """Write what stands in a field; nothing where nothing does."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return formatting.day(value, today)
    if isinstance(value, (int, float)):
        return formatting.exact(value)
    declared = DECLARED.get((change.kind, change.field))
    own_words = declared is not None and declared.is_quoted
    return quote(value) if own_words else value
