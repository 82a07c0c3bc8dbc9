"""The readings of one KPI as CSV: what is in it, and that nothing in it is a formula."""

import csv
import io
from datetime import date

from data.exchange.readings_csv import COLUMNS, history_csv
from data.kpis.views.kpi import NaturalLimits
from tests.components.examples import gauge, signal
from tests.components.kpi_examples import WEEKS, kpi, reading


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_period_has_value_limits_range_and_who() -> None:
    view = kpi(
        limits=NaturalLimits(1.9, 2.5, 2.9, WEEKS[1], WEEKS[1], 1),
        readings=(reading(WEEKS[2], 3.0, who="Ana", note="late"),),
        values=(2.4, None, 3.0),
        gauge=gauge(low=None, high=3.5),
    )
    first, second, third = lines(history_csv(view))
    assert tuple(first) == COLUMNS
    assert (first["period"], first["value"], first["lower_limit"]) == ("2026-09-07", "2.4", "")
    assert (second["value"], second["centre"], second["upper_limit"]) == ("", "2.5", "2.9")
    assert third == {
        "period": "2026-09-21",
        "value": "3",
        "unit": "'%",
        "lower_limit": "1.9",
        "centre": "2.5",
        "upper_limit": "2.9",
        "low": "",
        "high": "3.5",
        "signal": "",
        "dismissed": "",
        "note": "late",
        "recorded_by": "Ana",
    }


def test_signals_end_with_the_period_that_they_are_of() -> None:
    view = kpi(signal=signal(period=WEEKS[1], history="lsw"))
    assert [line["signal"] for line in lines(history_csv(view))] == ["steady", "watch", ""]


def test_a_history_may_be_shorter_than_the_readings() -> None:
    view = kpi(signal=signal(period=WEEKS[2], history="d"))
    assert [line["signal"] for line in lines(history_csv(view))] == ["", "", "drifting"]


def test_a_dismissed_reading_says_so() -> None:
    found = lines(history_csv(kpi(dismissed=(WEEKS[0],))))
    assert [line["dismissed"] for line in found] == ["dismissed", "", ""]


def test_peoples_words_are_no_formula_and_numbers_stay_numbers() -> None:
    view = kpi(
        values=(-2.5, None, 3.1),
        unit="=1+1",
        readings=(reading(WEEKS[0], -2.5, who="@me", note='=HYPERLINK("x")'),),
    )
    first = lines(history_csv(view))[0]
    assert first["value"] == "-2.5"
    assert (first["unit"], first["recorded_by"]) == ("'=1+1", "'@me")
    assert first["note"] == '\'=HYPERLINK("x")'


def test_without_readings_there_is_a_heading() -> None:
    text = history_csv(kpi(periods=(), values=(), limits=None, signal=signal(period=date.min)))
    assert text == ",".join(COLUMNS) + "\n"
