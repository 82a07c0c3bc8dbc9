"""Holding a check-in: what each command keeps, who may, and what is taken back."""

from typing import Any

import pytest
from sqlalchemy import Engine

from data.core.database import data_version, snapshot
from data.core.errors import CommandRejected, Conflict
from data.core.team_versions import MEETINGS, team_versions
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge
from data.meetings import commands, leading, presence
from data.meetings.queries import last_change, meeting, running
from data.meetings.views import MeetingView, PlannedItem, Standing
from models import AgendaReason, Confidence, DecisionKind, Health, ItemState, Role, Signal
from tests.data.builders import Clock, give, key, last_command, person, record, rows

BEFORE = Standing(9.0, Health.IN_RANGE, Signal.STEADY)


def begin(engine: Engine, by: str = "Ana", team: str = "Sales") -> int:
    agenda = [
        PlannedItem(AgendaReason.DRIFTING, kpi_id=key(engine, "kpi", "Conversion"), before=BEFORE),
        PlannedItem(
            AgendaReason.NOT_UPDATED, key_result_id=key(engine, "key_result", "Sign customers")
        ),
        PlannedItem(AgendaReason.OPEN_FLOOR),
    ]
    who, where = person(engine, by), key(engine, "team", team)
    return commands.start(engine, person_id=who, team_id=where, agenda=agenda)[0]


def view(engine: Engine, key: int) -> MeetingView:
    with snapshot(engine) as connection:
        found = meeting(connection, key)
    assert found is not None
    return found


def show(engine: Engine, key: int, shown: int, to: int, by: str = "Ana", **more: Any) -> int | None:
    about = {"person_id": person(engine, by), "meeting_id": key, "shown": shown, "position": to}
    return commands.show_item(engine, **about, **more)


def test_who_starts_leads_and_all_others_join(company: Engine) -> None:
    give(company, "Cara", "Sales", Role.VIEWER)
    key = begin(company)
    assert begin(company, "Cara") == key
    with snapshot(company) as connection:
        found = running(connection, view(company, key).team_id)
    assert found is not None
    assert (found.driver, found.position, len(found.items)) == ("Ana", 0, 3)
    first = found.items[0]
    assert (first.name, first.before, first.unit) == ("Conversion", BEFORE, "%")
    assert (found.items[1].name, found.items[1].whose) == ("Sign customers", "Win the north")


def test_only_a_lead_starts_and_only_with_an_agenda(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="Only those who lead Sales"):
        begin(company, "Cara")
    who, team = person(company), key(company, "team", "Sales")
    with pytest.raises(CommandRejected, match="nothing on the agenda"):
        commands.start(company, person_id=who, team_id=team, agenda=[])
    assert rows(company, "meeting") == rows(company, "meeting_item") == []


def test_one_that_is_over_at_once_is_followed_by_another(company: Engine) -> None:
    for _ in range(3):
        commands.end(company, person_id=person(company), meeting_id=begin(company), after={})
    began = [row["started_at"] for row in rows(company, "meeting")]
    assert sorted(set(began)) == began


def test_the_clocks_count_what_is_shown_but_no_pause(company: Engine, clock: Clock) -> None:
    key, ana = begin(company), person(company)
    clock.tick(seconds=30)
    commands.pause(company, person_id=ana, meeting_id=key, paused=True)
    clock.tick(seconds=100)
    assert view(company, key).seconds(clock.moment) == 30
    commands.pause(company, person_id=ana, meeting_id=key, paused=False)
    clock.tick(seconds=12)
    assert view(company, key).item_seconds(clock.moment) == 42
    show(company, key, 0, 1)
    clock.tick(seconds=5)
    commands.pause(company, person_id=ana, meeting_id=key, paused=True)
    clock.tick(seconds=60)
    show(company, key, 1, 0)
    found = view(company, key)
    assert [item.seconds for item in found.items] == [42, 5, 0]
    assert (found.seconds(clock.moment), found.paused_at) == (47, None)
    assert found.item_seconds(clock.moment) == 42


def test_what_is_left_is_done_skipped_or_parked_and_going_back_changes_nothing(
    company: Engine,
) -> None:
    key = begin(company)
    show(company, key, 0, 1, left=ItemState.PARKED)
    show(company, key, 1, 0)
    assert [item.state for item in view(company, key).items] == ["parked", "open", "open"]
    show(company, key, 0, 2)
    assert [item.state for item in view(company, key).items] == ["done", "open", "open"]


def test_the_same_again_does_nothing_and_a_stale_one_is_refused(company: Engine) -> None:
    key = begin(company)
    assert show(company, key, 0, 1) is not None
    version = data_version(company)
    assert show(company, key, 0, 1) is None
    assert data_version(company) == version
    with pytest.raises(CommandRejected, match="Another item is shown by now"):
        show(company, key, 0, 2)
    with pytest.raises(CommandRejected, match="no longer on the agenda"):
        show(company, key, 1, 3)


def test_only_who_leads_goes_on_until_somebody_takes_over(company: Engine) -> None:
    key, ana, ben = begin(company), person(company), person(company, "Ben")
    with pytest.raises(CommandRejected, match="take over first"):
        show(company, key, 0, 1, by="Ben")
    leading.take_over(company, person_id=ben, meeting_id=key, led_by=ana)
    assert show(company, key, 0, 1, by="Ben") is not None
    with pytest.raises(CommandRejected, match="Somebody else leads by now"):
        leading.take_over(company, person_id=ana, meeting_id=key, led_by=None)
    leading.hand_over(company, person_id=ben, meeting_id=key, to_id=ana)
    assert view(company, key).driver == "Ana"
    cara = person(company, "Cara")
    with pytest.raises(CommandRejected, match="Only those who lead Sales"):
        leading.take_over(company, person_id=cara, meeting_id=key, led_by=ana)


def test_what_is_said_is_kept_and_never_overwritten_unseen(company: Engine) -> None:
    key, ana, ben = begin(company), person(company), person(company, "Ben")
    item, seen = view(company, key).items[0].item_id, data_version(company)
    said = {"item_id": item, "base_version": seen}
    commands.say(company, person_id=ana, text="Watch one more week", **said)
    assert commands.say(company, person_id=ana, text="Watch one more week", **said) is None
    with pytest.raises(Conflict) as conflict:
        commands.say(company, person_id=ben, text="Call them", **said)
    assert (conflict.value.theirs.text, conflict.value.theirs.who) == ("Watch one more week", "Ana")


def test_what_was_said_last_time_is_told_again(company: Engine, clock: Clock) -> None:
    first, ana = begin(company), person(company)
    item, seen = view(company, first).items[0].item_id, data_version(company)
    commands.say(company, person_id=ana, item_id=item, text="Wait", base_version=seen)
    commands.end(company, person_id=ana, meeting_id=first, after={})
    clock.tick(days=7)
    again = view(company, begin(company))
    assert [each.last_said for each in again.items] == ["Wait", "", ""]


def test_votes_are_nobodys_once_they_are_revealed(company_of_each_kind: Engine) -> None:
    company = company_of_each_kind
    key, ana = begin(company), person(company)
    with pytest.raises(CommandRejected, match="show one first"):
        leading.open_vote(company, person_id=ana, meeting_id=key, shown=0)
    show(company, key, 0, 1)
    with pytest.raises(CommandRejected, match="vote is over"):
        presence.vote(company, meeting_id=key, person_id=ana, confidence=Confidence.SURE)
    leading.open_vote(company, person_id=ana, meeting_id=key, shown=1)
    for name, word in (("Ana", "sure"), ("Ben", "doubtful"), ("Cara", "sure"), ("Cara", "likely")):
        who, confidence = person(company, name), Confidence(word)
        presence.vote(company, meeting_id=key, person_id=who, confidence=confidence)
    assert [each.has_voted for each in view(company, key).participants] == [True] * 3
    assert view(company, key).items[1].votes == {}
    leading.reveal(company, person_id=ana, meeting_id=key)
    assert view(company, key).items[1].votes == {"sure": 1, "likely": 1, "unsure": 0, "doubtful": 1}
    assert {row["vote"] for row in rows(company, "meeting_participant")} == {None}
    assert leading.reveal(company, person_id=ana, meeting_id=key) is None


def test_votes_are_revealed_once_all_are_in_who_are_here_and_may(
    company: Engine, clock: Clock
) -> None:
    give(company, "Cara", "Sales", Role.VIEWER)
    key = begin(company)
    ana, ben, cara = (person(company, name) for name in ("Ana", "Ben", "Cara"))
    show(company, key, 0, 1)
    leading.open_vote(company, person_id=ana, meeting_id=key, shown=1)
    for who in (ana, ben, cara):
        presence.attend(company, meeting_id=key, person_id=who)
    go: dict[str, Any] = {"meeting_id": key, "person_id": ben}
    presence.vote(company, **go, confidence=Confidence.SURE)
    assert leading.reveal_when_all_are_in(company, **go) is None
    assert view(company, key).is_voting
    presence.vote(company, meeting_id=key, person_id=ana, confidence=Confidence.UNSURE)
    assert leading.reveal_when_all_are_in(company, **go) is not None
    spread = {"sure": 1, "likely": 0, "unsure": 1, "doubtful": 0}
    found = view(company, key)
    assert (found.is_voting, found.items[1].votes) == (False, spread)
    # A vote in which nobody voted leaves what was said before.
    clock.tick(seconds=1)
    leading.open_vote(company, person_id=ana, meeting_id=key, shown=1)
    leading.reveal(company, person_id=ana, meeting_id=key)
    assert view(company, key).items[1].votes == spread


def test_a_check_in_is_handed_to_nobody_who_may_not_lead_it(company: Engine) -> None:
    give(company, "Cara", "Sales", Role.VIEWER)
    key, cara = begin(company), person(company, "Cara")
    with pytest.raises(CommandRejected, match="Cara may not lead this check-in"):
        leading.hand_over(company, person_id=person(company), meeting_id=key, to_id=cara)
    assert view(company, key).driver == "Ana"


def test_a_viewer_does_not_vote_and_no_word_is_made_up(company: Engine) -> None:
    give(company, "Cara", "Sales", Role.VIEWER)
    key = begin(company)
    show(company, key, 0, 1)
    leading.open_vote(company, person_id=person(company), meeting_id=key, shown=1)
    for name, word, why in (("Cara", "sure", "look at Sales"), ("Ana", "7", "Choose sure")):
        given: Any = {"person_id": person(company, name), "confidence": word}
        with pytest.raises(CommandRejected, match=why):
            presence.vote(company, meeting_id=key, **given)


def test_who_is_here_is_no_change_of_the_data(company: Engine, clock: Clock) -> None:
    key, ana = begin(company), person(company)
    version = data_version(company)
    presence.attend(company, meeting_id=key, person_id=ana)
    presence.attend(company, meeting_id=key, person_id=ana)
    assert data_version(company) == version
    assert [each.name for each in view(company, key).here(clock.moment)] == ["Ana"]
    assert view(company, key).here(clock.tick(minutes=2)) == ()


def test_the_end_notes_what_was_decided_and_how_things_stand(company: Engine, clock: Clock) -> None:
    kpi = key(company, "kpi", "Conversion")
    record(company, 14.0)
    meeting_id, ana = begin(company), person(company)
    again = clock.tick(minutes=3).date().replace(day=30)
    acknowledge(company, person_id=ana, kpi_id=kpi, reason="Known", look_again=again)
    after = {0: Standing(14.0, Health.OUT_OF_RANGE)}
    assert commands.end(company, person_id=ana, meeting_id=meeting_id, after=after) is not None
    assert commands.end(company, person_id=ana, meeting_id=meeting_id, after={}) is None
    found = view(company, meeting_id)
    first = found.items[0]
    assert (first.decided, first.decided_on) == (DecisionKind.ACKNOWLEDGE, clock.moment.date())
    assert (first.after, first.state, first.seconds) == (after[0], "done", 180)
    assert found.seconds(clock.tick()) == 180
    with pytest.raises(CommandRejected, match="is over"):
        show(company, meeting_id, 0, 1)


def test_each_step_is_taken_back_but_not_below_another(company: Engine) -> None:
    key, ana = begin(company), person(company)
    started = last_command(company, ana) or 0
    show(company, key, 0, 1)
    with pytest.raises(CommandRejected, match="built on this"):
        undo(company, started, person_id=ana)
    undo(company, last_command(company, ana) or 0, person_id=ana)
    assert (view(company, key).position, view(company, key).items[0].state) == (0, "open")
    undo(company, started, person_id=ana)
    assert begin(company) != key


def test_to_look_at_something_builds_nothing_on_it(company: Engine) -> None:
    record(company, 9.0)
    ana = person(company)
    recorded = last_command(company, ana) or 0
    begin(company)
    undo(company, recorded, person_id=ana)


def test_a_check_in_leaves_the_kept_views_of_teams_alone(company: Engine) -> None:
    before = team_versions(company, data_version(company))
    begin(company)
    now = team_versions(company, version := data_version(company))
    assert dict(now) == {**before, MEETINGS: version}


def test_whatever_a_screen_shows_changes_what_it_looks_for(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    company = company_of_each_kind
    team, ana = key(company, "team", "Sales"), person(company)

    def stamp() -> tuple[int, ...]:
        with snapshot(company) as connection:
            return last_change(connection, team, clock.moment)

    stamps = [stamp()]
    meeting_id = begin(company)
    of: dict[str, Any] = {"person_id": ana, "meeting_id": meeting_id}
    stamps.append(stamp())
    presence.attend(company, **of)
    stamps.append(stamp())
    show(company, meeting_id, 0, 1)
    stamps.append(stamp())
    item, seen = view(company, meeting_id).items[1].item_id, data_version(company)
    commands.say(company, person_id=ana, item_id=item, text="Wait", base_version=seen)
    stamps.append(stamp())
    leading.open_vote(company, **of, shown=1)
    stamps.append(stamp())
    presence.vote(company, **of, confidence=Confidence.SURE)
    stamps.append(stamp())
    clock.tick(minutes=2)
    stamps.append(stamp())
    assert len(set(stamps)) == len(stamps)
    assert stamp() == stamps[-1]
