"""Ambition against history: what comes by itself, and what has never been seen."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.coach.draft import KpiFacts
from analytics.coach.remark import About, Kind
from analytics.coach.stretch import End, ends, no_stretch, out_of_reach
from analytics.forecast.simulation import courses
from tests.analytics.coach.drafts_kpis import ACTIVE_TEAMS, RECRUITMENT, RESOLUTION, SATISFACTION
from tests.analytics.coach.writing import hold, kr

HERE = About(1, 2)
KPI = KpiFacts(
    id=1,
    name="Level",
    better="higher",
    unit="cm",
    values=50.0 + np.arange(20) % 2,
    ahead=13,
)
END = End(50.0, 1.0)


def test_ends_are_those_of_each_kpi_alone() -> None:
    kpis = (ACTIVE_TEAMS, RECRUITMENT, SATISFACTION)
    for kpi, end in zip(kpis, ends(kpis), strict=True):
        alone = courses([kpi.values], kpi.ahead, seasons=12 if kpi.cadence == "monthly" else 52)
        assert end is not None
        assert (end.mean, end.sd) == pytest.approx((alone.mean[0, -1], alone.sd[0, -1]))


def test_an_end_has_the_season_of_its_months_and_stays_possible() -> None:
    summer = 90.0 + 8 * (np.arange(36) % 12 == 3) + 0.2 * (np.arange(36) % 2)
    monthly = replace(KPI, cadence="monthly", unit="%", high=100, values=summer, ahead=4)
    (end,) = ends([monthly])
    assert end is not None
    assert end.expected == pytest.approx(98.2, abs=0.3)
    assert (end.lowest, end.highest) == (0, 100)
    # So it comes by itself, and nothing comes from beyond 100 %.
    assert no_stretch(kr("Level", "%", 90, 97, "Ada", kpi=monthly), end, HERE) is not None
    over = End(104.0, 1.0, 0.0, 100.0)
    told = no_stretch(kr("Level", "%", 90, 100, "Ada", kpi=monthly), over, HERE)
    assert told is not None
    assert "almost certainly, to about 100 %" in told.reason
    assert no_stretch(kr("Level", "%", 90, 101, "Ada", kpi=monthly), over, HERE) is None


def test_no_end_without_a_history_or_a_way_to_go() -> None:
    young = replace(KPI, values=KPI.values[:11])
    assert ends([young, replace(KPI, ahead=0), replace(KPI, values=np.empty(0))]) == [None] * 3
    assert ends([]) == []
    assert ends([young, KPI])[1] is not None


@pytest.mark.parametrize(("start", "target"), [(45, 48.7), (55, 51.3)])
def test_what_comes_by_itself_is_no_stretch(start: float, target: float) -> None:
    remark = no_stretch(kr("Level", "cm", start, target, "Ada", kpi=KPI), END, HERE)
    assert remark is not None
    assert remark.kind is Kind.NO_STRETCH
    assert remark.about == HERE
    assert "with a chance of 90 %, to about 50 cm" in remark.reason


@pytest.mark.parametrize(("start", "target"), [(45, 48.8), (55, 51.2), (50, 50), (50, np.nan)])
def test_what_may_not_come_is_a_stretch(start: float, target: float) -> None:
    assert no_stretch(kr("Level", "cm", start, target, "Ada", kpi=KPI), END, HERE) is None


def test_a_steady_climb_that_goes_on_is_no_stretch() -> None:
    climb = replace(KPI, values=np.arange(60) + 0.2 * (np.arange(60) % 2))
    (end,) = ends([climb])
    assert no_stretch(kr("Level", "cm", 59, 62, "Ada", kpi=climb), end, HERE) is not None
    assert no_stretch(kr("Level", "cm", 59, 90, "Ada", kpi=climb), end, HERE) is None


def test_beyond_all_experience_needs_a_word_on_how() -> None:
    draft = kr("Level", "cm", 50, 52.4, "Ada", kpi=KPI)
    remark = out_of_reach(draft, END, HERE)
    assert remark is not None
    assert remark.kind is Kind.OUT_OF_REACH
    assert "In 13 periods" not in remark.reason
    assert remark.reason.startswith(
        "In 13 weeks it has never moved by more than 1 cm. From about 50, where it would be by "
        "then, to 52.4 cm is 2.4 cm: "
    )


@pytest.mark.parametrize(
    ("mean", "target", "way"),
    [
        (11.2213, 20, "From about 11.2, where it would be by then, to 20 cm is 8.8 cm:"),
        (
            12345.6,
            20000,
            "From about 12\u202f346, where it would be by then, "
            "to 20\u202f000 cm is 7\u202f654 cm:",
        ),
        (-0.12349, 9, "From about −0.123, where it would be by then, to 9 cm is 9.12 cm:"),
    ],
)
def test_the_way_can_be_computed_from_what_is_said(mean: float, target: float, way: str) -> None:
    draft = kr("Level", "cm", 0, target, "Ada", kpi=KPI)
    remark = out_of_reach(draft, End(mean, 0.1), HERE)
    assert remark is not None
    assert way in remark.reason


def test_one_week_is_one_week() -> None:
    remark = out_of_reach(kr("Level", "cm", 50, 60, "Ada", kpi=replace(KPI, ahead=1)), END, HERE)
    assert remark is not None
    assert remark.reason.startswith("In 1 week it has never moved by more than 1 cm.")


def test_a_way_in_percentages_is_in_percentage_points() -> None:
    share = replace(KPI, unit="%")
    remark = out_of_reach(kr("Level", "%", 50, 60, "Ada", kpi=share), END, HERE)
    assert remark is not None
    assert "to 60 % is 10 percentage points:" in remark.reason


def test_an_improvement_within_experience_is_left_alone() -> None:
    # As unlikely if nothing changes, but not farther than twice what has been seen.
    likely = End(50.0, 0.1)
    assert out_of_reach(kr("Level", "cm", 50, 51.9, "Ada", kpi=KPI), likely, HERE) is None
    assert out_of_reach(kr("Level", "cm", 50, 52.1, "Ada", kpi=KPI), likely, HERE) is not None
    # Far, and yet the forecast gives it more than a chance of 1 %.
    assert out_of_reach(kr("Level", "cm", 50, 52.1, "Ada", kpi=KPI), END, HERE) is None


@pytest.mark.parametrize("target", [None, 50.0, np.nan])
def test_without_a_distance_nothing_is_said(target: float | None) -> None:
    draft = kr("Level", "cm", 50, target, "Ada", kpi=KPI)
    assert no_stretch(draft, END, HERE) is None
    assert out_of_reach(draft, END, HERE) is None


def test_without_a_forecast_nothing_is_said() -> None:
    draft = kr("Level", "cm", 50, 900, "Ada", kpi=KPI)
    assert no_stretch(draft, None, HERE) is None
    assert out_of_reach(draft, None, HERE) is None
    assert no_stretch(hold(RESOLUTION, 8, "Ada"), END, HERE) is None
