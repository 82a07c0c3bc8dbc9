"""What a bad cell is told, word for word."""

from collections.abc import Callable

import pytest

Check = Callable[[dict[str, str | bytes], list[str]], None]

READINGS = "team,kpi,date,value,recorded_at"
DATE = "write it as YYYY-MM-DD, for example 2026-03-31"
DIGITS = "write digits and a point, for example 3.5"
YEARS = "write a year from 1900 to 2199"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", "is empty: write a number or delete the row"),
        ('"3,5"', "3,5 is not a number: write 3.5 with a point"),
        ('"1,234,567.8"', "1,234,567.8 is not a number: write 1234567.8 without separators"),
        ('"1,234"', "1,234 is not a number: write 1.234 with a point, or 1234"),
        ("1_000", "1_000 is not a number: write 1000 without separators"),
        ("1'000", "1'000 is not a number: write 1000 without separators"),
        ("1 000", "1 000 is not a number: write 1000 without separators"),
        ("95 %", f"95 % is not a number: {DIGITS}"),
        ("ninety", f"ninety is not a number: {DIGITS}"),
        ("nan", f"nan is not a number: {DIGITS}"),
        ("-inf", f"-inf is not a number: {DIGITS}"),
        ("Infinity", f"Infinity is not a number: {DIGITS}"),
        ("٣", "٣ is not a number: write 3 with a point and the digits 0 to 9"),
        ("0x10", f"0x10 is not a number: {DIGITS}"),
        ("1e308", "1e308 is too large: use a larger unit, 1e15 is the most"),
        ("-1e999", "-1e999 is too large: use a larger unit, 1e15 is the most"),
        ("1000000000000001", "1000000000000001 is too large: use a larger unit, 1e15 is the most"),
        ("9" * 50, "9" * 39 + "… is too large: use a larger unit, 1e15 is the most"),
    ],
)
def test_numbers(value: str, expected: str, check: Check) -> None:
    content = f"team,kpi,date,value\nA,K,2026-01-01,{value}\n"
    check({"readings": content}, [f"readings.csv:2: value {expected}"])


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("", "is empty: write a date, for example 2026-03-31"),
        ("31/02", f"31/02 is not a date: {DATE}"),
        ("31.03.2026", f"31.03.2026 is not a date: {DATE}"),
        ("2026-02-30", f"2026-02-30 is not a date: {DATE}"),
        ("20260331", f"20260331 is not a date: {DATE}"),
        ("2026-W14-2", f"2026-W14-2 is not a date: {DATE}"),
        ("2026-03-31 12:00", f"2026-03-31 12:00 is not a date: {DATE}"),
        ("1899-12-31", f"1899-12-31 is out of reach: {YEARS}"),
        ("2200-01-01", f"2200-01-01 is out of reach: {YEARS}"),
    ],
)
def test_dates(date: str, expected: str, check: Check) -> None:
    content = f"team,kpi,date,value\nA,K,{date},1\n"
    check({"readings": content}, [f"readings.csv:2: date {expected}"])


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("yesterday", "yesterday is not a moment: write it like 2026-03-31T17:05:00Z"),
        (
            "2026-03-31T17:05:00",
            "2026-03-31T17:05:00 has no time zone: add Z for UTC, or an offset such as +01:00",
        ),
        ("0001-01-01T00:00:00+14:00", f"0001-01-01T00:00:00+14:00 is out of reach: {YEARS}"),
        ("1900-01-01T00:00:00+01:00", f"1900-01-01T00:00:00+01:00 is out of reach: {YEARS}"),
    ],
)
def test_moments(moment: str, expected: str, check: Check) -> None:
    content = f"{READINGS}\nA,K,2026-01-01,1,{moment}\n"
    check({"readings": content}, [f"readings.csv:2: recorded_at {expected}"])
