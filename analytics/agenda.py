"""The agenda of a check-in: what changed since the last one, worst first.

Words are those of the vocabulary, as plain text: health `in range`, `near edge`, `out of range`,
`no data`; signal `learning`, `steady`, `watch`, `drifting`, `recovering`. What stood at the last
check-in is None at a first one, or where it was not there yet: all that is the matter is new then.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

Part = Literal["since", "gauges", "key results", "guardrails", "wins", "open floor"]
Subject = Literal["action", "kpi", "key result", "floor"]


class Kind(NamedTuple):
    """The part of the agenda that items of a reason belong to, and how many minutes each takes."""

    part: Part
    minutes: float


REASONS: Mapping[str, Kind] = {
    "action due": Kind("since", 0.5),
    "look again": Kind("since", 1.0),
    "parked": Kind("since", 1.0),
    "drifting": Kind("gauges", 2.0),
    "out of range": Kind("gauges", 2.0),
    "changed": Kind("gauges", 1.0),
    "chance fell": Kind("key results", 1.5),
    "not updated": Kind("key results", 0.5),
    "guardrail broken": Kind("guardrails", 1.0),
    "arrived": Kind("wins", 0.5),
    "back in range": Kind("wins", 0.5),
    "settled better": Kind("wins", 0.5),
    "open floor": Kind("open floor", 2.0),
}
"""The reasons for which something is spoken of, in that order."""

MOST: Mapping[Part, int] = {"since": 8, "gauges": 8, "key results": 6, "guardrails": 4, "wins": 4}
"""Of so many items a part has at most: a check-in is short, and the rest can wait."""

FELL = 0.1
"""By how much a chance must have fallen to be spoken of."""

EVEN = 0.5

HEALTH_RANK = {"in range": 0, "indicator": 0, "near edge": 1, "no data": 2, "out of range": 3}
SIGNAL_RANK = {"learning": 0, "steady": 0, "recovering": 1, "watch": 2, "drifting": 3}
FINE = ("in range", "near edge")


@dataclass(frozen=True, slots=True)
class KpiState:
    """How a KPI is and behaves; `is_better` where it settled at a better level."""

    health: str
    signal: str = ""
    value: float | None = None
    is_better: bool = False


@dataclass(frozen=True, slots=True)
class KpiChange:
    """A KPI at the last check-in and now.

    `severity` counts how far out of its range it is. `look_again` is the day that was set for a
    second look at a decision; `guards` is an objective that it breaks as a guardrail.
    `awaits_person` tells that somebody is to confirm its recovery, or to let it graduate.
    """

    key: int
    name: str
    now: KpiState
    then: KpiState | None = None
    severity: float = 0.0
    is_decided: bool = False
    look_again: date | None = None
    awaits_person: bool = False
    guards: int | None = None


@dataclass(frozen=True, slots=True)
class KeyResultState:
    """Where a key result is: its chance of arriving in time, None where it cannot be told."""

    value: float | None = None
    chance: float | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class KeyResultChange:
    """A key result at the last check-in and now, and for how many days news has been missing."""

    key: int
    name: str
    now: KeyResultState
    then: KeyResultState | None = None
    silent_days: int = 0


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something that is still to be done."""

    key: int
    what: str
    due: date


@dataclass(frozen=True, slots=True)
class Parked:
    """What was parked at the last check-in."""

    subject: Subject
    key: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that an agenda is made of."""

    kpis: Sequence[KpiChange] = ()
    key_results: Sequence[KeyResultChange] = ()
    actions: Sequence[OpenAction] = ()
    parked: Sequence[Parked] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something to speak of: why, what it is about, and for a guardrail whose it is."""

    reason: str
    subject: Subject
    key: int = 0
    guards: int | None = None

    @property
    def part(self) -> Part:
        """The part of the agenda that it belongs to."""
        return REASONS[self.reason].part


@dataclass(frozen=True, slots=True)
class Agenda:
    """The items in their order, and how many of each part there was no room for."""

    items: tuple[AgendaItem, ...]
    left_out: Mapping[Part, int] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """How long it will take, in whole minutes."""
        return max(1, round(sum(REASONS[item.reason].minutes for item in self.items)))

    @property
    def is_quiet(self) -> bool:
        """Whether nothing but wins and the open floor is on it."""
        return all(item.part in ("wins", "open floor") for item in self.items)


def agenda(changes: Changes, today: date) -> Agenda:
    """Give what a check-in is to speak of: each thing once, under the first reason that it has."""
    items: list[AgendaItem] = []
    left_out: dict[Part, int] = {}
    for part, found in groupby(_each_once(_found(changes, today)), lambda item: item.part):
        all_of_part = list(found)
        kept = all_of_part[: MOST.get(part, len(all_of_part))]
        items += kept
        if len(kept) < len(all_of_part):
            left_out[part] = len(all_of_part) - len(kept)
    return Agenda(tuple(items), left_out)


def fell(then: KeyResultState | None, now: KeyResultState) -> float:
    """Tell by how much a chance fell, 0 to 1; 0 where that is too little to be spoken of."""
    if then is None or then.chance is None or now.chance is None or now.is_done:
        return 0.0
    fall = then.chance - now.chance
    is_lost = then.chance >= EVEN > now.chance
    return fall if round(fall, 9) >= FELL or is_lost else 0.0


def is_worse(then: KpiState | None, now: KpiState) -> bool:
    """Tell whether a KPI is or behaves worse than it did; what is better is not."""
    before = then or KpiState("in range")
    is_shifted = SIGNAL_RANK.get(now.signal, 0) > SIGNAL_RANK.get(before.signal, 0)
    return HEALTH_RANK[now.health] > HEALTH_RANK[before.health] or (
        is_shifted and not now.is_better
    )


def _each_once(items: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    seen: set[tuple[Subject, int]] = set()
    for item in items:
        if (item.subject, item.key) not in seen:
            seen.add((item.subject, item.key))
            yield item


def _found(changes: Changes, today: date) -> Iterator[AgendaItem]:
    yield from _since(changes, today)
    yield from _gauges(changes.kpis)
    yield from _key_results(changes.key_results)
    yield from _guardrails(changes.kpis)
    yield from _wins(changes)
    yield AgendaItem("open floor", "floor")


def _since(changes: Changes, today: date) -> Iterator[AgendaItem]:
    due = [each for each in changes.actions if each.due <= today]
    for action in sorted(due, key=lambda each: (each.due, each.what, each.key)):
        yield AgendaItem("action due", "action", action.key)
    for kpi in sorted(changes.kpis, key=lambda each: (each.name, each.key)):
        if kpi.awaits_person:
            yield _of_kpi("look again", kpi)
    again = [(kpi.look_again, kpi.name, kpi) for kpi in changes.kpis if kpi.look_again]
    for day, _, kpi in sorted(again, key=lambda each: (each[0], each[1], each[2].key)):
        if day <= today and not _is_calm(kpi.now):
            yield _of_kpi("look again", kpi)
    guards = {kpi.key: kpi.guards for kpi in changes.kpis}
    for parked in changes.parked:
        whose = guards.get(parked.key) if parked.subject == "kpi" else None
        yield AgendaItem("parked", parked.subject, parked.key, whose)


def _gauges(kpis: Sequence[KpiChange]) -> Iterator[AgendaItem]:
    """Give what is the matter and is undecided or got worse, drifting and undecided first."""
    found = [(reason, kpi) for kpi in kpis if (reason := _matter(kpi))]
    for reason, kpi in sorted(found, key=lambda each: _urgency(*each)):
        yield _of_kpi(reason, kpi)


def _matter(kpi: KpiChange) -> str:
    got_worse = is_worse(kpi.then, kpi.now)
    is_new = got_worse or not kpi.is_decided
    if kpi.now.signal == "drifting" and is_new:
        return "drifting"
    if kpi.now.health == "out of range" and is_new:
        return "out of range"
    return "changed" if got_worse else ""


def _urgency(reason: str, kpi: KpiChange) -> tuple[bool, int, float, str, int]:
    is_undecided = reason != "changed" and not kpi.is_decided
    rank = list(REASONS).index(reason)
    return not is_undecided, rank, -kpi.severity, kpi.name, kpi.key


def _key_results(key_results: Sequence[KeyResultChange]) -> Iterator[AgendaItem]:
    fallen = [(fell(each.then, each.now), each) for each in key_results]
    lost = [(fall, each) for fall, each in fallen if fall]
    for _, each in sorted(lost, key=lambda one: (-one[0], one[1].name, one[1].key)):
        yield AgendaItem("chance fell", "key result", each.key)
    silent = [each for each in key_results if each.silent_days > 0 and not each.now.is_done]
    for each in sorted(silent, key=lambda one: (-one.silent_days, one.name, one.key)):
        yield AgendaItem("not updated", "key result", each.key)


def _guardrails(kpis: Sequence[KpiChange]) -> Iterator[AgendaItem]:
    broken = [kpi for kpi in kpis if kpi.guards is not None]
    for kpi in sorted(broken, key=lambda each: (-each.severity, each.name, each.key)):
        yield _of_kpi("guardrail broken", kpi)


def _wins(changes: Changes) -> Iterator[AgendaItem]:
    for each in sorted(changes.key_results, key=lambda one: (one.name, one.key)):
        if each.now.is_done and each.then is not None and not each.then.is_done:
            yield AgendaItem("arrived", "key result", each.key)
    named = sorted(changes.kpis, key=lambda each: (each.name, each.key))
    for reason, is_won in (("back in range", _is_back), ("settled better", _is_settled)):
        yield from (_of_kpi(reason, kpi) for kpi in named if is_won(kpi))


def _is_back(kpi: KpiChange) -> bool:
    was_out = kpi.then is not None and kpi.then.health == "out of range"
    return was_out and kpi.now.health in FINE and kpi.now.signal != "drifting"


def _is_settled(kpi: KpiChange) -> bool:
    is_settled = kpi.now.is_better and kpi.now.signal == "steady" and kpi.now.health in FINE
    return is_settled and kpi.then is not None and not kpi.then.is_better


def _is_calm(now: KpiState) -> bool:
    return now.health in FINE and now.signal not in ("drifting", "watch")


def _of_kpi(reason: str, kpi: KpiChange) -> AgendaItem:
    return AgendaItem(reason, "kpi", kpi.key, kpi.guards)
