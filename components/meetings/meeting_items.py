"""What the screen of a check-in shows of one item: its value, what changed, what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from components.cockpit import key_result_words
from components.cockpit.key_result_words import on_the_bar
from components.kpis import (
    decision_form,
    first_sentence,
    gauge_decisions,
    gauge_numbers,
    recovery_words,
)
from components.kpis.decision_form import Periods
from components.meetings import charts, meeting_words
from components.ui import formatting, words
from data.actions.views import MyAction
from data.core import typed_text
from data.kpis.views.gauges import Gauge
from data.meetings.views import ItemView
from data.okrs.views.key_results import KeyResultView, ObjectiveView
from data.screens.views.check_in import CheckInView
from models import AgendaReason, Health, KeyResultKind

TOLD_BY_MARKS = (AgendaReason.DRIFTING, AgendaReason.OUT_OF_RANGE)
"""What is on the agenda for how it is says so by its marks."""

BARE: Mapping[str, Any] = {
    "value": "",
    "unit": "",
    "stale": False,
    "beside": "",
    "marks": [],
    "sentence": "",
    "chart": None,
    "lane": None,
    "gauge": None,
    "decide": None,
    "recovery": None,
    "key_result": None,
    "tick": False,
    "step": "",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs to a KPI that is shown: the periods to type in, and what else moved.

    `since` counts those that ended since the last check-in; `recovery` is what is proposed to bring
    it back, where it may be rerouted.
    """

    periods: Periods
    since: int | None
    moved: str
    recovery: Mapping[str, Any] | None = None


def payload(view: CheckInView, item: ItemView, beside: Beside, today: date) -> dict[str, Any]:
    """Write an item."""
    own = {
        "id": item.item_id,
        "position": item.position,
        "part": meeting_words.PARTS[item.reason],
        "reason": meeting_words.reason(item),
        "name": item.name or meeting_words.OPEN_FLOOR,
        "whose": item.whose,
        "said": item.said,
        "last": meeting_words.last_said(item),
        "votes": [
            {"word": word.value, "count": count} for word, count in item.votes.items() if count
        ],
        "apart": meeting_words.disagree(item.votes),
        "middle": item.middle_vote.value if item.middle_vote else "",
    }
    return {**BARE, **own, **_about(view, item, beside, today)}


def _about(view: CheckInView, item: ItemView, beside: Beside, today: date) -> Mapping[str, Any]:
    found = view.key_result(item.key_result_id)
    if found is not None:
        told = _key_result(item, *found, view.day, today)
        return {**told, "chart": _way(view, found[0], beside, today)}
    if (gauge := view.gauge(item.kpi_id)) is not None:
        told = _gauge(item, gauge, beside, view.day, today)
        whose = "" if gauge.team == view.team.name else gauge.team
        return {**told, "whose": whose, "chart": _chart(gauge, beside, today)}
    if item.action_id is not None:
        return _action(view.action(item.action_id), today)
    is_floor = item.reason is AgendaReason.OPEN_FLOOR
    return {"sentence": meeting_words.ASK_FLOOR if is_floor else meeting_words.GONE}


def _gauge(
    item: ItemView, gauge: Gauge, beside: Beside, day: date, today: date
) -> Mapping[str, Any]:
    may = gauge_decisions.may_be_decided(gauge)
    decided = gauge_decisions.decided(gauge, today)
    guards = f"It guards “{item.whose}”." if item.whose else ""
    sentence = first_sentence.sentence(gauge, day, today)
    recovery = gauge.recovery if gauge.recovery and gauge.recovery.awaits_person else None
    recovers = recovery_words.awaited(recovery, gauge.cadence, gauge.unit) if recovery else ""
    said = (recovers, sentence, beside.moved, guards, words.sentences(decided))
    return {
        "value": gauge_numbers.amount(gauge),
        "unit": gauge.unit,
        "stale": gauge.health is Health.NO_DATA,
        "reason": "" if item.reason in TOLD_BY_MARKS else meeting_words.reason(item),
        "beside": meeting_words.beside_gauge(gauge, item.before),
        "marks": meeting_words.state_of(gauge),
        "sentence": " ".join(filter(None, said)),
        "gauge": {
            "id": gauge.kpi_id,
            "name": gauge.name,
            "team": "",
            "unit": gauge.unit,
            "cadence": gauge.cadence.value,
            "exact": typed_text.number(gauge.value),
            "shown": gauge_numbers.amount(gauge),
            "series": gauge_numbers.series(gauge),
            "behind": gauge_numbers.behind(gauge, beside.periods),
        },
        "decide": decision_form.with_readings(gauge, beside.periods) if may else None,
        "step": recovery_words.STEPS[recovery.phase] if recovery else _slipped(gauge, may=may),
        "recovery": beside.recovery if may and gauge_decisions.may_be_rerouted(gauge) else None,
    }


def _slipped(gauge: Gauge, *, may: bool) -> str:
    """Say how a KPI that slipped again is taken on at once; nothing of others."""
    phase = gauge.recovery.phase if gauge.recovery and may else None
    return recovery_words.STEPS["relapsed"] if phase == "relapsed" else ""


def _chart(gauge: Gauge, beside: Beside, today: date) -> dict[str, Any]:
    return charts.of_gauge(gauge, today, since=beside.since, periods=beside.periods)


def _way(
    view: CheckInView, each: KeyResultView, beside: Beside, today: date
) -> Mapping[str, Any] | None:
    """Write the chart of a key result: its own values, or the readings that feed it."""
    if each.fed_by_id is not None:
        gauge = view.gauge(each.fed_by_id)
        return None if gauge is None else charts.of_fed(each, _chart(gauge, beside, today))
    if view.now.cycle is None:
        return None
    last = view.last.day if view.last else None
    return charts.of_key_result(each, view.way, view.now.cycle.starts_on, view.day, last)


def _key_result(
    item: ItemView, each: KeyResultView, objective: ObjectiveView, day: date, today: date
) -> Mapping[str, Any]:
    value, unit = meeting_words.key_result_value(each)
    typed = each.kind is KeyResultKind.METRIC and each.fed_by is None
    ends = key_result_words.ends(each)
    return {
        "value": value,
        "unit": unit,
        "stale": each.standing in ("silent", "no value"),
        "whose": objective.name,
        "beside": meeting_words.beside_key_result(each, item.before),
        "marks": [],
        "sentence": meeting_words.key_result_sentence(each, item.before, day, today),
        "lane": {
            "ends": ends if len(ends) == 2 else ["", ends[0] if ends else ""],
            **charts.track(each, _share_before(each, item)),
        },
        "key_result": {
            "id": each.key_result_id,
            "name": each.name,
            "unit": each.unit,
            "fed": each.fed_by,
            "typed": typed,
            "exact": "" if each.kind is KeyResultKind.MILESTONE else typed_text.number(each.value),
            "again": each.checked_on == day,
            "confidence": each.confidence.value if each.confidence else "",
        },
    }


def _share_before(each: KeyResultView, item: ItemView) -> float | None:
    """Give the share of the way that a key result had come at the last check-in."""
    before = item.before.value
    if before is None or each.kind is KeyResultKind.HOLD:
        return None
    if each.kind is KeyResultKind.MILESTONE:
        return on_the_bar(before)
    if each.start is None or each.target is None or each.start == each.target:
        return None
    return on_the_bar((before - each.start) / (each.target - each.start))


def _action(mine: MyAction | None, today: date) -> Mapping[str, Any]:
    if mine is None:
        return {"value": "done", "sentence": "This is done, or it is no longer asked for."}
    action = mine.action
    late = (today - action.due).days
    since = f"due {words.span(late)} ago" if late else "due today"
    about = f"It is about {mine.about}." if mine.about else ""
    return {
        "value": formatting.day(action.due, today),
        "beside": since,
        "sentence": " ".join(filter(None, (f"{action.owner or 'Nobody yet'} does it.", about))),
        "tick": True,
    }
