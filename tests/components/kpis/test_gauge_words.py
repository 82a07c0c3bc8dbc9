from datetime import date
from typing import Any

import pytest

from components.kpis import gauge_decisions, gauge_numbers, gauge_words
from components.ui.formatting import FIXED, THIN
from data.kpis.queries.decision_status import act_of
from data.kpis.views.signals import Departure
from models import Better, Cadence, DecisionKind, Health, Signal
from tests.components.examples import TODAY, WEEKS, action, decision, departure, gauge, signal


def plain(text: str) -> str:
    return text.replace(THIN, " ").replace(FIXED, " ")


def test_every_state_has_a_shape_of_its_own() -> None:
    shapes = [text.split(" ")[0] for text in gauge_words.STATES.values()]
    assert len(set(shapes)) == len(shapes)
    assert set(gauge_words.STATES) == {*Health, "late"}


def test_a_late_gauge_in_range_is_not_green() -> None:
    assert gauge_words.state(gauge()) == "● In range"
    assert gauge_words.state(gauge(freshness="due")) == "● In range"
    assert gauge_words.state(gauge(freshness="late")) == "◔ In range · late"


@pytest.mark.parametrize(
    ("health", "text"),
    [
        (Health.NEAR_EDGE, "◐ Near edge"),
        (Health.OUT_OF_RANGE, "■ Out of range"),
        (Health.NO_DATA, "◌ No data"),
        (Health.INDICATOR, "◇ Indicator"),
    ],
)
def test_lateness_changes_no_other_state(health: Health, text: str) -> None:
    assert gauge_words.state(gauge(health=health, freshness="late")) == text


def test_a_value_is_told_from_the_bound_it_broke() -> None:
    uptime = gauge(value=99.996, low=99.999, high=None)
    assert plain(gauge_numbers.value(uptime)) == "99.996 %"
    assert plain(gauge_numbers.ideal(uptime)) == "ideal from 99.999 %"
    parcel = gauge(value=1234.4, low=None, high=1234.2, unit="kg")
    assert plain(gauge_numbers.value(parcel)) == "1 234.4 kg"
    assert plain(gauge_numbers.ideal(parcel)) == "ideal up to 1 234.2 kg"
    assert plain(gauge_numbers.value(gauge(value=99.996, low=90.0, high=None))) == "99.996 %"


def test_small_moves_are_drawn() -> None:
    nines = gauge(series=(99.9993, 99.9990, 99.996), limit_lower=99.9988, limit_upper=99.9995)
    assert gauge_numbers.series(nines) == "99.9993 99.999 99.996"
    assert gauge_numbers.limits(nines) == [99.9988, 99.9995]
    assert gauge_numbers.series(gauge(series=(123456.789, None, 100.0))) == "1.235e+05 - 100"


def line(**changes: object) -> str:
    return plain(gauge_words.gauge_line(gauge(**changes), TODAY, TODAY))


def test_the_line_of_a_gauge_in_range_tells_the_change() -> None:
    assert line() == "+0.3 since the week before"
    assert line(value=8.8) == "unchanged"
    assert line(value=8.8 - 1e-9) == "−1×10⁻⁹ since the week before"
    assert line(previous=None) == "first reading"
    assert line(cadence=Cadence.WEEKDAYS) == "+0.3 since the weekday before"


def test_the_line_does_not_call_a_reading_before_a_gap_the_week_before() -> None:
    assert line(series=(8.8, None, 9.1)) == "+0.3 since the reading before"


def test_the_line_of_a_gauge_out_of_range_tells_for_how_long() -> None:
    since = date(2026, 10, 26)
    assert line(health=Health.OUT_OF_RANGE, since=since) == "out of range for 3 weeks"
    assert line(health=Health.OUT_OF_RANGE, since=TODAY) == "out of range for 1 day"
    assert line(health=Health.OUT_OF_RANGE) == "out of range"
    late = line(health=Health.OUT_OF_RANGE, since=since, freshness="late")
    assert late == "out of range for 3 weeks · late"


def test_the_line_of_a_silent_gauge_tells_since_when() -> None:
    silent = {"health": Health.NO_DATA, "freshness": "no data"}
    assert line(**silent, period=WEEKS[2]) == "no reading for 16 days · due every week"
    assert line(**silent, period=None) == "no reading yet · due every week"
    last_month = {"cadence": Cadence.MONTHLY, "period": date(2025, 12, 1)}
    assert line(**silent, **last_month) == "no reading for 11 months · due every month"
    friday = {"cadence": Cadence.WEEKDAYS, "period": date(2026, 11, 13)}
    assert line(**silent, **friday) == "no reading for 2 days · due every weekday"
    quarter = {"cadence": Cadence.QUARTERLY, "period": date(2025, 10, 1)}
    assert line(**silent, **quarter) == "no reading for 11 months · due every quarter"


def test_the_line_of_a_late_gauge_tells_since_when_it_is_due() -> None:
    assert line(freshness="late", late_days=1) == "due since 16 Nov"
    assert line(freshness="late", late_days=1, health=Health.NEAR_EDGE) == "due since 16 Nov"


@pytest.mark.parametrize(
    ("changes", "mark"),
    [
        ({}, ("drifting", "▼ drifting down")),
        ({"mean": 11.0}, ("drifting", "▲ drifting up")),
        ({"signal": Signal.WATCH}, ("watch", "△ watch")),
        ({"signal": Signal.RECOVERING}, ("recovering", "↻ recovering")),
        ({"signal": Signal.LEARNING}, ("learning", "… learning")),
        ({"signal": Signal.STEADY}, None),
        ({"signal": Signal.STEADY, "favourable": True, "mean": 11.0}, ("better", "▲ better")),
        ({"signal": Signal.WATCH, "favourable": True}, ("watch", "△ watch")),
    ],
)
def test_a_signal_has_a_mark_with_a_shape_and_a_word(
    changes: dict[str, Any], mark: tuple[str, str] | None
) -> None:
    assert gauge_words.signal_mark(gauge(signal=signal(**changes))) == mark


def test_a_silent_gauge_shows_no_signal_but_that_it_was_drifting() -> None:
    assert gauge_words.signal_mark(gauge(signal=None)) is None
    silent = gauge(health=Health.NO_DATA, signal=signal(signal=Signal.RECOVERING))
    assert gauge_words.signal_mark(silent) is None
    drifting = gauge(health=Health.NO_DATA, signal=signal())
    assert gauge_words.signal_mark(drifting) == ("past", "▼ was drifting")


def test_a_drift_without_numbers_goes_the_way_it_should_not() -> None:
    blind = signal(mean=None, expected=None)
    assert gauge_words.drift(gauge(signal=blind, better=Better.HIGHER)) == "drifting down"
    assert gauge_words.drift(gauge(signal=blind, better=Better.LOWER)) == "drifting up"


def test_the_line_of_a_drifting_gauge_tells_for_how_long_and_where_to() -> None:
    drifting = {"signal": signal(onset=date(2026, 9, 21))}
    assert line(**drifting) == "8 weeks of drift"
    leaves = departure(earliest=date(2026, 11, 23), even=date(2026, 11, 30))
    said = "8 weeks of drift · leaves its range in about 2 weeks"
    assert line(**drifting, departure=leaves) == said
    late = line(**drifting, departure=leaves, freshness="late", late_days=1)
    assert late == f"{said} · late"


@pytest.mark.parametrize(
    ("left", "cadence", "text"),
    [
        (departure(), Cadence.WEEKLY, "leaves its range in about 2 weeks"),
        (departure(even=TODAY), Cadence.WEEKLY, "leaves its range now"),
        (departure(even=date(2026, 11, 22)), Cadence.DAILY, "leaves its range in about 5 days"),
        (departure(even=date(2027, 4, 1)), Cadence.QUARTERLY, "leaves its range in about 4 months"),
        (departure(even=None), Cadence.WEEKLY, "may leave its range next week"),
        (departure(even=date(2026, 11, 18)), Cadence.DAILY, "leaves its range tomorrow"),
        (departure(even=date(2026, 12, 1)), Cadence.MONTHLY, "leaves its range next month"),
        (departure(even=date(2027, 1, 1)), Cadence.MONTHLY, "leaves its range in about 6 weeks"),
        (departure(even=date(2027, 1, 1)), Cadence.QUARTERLY, "leaves its range next quarter"),
        (Departure(None, None, None), Cadence.WEEKLY, "stays in its range for now"),
        (None, Cadence.WEEKLY, ""),
    ],
)
def test_the_range_to_empty(left: Departure | None, cadence: Cadence, text: str) -> None:
    assert gauge_words.leaving(gauge(departure=left, cadence=cadence), TODAY) == text


def test_an_acknowledged_drift_says_when_to_look_again() -> None:
    known = {"signal": signal(), "decision": decision(), "departure": departure()}
    assert line(**known) == "acknowledged · look again 1 Dec"
    rerouted = {**known, "decision": decision(kind=DecisionKind.REROUTE, look_again=None)}
    assert line(**rerouted) == "rerouted"


def test_a_drift_about_which_somebody_acts_says_by_when() -> None:
    acted = {"signal": signal(), "decision": act_of(action()), "departure": departure()}
    assert line(**acted) == "Ben acts by 12 Dec"
    assert line(**acted, owner=None).startswith("Ben acts")
    assert line(**(acted | {"decision": act_of(action(owner=None))})) == "somebody acts by 12 Dec"


def test_a_drift_to_be_looked_at_again_is_no_longer_decided() -> None:
    again = {"signal": signal(), "decision": decision(), "undecided_days": 0}
    assert gauge_decisions.is_decided(gauge(**again)) is False
    assert line(**again) == "8 weeks of drift"


def test_a_decided_gauge_out_of_range_says_both() -> None:
    outside = {"health": Health.OUT_OF_RANGE, "since": date(2026, 10, 26)}
    text = "out of range for 3 weeks · look again 1 Dec"
    assert line(**outside, decision=decision()) == text


@pytest.mark.parametrize(
    ("kind", "smallest_change", "words"),
    [
        (Signal.WATCH, 2.0, "below the smallest change that matters, 2 %"),
        (Signal.WATCH, None, "+0.3 since the week before"),
        (Signal.STEADY, 2.0, "+0.3 since the week before"),
    ],
)
def test_the_line_of_a_shift_that_is_held_back_says_by_what(
    kind: Signal, smallest_change: float | None, words: str
) -> None:
    assert line(signal=signal(signal=kind), smallest_change=smallest_change) == words


def test_a_recovering_gauge_is_not_called_steady_yet() -> None:
    recovering = signal(signal=Signal.RECOVERING)
    assert line(signal=recovering) == "back near normal, not yet steady"


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"onset": WEEKS[7]}, 8),
        ({"onset": WEEKS[0]}, 1),
        ({"onset": date(2020, 1, 6)}, 26),
        ({"onset": None}, 0),
        ({"signal": Signal.RECOVERING}, 8),
        ({"signal": Signal.STEADY, "onset": None}, 0),
        ({"signal": Signal.STEADY, "favourable": True, "onset": None}, 8),
    ],
)
def test_what_is_unusual_of_the_last_periods(changes: dict[str, Any], count: int) -> None:
    assert gauge_words.unusual(gauge(signal=signal(**changes))) == count


def test_calm_is_not_claimed_for_what_is_not_shown() -> None:
    assert gauge_words.no_decisions([], 0, under_way=True) == "✓ Nothing needs a decision."
    assert "2 other KPIs need one" in gauge_words.no_decisions([], 2, under_way=True)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"signal": signal()}, True),
        ({"signal": signal(signal=Signal.WATCH)}, True),
        ({"signal": signal(), "health": Health.OUT_OF_RANGE}, False),
        ({"signal": signal(), "health": Health.NO_DATA}, False),
        ({"signal": signal(signal=Signal.STEADY, onset=None)}, False),
        ({"signal": signal(), "freshness": "late"}, False),
    ],
)
def test_one_mark_is_that_of_the_signal_where_the_state_is_fine(
    changes: dict[str, Any], told: bool
) -> None:
    assert gauge_words.is_told_by_signal(gauge(**changes)) is told


def test_a_signal_that_is_being_computed_says_so_beside_what_was_shown_last() -> None:
    assert (
        line(signal=signal(), is_pending=True) == f"{line(signal=signal())} · signal being computed"
    )
