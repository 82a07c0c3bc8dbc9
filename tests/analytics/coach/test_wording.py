"""The words of an objective: an outcome, short, in plain words, without figures."""

from collections.abc import Callable

import pytest

from analytics.coach.draft import DraftObjective
from analytics.coach.remark import About, Kind, Remark
from analytics.coach.wording import figures, long, slogan, task

HERE = About(2)

Judge = Callable[[DraftObjective, About], Remark | None]


def kind_of(judge: Judge, name: str) -> Kind | None:
    remark = judge(DraftObjective(name=name), HERE)
    assert remark is None or remark.about == HERE
    return None if remark is None else remark.kind


@pytest.mark.parametrize(
    "name",
    [
        "Launch the new shop",
        "Launch Fieldbook in the north",
        "Implement the CRM",
        "Build a warehouse for data",
        "To migrate all archives",
        "Roll out the handbook",
        "Set up a second site",
        "Rollout of the handbook",
        "Introduction of flexible hours",
        "Hire two engineers",
        "Run the yearly survey",
    ],
)
def test_something_to_do_is_no_objective(name: str) -> None:
    assert kind_of(task, name) is Kind.TASK


@pytest.mark.parametrize(
    "name",
    [
        "Launch days feel like any other day",
        "Build trust with our suppliers",
        "Create a place people love to work in",
        "Set a new standard for care",
        "Hold the line on costs",
        "Run the smoothest harvest our growers have known",
        "Meet every customer with a smile",
        "Make growers happy",
        "Open books, open minds",
        "Ship with confidence",
        "Training pays off at work",
        "",
    ],
)
def test_something_to_reach_is_left_alone(name: str) -> None:
    assert kind_of(task, name) is None


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("Cut late payments by 30 %", "“30 %”"),
        ("Grow revenue to €2.4 million", "“€2.4 million”"),
        ("Reach 10k users", "“10k”"),
        ("Win 5 new customers", "“5”"),
    ],
)
def test_a_figure_is_for_a_key_result(name: str, figure: str) -> None:
    remark = figures(DraftObjective(name=name), HERE)
    assert remark is not None
    assert remark.kind is Kind.FIGURES
    assert figure in remark.reason


@pytest.mark.parametrize(
    "name",
    [
        "Ready for 2027",
        "ISO 27001 is a habit, not a project",
        "24/7 support that nobody needs",
        "Version 3 feels like home",
        "B2B customers feel at home",
        "Q4 without night shifts",
        "A 1st class welcome",
        "Nobody waits twice",
    ],
)
def test_numbers_that_are_names_are_left_alone(name: str) -> None:
    assert kind_of(figures, name) is None


def test_more_than_14_words_are_not_remembered() -> None:
    assert kind_of(long, " ".join(["grow"] * 14)) is None
    assert kind_of(long, " ".join(["grow"] * 15)) is Kind.LONG


@pytest.mark.parametrize(
    "name",
    [
        "Operational excellence",
        "Become the market leader",
        "World-class support",
        "Best-in-class products for the future",
        "Deliver great service",
        "Innovation in everything we do",
        "Improve processes",
    ],
)
def test_big_words_alone_are_a_slogan(name: str) -> None:
    assert kind_of(slogan, name) is Kind.SLOGAN


@pytest.mark.parametrize(
    "name",
    [
        "A great start for every newcomer",
        "Best harvest of the decade",
        "Growers succeed in their first season",
        "A problem solved is a problem gone",
        "Improve how we answer growers",
        "",
    ],
)
def test_an_objective_with_content_is_left_alone(name: str) -> None:
    assert kind_of(slogan, name) is None
