"""What was done, in words: who, when, which value took the place of which, and why."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from components.ui import formatting, words
from data.actions.fields import ActionRow
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.fields import Column, columns, name_of
from data.history.views import ChangeView, DoneView, Value
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow

LONGEST_QUOTE = 160
"""How many characters of a text are told; the file tells all."""

DID: Mapping[str, str] = {
    "record reading": "recorded a reading",
    "check in": "checked in",
    "reach milestone": "ticked a step",
    "act": "agreed an action",
    "tick off action": "ticked off an action",
    "edit action": "changed an action",
    "withdraw action": "withdrew an action",
    "acknowledge": "acknowledged a drift",
    "reroute": "rerouted",
    "rebase": "set a new normal",
    "dismiss": "dismissed a reading",
    "annotate": "noted an event",
    "add objective": "added an objective",
    "edit objective": "changed an objective",
    "move objective": "moved an objective",
    "reorder objectives": "put objectives in order",
    "start objectives": "started the cycle",
    "start objective": "started an objective",
    "close objectives": "closed the cycle",
    "close objective": "closed an objective",
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
    "add team": "added a team",
    "edit team": "changed a team",
    "archive team": "archived a team",
    "add person": "listed a person",
    "edit person": "changed a person",
    "archive person": "archived a person",
    "hand over": "handed over what somebody owned",
    "add cycle": "added a cycle",
    "edit cycle": "changed a cycle",
    "archive cycle": "archived a cycle",
    "set time zone": "set the time zone",
}
"""What the commands are called on screen; a new one shows by its own name."""

THINGS: Mapping[str, str] = {
    "kpi": "KPI",
    "kpi terms": "KPI",
    "objective terms": "objective",
    "key result terms": "key result",
    "milestone": "step",
    "membership": "person",
    "annotation": "event",
    "alias": "former name",
}

DECLARED: Mapping[tuple[str, str], Column] = {
    (name_of(column.table).replace("_", " "), column.stored): column
    for row_class in (
        *(TeamRow, PersonRow, CycleRow),
        *(KpiRow, ReadingRow, ActionRow, DecisionRow, AnnotationRow),
        *(ObjectiveRow, KeyResultRow, MilestoneRow, CheckInRow),
    )
    for column in columns(row_class)
}
"""What is declared of a field, by the kind of row and what it is called there."""

PARTS = {"action", "milestone", "key result", "pin", "guardrail", "alignment"}
"""What belongs to a thing and keeps its own name in the thing's history."""


def moment(at: datetime, zone: ZoneInfo, today: date) -> str:
    """Say when something was done, on the company's clock."""
    here = at.astimezone(zone)
    return f"{formatting.day(here.date(), today)}, {here:%H:%M}"


def clock(at: datetime, zone: ZoneInfo) -> str:
    """Say at what time of its day something was done."""
    return f"{at.astimezone(zone):%H:%M}"


def did(name: str) -> str:
    """Say what kind of thing was done."""
    return DID.get(name, name)


def by(done: DoneView) -> str:
    """Say who did something, and whether a file spoke for them."""
    who = words.escaped(done.who) if done.who else ""
    file = "from a file" if done.name == "import" else ""
    return " · ".join(part for part in (who, file) if part) or "nobody by name"


def more(done: DoneView) -> str:
    """Say how much more was changed than is told; nothing where all is."""
    return f"and {formatting.number(done.more)} more" if done.more else ""


def quote(text: str) -> str:
    """Put people's own words in quotation marks, on one line, shortened where they are long."""
    line = " ".join(text.split())
    short = line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()}…"
    return f"“{words.escaped(short)}”"


def changed(done: DoneView, today: date, *, about: bool) -> list[str]:
    """Say what changed, a line each thing and day.

    `about` leaves out the name of the one thing that all of it is about. What `why` says
    already is not said again.
    """
    told = [each for each in done.changes if not (done.why and each.after == done.why)]
    places = groupby(told, key=lambda change: (_place(change, about=about), _when(change, today)))
    return [
        _line(place, when, ", ".join(_what(change, today) for change in changes))
        for (place, when), changes in places
    ]


def _line(place: str, when: str, what: str) -> str:
    return " · ".join(part for part in (place, f"{when}: {what}" if when else what) if part)


def _place(change: ChangeView, *, about: bool) -> str:
    """Name the thing and its team; in the history of a thing, what is a part of it alone."""
    if about and change.kind not in PARTS:
        return ""
    thing = f"**{words.escaped(change.thing)}**" if change.thing else ""
    is_plain = about or change.team in (None, change.thing)
    team = "" if is_plain else words.escaped(change.team or "")
    return " · ".join(part for part in (thing, team) if part)


def _when(change: ChangeView, today: date) -> str:
    if change.when is None:
        return ""
    if change.cadence is not None:
        return formatting.period(change.cadence, change.when, today)
    return formatting.day(change.when, today)


def _what(change: ChangeView, today: date) -> str:
    if change.added or change.removed:
        return _came_or_went(change)
    declared = DECLARED.get((change.kind, change.field))
    name = declared.told if declared else change.field.replace("_", " ")
    before, after = (_value(change, value, today) for value in (change.before, change.after))
    unit = change.unit if declared and declared.declared.measured else ""
    now = formatting.with_unit(after or "none", words.escaped(unit) if after else "")
    way = f"{before} → {now}" if before else now
    return way if change.field == "value" else f"{name} {way}"


def _came_or_went(change: ChangeView) -> str:
    verb = "added" if change.added else "removed"
    end = change.after if change.added else change.before
    other = words.escaped(str(end)) if end else ""
    ties = {
        "pin": f"{'pinned' if change.added else 'unpinned'} for {other}",
        "guardrail": f"guardrail of {other} {verb}",
        "alignment": f"support of {other} {verb}",
        "action": f"action {'agreed' if change.added else 'withdrawn'}",
        "alias": f"former name {quote(str(end))} {verb}",
        "annotation": f"event {quote(str(end))} {verb}",
        "decision": f"{other} {'said' if change.added else 'taken back'}",
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
    return quote(value) if own_words else words.escaped(value)
