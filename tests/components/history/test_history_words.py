"""What was done, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from components.history import history_words
from components.history.history_words import Line
from data.history.views import ChangeView, DoneView
from data.names.views import Found
from models import Cadence

TODAY = date(2026, 11, 22)
WEEK = date(2026, 11, 9)
AT = datetime(2026, 11, 9, 23, 5, tzinfo=UTC)

CHURN = Found("KPI", 4, "Churn", "Sales", None)
VALUE = ChangeView(
    "reading",
    "Churn",
    "Sales",
    WEEK,
    "value",
    9.1,
    9.4,
    "%",
    cadence=Cadence.WEEKLY,
    found=CHURN,
    has_team=True,
)
NOTE = replace(VALUE, field="note", before="", after="typo")
OWNER = ChangeView("kpi terms", "Churn", "Sales", None, "owner_id", "Ana", "Ben", "%")
DONE = DoneView(
    command_id=7,
    name="record reading",
    who="Ana",
    at=AT,
    why="typo",
    changes=(VALUE, NOTE),
    more=0,
    taken_back=False,
)


def said(*changes: ChangeView, about: bool = True, why: str = "") -> list[str]:
    lines = history_words.changed(replace(DONE, changes=changes, why=why), TODAY, about=about)
    return [
        " · ".join(part for part in (line.name, line.team, line.said) if part) for line in lines
    ]


def test_a_moment_is_that_of_the_company_s_zone() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert history_words.clock(AT, zone) == "00:05"
    assert history_words.clock(AT, ZoneInfo("UTC")) == "23:05"


def test_a_correction_says_its_period_and_both_values_and_its_note_once() -> None:
    told = "week of 9\u00a0Nov: 9.1 → 9.4\u00a0%"
    assert history_words.changed(DONE, TODAY, about=True) == [Line("", None, "", False, told)]
    assert history_words.changed(DONE, TODAY, about=False) == [
        Line("Churn", CHURN, "Sales", True, told)
    ]


DEED = replace(OWNER, kind="action", thing="Churn: Ring", field="", before=None, after=None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            replace(OWNER, kind="kpi", field="smallest_change", before=None, after=0.5),
            "smallest change that matters 0.5\u00a0%",
        ),
        (replace(VALUE, before=None), "week of 9\u00a0Nov: 9.4\u00a0%"),
        (replace(VALUE, after=None), "week of 9\u00a0Nov: 9.1 → none"),
        (NOTE, "week of 9\u00a0Nov: note “typo”"),
        (replace(NOTE, before="fair"), "week of 9\u00a0Nov: note “fair” → “typo”"),
        (OWNER, "owner Ana → Ben"),
        (replace(OWNER, field="low", before=8.0, after=7.5), "ideal from 8 → 7.5\u00a0%"),
        (replace(OWNER, field="weight", before=1.0, after=2.0), "weight 1 → 2"),
        (replace(OWNER, field="state", before=None, after="active"), "state active"),
        (replace(OWNER, kind="kpi", field="", after=None, added=True), "KPI added"),
        (replace(OWNER, kind="objective", field="", removed=True), "objective removed"),
        (
            replace(OWNER, kind="annotation", field="", after="Fair", when=WEEK, added=True),
            "9\u00a0Nov: event “Fair” added",
        ),
        (
            replace(OWNER, kind="pin", field="", after="Acme", added=True),
            "Churn · pinned for Acme",
        ),
        (
            replace(OWNER, kind="milestone", field="done_on", before=None, after=WEEK),
            "Churn · done 9\u00a0Nov",
        ),
        (replace(DEED, field="done_on", after=WEEK), "Churn: Ring · done 9\u00a0Nov"),
        (replace(DEED, added=True), "Churn: Ring · action agreed"),
        (replace(DEED, removed=True), "Churn: Ring · action withdrawn"),
        (
            replace(DEED, field="what", before="Ring", after="*Call*"),
            "Churn: Ring · what “Ring” → “*Call*”",
        ),
    ],
)
def test_a_change_in_words(change: ChangeView, words: str) -> None:
    assert said(change) == [words]


def test_fields_of_one_thing_share_a_line() -> None:
    low = replace(OWNER, field="low", before=None, after=8.0)
    other = replace(OWNER, thing="Backlog")
    assert said(low, OWNER, other, about=False) == [
        "Churn · Sales · ideal from 8\u00a0%, owner Ana → Ben",
        "Backlog · Sales · owner Ana → Ben",
    ]


def test_a_team_is_not_named_twice() -> None:
    team = ChangeView("team", "Sales", "Sales", None, "", None, None, "", added=True)
    assert said(team, about=False) == ["Sales · team added"]


def test_people_s_words_are_shown_as_they_are_typed() -> None:
    hostile = replace(VALUE, thing="**A** <b>", team="[x](http://x)", unit="$\\pi$")
    (line,) = said(hostile, about=False)
    assert line.startswith("**A** <b> · [x](http://x) · ")
    assert line.endswith("$\\pi$")
    assert history_words.quote("two\n- lines  # here") == "“two - lines # here”"


def test_a_long_text_is_shortened() -> None:
    told = history_words.quote("word " * 200)
    assert told.endswith("word…”")
    assert len(told) < 170


@pytest.mark.parametrize(
    ("name", "who", "rows", "words"),
    [
        ("record reading", "Ana", 1, "Ana recorded a reading"),
        ("record reading", "Ana", 12, "Ana recorded a reading · 12 changes"),
        ("import", "Ana", 5150, "Ana imported 5\u202f150 rows from a file"),
        ("import", None, 1, "1 row from a file imported"),
        ("annotate", None, 1, "Nobody by name noted an event"),
    ],
)
def test_who_did_what(name: str, who: str | None, rows: int, words: str) -> None:
    done = replace(DONE, name=name, who=who, rows=rows)
    assert f"{history_words.by(done)} {history_words.deed(done)}".strip() == words
    assert history_words.is_long(done) == (name == "import" or rows > 3)


def test_an_empty_list_says_why_and_what_to_do() -> None:
    assert "Take a filter away" in history_words.nothing(WEEK, TODAY, narrowed=True)
    assert "by 9\u00a0Nov" in history_words.nothing(WEEK, TODAY, narrowed=False)
    assert "Begin under Import" in history_words.nothing(None, TODAY, narrowed=False)


def test_a_look_back_says_what_is_left_out() -> None:
    assert "after 9\u00a0Nov is not shown" in history_words.note(WEEK, TODAY, named=True)
    assert history_words.note(None, TODAY, named=False) == history_words.NAME_FIRST
    assert history_words.note(None, TODAY, named=True) == ""


def test_what_is_not_told_is_counted() -> None:
    assert history_words.more(replace(DONE, more=4797)) == "and 4\u202f797 more"
    assert history_words.more(DONE) == ""


def test_a_new_kind_of_command_shows_by_its_name() -> None:
    assert history_words.did("check in") == "checked in"
    assert history_words.did("close cycle") == "close cycle"


SCORE = replace(OWNER, kind="key result score", thing="Hire two", field="score", before=None)


def test_a_score_is_said_with_its_value_and_why() -> None:
    given = replace(SCORE, after=0.4)
    why = replace(SCORE, field="reason", before="", after="It took longer.")
    following = replace(SCORE, field="next_step", after="carry over")
    assert said(given, why, following) == [
        "Hire two · score 0.4, reason “It took longer.”, next step carry over"
    ]
    assert said(replace(given, before=0.4, after=0.0)) == ["Hire two · score 0.4 → 0"]
    gone = replace(SCORE, field="", before=0.0, after=None, removed=True)
    assert said(gone) == ["Hire two · score 0.0 removed"]
    assert said(replace(gone, before=None)) == ["Hire two · score removed"]
