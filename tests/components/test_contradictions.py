"""Facts that stand on one screen: for each pair, what the one says while the other is true.

A pair is named by its test. What waits, what is decided and what is closed is told by one rule
each, and every screen asks it.
"""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from analytics.progress import standing
from components.cockpit import card_words, headline_words, key_result_words, objective_words, teams
from components.drift import drift_words
from components.kpis import (
    first_sentence,
    gauge_decisions,
    gauge_words,
    kpi_acting,
    kpi_notes,
    kpi_words,
)
from components.okrs import okr_words
from data.kpis.views.gauges import Gauge
from data.kpis.views.kpi import KpiView
from data.okrs.queries.key_results import objective_standing
from data.okrs.views.drafts import OkrNode
from data.okrs.views.key_results import ObjectiveView
from data.screens.decision_cards import decision_cards
from data.screens.views.cockpit import Tally
from models import Health, ObjectiveState, Signal
from tests.components.drift_examples import counts, view
from tests.components.examples import (
    TODAY,
    decision,
    departure,
    gauge,
    key_result,
    objective,
    signal,
)
from tests.components.kpi_examples import kpi
from tests.components.sentences import split

WAITING: list[dict[str, Any]] = [
    {"signal": signal(), "undecided_days": 28},
    {"health": Health.OUT_OF_RANGE, "undecided_days": 900},
    {
        "health": Health.OUT_OF_RANGE,
        "signal": signal(signal=Signal.RECOVERING),
        "undecided_days": 3,
    },
    {"signal": signal(), "decision": decision(), "undecided_days": 2},
]
NOT_WAITING: list[dict[str, Any]] = [
    {},
    {"signal": signal(signal=Signal.RECOVERING), "undecided_days": 9},
    {"signal": signal(), "health": Health.NO_DATA, "freshness": "no data", "undecided_days": 9},
    {"signal": signal(), "decision": decision()},
    {"health": Health.OUT_OF_RANGE, "decision": decision()},
]


def page_of(shown: Gauge) -> KpiView:
    return kpi(
        gauge=shown,
        signal=shown.signal,
        decision=shown.decision,
        undecided_days=shown.undecided_days,
    )


def node_of(shown: ObjectiveView) -> OkrNode:
    return OkrNode(
        id=shown.id,
        name=shown.name,
        team=shown.team,
        cycle="",
        scope=shown.scope,
        state=shown.state,
        owner=shown.owner or "",
        supports_ids=(),
        progress=shown.progress,
        key_results=len(shown.key_results),
        pace=shown.pace,
        standing=shown.standing,
        expected=shown.expected,
    )


def cards_of(*gauges: Gauge) -> list[tuple[str, bool]]:
    return [(card.kind, card.decided) for card in decision_cards(gauges, (), under_way=True)]


@pytest.mark.parametrize("facts", WAITING)
def test_card_and_row_and_page_agree_on_what_waits(facts: dict[str, Any]) -> None:
    waiting = gauge(**facts)
    assert [decided for _, decided in cards_of(waiting)] == [False]
    assert gauge_decisions.waits(waiting)
    assert kpi_notes.undecided(page_of(waiting))


@pytest.mark.parametrize("facts", NOT_WAITING)
def test_card_and_row_and_page_agree_on_what_does_not_wait(facts: dict[str, Any]) -> None:
    shown = gauge(**facts)
    assert all(decided or kind == "no data" for kind, decided in cards_of(shown))
    assert not gauge_decisions.waits(shown)
    assert kpi_notes.undecided(page_of(shown)) == ""


def test_after_acknowledging_chip_and_card_and_badge_and_row_are_calm_together() -> None:
    known = gauge(signal=signal(), decision=decision())
    assert gauge_decisions.is_decided(known)
    assert cards_of(known) == [("drifting", True)]
    assert kpi_words.signal_kind(page_of(known)) == "decided"
    assert drift_words.decision(known, TODAY).startswith("acknowledged")


def test_gauge_and_card_and_row_and_page_name_the_same_drivers() -> None:
    told = "nearly all from trial farms"
    shown = gauge(signal=signal(), departure=departure(), split=split(0.9, 0.1))
    sentence = first_sentence.sentence(shown, TODAY, TODAY)
    assert told in sentence
    (card,) = decision_cards((shown,), (), under_way=True)
    shown_on_card = card_words.said(card, TODAY, TODAY)
    said = [shown_on_card.sentence, shown_on_card.age]
    parts = [part.rstrip(".").casefold() for part in sentence.split(". ")]
    assert all(part in text.casefold() for part, text in zip(parts, said, strict=True))
    page = page_of(shown._replace(split=None))
    assert kpi_words.first(page, TODAY, shown.split) == sentence
    without = kpi_words.first(replace(page, gauge=None), TODAY, shown.split)
    assert sentence.startswith(without)


def test_the_headline_counts_every_row_that_says_undecided() -> None:
    said = drift_words.headline(view(counts=counts(drifting=3, undecided=0, waiting=4)))
    assert said == "3 of 38 KPIs drift, all are decided; 4 others wait for a decision."


def test_headline_and_list_count_the_same_that_wait() -> None:
    known = counts(kpis=40, silent=2, judged=38, drifting=3, undecided=1, waiting=4)
    tally = Tally(
        kpis=40, in_range=34, outside=4, silent=2, drifting=3, undecided=1, waiting=4, judged=38
    )
    listed = drift_words.headline(view(counts=known))
    over = headline_words.headline(tally, indicators=0, day=TODAY, today=TODAY)
    assert listed.startswith("3 of 38 KPIs drift, 1 undecided; 3 others wait ")
    assert over.endswith("3 drift, 1 of them undecided; 3 others wait for a decision.")


def test_the_headline_is_the_sum_of_the_rows_and_each_row_of_its_bar() -> None:
    rows = [
        Tally(kpis=5, in_range=4, outside=1, drifting=1, drifting_inside=1),
        Tally(kpis=3, in_range=1, silent=2),
    ]
    for row in rows:
        fine, drifting, outside, silent = teams.shares(row)
        assert (fine + drifting, outside, silent) == (row.in_range, row.outside, row.silent)
    total = Tally(kpis=8, in_range=sum(row.in_range for row in rows), silent=2, outside=1)
    said = headline_words.headline(total, indicators=0, day=TODAY, today=TODAY)
    assert said.startswith("5 of 8 in range, 2 without a recent reading.")


def test_what_waits_and_is_not_shown_is_not_called_calm() -> None:
    said = headline_words.headline(
        Tally(kpis=3, in_range=2, outside=1, waiting=1, judged=3),
        indicators=0,
        day=TODAY,
        today=TODAY,
    )
    assert said.endswith("1 waits for a decision.")
    assert gauge_words.no_decisions([gauge()], 1, under_way=True).endswith("1 other KPI needs one.")


def test_a_forecast_that_falls_short_has_no_green_bar_without_a_word_of_both() -> None:
    ahead = key_result(standing="ahead", progress=0.66, chance=0.2, arrives_on=None)
    assert key_result_words.phrase(ahead, TODAY, TODAY) == "likely to miss"
    assert key_result_words.lag(ahead, TODAY) == "8 points ahead today"
    assert key_result_words.promise(ahead, TODAY) == "late"


def test_a_number_that_is_behind_pace_is_not_called_settled() -> None:
    better = gauge(signal=signal(signal=Signal.STEADY, favourable=True, onset=None))
    behind = key_result(standing="behind pace", progress=0.1, fed_by="Conversion rate", fed_by_id=1)
    both = decision_cards([better], [objective(behind)], under_way=True)
    assert [card.kind for card in both] == ["behind pace"]
    fine = decision_cards([better], [objective(key_result(fed_by_id=1))], under_way=True)
    assert [card.kind for card in fine] == ["settled"]


def test_nothing_to_tell_is_not_all_right() -> None:
    young = gauge(signal=signal(signal=Signal.LEARNING, onset=None))
    judged = gauge(signal=signal(signal=Signal.STEADY, onset=None))
    for gauges, under_way, shape in (
        ([], False, "◌"),
        ([young], False, "◌"),
        ([judged], False, "✓"),
        ([], True, "✓"),
    ):
        assert gauge_words.no_decisions(gauges, 0, under_way=under_way)[0] == shape
    assert gauge_words.no_decisions([judged], 2, under_way=True)[0] == "▲"


@pytest.mark.parametrize("pace", [0.0, 0.05, 0.55, 1.0])
@pytest.mark.parametrize("silent", [0, 1, 2])
def test_headline_and_tree_say_of_an_objective_what_its_key_results_say(
    pace: float, silent: int
) -> None:
    for ways in itertools.combinations_with_replacement((-0.4, 0.0, 0.4, 0.5, 0.7, 1.2), 2):
        standings = ["silent"] * silent + [standing(way, pace) for way in ways[silent:]]
        progress = sum(min(max(way, 0.0), 1.0) for way in ways) / 2
        below = [
            key_result(standing=each, progress=way)
            for each, way in zip(standings, ways, strict=True)
        ]
        found = objective_standing([each.standing for each in below], progress, pace)
        shown = objective(*below, progress=progress, pace=pace, standing=found)
        (way,) = headline_words.besides(Tally(), [shown], 0, day=TODAY, today=TODAY)
        mark = okr_words.standing(node_of(shown))
        assert (way == "The objective is on its way") is (mark["shape"] not in ("▼", "◌"))
        assert (found == "silent") is (mark["text"] == "no news") is (silent == 2)
        if len(set(standings)) == 1:
            assert found == standings[0]
        if "behind" in mark["text"]:
            assert progress <= pace


def test_objectives_that_are_closed_are_objectives() -> None:
    assert "no objectives" not in okr_words.over(2)
    assert okr_words.over(1).startswith("The one objective here is closed")


def test_what_is_closed_says_so_and_is_behind_nothing() -> None:
    closed = key_result(is_over=True, standing="behind pace", progress=0.64)
    assert objective_words.facts(objective(closed, state=ObjectiveState.CLOSED), "").startswith("■")
    assert key_result_words.phrase(closed, TODAY, TODAY) == "closed at 64\u00a0%"
    assert key_result_words.standing(closed) == "over"
    assert key_result_words.lag(closed, TODAY) == ""


def test_what_may_be_decided_is_what_somebody_may_ask_about() -> None:
    assert kpi_acting.may_be_decided(page_of(gauge(signal=signal(), undecided_days=1)))
    assert not kpi_acting.may_be_decided(page_of(gauge()))
