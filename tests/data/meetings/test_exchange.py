"""Check-ins in files: all that was said is taken along, and comes in once."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from data.actions.commands import act, act_in_team, tick_off
from data.actions.fields import ActionRow
from data.core.database import data_version, open_database, snapshot
from data.exchange.importing import import_tables
from data.exchange.read import read
from data.exchange.tables import Tables
from data.exchange.write import write
from data.kpis.commands.decisions import acknowledge
from data.kpis.commands.kpis import archive_kpi
from data.meetings import commands, leading, presence
from data.meetings.fields import MeetingItemRow, MeetingRow
from data.meetings.queries import last_ended, minutes
from data.meetings.views import PlannedItem, Standing
from data.okrs.commands.check_ins import amend_check_in
from models import AgendaReason, Confidence, DecisionKind, Health, ItemState, Signal
from tests.data.builders import (
    ROAD,
    Clock,
    bring,
    content,
    exported,
    key,
    person,
    problems,
    record,
    rows,
)

AT = datetime(2026, 5, 18, 9, tzinfo=UTC)
OF = {"team": "Sales", "started_at": AT}
SAID = "=1+1; “watch” one more week"
ITEMS = [
    MeetingItemRow(
        **OF,
        position=0,
        reason=AgendaReason.GUARDRAIL_BROKEN,
        kpi="Support / Backlog",
        cycle="Q2 2026",
        objective="Win the north",
        said=SAID,
        seconds=95,
        value_before=40.5,
        value_after=55.0,
        health_before=Health.IN_RANGE,
        health_after=Health.OUT_OF_RANGE,
        signal_after=Signal.DRIFTING,
        decided=DecisionKind.ACKNOWLEDGE,
        decided_on=date(2026, 5, 18),
    ),
    MeetingItemRow(
        **OF,
        position=1,
        reason=AgendaReason.CHANCE_FELL,
        cycle="Q2 2026",
        objective="Win the north",
        key_result="Sign customers",
        state=ItemState.PARKED,
        chance_before=0.9,
        chance_after=0.4,
        confidence_after=Confidence.UNSURE,
        sure=1,
        likely=0,
        unsure=3,
        doubtful=0,
    ),
    MeetingItemRow(
        **OF,
        position=2,
        reason=AgendaReason.ACTION_DUE,
        action="Call the shops",
        agreed_on=date(2026, 5, 11),
        state=ItemState.SKIPPED,
    ),
    MeetingItemRow(**OF, position=3, reason=AgendaReason.OPEN_FLOOR, state=ItemState.OPEN),
]
MEETING = MeetingRow(**OF, ended_at=AT.replace(minute=14), driver="Ana", present=("Ana", "Cara"))
ACTION = ActionRow(
    **ROAD, key_result="Sign customers", action="Call the shops", owner="Ana",
    due=date(2026, 5, 18), agreed_on=date(2026, 5, 11),
)  # fmt: skip


def bring_all(engine: Engine) -> None:
    bring(engine, actions=[ACTION], meetings=[MEETING], meeting_items=ITEMS)


def test_all_of_it_is_taken_along_and_comes_in_once(company: Engine) -> None:
    bring_all(company)
    out = exported(company)
    assert (out.meetings, out.meeting_items) == ([MEETING], ITEMS)
    again = import_tables(company, out)
    assert again.changes == 0
    assert len(rows(company, "meeting_participant")) == 2


def test_an_empty_database_holds_all_of_it_afterwards(
    company: Engine, files: dict[str, Path], tmp_path: Path
) -> None:
    bring_all(company)
    out = exported(company)
    shutil.copy(files["empty"], tmp_path / "other.db")
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    import_tables(other, out)
    assert content(exported(other)) == content(out)
    with snapshot(other) as connection:
        found = last_ended(connection, key(other, "team", "Sales"))
    assert found is not None
    names = ["Backlog", "Sign customers", "Call the shops", ""]
    assert [item.name for item in found.items] == names
    assert found.seconds(AT.replace(hour=20)) == 14 * 60
    other.dispose()


def test_what_is_archived_leaves_what_was_said_of_it_as_it_is(company: Engine) -> None:
    bring_all(company)
    kpi = key(company, "kpi", "Backlog")
    by = {"person_id": person(company, "Ben"), "base_version": data_version(company)}
    archive_kpi(company, kpi_id=kpi, **by)
    out = exported(company)
    assert (out.meeting_items[0].kpi, out.meeting_items[0].said) == ("", SAID)
    assert import_tables(company, out).changes == 0
    assert rows(company, "meeting_item")[0]["kpi_id"] == kpi


def test_a_file_corrects_what_was_said(company: Engine) -> None:
    bring_all(company)
    changed = replace(ITEMS[1], said="We lost two", state=ItemState.DONE)
    done = bring(company, meeting_items=[changed])
    assert (done.counts["meeting_items"].changed, done.changes) == (1, 1)
    assert exported(company).meeting_items[1] == changed


def test_what_does_not_fit_is_listed(company: Engine) -> None:
    tables = Tables(
        meetings=[MEETING, replace(MEETING, started_at=AT.replace(year=2027), ended_at=None)],
        meeting_items=[
            replace(ITEMS[0], kpi="Nothing"),
            replace(ITEMS[1], key_result="Nothing"),
            replace(ITEMS[2], action="Nothing"),
            replace(ITEMS[3], started_at=AT.replace(hour=8)),
        ],
    )
    assert [problem.partition(":")[2] for problem in problems(company, tables)] == [
        "3: started_at lies ahead: give the moment it started",
        "2: unknown KPI “Nothing”: add it to kpis, or write another team's as Team / KPI",
        "3: unknown key result “Nothing” of “Win the north”: add it to key_results, or correct the "
        "name",
        "4: unknown action “Nothing”: add it to actions, or correct the name",
        "5: no check-in of Sales started then: add it to meetings, or correct started_at",
    ]


def test_one_that_is_under_way_is_taken_along_as_it_is(company: Engine) -> None:
    bring(company, meetings=[replace(MEETING, ended_at=None)], meeting_items=ITEMS[3:])
    assert exported(company).meetings == [replace(MEETING, ended_at=AT)]


def test_each_stands_at_its_first_item_however_many_are_here(company: Engine) -> None:
    bring_all(company)
    bring(company, meetings=[replace(MEETING, started_at=AT.replace(hour=7), ended_at=None)])
    assert [row["position"] for row in rows(company, "meeting")] == [0, 0]


def held_with_everything(engine: Engine, clock: Clock) -> int:
    """Hold a check-in in which each thing is done that can be done in one."""
    ana, ben = person(engine), person(engine, "Ben")
    kpi, result = key(engine, "kpi", "Conversion"), key(engine, "key_result", "Sign customers")
    team = key(engine, "team", "Sales")
    deed: dict[str, Any] = {"owner": "Ben", "due": clock.moment.date() + timedelta(days=1)}
    act_in_team(engine, person_id=ana, team_id=team, what="Call the shops", **deed)
    (action,) = rows(engine, "action")
    clock.tick(days=1)
    record(engine, 14.0)
    agenda = [
        PlannedItem(AgendaReason.ACTION_DUE, action_id=action["id"]),
        PlannedItem(AgendaReason.OUT_OF_RANGE, kpi_id=kpi, before=Standing(9.0, Health.IN_RANGE)),
        PlannedItem(AgendaReason.NOT_UPDATED, key_result_id=result),
        PlannedItem(AgendaReason.OPEN_FLOOR),
    ]
    meeting_id, _ = commands.start(engine, person_id=ana, team_id=team, agenda=agenda)
    presence.attend(engine, meeting_id=meeting_id, person_id=ana)
    items = [row["id"] for row in rows(engine, "meeting_item")]
    of = {"meeting_id": meeting_id}
    clock.tick(seconds=40)
    by: dict[str, Any] = {"person_id": ana, "base_version": data_version(engine)}
    tick_off(engine, action_id=action["id"], done_on=clock.moment.date(), **by)
    go: dict[str, Any] = {"person_id": ana, **of}
    commands.show_item(engine, **go, shown=0, position=1)
    clock.tick(seconds=65)
    again = clock.moment.date() + timedelta(days=14)
    acknowledge(engine, person_id=ana, kpi_id=kpi, reason="The price list is new", look_again=again)
    act(engine, person_id=ana, kpi_id=kpi, what="Ask the agency", **deed)
    say: dict[str, Any] = {"base_version": data_version(engine)}
    commands.say(engine, person_id=ana, item_id=items[1], text="Three of five left", **say)
    commands.pause(engine, **go, paused=True)
    clock.tick(minutes=3)
    commands.pause(engine, **go, paused=False)
    leading.take_over(engine, person_id=ben, **of, led_by=ana)
    go = {"person_id": ben, **of}
    commands.show_item(engine, **go, shown=1, position=2, left=ItemState.PARKED)
    leading.open_vote(engine, **go, shown=2)
    presence.vote(engine, person_id=ana, **of, confidence=Confidence.SURE)
    presence.vote(engine, person_id=ben, **of, confidence=Confidence.UNSURE)
    leading.reveal(engine, **go)
    agreed: dict[str, Any] = {"day": clock.moment.date(), "base_version": data_version(engine)}
    agreed["confidence"] = Confidence.UNSURE
    amend_check_in(engine, person_id=ben, key_result_id=result, **agreed)
    commands.show_item(engine, **go, shown=2, position=3, left=ItemState.SKIPPED)
    said = "=SUM(1;2); “quoted”, and\na second line"
    commands.say(
        engine, person_id=ana, item_id=items[3], text=said, base_version=data_version(engine)
    )
    clock.tick(seconds=20)
    after = {1: Standing(14.0, Health.OUT_OF_RANGE), 2: Standing(confidence=Confidence.UNSURE)}
    commands.end(engine, **go, after=after)
    return meeting_id


def told_of(engine: Engine) -> dict[str, Any]:
    """Give all that is kept of the last check-in, by names alone: keys and versions are others."""
    with snapshot(engine) as connection:
        found = last_ended(connection, key(engine, "team", "Sales"))
        assert found is not None
        team = [key(engine, "team", "Sales")]
        came = minutes(connection, found, ZoneInfo("UTC"), team)
    started = found.started_at
    assert found.ended_at is not None
    return {
        "who led, who was there": (found.driver, [each.name for each in found.participants]),
        "when and for how long": (started, found.ended_at, found.seconds(found.ended_at)),
        "pauses": found.paused_seconds,
        "agenda": [(item.reason, item.name, item.whose) for item in found.items],
        "what became of it": [item.state for item in found.items],
        "how long each was shown": [item.seconds for item in found.items],
        "what was said": [item.said for item in found.items],
        "before": [item.before for item in found.items],
        "after": [item.after for item in found.items],
        "votes": [item.votes for item in found.items],
        "decisions": [
            (each.kind, each.day, each.reason, each.who, each.look_again) for each in came.decisions
        ],
        "agreed": [
            (each.action.what, each.action.owner, each.action.due, each.action.done_on)
            for each in came.agreed
        ],
        "checked in": [
            (row["date"], row["value"], row["confidence"]) for row in rows(engine, "check_in")
        ],
    }


def test_all_that_was_said_in_a_check_in_is_there_in_an_empty_database_afterwards(
    company: Engine, clock: Clock, files: dict[str, Path], tmp_path: Path
) -> None:
    held_with_everything(company, clock)
    told = told_of(company)
    # What is compared is there to be lost.
    assert told["pauses"] == 180
    assert told["when and for how long"][2] == 40 + 65 + 20
    assert told["how long each was shown"] == [40, 65, 0, 20]
    assert told["votes"][2] == {word: word in ("sure", "unsure") for word in Confidence}
    assert [said for said in told["what was said"] if said] != []
    assert [kind for kind, *_ in told["decisions"]] == [DecisionKind.ACKNOWLEDGE]
    assert {what for what, *_ in told["agreed"]} == {"Ask the agency"}
    write(exported(company), tmp_path / "export")
    shutil.copy(files["empty"], tmp_path / "other.db")
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    import_tables(other, read(tmp_path / "export").tables)
    found = told_of(other)
    for what, was in told.items():
        assert found[what] == was, what
    other.dispose()


def test_a_pause_may_be_long_but_not_longer_than_the_check_in(company: Engine) -> None:
    weeks = replace(MEETING, ended_at=AT + timedelta(weeks=2), paused_seconds=1_200_000)
    bring(company, meetings=[weeks])
    assert exported(company).meetings == [weeks]
    wrong = replace(MEETING, paused_seconds=15 * 60)
    assert [each.what for each in wrong.problems()] == ["paused_seconds is longer than it lasted"]
