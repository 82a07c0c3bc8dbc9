"""What was done: told as it was, field by field, and no more than was asked for."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.history import queries as module
from data.history.queries import Asked, doers, history, whole_log
from data.history.undo import undo
from data.history.views import ChangeView
from data.identity.people import introduce
from data.kpis.fields import ReadingRow
from data.names.views import Found
from tests.data.builders import (
    MONDAY,
    TODAY,
    Clock,
    bring,
    key,
    record,
    rows,
    statements,
)
from tests.data.history.told import CUSTOMERS, done, last, say, take_back, tick


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
