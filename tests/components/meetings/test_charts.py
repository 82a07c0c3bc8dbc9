"""The large charts: what is drawn of a KPI and of a key result, and where the news begins."""

from datetime import date, timedelta

import pytest

from components.meetings import charts
from data.okrs.views.key_results import Step
from models import Cadence, KeyResultKind, Signal
from tests.components.examples import gauge, key_result, signal

BEGAN, DAY = date(2026, 10, 1), date(2026, 11, 10)
SAID = [(BEGAN + timedelta(days=10), 12.0), (BEGAN + timedelta(days=20), 17.5)]


@pytest.mark.parametrize(
    ("since", "share"), [(None, None), (0, None), (1, 3.5 / 4), (4, 0.5 / 4), (5, None), (9, None)]
)
def test_news_of_a_gauge_begins_between_the_last_old_value_and_the_first_new_one(
    since: int | None, share: float | None
) -> None:
    shown = gauge(series=(1.0, 2.0, 3.0, 4.0, 5.0))
    assert charts.of_gauge(shown, DAY, since=since)["news"] == share


def test_the_chart_of_a_gauge_names_its_first_and_its_last_period() -> None:
    weeks = [date(2026, 11, 2) - timedelta(weeks=back) for back in range(6)]
    shown = gauge(series=(1.0, 2.0, 3.0), cadence=Cadence.WEEKLY, period=weeks[1])
    drawn = charts.of_gauge(shown, DAY, periods={Cadence.WEEKLY: weeks})
    assert (drawn["from"], drawn["to"]) == ("week of 12\u00a0Oct", "week of 26\u00a0Oct")
    assert charts.of_gauge(shown, DAY)["from"] == ""


def test_a_better_level_is_not_coloured_like_a_drift() -> None:
    better = signal(signal=Signal.STEADY, favourable=True, onset=None)
    assert charts.of_gauge(gauge(signal=better), DAY)["signal"] == "better"
    drifting = signal(signal=Signal.DRIFTING)
    assert charts.of_gauge(gauge(signal=drifting), DAY)["signal"] == "drifting"


def test_the_way_of_a_key_result_begins_at_its_start_and_keeps_the_days_apart() -> None:
    shown = key_result(start=10.0, target=20.0, unit="shops", kind=KeyResultKind.METRIC)
    drawn = charts.of_key_result(shown, SAID, BEGAN, DAY, BEGAN + timedelta(days=30))
    assert drawn is not None
    assert (drawn["series"], drawn["at"]) == ("10 12 17.5", [0.0, 0.25, 0.5])
    assert (drawn["low"], drawn["high"], drawn["news"]) == (20.0, None, 0.75)
    assert drawn["ideal"] == "target 20\u00a0shops"


def test_a_way_down_is_held_against_a_target_below_it() -> None:
    shown = key_result(start=20.0, target=10.0, kind=KeyResultKind.METRIC)
    drawn = charts.of_key_result(shown, SAID, BEGAN, DAY, None)
    assert drawn is not None
    assert (drawn["low"], drawn["high"], drawn["news"]) == (None, 10.0, None)


def test_steps_add_up_to_the_whole_and_stay_reached() -> None:
    days = (BEGAN + timedelta(days=20), BEGAN + timedelta(days=10), None)
    steps = tuple(
        Step("step", share, on) for share, on in zip((30.0, 10.0, 40.0), days, strict=True)
    )
    shown = key_result(kind=KeyResultKind.MILESTONE, start=None, target=None, steps=steps)
    drawn = charts.of_key_result(shown, (), BEGAN, DAY, None)
    assert drawn is not None
    assert (drawn["series"], drawn["at"]) == ("0 12.5 50 50", [0.0, 0.25, 0.5, 1.0])


def test_without_news_there_is_no_chart() -> None:
    metric = key_result(start=10.0, target=20.0, kind=KeyResultKind.METRIC)
    steps = (Step("first", 1.0, None),)
    milestone = key_result(kind=KeyResultKind.MILESTONE, steps=steps)
    for each in (metric, milestone):
        assert charts.of_key_result(each, (), BEGAN, DAY, None) is None
    assert charts.of_key_result(metric, SAID, DAY, DAY, None) is None


def test_what_a_kpi_feeds_is_held_against_its_target_unless_it_is_to_stay_in_range() -> None:
    chart = charts.of_gauge(gauge(low=1.0, high=4.0), DAY)
    fed = key_result(kind=KeyResultKind.METRIC, start=2.0, target=3.0)
    assert (charts.of_fed(fed, chart)["low"], charts.of_fed(fed, chart)["high"]) == (3.0, None)
    assert charts.of_fed(key_result(kind=KeyResultKind.HOLD), chart) == chart
