"""The distance of a key result: is there one, and is it more than wobble?"""

from math import nan

import numpy as np

from analytics.coach.distance import no_distance, within_wobble
from analytics.coach.draft import KpiFacts
from analytics.coach.remark import About, Kind
from tests.analytics.coach.drafts_kpis import RESOLUTION
from tests.analytics.coach.writing import hold, kr

HERE = About(0, 0)
# Moving ranges of 1.128 are a sigma of exactly 1.
ZIGZAG = 50 + 1.128 * (np.arange(20) % 2)
KPI = KpiFacts(id=1, name="Level", better="higher", unit="cm", values=ZIGZAG)


def test_a_start_that_is_the_target_is_no_distance() -> None:
    remark = no_distance(kr("Level", "%", 80, 80, "Ada"), HERE)
    assert remark is not None
    assert remark.kind is Kind.NO_DISTANCE
    assert "at 80 %" in remark.reason


def test_any_distance_is_one() -> None:
    assert no_distance(kr("Level", "cm", 80, 80.1, "Ada"), HERE) is None
    assert no_distance(kr("Level", "cm", None, None, "Ada"), HERE) is None
    assert no_distance(kr("Level", "cm", nan, nan, "Ada"), HERE) is None
    assert no_distance(hold(RESOLUTION, 8, "Ada"), HERE) is None


def test_under_one_and_a_half_sigmas_is_wobble() -> None:
    remark = within_wobble(kr("Level", "cm", 50, 51.4, "Ada", kpi=KPI), HERE)
    assert remark is not None
    assert remark.kind is Kind.WITHIN_WOBBLE
    assert "by about 1 cm anyway, so luck alone can bring 1.4 cm" in remark.reason
    assert within_wobble(kr("Level", "cm", 50, 48.6, "Ada", kpi=KPI), HERE) is not None


def test_from_one_and_a_half_sigmas_on_it_is_none() -> None:
    assert within_wobble(kr("Level", "cm", 50, 51.6, "Ada", kpi=KPI), HERE) is None


def test_wobble_needs_a_history_that_wobbles() -> None:
    young = KpiFacts(id=1, name="Level", better="higher", values=ZIGZAG[:11])
    still = KpiFacts(id=1, name="Level", better="higher", values=np.full(20, 50.0))
    for kpi in (None, young, still, KpiFacts(id=1, name="Level", better="higher")):
        assert within_wobble(kr("Level", "cm", 50, 50.1, "Ada", kpi=kpi), HERE) is None


def test_a_distance_that_is_missing_is_no_wobble() -> None:
    assert within_wobble(kr("Level", "cm", None, 50.1, "Ada", kpi=KPI), HERE) is None
    assert within_wobble(kr("Level", "cm", 50, nan, "Ada", kpi=KPI), HERE) is None
    assert within_wobble(hold(RESOLUTION, 8, "Ada"), HERE) is None
