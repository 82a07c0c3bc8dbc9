"""What was done, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from components.history import history_words
from data.history.views import ChangeView, DoneView
from models import Cadence

TODAY = date(2026, 11, 22)
WEEK = date(2026, 11, 9)
AT = datetime(2026, 11, 9, 23, 5, tzinfo=UTC)

VALUE = ChangeView(
    "reading", "Churn", "Sales", WEEK, "value", 9.1, 9.4, "%", cadence=Cadence.WEEKLY
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
    return history_words.changed(replace(DONE, changes=changes, why=why), TODAY, about=about)


def test_a_moment_is_that_of_the_company_s_zone() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert history_words.moment(AT, zone, TODAY) == "10\u00a0Nov, 00:05"
    assert history_words.clock(AT, zone) == "00:05"
    assert history_words.clock(AT, ZoneInfo("UTC")) == "23:05"


def test_a_correction_says_its_period_and_both_values_and_its_note_once() -> None:
    assert history_words.changed(DONE, TODAY, about=True) == [
        "week of 9\u00a0Nov: 9.1 → 9.4\u00a0%"
    ]
    assert history_words.changed(DONE, TODAY, about=False) == [
        "**Churn** · Sales · week of 9\u00a0Nov: 9.1 → 9.4\u00a0%"
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
            "**Churn** · pinned for Acme",
        ),
        (
            replace(OWNER, kind="milestone", field="done_on", before=None, after=WEEK),
            "**Churn** · done 9\u00a0Nov",
        ),
        (replace(DEED, field="done_on", after=WEEK), "**Churn\\: Ring** · done 9\u00a0Nov"),
        (replace(DEED, added=True), "**Churn\\: Ring** · action agreed"),
        (replace(DEED, removed=True), "**Churn\\: Ring** · action withdrawn"),
        (
            replace(DEED, field="what", before="Ring", after="*Call*"),
            "**Churn\\: Ring** · what “Ring” → “\\*Call\\*”",
        ),
    ],
)
def test_a_change_in_words(change: ChangeView, words: str) -> None:
    assert said(change) == [words]


def test_fields_of_one_thing_share_a_line() -> None:
    low = replace(OWNER, field="low", before=None, after=8.0)
    other = replace(OWNER, thing="Backlog")
    assert said(low, OWNER, other, about=False) == [
        "**Churn** · Sales · ideal from 8\u00a0%, owner Ana → Ben",
        "**Backlog** · Sales · owner Ana → Ben",
    ]


def test_a_team_is_not_named_twice() -> None:
    team = ChangeView("team", "Sales", "Sales", None, "", None, None, "", added=True)
    assert said(team, about=False) == ["**Sales** · team added"]


def test_people_s_words_are_shown_as_they_are_typed() -> None:
    hostile = replace(VALUE, thing="**A** <b>", team="[x](http://x)", unit="$\\pi$")
    (line,) = said(hostile, about=False)
    for part in (r"\*\*A\*\* \<b\>", r"\[x\]\(http\:", r"\$\\pi\$"):
        assert part in line
    assert history_words.quote("two\n- lines  # here") == r"“two \- lines \# here”"
    assert "\\<" in history_words.by(replace(DONE, who="<Ana>"))


def test_a_long_text_is_shortened() -> None:
    told = history_words.quote("word " * 200)
    assert told.endswith("word…”")
    assert len(told) < 170


@pytest.mark.parametrize(
    ("name", "who", "words"),
    [
        ("record reading", "Ana", "Ana"),
        ("import", "Ana", "Ana · from a file"),
        ("import", None, "from a file"),
        ("annotate", None, "nobody by name"),
    ],
)
def test_who_did_it(name: str, who: str | None, words: str) -> None:
    assert history_words.by(replace(DONE, name=name, who=who)) == words


def test_what_is_not_told_is_counted() -> None:
    assert history_words.more(replace(DONE, more=4797)) == "and 4\u202f797 more"
    assert history_words.more(DONE) == ""


def test_a_new_kind_of_command_shows_by_its_name() -> None:
    assert history_words.did("check in") == "checked in"
    assert history_words.did("close cycle") == "close cycle"
