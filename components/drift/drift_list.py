"""The leader's list: which KPIs drift, since when, who has decided; and teams by weeks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from components.drift import drift_words
from components.editing import editing
from components.kpis import (
    action_words,
    decision_form,
    first_sentence,
    gauge_decisions,
    gauge_numbers,
    gauge_words,
)
from components.ui import click_events, formatting, frontend, words
from components.ui.payloads import columns, one_of, read, text
from data.core.outcomes import Outcome
from data.kpis.views.edits import DecisionEdit
from data.screens.views.drift import DriftView, Listed, TeamWeeks
from models import Cadence

_LIST = frontend.element("drift")

ALL: Mapping[str, str] = dict.fromkeys(drift_words.FILTERS, "all")
TEAMS_SHOWN = 12
"""How many teams have their weeks shown before somebody asks for all."""


def show(
    view: DriftView,
    *,
    today: date,
    narrowed: bool,
    key: str,
    on_open: Callable[[str, int], None],
    on_team: Callable[[str], None],
    on_more: Callable[[], None],
    picked: Mapping[str, str] = ALL,
    on_filter: Callable[[str, str], None] = lambda name, value: None,
    editable: bool = False,
    outcome: Outcome | None = None,
    periods: decision_form.Periods | None = None,
    people: Sequence[str] = (),
    person: str | None = None,
    on_decide: Callable[[DecisionEdit], None] = lambda edit: None,
    on_reroute: Callable[[int], None] = lambda kpi_id: None,
) -> None:
    """Show the list as it was on the view's day; a click on a name opens that KPI.

    `narrowed` tells that only some states or decisions are looked for, `picked` which. A click on
    a team's name looks at that team, and the button below asks for the rest of the list. What
    drifts or is out of range is decided in its row, with one of `people` to act.
    """
    offered = dict(periods or {})
    waiting = [one.gauge for one in view.listed if gauge_decisions.may_be_decided(one.gauge)]
    cadences = [gauge.cadence for gauge in waiting]
    form = decision_form.shared(cadences, offered, today=today, people=people, person=person)

    def names() -> set[str]:
        shown = {row.team.name for row in view.teams}
        return shown.union(*(one.lineage for one in view.listed))

    _LIST(
        key=key,
        data={
            **_written(
                view, tuple((key, tuple(of)) for key, of in offered.items()), today, narrowed
            ),
            "filters": _filters(picked),
            "editable": editable,
            "form": form,
            "answer": editing.answer(key, outcome, "kpi"),
        },
        on_open_change=click_events.listener(key, on_open),
        on_team_change=click_events.picker(key, "team", names, on_team),
        on_more_change=on_more,
        on_filter_change=click_events.heard(
            key, "filter", _narrowed, lambda said: on_filter(*said)
        ),
        on_edit_change=editing.listener(key, decision_form.decision, on_decide),
        on_reroute_change=click_events.of_kpi(key, "reroute", on_reroute),
    )


def _narrowed(sent: object) -> tuple[str, str] | None:
    """Give by what the list is to be narrowed, and to which."""
    found = read(sent, name=one_of(tuple(drift_words.FILTERS)), value=text)
    if found is None or found["value"] not in drift_words.FILTERS[found["name"]][1]:
        return None
    return found["name"], found["value"]


def _filters(picked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Write what the list can be narrowed to, and what is picked of it."""
    return [
        {"name": name, "label": label, "picked": picked[name], "options": list(options.items())}
        for name, (label, options) in drift_words.FILTERS.items()
    ]


@lru_cache(maxsize=32)
def _written(
    view: DriftView,
    periods: tuple[tuple[Cadence, tuple[date, ...]], ...],
    today: date,
    narrowed: bool,
) -> Mapping[str, Any]:
    """Write what all who look at this list are sent, once and not at every run."""
    listed = [_row(one, dict(periods), view.day, today) for one in view.listed]
    return {
        "question": drift_words.headline(view),
        "besides": drift_words.besides(view.counts),
        "chance": drift_words.by_chance(view.counts),
        "empty": "" if listed else drift_words.nothing(view, narrowed=narrowed),
        "rows": columns(listed),
        "more": view.more,
        "weeks": [formatting.day(week, today) for week in view.weeks],
        "months": _months(view.weeks),
        "teams": [_team(row, view.team.depth) for row in view.teams],
        "shown": sorted(_most_drifting(view)),
    }


def _row(listed: Listed, periods: decision_form.Periods, day: date, today: date) -> dict[str, Any]:
    gauge = listed.gauge
    return {
        "id": gauge.kpi_id,
        "name": gauge.name,
        # Not the list alone: what many rows share travels once.
        "path": {"teams": listed.lineage},
        "state": gauge_words.drawn_state(gauge),
        "signal": gauge_words.drawn_signal(gauge),
        "value": gauge_numbers.value(gauge),
        "ideal": gauge_numbers.ideal(gauge),
        "sentence": first_sentence.sentence(gauge, day, today),
        "decision": drift_words.decision(gauge, today),
        "actions": words.joined(*action_words.others(gauge, today), drift_words.recovery(gauge)),
        "decided": gauge_decisions.is_decided(gauge),
        "waits": gauge_decisions.waits(gauge),
        "decides": gauge_decisions.may_be_decided(gauge),
        "reroutes": gauge_decisions.may_be_rerouted(gauge),
        **decision_form.own(gauge, periods),
        "series": gauge_numbers.series(gauge),
        "limits": gauge_numbers.limits(gauge),
        "unusual": gauge_words.unusual(gauge),
    }


def _months(weeks: tuple[date, ...]) -> list[str]:
    """Name the month over the first week that begins in it."""
    named = [formatting.day(week, week).split(formatting.FIXED)[1] for week in weeks]
    return [
        name if number and name != named[number - 1] else "" for number, name in enumerate(named)
    ]


def _team(row: TeamWeeks, top: int) -> dict[str, Any]:
    return {
        "name": row.team.name,
        "depth": row.team.depth - top,
        "drifting": list(row.drifting),
        "judged": list(row.judged),
    }


def _most_drifting(view: DriftView) -> list[int]:
    """Give the places of the team looked at and those that drift most, now and before."""
    places = range(len(view.teams))
    by_drift = sorted(
        places,
        key=lambda at: (at > 0, -view.teams[at].drifting[-1], -sum(view.teams[at].drifting), at),
    )
    return by_drift[:TEAMS_SHOWN]
