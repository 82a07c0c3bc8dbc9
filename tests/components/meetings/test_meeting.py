"""The words of a check-in, its minutes, and what a browser may send of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from components.meetings import meeting, meeting_words, minutes_words
from data.actions.views import ActionEdit, ActionView, MyAction
from data.meetings.views import (
    Agreed,
    Decided,
    ItemView,
    MeetingAct,
    MeetingView,
    Minutes,
    Participant,
    Rhythm,
    Standing,
)
from models import AgendaReason, Confidence, DecisionKind, Health, ItemState, Signal
from tests.components.examples import TODAY, gauge, key_result

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = AT.date()
ITEM = ItemView(
    item_id=1,
    position=0,
    reason=AgendaReason.DRIFTING,
    state=ItemState.DONE,
    name="Churn_rate [EU]",
    whose="",
    unit="%",
    is_share=False,
    kpi_id=7,
    objective_id=None,
    key_result_id=None,
    action_id=None,
    said="Watch *one* more\nweek",
    last_said="",
    seconds=60,
    before=Standing(3.1, Health.IN_RANGE, Signal.STEADY),
    after=Standing(3.4, Health.IN_RANGE, Signal.DRIFTING),
    decided=DecisionKind.ACKNOWLEDGE,
    decided_on=DAY,
    votes={},
)
VOTED = replace(
    ITEM,
    reason=AgendaReason.CHANCE_FELL,
    name="Customers",
    whose="Grow",
    kpi_id=None,
    key_result_id=3,
    said="",
    before=Standing(10.0, confidence=Confidence.LIKELY, chance=0.9),
    after=Standing(10.0, confidence=Confidence.UNSURE, chance=0.4),
    decided=None,
    decided_on=None,
    votes={Confidence.SURE: 1, Confidence.LIKELY: 0, Confidence.UNSURE: 3, Confidence.DOUBTFUL: 0},
    state=ItemState.PARKED,
)


def minutes(*items: ItemView) -> Minutes:
    view = MeetingView(
        meeting_id=1,
        version=1,
        own_version=1,
        team_id=1,
        started_at=AT,
        ended_at=AT.replace(minute=14),
        driver_id=1,
        driver="Ana",
        position=0,
        shown_at=AT,
        paused_at=None,
        paused_seconds=0,
        is_voting=False,
        items=items,
        participants=(Participant(1, "Ana", AT, False), Participant(2, "Ben", AT, False)),
    )
    decided = Decided(7, DecisionKind.ACKNOWLEDGE, DAY, "Known", "Ana", date(2026, 12, 1))
    action = ActionView(1, "Call them", "Ben", date(2026, 11, 30), DAY, None, "")
    return Minutes(view, DAY, (decided,), (Agreed(action, 7, None, None),))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_minutes_say_what_moved_what_was_said_and_decided() -> None:
    found = minutes_words.written(minutes(ITEM, VOTED), "Sales", TODAY, ZoneInfo("UTC"))
    moved = "10 % · confidence: likely → unsure · chance: 90 % → 40 %"
    assert plain(minutes_words.mail(found)).splitlines() == [
        "Check-in of Sales, 23 Nov",
        "at 09:00 · 14 minutes · Ana, Ben",
        "",
        "Gauges",
        "- Churn_rate [EU] (drifting · 3.1 % → 3.4 % · in range → in range, drifting)",
        "  “Watch *one* more week”",
        "  Acknowledged: Known · look again 1 Dec · Ana",
        "",
        "Key results",
        f"- Customers (chance fell · Grow · {moved} · parked for next time)",
        "  Votes: 1 sure, 3 unsure",
        "",
        "Agreed",
        "- Ben: Call them, by 30 Nov",
    ]


def test_what_people_wrote_is_no_mark_in_markdown() -> None:
    found = minutes_words.written(minutes(ITEM), "Sales", TODAY, ZoneInfo("UTC"))
    text = minutes_words.markdown(found)
    assert "- **Churn\\_rate \\[EU\\]**" in text
    assert "“Watch \\*one\\* more week”" in text
    assert plain(text).endswith("## Agreed\n\n- [ ] Ben: Call them, by 30 Nov\n")


def test_what_is_still_to_do_from_before_is_carried_over() -> None:
    earlier = ActionView(2, "Buy paint", "Ana", date(2026, 11, 20), date(2026, 11, 2), None, "")
    later = replace(earlier, action_id=3, agreed_on=date(2026, 11, 30))
    mine = minutes(ITEM).agreed[0].action
    found = minutes_words.written(
        minutes(ITEM), "Sales", TODAY, ZoneInfo("UTC"), (earlier, later, mine)
    )
    assert [plain(each) for each in found.open] == ["Ana: Buy paint, by 20 Nov"]
    assert minutes_words.mail(found).splitlines()[-2] == "Still to do from before"


def test_a_decision_that_was_taken_back_is_in_no_minutes() -> None:
    taken_back = replace(minutes(ITEM), decisions=())
    found = minutes_words.written(taken_back, "Sales", TODAY, ZoneInfo("UTC"))
    assert [line.decided for line in found.parts["Gauges"]] == [""]


def test_an_open_floor_without_a_word_is_left_out() -> None:
    floor = replace(ITEM, reason=AgendaReason.OPEN_FLOOR, name="", said="", decided=None)
    found = minutes_words.written(minutes(ITEM, floor), "Sales", TODAY, ZoneInfo("UTC"))
    assert list(found.parts) == ["Gauges"]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (Standing(), ""),
        (Standing(3.0, Health.IN_RANGE), "was 3 % at the last check-in"),
        (Standing(3.4, Health.IN_RANGE), "unchanged since the last check-in"),
        (Standing(3.0, Health.OUT_OF_RANGE), "was 3 % at the last check-in · then out of range"),
        (Standing(None, Health.NO_DATA), "then no data at the last check-in"),
    ],
)
def test_a_gauge_says_what_it_was(before: Standing, said: str) -> None:
    shown = gauge(value=3.4, unit="%", health=Health.IN_RANGE)
    assert plain(meeting_words.was(shown, before)) == said


def test_a_number_that_nobody_read_again_did_not_stay() -> None:
    shown = gauge(value=3.4, unit="%", health=Health.NO_DATA)
    said = plain(meeting_words.was(shown, Standing(3.4, Health.IN_RANGE)))
    assert said == "last known, as at the last check-in · then in range"


def test_a_key_result_says_how_its_chance_moved() -> None:
    result = key_result(chance=0.61)
    told = meeting_words.key_result_sentence(result, Standing(chance=0.92), TODAY, TODAY)
    assert "Its chance fell from 92 % to 61 %." in plain(told)


def test_what_no_check_in_has_seen_before_has_not_changed() -> None:
    known = replace(ITEM, reason=AgendaReason.CHANGED)
    assert meeting_words.reason(known) == "changed"
    assert meeting_words.reason(replace(known, before=Standing())) == "worth a look"
    assert meeting_words.reason(replace(ITEM, before=Standing())) == "drifting"


def test_a_quiet_week_says_so() -> None:
    assert meeting_words.estimate(2, is_quiet=True) == "A quiet week: about 2 minutes."
    assert meeting_words.estimate(14, is_quiet=False) == "About 14 minutes."


@pytest.mark.parametrize(
    ("votes", "apart"), [((2, 3, 0, 0), False), ((1, 0, 1, 0), True), ((0, 0, 0, 0), False)]
)
def test_votes_that_lie_apart_are_marked(votes: tuple[int, ...], apart: bool) -> None:
    assert meeting_words.disagree(dict(zip(Confidence, votes, strict=True))) is apart


def test_what_makes_no_sense_is_nothing() -> None:
    known: dict[str, Any] = {"did": "show", "shown": 1, "position": 2, "left": "parked"}
    assert meeting.act(known) == MeetingAct("show", 1, 2, "parked")
    for wrong in (None, [], {}, {"did": "drop"}, {**known, "shown": -1}, {**known, "left": "gone"}):
        assert meeting.act(wrong) is None
    assert meeting.said({"id": 1, "typed": "x"}) is None
    assert meeting.plan({"id": 1, "owner": "Ben", "what": "x", "due": "soon"}) is None


def test_how_it_goes_says_what_it_counts_and_nothing_of_too_few() -> None:
    found = Rhythm(meetings=8, seconds=745, key_results=40, updated=31, due=12, on_time=9)
    assert [plain(each) for each in meeting_words.habits(found)] == [
        "Half of the last 8 check-ins took 12 minutes or less.",
        "78 % of key results had news in the week before.",
        "9 of 12 actions that fell due since then: done on time.",
    ]
    assert meeting_words.habits(Rhythm(3, None, 0, 0, 0, 0)) == meeting_words.habits(None) == []


def test_an_action_to_do_says_who_by_when_and_about_what() -> None:
    own = ActionView(1, "Call them", "Ben", TODAY, DAY, None, "")
    assert plain(meeting_words.to_do(MyAction(own, "Sales", "Churn", 7), TODAY)) == (
        "Ben · by 17 Nov · about Churn"
    )
    late = replace(own, owner=None, due=date(2026, 11, 16))
    assert plain(meeting_words.to_do(MyAction(late, "Sales", "", None), TODAY)) == (
        "nobody yet · was due 16 Nov"
    )


def test_a_tick_that_makes_no_sense_is_nothing() -> None:
    assert meeting.tick({"id": 3, "base_version": 5}) == ActionEdit(3, "tick", 5, done=True)
    for wrong in (None, {}, {"id": 3}, {"id": "3", "base_version": 5}):
        assert meeting.tick(wrong) is None
