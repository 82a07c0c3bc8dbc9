"""How many: three to five objectives, three to five key results, and few KPIs."""

from dataclasses import replace

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


def test_those_of_individuals_are_their_own() -> None:
    plain = (DraftObjective(name="Dry feet"),) * 5
    own = DraftObjective(name="Dry hands", scope="individual")
    assert counts.objectives(DraftTeam((*plain, own))) is None
    assert counts.objectives(DraftTeam((own,))) is None
    assert counts.objectives(DraftTeam((*plain[:2], own))) is not None


def test_what_is_under_way_counts_but_is_not_counted_again() -> None:
    running = (DraftObjective(name="Dry feet", is_draft=False),) * 6
    draft = DraftObjective(name="Dry hands")
    own = replace(draft, scope="individual")
    assert counts.objectives(DraftTeam(running)) is None
    assert counts.objectives(DraftTeam((*running, own))) is None
    assert counts.objectives(DraftTeam(running[:2])) is None
    assert counts.objectives(DraftTeam((*running[:2], draft))) is None
    remark = counts.objectives(DraftTeam((*running[:5], draft)))
    assert remark is not None
    assert remark.reason.startswith("6 objectives")


def test_a_team_that_has_just_begun_to_write_is_left_in_peace() -> None:
    named = DraftObjective(name="Dry feet")
    written = objective("Dry hands", "Ada", kr("Floods", "floods", 4, 1, "Ada"))
    for drafts in ((named,), (written,), (named, written)):
        assert counts.objectives(DraftTeam(drafts, may_grow=True)) is None
        assert counts.objectives(DraftTeam(drafts)) is not None
    assert counts.objectives(DraftTeam((written, written), may_grow=True)) is not None
    many = counts.objectives(DraftTeam((named,) * 6, may_grow=True))
    assert many is not None


@pytest.mark.parametrize(("count", "which"), EXPECTED.items())
def test_three_to_five_key_results(count: int, which: str | None) -> None:
    draft = objective("Dry feet", "Ada", *[kr("Floods", "floods", 4, 1, "Ada")] * count)
    remark = counts.key_results(draft, About(1))
    assert (remark and remark.kind) == (which and f"{which} key results")
    assert remark is None or remark.about == About(1)


def test_a_recovery_objective_has_one_hold() -> None:
    assert counts.key_results(RECOVERY, About(0)) is None


def test_up_to_seven_kpis_and_indicators_are_free() -> None:
    gauge = KpiFacts(id=1, name="Floods", better="lower", high=3)
    indicator = KpiFacts(id=2, name="Rain", better="within")
    draft = (DraftObjective(name="Dry feet"),)
    assert counts.kpis(DraftTeam(draft, (gauge,) * 7 + (indicator,) * 9)) is None
    remark = counts.kpis(DraftTeam(draft, (gauge,) * 8))
    assert remark is not None
    running = (replace(draft[0], is_draft=False),)
    assert counts.kpis(DraftTeam(running, (gauge,) * 8)) is None
    assert remark.kind is Kind.MANY_KPIS
    assert remark.reason.startswith("If all 8 are key, none is.")
