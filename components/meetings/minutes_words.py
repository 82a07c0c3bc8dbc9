"""The minutes of a check-in: as lines of a page, as Markdown, and as the text of a mail."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from components.meetings import meeting_words
from components.ui import formatting, words
from data.actions.views import ActionView
from data.meetings.views import Decided, ItemView, Minutes
from models import AgendaReason

STILL_OPEN = "Still to do from before"
MARKS = re.compile(r"([\\`*_\[\]<>#|])")
"""What Markdown takes for more than a letter."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: what it was and became, what was said and decided."""

    name: str
    whose: str
    reason: str
    change: str
    said: str
    decided: str
    votes: str
    state: str


@dataclass(frozen=True, slots=True)
class Written:
    """Minutes in words; `parts` are the lines below their headings, `agreed` who does what.

    `open` is what was agreed earlier and is still to be done.
    """

    title: str
    facts: str
    parts: Mapping[str, list[Line]]
    agreed: list[str]
    open: list[str]


def written(
    minutes: Minutes,
    team: str,
    today: date,
    zone: ZoneInfo,
    actions: Sequence[ActionView] = (),
) -> Written:
    """Write minutes in words; `actions` are those that are still to be done."""
    meeting = minutes.meeting
    parts: dict[str, list[Line]] = {}
    for item in meeting.items:
        line = _line(item, _decision(minutes, item), today)
        if item.reason is not AgendaReason.OPEN_FLOOR or item.said:
            parts.setdefault(meeting_words.PARTS[item.reason], []).append(line)
    present = meeting_words.names([each.name for each in meeting.participants])
    facts = words.joined(
        f"at {meeting_words.clock(meeting.started_at, zone)}",
        meeting_words.lasted(meeting.seconds(meeting.ended_at or meeting.started_at)),
        present,
    )
    title = f"Check-in of {team}, {formatting.day(minutes.day, today)}"
    agreed = [each.action for each in minutes.agreed]
    known = {action.action_id for action in agreed}
    carried = [
        each for each in actions if each.action_id not in known and each.agreed_on <= minutes.day
    ]
    told = ([_agreed(each, today) for each in kind] for kind in (agreed, carried))
    return Written(title, facts, parts, *told)


def _decision(minutes: Minutes, item: ItemView) -> Decided | None:
    """Give what was decided of an item, unless it was taken back."""
    wanted = (item.kpi_id, item.decided, item.decided_on)
    known = (each for each in minutes.decisions if (each.kpi_id, each.kind, each.day) == wanted)
    return next(known, None)


def _line(item: ItemView, decided: Decided | None, today: date) -> Line:
    return Line(
        name=item.name or meeting_words.OPEN_FLOOR,
        whose=item.whose,
        reason=meeting_words.reason(item),
        change=meeting_words.changed(item),
        said=" ".join(item.said.split()),
        decided="" if decided is None else _decided(decided, today),
        votes=meeting_words.spread(item.votes),
        state=meeting_words.STATES[item.state],
    )


def _decided(decided: Decided, today: date) -> str:
    again = "" if decided.look_again is None else f"look again {_day(decided.look_again, today)}"
    said = f"{meeting_words.DECIDED[decided.kind]}: {' '.join(decided.reason.split()).rstrip('.')}"
    return words.joined(said, again, decided.who or "")


def _agreed(action: ActionView, today: date) -> str:
    done = "" if action.done_on is None else f"done {_day(action.done_on, today)}"
    who = action.owner or "somebody"
    return words.joined(f"{who}: {action.what}, by {_day(action.due, today)}", done)


def _day(when: date, today: date) -> str:
    return formatting.day(when, today)


def markdown(found: Written) -> str:
    """Write minutes as Markdown; what people wrote is kept from being taken for marks."""
    return "\n".join(_markdown(found)) + "\n"


def _plain(text: str) -> str:
    """Keep people's words from being taken for marks."""
    return MARKS.sub(r"\\\1", text)


def _markdown(found: Written) -> Iterator[str]:
    yield f"# {_plain(found.title)}"
    yield ""
    yield _plain(found.facts)
    for part, lines in found.parts.items():
        yield from ("", f"## {part}", "")
        for line in lines:
            yield f"- **{_plain(line.name)}** ({_plain(_why(line))})"
            yield from (f"  - {_plain(said)}" for said in _said(line))
    if found.agreed:
        yield from ("", "## Agreed", "")
        yield from (f"- [ ] {_plain(each)}" for each in found.agreed)
    if found.open:
        yield from ("", f"## {STILL_OPEN}", "")
        yield from (f"- [ ] {_plain(each)}" for each in found.open)


def mail(found: Written) -> str:
    """Write minutes as plain text."""
    lines = [found.title, found.facts]
    for part, told in found.parts.items():
        lines += ["", part]
        for line in told:
            lines += [f"- {line.name} ({_why(line)})", *(f"  {said}" for said in _said(line))]
    if found.agreed:
        lines += ["", "Agreed", *(f"- {each}" for each in found.agreed)]
    if found.open:
        lines += ["", STILL_OPEN, *(f"- {each}" for each in found.open)]
    return "\n".join(lines)


def _why(line: Line) -> str:
    return words.joined(line.reason, line.whose, line.change, line.state)


def _said(line: Line) -> Iterator[str]:
    if line.said:
        yield f"“{line.said}”"
    if line.decided:
        yield line.decided
    if line.votes:
        yield f"Votes: {line.votes}"


def payload(found: Written) -> dict[str, Any]:
    """Write minutes for the browser."""
    return {
        "title": found.title,
        "facts": found.facts,
        "parts": [
            {
                "title": part,
                "lines": [
                    {"name": line.name, "why": _why(line), "said": list(_said(line))}
                    for line in lines
                ],
            }
            for part, lines in found.parts.items()
        ],
        "agreed": found.agreed,
        "open": {"title": STILL_OPEN, "lines": found.open},
        "markdown": markdown(found),
        "mail": mail(found),
    }
