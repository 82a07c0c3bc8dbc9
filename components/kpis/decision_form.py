"""Deciding about a KPI where it is seen: what its form on a card or a row is sent, and sends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from components.kpis import action_words, gauge_numbers, gauge_words
from components.ui import formatting, words
from components.ui.payloads import day, read, text, whole
from components.ui.payloads import words as words_of
from data.kpis.views.edits import DecisionEdit
from data.kpis.views.gauges import Gauge
from data.kpis.views.signals import ACT, DecidedAs
from models import Cadence, DecisionKind


@dataclass(frozen=True, slots=True)
class Kind:
    """What a decision is called, the verb that makes it, what it means, and what it asks for."""

    name: str
    verb: str
    about: str
    words: str
    hint: str


KINDS: Mapping[DecidedAs, Kind] = {
    ACT: Kind(
        "Act",
        "Agree",
        "Who does what by when? It counts as decided until that day.",
        "What",
        "check the feed with the supplier",
    ),
    DecisionKind.ACKNOWLEDGE: Kind(
        "Acknowledge",
        "Acknowledge",
        "It is known, and nothing is done about it for now.",
        "Why",
        "the price list is new; it should settle",
    ),
    DecisionKind.REROUTE: Kind(
        "Reroute",
        "Reroute",
        "A recovery objective: bring it back into its range and keep it there.",
        "Why",
        "it will not mend by itself",
    ),
    DecisionKind.REBASE: Kind(
        "Rebase",
        "Set new normal",
        "The new normal: what came before no longer counts as expected.",
        "Why",
        "the new product line is here to stay",
    ),
    DecisionKind.DISMISS: Kind(
        "Dismiss",
        "Dismiss reading",
        "Bad data: the reading stays in sight, and no signal comes of it.",
        "Why",
        "the sensor was unplugged",
    ),
}
"""What can be decided where a KPI is seen, the first thing to think of first."""

_BY_WORD: Mapping[str, DecidedAs] = {
    str(kind): kind for kind in KINDS if kind is not DecisionKind.REROUTE
}
"""What is decided in the form itself: a reroute has a drawer of its own."""

LOOK_AGAIN = {
    Cadence.DAILY: 7,
    Cadence.WEEKDAYS: 7,
    Cadence.WEEKLY: 28,
    Cadence.MONTHLY: 61,
    Cadence.QUARTERLY: 92,
}
"""In how many days one looks again unless told otherwise."""
LONGEST_AHEAD = 366
"""How many days ahead something may be due, or be looked at again."""

Periods = Mapping[Cadence, Sequence[date]]
"""The last periods of each cadence, the one that is due first."""


def shared(
    cadences: Iterable[Cadence],
    periods: Periods,
    *,
    today: date,
    people: Sequence[str],
    person: str | None,
) -> dict[str, Any]:
    """Write what all forms of a page share: people to pick from, days, and periods by cadence."""
    return {
        "kinds": {str(kind): asdict(each) for kind, each in KINDS.items()},
        "people": list(people),
        "person": person or "",
        "today": today.isoformat(),
        "tomorrow": (today + timedelta(days=1)).isoformat(),
        "latest": (today + timedelta(days=LONGEST_AHEAD)).isoformat(),
        "cadences": {
            cadence.value: {
                "due": action_words.usual_day(cadence, today).isoformat(),
                "again": (today + timedelta(days=LOOK_AGAIN[cadence])).isoformat(),
                "periods": formatting.periods(cadence, _offered(cadence, periods), today),
            }
            for cadence in sorted(set(cadences))
        },
    }


def own(gauge: Gauge, periods: Periods) -> dict[str, Any]:
    """Write what the form of one KPI needs beside its readings.

    `latest` is the place of its latest reading among the periods, None where it is older.
    """
    offered = _offered(gauge.cadence, periods)
    latest = offered.index(gauge.period) if gauge.period in offered else None
    return {"owner": gauge.owner or "", "cadence": gauge.cadence.value, "latest": latest}


def with_readings(gauge: Gauge, periods: Periods) -> dict[str, Any]:
    """Write what the form of one KPI needs, with its readings."""
    drawn = {"series": gauge_numbers.series(gauge), "unusual": gauge_words.unusual(gauge)}
    return own(gauge, periods) | drawn


def decision(sent: object) -> DecisionEdit | None:
    """Turn what a form sent into an edit; None where it makes no sense."""
    said = read(sent, id=whole, kind=text, text=text, day=day, owner=words_of)
    kind = _BY_WORD.get(said.pop("kind")) if said else None
    return DecisionEdit(said.pop("id"), kind, **said) if said and kind else None


def _offered(cadence: Cadence, periods: Periods) -> list[date]:
    """Give the periods to choose from, the one still going on first."""
    known = list(periods.get(cadence, ()))
    return [words.next_period(cadence, known[0]), *known] if known else []
