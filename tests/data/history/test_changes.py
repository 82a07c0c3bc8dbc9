"""What was done is told as it was, field by field."""

import contextlib
import shutil
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.actions.commands import act, amend_action, tick_off
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge, annotate
from models import Cadence
from tests.data.builders import (
    MONDAY,
    TODAY,
    Clock,
    acme,
    key,
    person,
    record,
    rows,
)
from tests.data.history.told import (
    CUSTOMERS,
    Fields,
    done,
    fields,
    last,
    lowered,
    say,
    take_back,
    tick,
)


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
