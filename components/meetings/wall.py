"""A screen without hands: gauges and objectives by turns, what is undecided the longest."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from components.cockpit import headline_words, key_result_words, objective_words
from components.kpis import first_sentence, gauge_decisions, gauge_numbers
from components.meetings import charts, meeting_words
from components.ui import formatting, frontend, words
from components.ui.payloads import triggered
from data.kpis.views.gauges import Gauge
from data.okrs.views.key_results import KeyResultView, ObjectiveView
from data.screens.views.cockpit import Cockpit

_WALL = frontend.element("wall")

SECONDS = 12
"""How long a slide stays."""

UNDECIDED_SECONDS = 40
"""How long what nobody has decided yet stays."""


def show(
    view: Cockpit,
    *,
    now: datetime,
    zone: ZoneInfo,
    beat: int,
    key: str,
    on_leave: Callable[[], None],
) -> None:
    """Show a team's cockpit slide by slide, as it was read at `now`.

    `beat` is another number with each look at the data; `on_leave` hears that somebody has seen
    enough.
    """
    here = now.astimezone(zone)

    def hear() -> None:
        if triggered(key, "leave"):
            on_leave()

    _WALL(
        key=key,
        data={
            "team": view.team.name,
            "at": f"{here:%H:%M}",
            "hour": here.hour,
            "beat": beat,
        },
        large={"slides": list(slides(view, here.date()))},
        on_leave_change=hear,
    )


@lru_cache(maxsize=8)
def slides(view: Cockpit, today: date) -> tuple[Mapping[str, Any], ...]:
    """Write the slides in their order: the whole, what nobody has decided, gauges, objectives."""
    undecided = [gauge for gauge in view.gauges if gauge_decisions.waits(gauge)]
    others = [gauge for gauge in view.gauges if gauge not in undecided]
    return (
        _whole(view, today),
        *(_gauge(gauge, view, today, UNDECIDED_SECONDS) for gauge in undecided),
        *(_gauge(gauge, view, today, SECONDS) for gauge in others),
        *(slide for each in view.objectives for slide in _objective(each, view, today)),
    )


def _whole(view: Cockpit, today: date) -> dict[str, Any]:
    cycle = view.cycle
    title, besides = headline_words.both(view, today)
    where = "" if cycle is None else f"{cycle.name}, week {cycle.week} of {cycle.weeks}"
    return {
        "id": "whole",
        "part": where,
        "seconds": SECONDS,
        "kind": "whole",
        "name": title,
        "sentence": " · ".join(besides),
    }


def _gauge(gauge: Gauge, view: Cockpit, today: date, seconds: int) -> dict[str, Any]:
    decided = gauge_decisions.decided(gauge, today)
    waits = seconds == UNDECIDED_SECONDS
    said = "Nobody has decided yet." if waits else words.sentences(decided)
    sentence = first_sentence.sentence(gauge, view.day, today)
    return {
        "id": f"kpi {gauge.kpi_id}",
        "part": "Needs a decision" if waits else "Health",
        "seconds": seconds,
        "kind": "gauge",
        "name": gauge.name,
        "whose": "" if gauge.team == view.team.name else gauge.team,
        "value": gauge_numbers.amount(gauge),
        "unit": gauge.unit,
        "beside": gauge_numbers.ideal(gauge),
        "marks": meeting_words.state_of(gauge),
        "sentence": " ".join(filter(None, (sentence, said))),
        "chart": charts.of_gauge(gauge, today),
    }


def _objective(each: ObjectiveView, view: Cockpit, today: date) -> Iterator[dict[str, Any]]:
    """Write an objective with its key results, a few on each slide."""
    rows = [_key_result(result, view.day, today) for result in each.key_results]
    for at in range(0, max(len(rows), 1), 4):
        yield {
            "id": f"objective {each.id} {at}",
            "part": "Destination",
            "seconds": SECONDS,
            "kind": "objective",
            "name": each.name,
            "whose": objective_words.facts(each, view.team.name),
            "value": formatting.percent(each.progress),
            "unit": "",
            "beside": "",
            "rows": rows[at : at + 4],
        }


def _key_result(each: KeyResultView, day: date, today: date) -> dict[str, Any]:
    value, unit = meeting_words.key_result_value(each)
    return {
        "name": each.name,
        "value": formatting.value(None, "") if not value else f"{value} {unit}".strip(),
        "phrase": key_result_words.phrase(each, today, day),
        **charts.track(each),
    }
