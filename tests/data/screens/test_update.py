"""What is a person's own: whose it is, when it is due, and at what cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.actions.fields import ActionRow
from data.company.fields import CycleRow, TeamRow
from data.company.queries import company as company_at
from data.core.database import data_version
from data.kpis.commands.decisions import dismiss
from data.kpis.commands.kpis import archive_kpi
from data.kpis.fields import KpiRow
from data.okrs.commands.check_ins import amend_check_in
from data.okrs.commands.milestones import reach_milestone
from data.okrs.fields import CheckInRow, KeyResultRow, ObjectiveRow
from data.screens.update import MOST_MISSING, PERIODS_OFFERED, mine
from data.screens.views.update import Mine, MyKeyResult, MyKpi
from models import Better, Cadence, Confidence, KeyResultKind, ObjectiveState, Weekday
from tests.data.builders import (
    MONDAY,
    ROAD,
    TODAY,
    Clock,
    bring,
    key,
    person,
    record,
    statements,
)

WEEK = timedelta(days=7)
OURS = {"kind": KeyResultKind.METRIC, "start": 0, "target": 40}


def list_of(engine: Engine, who: str = "Ana", *, day: date = TODAY) -> Mine:
    return mine(engine, data_version(engine), person(engine, who), day)


def kpi(engine: Engine, name: str = "Conversion", *, day: date = TODAY) -> MyKpi:
    return next(each for each in list_of(engine, day=day).kpis if each.name == name)


def key_result(engine: Engine, name: str, *, day: date = TODAY) -> MyKeyResult:
    return next(each for each in list_of(engine, day=day).key_results if each.name == name)


@pytest.fixture
def hers(company: Engine) -> Engine:
    """Give the small company, with Ana as the owner of its key results."""
    give(company)
    return company


def give(engine: Engine) -> None:
    fed = {"kpi": "Conversion", "owner": "Ana"}
    bring(
        engine,
        key_results=[
            KeyResultRow(**ROAD, key_result="Sign customers", owner="Ana", **OURS),
            KeyResultRow(**ROAD, key_result="Lift conversion", start=6, target=10, **fed),
            KeyResultRow(
                **ROAD, key_result="Open the office", kind=KeyResultKind.MILESTONE, owner="Ana"
            ),
        ],
    )


def check_in(engine: Engine, on: date, value: float | None = 12, **words: str) -> None:
    row = {**ROAD, "key_result": "Sign customers", "date": on, "value": value, **words}
    bring(engine, check_ins=[CheckInRow(**row)])


def test_only_what_is_ones_own_is_there(company_of_each_kind: Engine) -> None:
    give(company_of_each_kind)
    assert [each.name for each in list_of(company_of_each_kind).kpis] == ["Conversion"]
    assert {each.name for each in list_of(company_of_each_kind).key_results} == {
        "Sign customers",
        "Lift conversion",
        "Open the office",
    }
    assert list_of(company_of_each_kind, "Ben").kpis == ()
    assert list_of(company_of_each_kind, "Ben").key_results == ()


def test_a_look_back_shows_who_looked_after_it_then(company: Engine, clock: Clock) -> None:
    row = {"team": "Sales", "kpi": "Conversion", "unit": "%", "better": Better.WITHIN}
    clock.tick(days=1)
    bring(company, kpis=[KpiRow(**row, low=8, high=12, cadence=Cadence.WEEKLY, owner="Ben")])
    after = clock.moment.date()
    assert list_of(company, day=after).kpis == ()
    assert [each.name for each in list_of(company, "Ben", day=after).kpis] == ["Conversion"]
    assert [each.name for each in list_of(company, day=TODAY).kpis] == ["Conversion"]


def test_a_kpi_is_due_late_and_without_data(company: Engine) -> None:
    record(company, 9, on=MONDAY - WEEK)
    assert kpi(company).freshness == "fresh"
    due = kpi(company, day=MONDAY + WEEK)
    assert (due.freshness, due.late_days) == ("due", 0)
    late = kpi(company, day=MONDAY + WEEK + timedelta(days=3))
    assert (late.freshness, late.late_days) == ("late", 3)
    assert kpi(company, day=MONDAY + 2 * WEEK).freshness == "no data"
    record(company, 9.5, on=MONDAY)
    assert kpi(company, day=MONDAY + WEEK).freshness == "fresh"


def test_each_period_on_offer_says_what_stands(company: Engine) -> None:
    record(company, 9, on=MONDAY - WEEK, note="Fair")
    record(company, 10, on=MONDAY)
    found = kpi(company)
    assert (found.value, found.period) == (10, MONDAY)
    assert found.periods[:2] == (MONDAY - WEEK, MONDAY - 2 * WEEK)
    assert len(found.told) == 26
    assert found.told[0] is not None
    assert (found.told[0].value, found.told[0].note) == (9, "Fair")
    assert found.told[1:] == (None,) * 25


def test_what_is_missing_since_the_last_reading_is_told_the_oldest_first(company: Engine) -> None:
    assert kpi(company).missing == (MONDAY - WEEK,)
    record(company, 9, on=MONDAY - 4 * WEEK)
    assert kpi(company).missing == tuple(MONDAY - weeks * WEEK for weeks in (3, 2, 1))
    record(company, 9, on=MONDAY)
    assert kpi(company).missing == ()
    assert len(kpi(company, day=TODAY + 30 * WEEK).missing) == MOST_MISSING


def test_how_a_kpi_went_is_told_as_its_gauge_draws_it(company: Engine) -> None:
    for week, value in enumerate((9, 10, 9, 10, 9)):
        record(company, value, on=MONDAY - (week + 1) * WEEK)
    found = kpi(company)
    assert found.series[-6:] == (None, 9, 10, 9, 10, 9)
    assert len(found.series) == PERIODS_OFFERED
    assert (found.low, found.high) == (8, 12)
    assert found.limits == pytest.approx((9.4 - 3 / 1.128, 9.4 + 3 / 1.128))


def test_where_a_key_result_is_to_be_is_told(hers: Engine) -> None:
    found = key_result(hers, "Sign customers")
    assert (found.start, found.target) == (0, 40)
    assert 0 < found.pace < 1


def dismissed(engine: Engine, period: date) -> None:
    dismiss(
        engine,
        person_id=person(engine),
        kpi_id=key(engine, "kpi", "Conversion"),
        period=period,
        reason="a typo",
    )


def test_a_dismissed_reading_is_none_and_is_awaited(company: Engine) -> None:
    record(company, 9, on=MONDAY - 2 * WEEK)
    record(company, 90, on=MONDAY - WEEK, note="Odd")
    dismissed(company, MONDAY - WEEK)
    found = kpi(company)
    assert (found.value, found.period) == (9, MONDAY - 2 * WEEK)
    assert (found.dismissed, found.freshness) == (MONDAY - WEEK, "due")
    assert [told.value if told else None for told in found.told[:3]] == [None, 9, None]


def test_a_dismissal_of_the_period_going_on_leaves_the_one_before(company: Engine) -> None:
    record(company, 9, on=MONDAY - WEEK)
    record(company, 90, on=MONDAY)
    dismissed(company, MONDAY)
    found = kpi(company)
    assert (found.value, found.period) == (9, MONDAY - WEEK)
    assert (found.dismissed, found.freshness) == (MONDAY, "fresh")


def test_where_all_was_dismissed_there_is_no_reading(company: Engine) -> None:
    record(company, 90, on=MONDAY)
    dismissed(company, MONDAY)
    found = kpi(company)
    assert (found.value, found.period, found.freshness) == (None, None, "no data")
    assert found.dismissed == MONDAY


def test_an_older_dismissal_leaves_a_gap_and_is_not_told(company: Engine) -> None:
    record(company, 90, on=MONDAY - 2 * WEEK)
    record(company, 9, on=MONDAY - WEEK)
    dismissed(company, MONDAY - 2 * WEEK)
    found = kpi(company)
    assert (found.value, found.dismissed) == (9, None)
    assert [told.value if told else None for told in found.told[:2]] == [9, None]


def test_a_correction_of_what_was_dismissed_counts_again(company: Engine) -> None:
    record(company, 90, on=MONDAY - WEEK)
    dismissed(company, MONDAY - WEEK)
    record(company, 9, on=MONDAY - WEEK)
    found = kpi(company)
    assert (found.value, found.dismissed) == (9, None)
    assert found.told[0] is not None
    assert found.told[0].value == 9


def test_what_is_dismissed_later_still_counts_in_a_look_back(company: Engine, clock: Clock) -> None:
    record(company, 9, on=MONDAY - WEEK)
    record(company, 90, on=MONDAY)
    clock.tick(days=1)
    dismissed(company, MONDAY)
    assert (kpi(company).value, kpi(company).dismissed) == (90, None)
    later = kpi(company, day=clock.moment.date())
    assert (later.value, later.dismissed) == (9, MONDAY)


@pytest.mark.parametrize(
    ("last", "freshness", "late"),
    [
        (date(2026, 5, 18), "fresh", 0),
        (date(2026, 5, 19), "fresh", 0),
        (date(2026, 5, 17), "due", 2),
        (date(2026, 5, 11), "due", 2),
        (date(2026, 5, 10), "late", 9),
        (date(2026, 5, 4), "late", 9),
    ],
)
def test_a_check_in_is_due_on_the_teams_day(
    hers: Engine, last: date, freshness: str, late: int
) -> None:
    check_in(hers, last)
    found = key_result(hers, "Sign customers")
    assert (found.freshness, found.late_days) == (freshness, late)


def test_another_team_meets_on_another_day(hers: Engine) -> None:
    check_in(hers, date(2026, 5, 18))
    bring(hers, teams=[TeamRow(team="Sales", parent="Acme", check_in_day=Weekday.WEDNESDAY)])
    assert key_result(hers, "Sign customers").freshness == "due"


def test_a_word_alone_leaves_a_metric_due(hers: Engine) -> None:
    check_in(hers, date(2026, 5, 11))
    check_in(hers, TODAY, None, note="Later")
    found = key_result(hers, "Sign customers")
    assert (found.freshness, found.checked_on) == ("due", date(2026, 5, 11))
    assert found.told[0] is not None
    assert found.told[0].note == "Later"


def test_the_days_on_offer_are_today_and_earlier_check_in_days(hers: Engine) -> None:
    check_in(hers, date(2026, 5, 15))
    days = key_result(hers, "Sign customers").days
    assert days[:4] == (TODAY, MONDAY, date(2026, 5, 15), date(2026, 5, 11))
    assert min(days) == date(2026, 4, 6)


def test_a_kpi_does_the_update_of_what_it_feeds(hers: Engine) -> None:
    record(hers, 9.1)
    found = key_result(hers, "Lift conversion")
    assert (found.freshness, found.takes_value) == ("fresh", False)
    assert found.fed_by is not None
    assert (found.fed_by.name, found.fed_by.value, found.fed_by.unit) == ("Conversion", 9.1, "%")


def test_a_dismissed_reading_feeds_nothing(hers: Engine) -> None:
    row = {"team": "Sales", "kpi": "Conversion", "unit": "%", "cadence": Cadence.WEEKLY}
    bring(hers, kpis=[KpiRow(**row, low=8, owner="Ben")])
    record(hers, 9.1, on=MONDAY - WEEK)
    record(hers, 90, on=MONDAY)
    dismissed(hers, MONDAY)
    assert list_of(hers).kpis == ()
    found = key_result(hers, "Lift conversion").fed_by
    assert found is not None
    assert (found.value, found.period) == (9.1, MONDAY - WEEK)


def test_steps_are_due_until_all_are_done(hers: Engine) -> None:
    found = key_result(hers, "Open the office")
    assert found.freshness == "late"
    for step in found.steps:
        reach_milestone(
            hers,
            person_id=person(hers),
            milestone_id=step.milestone_id,
            done_on=date(2026, 4, 2),
            base_version=data_version(hers),
        )
    assert key_result(hers, "Open the office").freshness == "fresh"


def test_the_last_confidence_is_there_and_each_days_own(hers: Engine) -> None:
    check_in(hers, date(2026, 5, 11), confidence="likely")
    amend_check_in(
        hers,
        person_id=person(hers),
        key_result_id=key(hers, "key_result", "Sign customers"),
        day=TODAY,
        base_version=data_version(hers),
        value=13,
        blocked_by="Rain",
    )
    found = key_result(hers, "Sign customers")
    assert found.confidence is Confidence.LIKELY
    assert found.told[0] is not None
    assert (found.told[0].confidence, found.told[0].blocked_by) == (None, "Rain")
    assert found.series == (12, 13)


@pytest.mark.parametrize("state", [ObjectiveState.DRAFT, ObjectiveState.CLOSED])
def test_a_draft_or_closed_objective_asks_for_nothing(hers: Engine, state: ObjectiveState) -> None:
    bring(hers, objectives=[ObjectiveRow(**ROAD, owner="Ana", state=state)])
    assert list_of(hers).key_results == ()


def test_a_cycle_that_is_over_asks_for_nothing(hers: Engine) -> None:
    cycle = CycleRow(cycle="Q2 2026", starts_on=date(2026, 4, 1), ends_on=TODAY - WEEK)
    bring(hers, cycles=[cycle])
    assert list_of(hers).key_results == ()


def test_the_cost_does_not_grow_with_what_is_there(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    who = person(engine)
    version = data_version(engine)
    company_at(engine, version)
    with statements(engine) as few:
        mine(engine, version, who, TODAY)
    give(engine)
    record(engine, 9)
    version = data_version(engine)
    company_at(engine, version)
    with statements(engine) as many:
        mine(engine, version, who, TODAY)
    # One of them asks which readings were dismissed, before the latest of those that count.
    assert len(few) == len(many) == 9
    with statements(engine) as again:
        mine(engine, version, who, TODAY)
    assert again == []


def agree(engine: Engine, **about: Any) -> None:
    said = {"team": "Sales", "owner": "Ana", "due": TODAY, "agreed_on": TODAY, **about}
    bring(engine, actions=[ActionRow(**said)])


def test_what_one_agreed_to_do_is_listed_with_what_it_is_about(
    company_of_each_kind: Engine,
) -> None:
    engine = company_of_each_kind
    agree(engine, action="Check the feed", kpi="Conversion", due=TODAY + WEEK)
    agree(engine, action="Ring them up", **(ROAD | {"key_result": "Sign customers"}))
    agree(engine, action="Open a map", **ROAD)
    agree(engine, action="Not hers", owner="Ben")
    found = list_of(engine).actions
    conversion = key(engine, "kpi", "Conversion")
    assert [(each.action.what, each.team, each.about, each.kpi_id) for each in found] == [
        ("Ring them up", "Sales", "Sign customers", None),
        ("Open a map", "Sales", "Win the north", None),
        ("Check the feed", "Sales", "Conversion", conversion),
    ]
    assert list_of(engine, day=TODAY - timedelta(days=1)).actions == ()


def test_what_was_done_stays_for_a_week(company: Engine) -> None:
    agree(company, action="Check the feed", kpi="Conversion", done_on=TODAY)
    assert len(list_of(company, day=TODAY + timedelta(days=6)).actions) == 1
    assert list_of(company, day=TODAY + timedelta(days=7)).actions == ()


def test_of_an_archived_kpi_nothing_is_to_be_done(company: Engine, clock: Clock) -> None:
    agree(company, action="Clear it", kpi="Support / Backlog")
    archive_kpi(
        company,
        person_id=person(company, "Ben"),
        kpi_id=key(company, "kpi", "Backlog"),
        base_version=data_version(company),
    )
    clock.tick(days=1)
    assert list_of(company, day=TODAY + timedelta(days=1)).actions == ()
