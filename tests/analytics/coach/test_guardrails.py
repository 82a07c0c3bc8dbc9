"""Guardrails: what must not break while an objective is pursued."""

from dataclasses import replace

import pytest

from analytics.coach.draft import DraftKeyResult, DraftTeam, KpiFacts
from analytics.coach.guardrails import guarded_elsewhere, no_guardrail
from analytics.coach.remark import About, Kind
from tests.analytics.coach.drafts_kpis import COST_PER_LEAD, RENEWALS, STOCK_COVER
from tests.analytics.coach.writing import hold, kr, objective

REVENUE = kr("Revenue in the north", "thousand €", 80, 240, "Ada")
FLOODS = kr("Floods in the cellar", "floods", 4, 1, "Ada")
SHARE = kr("Customers who stay", "%", 80, 90, "Ada")
FEWER = kr("Lost customers", "customers", 30, 10, "Ada")


@pytest.mark.parametrize(
    ("name", "key_results"),
    [
        ("A second home", (REVENUE, REVENUE, FLOODS)),
        ("A second home", (REVENUE, SHARE)),
        ("Grow in the north", (REVENUE, SHARE, FLOODS)),
    ],
)
def test_growth_needs_a_guardrail(name: str, key_results: tuple[DraftKeyResult, ...]) -> None:
    remark = no_guardrail(objective(name, "Ada", *key_results), About(0))
    assert remark is not None
    assert remark.kind is Kind.NO_GUARDRAIL
    guarded = objective(name, "Ada", *key_results, guards=(RENEWALS,))
    assert no_guardrail(guarded, About(0)) is None


@pytest.mark.parametrize(
    ("name", "key_results"),
    [
        ("A second home", (REVENUE, SHARE, FLOODS)),
        ("A second home", (FEWER, FEWER)),
        ("Grow as people", (SHARE, FLOODS)),
        ("Grow in the north", (REVENUE, hold(RENEWALS, 8, "Ada"))),
        ("Grow in the north", ()),
    ],
)
def test_what_does_not_grow_or_holds_something_is_left_alone(
    name: str, key_results: tuple[DraftKeyResult, ...]
) -> None:
    assert no_guardrail(objective(name, "Ada", *key_results), About(0)) is None


def guarded(draft: DraftKeyResult, guard: KpiFacts, *, at: int = 1) -> str | None:
    """Give the reason where one objective guards a KPI, and the objective at an index drafts."""
    first = objective("Calm first", "Ada", guards=(guard,))
    remark = guarded_elsewhere(
        DraftTeam((first, objective("Fair", "Ada", draft))), draft, About(at, 0)
    )
    assert remark is None or remark.kind is Kind.GUARDED_ELSEWHERE
    return None if remark is None else remark.reason


def test_a_target_that_breaks_a_guarded_kpi_is_told() -> None:
    draft = kr("Cost", "€", 52, 75, "Ada", kpi=COST_PER_LEAD)
    reason = guarded(draft, COST_PER_LEAD)
    assert reason is not None
    assert reason.startswith("“Calm first” guards Cost per lead, and 75 € would break it.")
    own = guarded(draft, COST_PER_LEAD, at=0)
    assert own is not None
    assert own.startswith("This objective guards")


def test_another_kpi_of_that_name_is_not_guarded() -> None:
    theirs = replace(COST_PER_LEAD, id=COST_PER_LEAD.id + 1)
    draft = kr("Cost", "€", 52, 75, "Ada", kpi=COST_PER_LEAD)
    assert guarded(draft, theirs) is None


@pytest.mark.parametrize(("target", "breaks"), [(8.5, True), (3.5, True), (8, False), (4, False)])
def test_a_range_is_broken_on_either_side(target: float, breaks: bool) -> None:
    draft = kr("Cover", "weeks", 6, target, "Ada", kpi=STOCK_COVER)
    assert (guarded(draft, STOCK_COVER) is not None) is breaks


def test_a_target_in_the_range_or_beyond_its_good_side_is_left_alone() -> None:
    assert guarded(kr("Cost", "€", 40, 59, "Ada", kpi=COST_PER_LEAD), COST_PER_LEAD) is None
    assert guarded(kr("Cost", "€", 52, 75, "Ada", kpi=COST_PER_LEAD), RENEWALS) is None
    floor = replace(COST_PER_LEAD, low=30.0)
    assert guarded(kr("Cost", "€", 52, 20, "Ada", kpi=floor), floor) is None


@pytest.mark.parametrize(
    ("better", "target", "breaks"),
    [("lower", 60, True), ("lower", 40, False), ("higher", 40, True), ("within", 90, False)],
)
def test_without_a_range_the_bad_side_breaks(better: str, target: float, breaks: bool) -> None:
    free = KpiFacts(id=1, name="Rain", better=better, unit="mm")
    assert (guarded(kr("Rain", "mm", 50, target, "Ada", kpi=free), free) is not None) is breaks
