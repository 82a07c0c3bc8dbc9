"""Check-ins in files: all that was said is taken along, and comes in once."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

from data.actions.fields import ActionRow
from data.core.database import data_version, open_database, snapshot
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.commands.kpis import archive_kpi
from data.meetings.fields import MeetingItemRow, MeetingRow
from data.meetings.queries import last_ended
from models import AgendaReason, Confidence, DecisionKind, Health, ItemState, Signal
from tests.data.builders import ROAD, bring, content, exported, key, person, problems, rows

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
