"""The cycle that comes next: its days, and a name in the pattern of those there are."""

from datetime import date

import pytest

from data.company.next_cycle import next_cycle
from data.company.views import NextCycle

Q3 = ("Q3 2026", "2026-07-01", "2026-09-30")
Q4 = ("Q4 2026", "2026-10-01", "2026-12-31")
YEAR = ("2026", "2026-01-01", "2026-12-31")


def cycle(name: str, first: str, last: str) -> NextCycle:
    return NextCycle(name, date.fromisoformat(first), date.fromisoformat(last))


def after(*cycles: tuple[str, str, str]) -> NextCycle | None:
    return next_cycle([cycle(*each) for each in cycles])


@pytest.mark.parametrize(
    ("last", "following"),
    [
        (Q4, ("Q1 2027", "2027-01-01", "2027-03-31")),
        (Q3, Q4),
        (YEAR, ("2027", "2027-01-01", "2027-12-31")),
        (("2026-Q4", *Q4[1:]), ("2027-Q1", "2027-01-01", "2027-03-31")),
        (("4Q26", *Q4[1:]), ("1Q27", "2027-01-01", "2027-03-31")),
        (("Q4 FY26", "2026-07-01", "2026-09-30"), ("Q1 FY27", "2026-10-01", "2026-12-31")),
        (("Q1 FY27", "2026-10-01", "2026-12-31"), ("Q2 FY27", "2027-01-01", "2027-03-31")),
        (("FY99", "2098-10-01", "2099-09-30"), ("FY00", "2099-10-01", "2100-09-30")),
        (("2026/27", "2026-04-01", "2027-03-31"), ("2027/28", "2027-04-01", "2028-03-31")),
        (("H2 2026", "2026-07-01", "2026-12-31"), ("H1 2027", "2027-01-01", "2027-06-30")),
        (("T3 2026", "2026-09-01", "2026-12-31"), ("T1 2027", "2027-01-01", "2027-04-30")),
        (("July 2026", "2026-07-01", "2026-07-31"), ("August 2026", "2026-08-01", "2026-08-31")),
        (("Feb 28", "2028-02-01", "2028-02-29"), ("Mar 28", "2028-03-01", "2028-03-31")),
        (("May 2026", "2026-05-01", "2026-05-31"), ("June 2026", "2026-06-01", "2026-06-30")),
        (("2026-12", "2026-12-01", "2026-12-31"), ("2027-01", "2027-01-01", "2027-01-31")),
        (("Sprint 26", "2026-11-02", "2026-11-15"), ("Sprint 27", "2026-11-16", "2026-11-29")),
        (("Cycle 09", *Q4[1:]), ("Cycle 10", "2027-01-01", "2027-03-31")),
        (("Winter", *Q4[1:]), ("Q1 2027", "2027-01-01", "2027-03-31")),
        (("Harvest", *YEAR[1:]), ("2027", "2027-01-01", "2027-12-31")),
        (("Autumn", "2026-11-01", "2026-11-30"), ("December 2026", "2026-12-01", "2026-12-31")),
        (("A", "2026-10-15", "2027-01-14"), ("15 Jan – 14 Apr 2027", "2027-01-15", "2027-04-14")),
        (("J–F", "2026-10-01", "2026-11-30"), ("1 Dec – 31 Jan 2027", "2026-12-01", "2027-01-31")),
        (("M", "2027-01-31", "2027-02-27"), ("28 Feb – 27 Mar 2027", "2027-02-28", "2027-03-27")),
    ],
)  # fmt: skip
def test_it_is_as_long_as_the_last_one_and_named_like_it(
    last: tuple[str, str, str], following: tuple[str, str, str]
) -> None:
    assert after(last) == cycle(*following)


@pytest.mark.parametrize(
    ("last", "following"),
    [
        (("Q1 2026", "2025-12-29", "2026-03-29"), "Q2 2026"),
        (("Q4 2026", "2026-09-28", "2026-12-27"), "Q1 2027"),
        (("Q4 2026", "2026-10-01", "2026-12-30"), "Q1 2027"),
        (("4Q26", "2026-10-01", "2026-12-23"), "1Q27"),
        (("Q4 2026", "2026-10-01", "2026-12-18"), "19 Dec – 7 Mar 2027"),
        (("H1 2026", "2026-01-05", "2026-07-05"), "H2 2026"),
        (("H2 2026", "2026-06-29", "2026-12-27"), "H1 2027"),
        (("2026", "2025-12-29", "2026-12-27"), "2027"),
        (("2026 Cycle 1", "2025-12-29", "2026-02-08"), "2026 Cycle 2"),
        (("Mid December 2026", "2026-12-15", "2027-01-14"), "Mid January 2027"),
    ],
)
def test_one_of_weeks_is_named_in_the_year_that_it_is_in(
    last: tuple[str, str, str], following: str
) -> None:
    found = after(last)
    assert found is not None
    assert found.name == following


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("90 days to launch", "Q1 2027"),
        ("2026: 3 big bets", "Q1 2027"),
        ("Cycle 3 of 4", "Q1 2027"),
        ("Cycle 4 (2026)", "Cycle 1 (2027)"),
        ("3. Quartal", "4. Quartal"),
        ("FY26-Q4", "FY27-Q1"),
    ],
)
def test_a_number_that_counts_no_cycles_is_left_alone(name: str, following: str) -> None:
    assert after((name, *Q4[1:])) == cycle(following, "2027-01-01", "2027-03-31")


def test_days_to_a_launch_are_not_counted_up() -> None:
    assert after(("90 days to launch", "2026-10-01", "2026-12-29")) == cycle(
        "30 Dec – 29 Mar 2027", "2026-12-30", "2027-03-29"
    )


def test_a_year_that_holds_quarters_is_followed_by_a_quarter() -> None:
    quarter = cycle("Q1 2027", "2027-01-01", "2027-03-31")
    assert after(Q4, Q3, YEAR) == quarter
    assert after(("2027", "2027-01-01", "2027-12-31"), Q4, Q3, YEAR) == quarter


def test_a_name_that_is_taken_gives_way_to_the_days() -> None:
    assert after(("Q4", *Q4[1:]), ("q1", "2026-01-01", "2026-03-31")) == cycle(
        "Q1 2027", "2027-01-01", "2027-03-31"
    )
    assert after(Q4, ("Q1 2027", "2020-01-01", "2020-03-31")) is None


def test_nothing_follows_on_nothing_or_on_the_end_of_time() -> None:
    assert after() is None
    assert after(("Eternity", "9999-01-01", "9999-12-31")) is None
