"""Outcome or activity: what a key result measures."""

import pytest

from analytics.coach.activity import activity, milestones_only
from analytics.coach.draft import DraftKeyResult
from analytics.coach.remark import About, Kind
from tests.analytics.coach.drafts_kpis import CONVERSION, FIRST_MEETINGS
from tests.analytics.coach.writing import kr, milestone, objective

HERE = About(0, 0)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Hold 5 workshops", "workshops"),
        ("Publish 10 posts", "posts"),
        ("Launch the app", "%"),
        ("Implement the shop system", "%"),
        ("Roll out the handbook", "sites"),
        ("Set up the archive", "%"),
        ("To train all managers", "managers"),
        ("Run a satisfaction survey", "surveys"),
        ("Hire two engineers", "people"),
        ("Send twenty newsletters", "newsletters"),
        ("Customer interviews", "interviews"),
        ("Calls made per week", "calls"),
        ("Sales calls per week", "calls"),
        ("Blog posts published", "posts"),
        ("Webinars in the quarter", "webinars"),
        ("Meetings with partners", "meetings"),
        ("Site visits carried out", "visits"),
        ("Leadership programme", "workshops"),
        ("Migration of the archive", "%"),
        ("Ship customer handbook", "%"),
        ("Fix 100 faults", "faults"),
        ("Define common terms", "terms"),
        ("Release Fieldbook", "%"),
    ],
)
def test_effort_is_no_key_result(name: str, unit: str) -> None:
    remark = activity(kr(name, unit, 0, 10, "Ada"), HERE)
    assert remark is not None
    assert remark.kind is Kind.ACTIVITY
    assert remark.about == HERE


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Signed customers", "customers"),
        ("Tickets solved within a day", "tickets"),
        ("Workshops that teams book again", "workshops"),
        ("Calls answered within 30 seconds", "calls"),
        ("Posts shared by readers", "posts"),
        ("Articles in the top ten of searches", "articles"),
        ("Reviews with five stars", "reviews"),
        ("Sessions per user", "sessions"),
        ("Visits from recommendations", "visits"),
        ("Hold stock below five weeks", "weeks"),
        ("Run time of the nightly job", "minutes"),
        ("Launch days without a fault", "days"),
        ("Build trust with growers", "points"),
        ("Deliver 95 % of orders on time", "%"),
        ("Raise the renewal rate", "%"),
        ("Train punctuality", "%"),
        ("Release notes read by customers", "notes"),
        ("Fix within an hour", "faults"),
        ("Setting of sensors right at first", "sensors"),
        ("", "posts a day"),
    ],
)
def test_an_outcome_is_left_alone(name: str, unit: str) -> None:
    assert activity(kr(name, unit, 0, 10, "Ada"), HERE) is None


def test_fewer_of_an_activity_are_an_outcome() -> None:
    assert activity(kr("Meetings per week", "meetings", 12, 5, "Ada"), HERE) is None


def test_a_leading_kpi_may_count_what_people_do() -> None:
    meetings = kr("Meetings per week", "meetings", 36, 48, "Ada", kpi=FIRST_MEETINGS)
    assert activity(meetings, HERE) is None
    lagging = kr("Meetings per week", "meetings", 36, 48, "Ada", kpi=CONVERSION)
    assert activity(lagging, HERE) is not None


def test_a_milestone_is_a_step_by_its_nature() -> None:
    assert activity(milestone("Launch the app", "Ada", "Built", "Live"), HERE) is None
    assert activity(DraftKeyResult(name="Hold 5 workshops", kind="hold"), HERE) is None


def test_milestones_are_not_all_of_an_objective() -> None:
    steps = milestone("A safe cellar", "Ada", "Planned", "Built")
    number = kr("Floods in the cellar", "floods", 4, 1, "Ada")
    remark = milestones_only(objective("Dry feet", "Ada", steps, steps, steps), About(0))
    assert remark is not None
    assert remark.kind is Kind.MILESTONES_ONLY
    assert milestones_only(objective("Dry feet", "Ada", steps, steps, number), About(0)) is None
    assert milestones_only(objective("Dry feet", "Ada", steps), About(0)) is None
    assert milestones_only(objective("Dry feet", "Ada"), About(0)) is None
