"""How many: three to five objectives, three to five key results, and few KPIs."""

import pytest

from analytics.coach import counts
from analytics.coach.draft import DraftObjective, DraftTeam, KpiFacts
from analytics.coach.remark import About, Kind
from tests.analytics.coach.drafts_kpis import RESOLUTION
from tests.analytics.coach.writing import hold, kr, objective

RECOVERY = objective("Answers come back in time", "Ada", hold(RESOLUTION, 8, "Ada"))
EXPECTED = {
    0: None,
    1: "few",
    2: "few",
    3: None,
    5: None,
    6: "many",
}


@pytest.mark.parametrize(("count", "which"), EXPECTED.items())
def test_three_to_five_objectives(count: int, which: str | None) -> None:
    remark = counts.objectives(DraftTeam((DraftObjective(name="Dry feet"),) * count))
    assert (remark and remark.kind) == (which and f"{which} objectives")
    assert remark is None or remark.about == About()


def test_recovery_objectives_do_not_count() -> None:
    plain = (DraftObjective(name="Dry feet"),) * 5
    assert counts.objectives(DraftTeam((*plain, RECOVERY))) is None
    assert counts.objectives(DraftTeam((RECOVERY,))) is None


@pytest.mark.parametrize(("count", "which"), EXPECTED.items())
def test_three_to_five_key_results(count: int, which: str | None) -> None:
    draft = objective("Dry feet", "Ada", *[kr("Floods", "floods", 4, 1, "Ada")] * count)
    remark = counts.key_results(draft, About(1))
    assert (remark and remark.kind) == (which and f"{which} key results")
    assert remark is None or remark.about == About(1)


def test_a_recovery_objective_has_one_hold() -> None:
    assert counts.key_results(RECOVERY, About(0)) is None


def test_up_to_seven_kpis_and_indicators_are_free() -> None:
    gauge = KpiFacts(name="Floods", better="lower", high=3)
    indicator = KpiFacts(name="Rain", better="within")
    assert counts.kpis(DraftTeam((), (gauge,) * 7 + (indicator,) * 9)) is None
    remark = counts.kpis(DraftTeam((), (gauge,) * 8))
    assert remark is not None
    assert remark.kind is Kind.MANY_KPIS
    assert remark.reason.startswith("If all 8 are key, none is.")
