"""What was done: told as it was, field by field, and no more than was asked for."""

import contextlib
import shutil
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.actions.commands import act, amend_action, tick_off
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history import queries as module
from data.history.queries import Asked, doers, history, whole_log
from data.history.undo import undo
from data.history.views import ChangeView, DoneView
from data.identity.people import introduce
from data.kpis.commands.decisions import acknowledge, annotate
from data.kpis.fields import ReadingRow
from data.names.views import Found
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.milestones import reach_milestone
from models import Cadence, Confidence
from tests.data.builders import (
    MONDAY,
    TODAY,
    Clock,
    acme,
    bring,
    key,
    person,
    record,
    rows,
    statements,
)

CUSTOMERS = "Sign customers"
Fields = set[tuple[str, str, object, str, object, object]]


def done(engine: Engine, **asked: Any) -> tuple[DoneView, ...]:
    return history(engine, data_version(engine), Asked(**asked)).done


def last(engine: Engine, **asked: Any) -> DoneView:
    return done(engine, **asked)[0]


def fields(changes: tuple[ChangeView, ...]) -> Fields:
    return {(c.kind, c.thing, c.when, c.field, c.before, c.after) for c in changes}


def say(engine: Engine, value: float, note: str = "", **options: Any) -> int:
    command_id = check_in(
        engine,
        person_id=person(engine),
        key_result_id=key(engine, "key_result", CUSTOMERS),
        day=TODAY,
        value=value,
        confidence=Confidence.LIKELY,
        note=note,
        base_version=data_version(engine),
        **options,
    )
    assert command_id is not None
    return command_id


def tick(engine: Engine, *, ticked: bool, step: int = 0) -> int | None:
    return reach_milestone(
        engine,
        person_id=person(engine),
        milestone_id=rows(engine, "milestone")[step]["id"],
        done_on=TODAY if ticked else None,
        base_version=data_version(engine),
    )


def take_back(engine: Engine, command_id: int | None) -> int:
    assert command_id is not None
    return undo(engine, command_id, person_id=person(engine))


def lowered(low: float, **changes: Any) -> Tables:
    tables = acme()
    tables.kpis[1] = replace(tables.kpis[1], low=low, **changes)
    return tables


def test_a_correction_tells_before_after_who_when_and_why(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    engine = company_of_each_kind
    record(engine, 9.1, who="Ben")
    at = clock.tick()
    record(engine, 9.4, note="typo")
    told = last(engine)
    assert (told.name, told.who, told.at, told.why) == ("record reading", "Ana", at, "typo")
    value = next(change for change in told.changes if change.field == "value")
    assert (value.before, value.after, value.unit) == (9.1, 9.4, "%")
    assert (value.thing, value.team, value.when) == ("Conversion", "Sales", MONDAY)
    assert value.cadence is Cadence.WEEKLY
    assert (told.taken_back, told.more) == (False, 0)


def test_a_first_reading_took_the_place_of_nothing(company: Engine) -> None:
    record(company, 9)
    assert fields(last(company).changes) == {("reading", "Conversion", MONDAY, "value", None, 9)}


def test_what_was_taken_back_is_marked_and_told(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    take_back(engine, record(engine, 10))
    undone, second, first = done(engine)[:3]
    assert (undone.name, undone.taken_back) == ("undo", False)
    assert fields(undone.changes) == {("reading", "Conversion", MONDAY, "value", 10, 9)}
    assert (second.taken_back, first.taken_back) == (True, False)


def test_two_that_took_the_place_of_the_same_fact_both_tell_it(company: Engine) -> None:
    first = record(company, 1)
    take_back(company, record(company, 2))
    take_back(company, first)
    befores = [view.changes[0].before for view in done(company)[:4]]
    assert befores == [1, 2, 1, None]


def test_a_step_that_was_ticked_is_named(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    tick(engine, ticked=True)
    expected = ("milestone", "Open the office: Lease", None, "done_on", None, TODAY)
    assert fields(last(engine).changes) == {expected}
    assert last(engine).changes[0].team == "Sales"
    tick(engine, ticked=False)
    expected = ("milestone", "Open the office: Lease", None, "done_on", TODAY, None)
    assert fields(last(engine).changes) == {expected}


def test_changed_terms_tell_what_was_in_force_before(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    engine = company_of_each_kind
    for low, owner in ((7, "Ana"), (6, "Ben")):
        clock.tick(days=1)
        import_tables(engine, lowered(low, owner=owner))
    assert fields(last(engine).changes) == {
        ("kpi terms", "Conversion", None, "low", 7, 6),
        ("kpi terms", "Conversion", None, "owner_id", "Ana", "Ben"),
    }


def test_the_smallest_change_tells_what_was_before(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    for change in (0.5, 1.5):
        import_tables(engine, lowered(8, smallest_change=change))
    (told,) = last(engine).changes
    assert fields((told,)) == {("kpi", "Conversion", None, "smallest_change", 0.5, 1.5)}
    assert told.unit == "%"


def test_a_link_tells_both_its_ends_when_it_comes_and_goes(company: Engine) -> None:
    import_tables(company, lowered(8, pinned=("Acme",)))
    (pinned,) = last(company).changes
    assert (pinned.kind, pinned.thing, pinned.after, pinned.added) == (
        "pin",
        "Conversion",
        "Acme",
        True,
    )
    import_tables(company, acme())
    (unpinned,) = last(company).changes
    assert (unpinned.thing, unpinned.before, unpinned.removed) == ("Conversion", "Acme", True)


def test_a_cycle_that_moved_is_named(company: Engine) -> None:
    tables = acme()
    end = tables.cycles[1].ends_on + timedelta(days=5)
    tables.cycles[1] = replace(tables.cycles[1], ends_on=end)
    import_tables(company, tables)
    before = acme().cycles[1].ends_on
    assert fields(last(company).changes) == {("cycle", "Q2 2026", None, "ends_on", before, end)}


def test_a_decision_tells_its_reason_an_event_its_text(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    ana, kpi_id = person(engine), key(engine, "kpi", "Conversion")
    again = TODAY + timedelta(days=7)
    acknowledge(engine, person_id=ana, kpi_id=kpi_id, reason="Known", look_again=again)
    assert (last(engine).why, last(engine).changes[0].after) == ("Known", "acknowledge")
    command_id = annotate(engine, person_id=ana, kpi_id=kpi_id, day=TODAY, text="Fair")
    (event,) = last(engine).changes
    assert (event.thing, event.when, event.after, event.added) == (
        "Conversion",
        TODAY,
        "Fair",
        True,
    )
    take_back(engine, command_id)
    (gone,) = last(engine).changes
    assert (gone.thing, gone.before, gone.removed) == ("Conversion", "Fair", True)


def test_an_import_tells_its_first_changes_and_how_many_more(company: Engine) -> None:
    told = last(company)
    assert (told.name, told.who, told.why) == ("import", None, "")
    assert told.more == len(rows(company, "change")) - 12
    acme = Found("team", key(company, "team", "Acme"), "Acme", "Acme", None)
    assert told.changes[0] == ChangeView(
        *("team", "Acme", "Acme", None, "", None, None, ""), added=True, found=acme, has_team=True
    )


def test_a_thing_has_its_own_history_alone(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    record(engine, 99, kpi="Backlog")
    say(engine, 12)
    tick(engine, ticked=True)
    kpi = done(engine, subject="kpi", key=key(engine, "kpi", "Conversion"))
    assert [view.name for view in kpi] == ["record reading", "import"]
    assert {change.thing for view in kpi for change in view.changes} == {"Conversion"}
    assert kpi[-1].more == 0
    signed = done(engine, subject="key result", key=key(engine, "key_result", CUSTOMERS))
    assert [view.name for view in signed] == ["check in", "import"]
    opened = done(engine, subject="key result", key=key(engine, "key_result", "Open the office"))
    assert [view.name for view in opened] == ["reach milestone", "import"]
    objective = done(engine, subject="objective", key=key(engine, "objective", "Win the north"))
    assert [view.name for view in objective] == ["import"]
    assert ("key result", CUSTOMERS) in {(c.kind, c.thing) for c in objective[0].changes}
    assert done(engine, subject="kpi", key=4711) == ()


def test_a_text_finds_what_was_done_to_things_of_that_name(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    record(engine, 99, kpi="Backlog")
    found = done(engine, text="back")
    assert [view.name for view in found] == ["record reading", "import"]
    assert {change.thing for view in found for change in view.changes} == {"Backlog"}
    assert done(engine, text="%") == ()


def test_filters_narrow(company: Engine, clock: Clock) -> None:
    record(company, 9)
    clock.tick(days=1)
    record(company, 10, who="Ben")
    say(company, 12)
    tomorrow = TODAY + timedelta(days=1)
    assert [view.who for view in done(company, who="Ben")] == ["Ben"]
    assert [view.name for view in done(company, name="check in")] == ["check in"]
    assert [view.who for view in done(company, since=tomorrow)] == ["Ana", "Ben"]
    assert [view.name for view in done(company, until=TODAY)] == ["record reading", "import"]
    assert done(company, since=tomorrow, until=TODAY) == ()


def test_a_look_back_knows_nothing_of_later(company_of_each_kind: Engine, clock: Clock) -> None:
    engine = company_of_each_kind
    command_id = record(engine, 9)
    clock.tick(days=1)
    take_back(engine, command_id)
    assert last(engine).name == "undo"
    then = last(engine, as_of=TODAY)
    assert (then.name, then.taken_back) == ("record reading", False)
    assert done(engine)[1].taken_back


def test_there_is_more_until_all_is_shown(company: Engine) -> None:
    for value in range(3):
        record(company, value)
    version = data_version(company)
    few = history(company, version, Asked(shown=3))
    assert (len(few.done), few.more) == (3, True)
    rest = history(company, version, Asked(shown=4))
    assert (len(rest.done), rest.more) == (4, False)


def test_one_s_own_is_what_still_stands(company: Engine) -> None:
    dora = introduce(company, "Dora")
    record(company, 9, who="Ben")
    first = record(company, 10, who="Dora")
    second = record(company, 11, who="Dora")
    assert second is not None
    assert [view.command_id for view in done(company, mine=dora)] == [second, first]
    undo(company, second, person_id=dora)
    assert [view.command_id for view in done(company, mine=dora)] == [first]


def test_all_who_did_something_are_named(company: Engine) -> None:
    assert doers(company, data_version(company)) == ()
    record(company, 9, who="Ben")
    record(company, 10)
    assert doers(company, data_version(company)) == ("Ana", "Ben")


def test_the_whole_log_tells_each_change_once(
    company_of_each_kind: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    version = data_version(engine)
    at_once = [change for view in whole_log(engine, version, Asked()) for change in view.changes]
    monkeypatch.setattr(module, "BATCH", 7)
    parts = list(whole_log(engine, version, Asked()))
    assert [change for view in parts for change in view.changes] == at_once
    assert len(at_once) > 40
    assert parts[0].name == "record reading"
    assert len(parts) > 5
    monkeypatch.setattr(module, "LONGEST_LOG", 3)
    assert sum(len(view.changes) for view in whole_log(engine, version, Asked())) == 3


def test_it_costs_as_many_statements_however_much_was_done(company: Engine) -> None:
    def cost() -> int:
        version = data_version(company)
        module.company(company, version)
        with statements(company) as noted:
            history(company, version, Asked())
            history(company, version, Asked())
        return len(noted)

    record(company, 1)
    say(company, 1)
    tick(company, ticked=True)
    few = cost()
    for value in range(2, 12):
        record(company, value)
        say(company, value)
    bring(
        company,
        readings=[
            ReadingRow(team="Support", kpi="Backlog", date=MONDAY - timedelta(weeks=week), value=9)
            for week in range(1, 60)
        ],
    )
    assert cost() == few
    assert few <= 22


Doing = Callable[[Engine], object]
DOING: list[Doing] = [
    *(partial(record, value=value, note=note) for value in (9, 10) for note in ("", "Fair")),
    partial(record, value=9, on=MONDAY - timedelta(days=7)),
    *(partial(say, value=value, note=note) for value in (12, 13) for note in ("", "Signed")),
    *(partial(tick, ticked=ticked, step=step) for ticked in (True, False) for step in (0, 1)),
    *(lambda engine, low=low: import_tables(engine, lowered(low)) for low in (7, 8)),
]
ON_COPIES = HealthCheck.function_scoped_fixture


def standing(engine: Engine) -> dict[tuple[str, str, object, str], object]:
    """Give what stands in every field that the commands above change, from the tables alone."""
    cells: dict[tuple[str, str, object, str], object] = {}
    for row in rows(engine, "reading"):
        for field in ("value", "note"):
            cells["reading", "Conversion", row["period"], field] = row[field] or None
    for row in rows(engine, "check_in"):
        for field in ("value", "confidence", "note"):
            cells["check in", CUSTOMERS, row["date"], field] = row[field] or None
    for row in rows(engine, "milestone"):
        cells["milestone", f"Open the office: {row['step']}", None, "done_on"] = row["done_on"]
    conversion = key(engine, "kpi", "Conversion")
    for row in rows(engine, "kpi_terms"):
        if row["kpi_id"] == conversion:
            cells["kpi terms", "Conversion", None, "low"] = row["low"]
    return cells


@settings(max_examples=25, deadline=None, suppress_health_check=[ON_COPIES])
@given(steps=st.lists(st.sampled_from([*range(len(DOING)), None]), max_size=12))
def test_what_is_told_is_what_the_tables_say(
    files: dict[str, Path], tmp_path: Path, clock: Clock, steps: list[int | None]
) -> None:
    path = shutil.copy(files["acme"], tmp_path / f"{uuid.uuid4().hex}.db")
    engine = open_database(f"sqlite:///{path}")
    ana = person(engine)
    for step in steps:
        clock.tick(minutes=1)
        before, commands = standing(engine), Counter(row["id"] for row in rows(engine, "command"))
        with contextlib.suppress(CommandRejected, AssertionError):
            if step is None:
                own = done(engine, mine=ana)
                assert own
                undo(engine, own[0].command_id, person_id=ana)
            else:
                DOING[step](engine)
        after = standing(engine)
        differences = {
            (*place, before.get(place), value)
            for place, value in after.items()
            if before.get(place) != value
        }
        told: Fields = set()
        for view in done(engine):
            if view.command_id not in commands:
                told |= {
                    (*each[:4], each[4] or None, each[5] or None) for each in fields(view.changes)
                }
        assert told == differences
    engine.dispose()


def test_an_action_is_told_of_its_kpi_and_what_came_of_it_is_the_why(company: Engine) -> None:
    ana, conversion = person(company), key(company, "kpi", "Conversion")
    agreed = {"owner": "Ben", "what": "Check the feed", "due": TODAY}
    act(company, person_id=ana, kpi_id=conversion, **agreed)
    told = last(company, subject="kpi", key=conversion)
    (change,) = told.changes
    thing = "Conversion: Check the feed"
    assert (told.name, change.kind, change.thing, change.added) == ("act", "action", thing, True)
    (row,) = rows(company, "action")
    seen_now = {"action_id": row["id"], "base_version": data_version(company)}
    tick_off(company, person_id=ana, **seen_now, done_on=TODAY, note="A key had run out")
    told = last(company, subject="kpi", key=conversion)
    assert (told.name, told.why) == ("tick off action", "A key had run out")
    assert fields(told.changes) == {
        ("action", thing, None, "done_on", None, TODAY),
        ("action", thing, None, "note", "", "A key had run out"),
    }
    amend_action(company, person_id=ana, **seen_now, owner="Cara")
    told = last(company, subject="kpi", key=conversion)
    assert fields(told.changes) == {("action", thing, None, "owner_id", "Ben", "Cara")}
