"""Leading and lagging: what moves early, and what it is for."""

import pytest

from analytics.coach.draft import DraftKeyResult
from analytics.coach.kinds import one_kind
from analytics.coach.remark import About, Kind
from tests.analytics.coach import drafts_kpis as kpis
from tests.analytics.coach.writing import kr, milestone, objective

HERE = About(0)
LEADING = kr("Meetings", "meetings", 36, 48, "Ada", kpi=kpis.FIRST_MEETINGS)
LAGGING = kr("Conversion", "%", 23, 28, "Ada", kpi=kpis.CONVERSION)
UNKNOWN = kr("Floods", "floods", 4, 1, "Ada")
STEPS = milestone("A dry cellar", "Ada", "Dug", "Sealed")


@pytest.mark.parametrize(
    ("key_results", "says"),
    [
        ((LAGGING, LAGGING), "All of these move late"),
        ((LEADING, LEADING, LEADING), "All of these move early"),
        ((LEADING, LEADING, STEPS), "All of these move early"),
    ],
)
def test_one_kind_alone_is_told(key_results: tuple[DraftKeyResult, ...], says: str) -> None:
    remark = one_kind(objective("Dry feet", "Ada", *key_results), HERE)
    assert remark is not None
    assert remark.kind is Kind.ONE_KIND
    assert remark.reason.startswith(says)


@pytest.mark.parametrize(
    "key_results",
    [
        (LEADING, LAGGING),
        (LAGGING, LAGGING, STEPS),
        (LAGGING, LAGGING, UNKNOWN),
        (LAGGING,),
        (UNKNOWN, UNKNOWN),
        (STEPS, STEPS),
        (),
    ],
)
def test_both_kinds_or_too_little_known_is_left_alone(
    key_results: tuple[DraftKeyResult, ...],
) -> None:
    assert one_kind(objective("Dry feet", "Ada", *key_results), HERE) is None
