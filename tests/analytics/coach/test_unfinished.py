"""What a key result still lacks."""

from dataclasses import replace

import pytest

from analytics.coach.draft import DraftKeyResult, DraftTeam
from analytics.coach.remark import About, Kind
from analytics.coach.unfinished import many_ownerless, ownerless, unfinished
from tests.analytics.coach.drafts_kpis import RESOLUTION
from tests.analytics.coach.writing import hold, kr, milestone, objective

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
        (replace(STEPS, steps=()), "steps:"),
        (replace(STEPS, steps=("Dug",)), "a second step:"),
    ],
)
def test_what_is_missing_is_named(draft: DraftKeyResult, missing: str) -> None:
    remark = unfinished(draft, HERE)
    assert remark is not None
    assert remark.kind is Kind.UNFINISHED
    assert remark.about == HERE
    assert remark.reason.startswith(f"This still needs {missing}")


def test_an_owner_that_is_said_elsewhere_is_left_out() -> None:
    nobodys = replace(METRIC, owner="")
    assert unfinished(nobodys, HERE, with_owner=False) is None
    remark = unfinished(replace(nobodys, start=None), HERE, with_owner=False)
    assert remark is not None
    assert remark.reason.startswith("This still needs a start: ")


def test_only_an_owner_can_still_be_found() -> None:
    assert ownerless(replace(METRIC, start=None, unit=""), HERE) is None
    remark = ownerless(replace(METRIC, start=None, owner=" "), HERE)
    assert remark is not None
    assert remark.reason.startswith("This still needs an owner: ")


def test_many_without_an_owner_are_counted_once() -> None:
    nobodys = replace(METRIC, owner=" ")
    base = objective("Dry feet", "Ada", nobodys, METRIC, nobodys)
    assert many_ownerless(DraftTeam((base,))) is None
    running = replace(base, key_results=(nobodys,), is_draft=False)
    remark = many_ownerless(DraftTeam((base, running)))
    assert remark is not None
    assert (remark.kind, remark.about) == (Kind.UNFINISHED, About())
    assert remark.reason.startswith("3 key results have no owner yet: ")
