"""What became of drifts: each case worked out by hand, of a KPI that is to stay up to 10."""

import numpy as np

from analytics.alarm_account import Alarm, told_of

NONE = float("nan")


def told(values: list[float], signals: str) -> tuple[list[Alarm], list[int]]:
    return tuple(told_of(np.array(values, float), NONE, 10.0, signals))  # type: ignore[return-value]


def test_a_drift_stands_until_something_else_is_shown() -> None:
    assert told([9] * 7, "ssddrrs") == ([Alarm(2, 5, False, -1)], [])
    assert told([9] * 4, "ssdd") == ([Alarm(2, 3, True, -1)], [])
    assert told([9] * 7, "sdsdssd")[0] == [
        Alarm(1, 1, False, -1),
        Alarm(3, 3, False, -1),
        Alarm(6, 6, True, -1),
    ]


def test_what_recovers_and_drifts_again_is_one_drift() -> None:
    assert told([9] * 6, "sdrdrs")[0] == [Alarm(1, 4, False, -1)]


def test_it_warned_where_the_range_was_left_later() -> None:
    alarms, missed = told([9, 9, 9, 9, 11, 12, 9], "ssdddds")
    assert alarms == [Alarm(2, 5, False, 4)]
    assert missed == []


def test_one_reading_outside_is_no_way_out_of_the_range() -> None:
    assert told([9, 9, 11, 9, 9], "sssss") == ([], [])


def test_a_range_left_without_a_drift_before_was_missed() -> None:
    assert told([9, 9, 11, 12, 12], "ssssd") == ([Alarm(4, 4, True, -1)], [2])
    # With the drift in the same period, nobody was warned before.
    assert told([9, 9, 11, 12, 12], "ssddd") == ([Alarm(2, 4, True, 2)], [2])
    # Nothing could be told while it was learning.
    assert told([9, 9, 11, 12, 12], "llll ") == ([], [])


def test_missing_readings_are_skipped() -> None:
    assert told([9, 9, 11, NONE, 12], "sssss")[1] == [2]
    assert told([NONE, NONE, NONE], "sss") == ([], [])
