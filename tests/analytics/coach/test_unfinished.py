"""What a key result still lacks."""

from dataclasses import replace

import pytest

from analytics.coach.draft import DraftKeyResult
from analytics.coach.remark import About, Kind
from analytics.coach.unfinished import unfinished
from tests.analytics.coach.drafts_kpis import RESOLUTION
from tests.analytics.coach.writing import hold, kr, milestone

HERE = About(0, 1)
METRIC = kr("Floods in the cellar", "floods", 4, 0, "Ada")
HOLD = hold(RESOLUTION, 8, "Ada")
STEPS = milestone("A dry cellar", "Ada", "Dug", "Sealed")


@pytest.mark.parametrize("whole", [METRIC, HOLD, STEPS, replace(METRIC, unit="", kpi=RESOLUTION)])
def test_a_whole_key_result_is_left_alone(whole: DraftKeyResult) -> None:
    assert unfinished(whole, HERE) is None


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (replace(METRIC, start=None), "a start:"),
        (replace(METRIC, target=None), "a target:"),
        (replace(METRIC, unit=""), "a unit:"),
        (replace(METRIC, owner=" "), "an owner:"),
        (replace(METRIC, start=None, target=None, owner=""), "a start, a target and an owner:"),
        (replace(HOLD, kpi=None), "a KPI:"),
        (replace(HOLD, hold_periods=None), "a number of periods:"),
        (replace(STEPS, steps=("Dug",)), "steps:"),
    ],
)
def test_what_is_missing_is_named(draft: DraftKeyResult, missing: str) -> None:
    remark = unfinished(draft, HERE)
    assert remark is not None
    assert remark.kind is Kind.UNFINISHED
    assert remark.about == HERE
    assert remark.reason.startswith(f"This still needs {missing}")
