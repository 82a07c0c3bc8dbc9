"""Two key results that share something: one KPI pulled two ways, or the same said twice."""

from dataclasses import replace

import pytest

from analytics.coach.draft import DraftKeyResult, DraftTeam
from analytics.coach.remark import About, Kind
from analytics.coach.sharing import duplicate, pulled_two_ways
from tests.analytics.coach.drafts_kpis import CONVERSION, RENEWALS, RESOLUTION, STOCK_COVER
from tests.analytics.coach.writing import hold, kr, objective

UP = kr("Stock cover", "weeks", 6, 7.5, "Ada", kpi=STOCK_COVER)
DOWN = kr("Weeks in stock", "weeks", 6, 4.5, "Bo", kpi=STOCK_COVER)
LATER = About(1, 0)


def team(one: DraftKeyResult, other: DraftKeyResult) -> DraftTeam:
    return DraftTeam((objective("Full shelves", "Ada", one), objective("Light", "Bo", other)))


def test_one_kpi_cannot_go_both_ways() -> None:
    remark = pulled_two_ways(team(UP, DOWN), DOWN, LATER)
    assert remark is not None
    assert remark.kind is Kind.PULLED_TWO_WAYS
    assert remark.about == LATER
    assert remark.reason.startswith("“Full shelves” wants Stock cover at 7.5 weeks, this at 4.5 ")
    assert duplicate(team(UP, DOWN), DOWN, LATER) is None


def test_the_later_row_says_it() -> None:
    assert pulled_two_ways(team(UP, DOWN), UP, About(0, 0)) is None


def test_two_kpis_of_one_name_are_two() -> None:
    theirs = replace(DOWN, kpi=replace(STOCK_COVER, id=STOCK_COVER.id + 1))
    assert pulled_two_ways(team(UP, theirs), theirs, LATER) is None
    again = replace(UP, kpi=theirs.kpi)
    assert duplicate(team(UP, again), again, LATER) is None
    renamed = replace(DOWN, kpi=replace(STOCK_COVER, name="Cover"))
    assert pulled_two_ways(team(UP, renamed), renamed, LATER) is not None


@pytest.mark.parametrize(
    ("start", "target", "conflict"), [(9, 7.4, True), (9, 7.5, False), (9, 8, False)]
)
def test_targets_that_both_can_be_met_are_no_pull(
    start: float, target: float, conflict: bool
) -> None:
    down = replace(DOWN, start=start, target=target)
    assert (pulled_two_ways(team(UP, down), down, LATER) is not None) is conflict


def test_another_teams_objective_may_pull_the_other_way() -> None:
    theirs = objective("Warehouse / Full shelves (2026)", "Ada", UP)
    mine = DraftTeam((objective("Light", "Bo", DOWN),), others=(theirs,))
    remark = pulled_two_ways(mine, DOWN, About(0, 0))
    assert remark is not None
    assert remark.reason.startswith("“Warehouse / Full shelves (2026)” wants Stock cover at 7.5")
    assert remark.about == About(0, 0)
    same = DraftTeam((objective("Light", "Bo", UP),), others=(theirs,))
    assert pulled_two_ways(same, UP, About(0, 0)) is None
    assert duplicate(same, UP, About(0, 0)) is None


def test_two_kpis_or_one_way_are_no_pull() -> None:
    other = replace(DOWN, kpi=RENEWALS)
    assert pulled_two_ways(team(UP, other), other, LATER) is None
    assert pulled_two_ways(team(UP, UP), UP, LATER) is None
    typed = replace(DOWN, kpi=None)
    assert pulled_two_ways(team(replace(UP, kpi=None), typed), typed, LATER) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tickets solved at the first contact", "First-contact tickets solved"),
        ("New customers", "New customer"),
        ("Companies that renew", "The companies that renew"),
    ],
)
def test_the_same_words_are_the_same(one: str, other: str) -> None:
    first, second = kr(one, "%", 10, 20, "Ada"), kr(other, "%", 10, 25, "Bo")
    remark = duplicate(team(first, second), second, LATER)
    assert remark is not None
    assert remark.kind is Kind.DUPLICATE
    assert f"as “{one}”" in remark.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("New customers in the north", "New customers in the south"),
        ("Customers who stay", "Customers who leave"),
        ("Tickets solved within a day by chat", "Tickets solved within a day by phone"),
        ("", ""),
    ],
)
def test_other_words_are_not_the_same(one: str, other: str) -> None:
    first, second = kr(one, "%", 10, 20, "Ada"), kr(other, "%", 10, 25, "Bo")
    assert duplicate(team(first, second), second, LATER) is None


def test_one_kpi_under_two_names_is_the_same() -> None:
    again = replace(UP, name="Weeks until we run dry")
    assert duplicate(team(UP, again), again, LATER) is not None
    held = hold(RESOLUTION, 8, "Ada")
    assert duplicate(team(held, held), held, LATER) is not None


def test_equal_names_of_other_units_kinds_and_kpis_are_not_the_same() -> None:
    typed = replace(UP, kpi=None)
    days = replace(typed, unit="days")
    assert duplicate(team(typed, days), days, LATER) is None
    other = replace(UP, kpi=CONVERSION)
    assert duplicate(team(UP, other), other, LATER) is None
    held = replace(UP, kind="hold")
    assert duplicate(team(UP, held), held, LATER) is None
