"""The log as a file: a line a change, and nothing in it that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from data.history.log_csv import COLUMNS, log_csv
from data.history.views import ChangeView, DoneView
from models import Cadence

VALUE = ChangeView(
    "reading",
    "Churn",
    "Sales",
    date(2026, 11, 9),
    "value",
    9.1,
    -9.0,
    "%",
    cadence=Cadence.WEEKLY,
)
OWNER = ChangeView("kpi terms", "Churn", "Sales", None, "owner_id", None, "Ana", "%")
ADDED = ChangeView("kpi", "Churn", "Sales", None, "", None, None, "%", added=True)
DONE = DoneView(
    command_id=7,
    name="record reading",
    who="Ana",
    at=datetime(2026, 11, 9, 13, 5, tzinfo=UTC),
    why="typo",
    changes=(VALUE,),
    more=0,
    taken_back=False,
)
BERLIN = ZoneInfo("Europe/Berlin")


def lines(*done: DoneView) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(log_csv(done, BERLIN))))


def test_a_change_is_a_line() -> None:
    assert lines(DONE) == [
        {
            "command": "record reading",
            "at": "2026-11-09T14:05:00+01:00",
            "who": "Ana",
            "kind": "reading",
            "thing": "Churn",
            "team": "Sales",
            "for": "2026-11-09",
            "field": "value",
            "before": "9.1",
            "after": "-9",
            "why": "typo",
            "taken_back": "",
        }
    ]


def test_every_change_has_its_line() -> None:
    told = lines(replace(DONE, changes=(ADDED, OWNER)), replace(DONE, taken_back=True))
    assert [line["field"] for line in told] == ["added", "owner", "value"]
    assert [line["taken_back"] for line in told] == ["", "", "taken back"]
    assert told[0]["for"] == ""


def test_text_is_no_formula_and_a_number_stays_one() -> None:
    hostile = replace(OWNER, thing="=1+1", team="@team", before="-x", after="+y")
    (line,) = lines(replace(DONE, who="=cmd", why="\tx", changes=(hostile,)))
    assert [line[name] for name in ("who", "thing", "team", "before", "after", "why")] == [
        "'=cmd",
        "'=1+1",
        "'@team",
        "'-x",
        "'+y",
        "'\tx",
    ]
    assert lines(DONE)[0]["after"] == "-9"


def test_nothing_done_is_a_file_of_its_head() -> None:
    assert log_csv([], BERLIN) == ",".join(COLUMNS) + "\n"
