"""Who does what by when: agreed, ticked off, changed and withdrawn; until its day it decides."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.actions import commands
from data.actions.commands import (
    act,
    act_on_key_result,
    act_on_objective,
    amend_action,
    tick_off,
    withdraw_action,
)
from data.company.commands.people import archive_person, hand_over
from data.company.fields import PersonRow
from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge
from data.kpis.commands.kpis import archive_kpi
from data.kpis.views.gauges import Gauge
from data.kpis.views.signals import ACT
from models import Role
from tests.data.builders import (
    MONDAY,
    TODAY,
    Clock,
    bring,
    everything,
    exported,
    gauge,
    give,
    key,
    person,
    record,
    rows,
    seen,
)

DUE = TODAY + timedelta(days=5)
WHAT = "Check the feed"


def agree(engine: Engine, by: str = "Ana", **options: Any) -> int:
    said: dict[str, Any] = {"owner": "Ben", "what": WHAT, "due": DUE}
    said["kpi_id"] = key(engine, "kpi", "Conversion")
    return act(engine, person_id=person(engine, by), **{**said, **options})


def out_of_range(engine: Engine) -> None:
    record(engine, 14.0, on=MONDAY)


def conversion(engine: Engine, day: date = TODAY) -> Gauge:
    return gauge(seen(engine, day=day))


def action(engine: Engine) -> dict[str, Any]:
    (row,) = rows(engine, "action")
    return row


def about(engine: Engine, by: str = "Ana") -> dict[str, Any]:
    """Say who does something about the one action, having seen what stands."""
    return {
        "person_id": person(engine, by),
        "action_id": action(engine)["id"],
        "base_version": data_version(engine),
    }


def rejected(engine: Engine, command: Callable[[], object]) -> tuple[str, str]:
    before = everything(engine)
    with pytest.raises(CommandRejected) as error:
        command()
    assert everything(engine) == before
    return error.value.field, error.value.message


def test_an_action_decides_until_its_day_and_no_longer(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    out_of_range(engine)
    assert conversion(engine).undecided_days is not None
    agree(engine)
    for day in (TODAY, DUE):
        found = conversion(engine, day)
        assert found.undecided_days is None
        assert found.decision is not None
        assert (found.decision.kind, found.decision.who) == (ACT, "Ben")
        (open_,) = found.actions
        assert (open_.what, open_.owner, open_.due, open_.done_on) == (WHAT, "Ben", DUE, None)
    late = conversion(engine, DUE + timedelta(days=3))
    assert late.undecided_days == 2
    assert late.decision is not None
    assert late.decision.kind is ACT
    assert len(late.actions) == 1


def test_one_that_is_done_decides_until_its_day_and_is_open_no_more(company: Engine) -> None:
    out_of_range(company)
    agree(company)
    tick_off(company, **about(company), done_on=TODAY, note="A key had run out")
    found = conversion(company)
    assert (found.actions, found.undecided_days) == ((), None)
    assert found.decision is not None
    assert found.decision.action is not None
    assert found.decision.action.note == "A key had run out"
    assert conversion(company, DUE + timedelta(days=1)).undecided_days == 0


def test_the_longest_of_what_was_decided_counts(company: Engine) -> None:
    out_of_range(company)
    agree(company)
    acknowledge(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Conversion"),
        reason="The fair ends in July",
        look_again=DUE + timedelta(days=4),
    )
    assert conversion(company, DUE + timedelta(days=3)).undecided_days is None
    assert conversion(company, DUE + timedelta(days=4)).undecided_days == 0


def test_what_was_not_agreed_yet_is_not_seen_looking_back(company: Engine, clock: Clock) -> None:
    out_of_range(company)
    clock.tick(days=2)
    agree(company)
    assert conversion(company).actions == ()
    assert len(conversion(company, TODAY + timedelta(days=2)).actions) == 1


def test_all_that_is_done_with_it_is_one_change_each_and_taken_back(
    company_of_each_kind: Engine,
) -> None:
    engine = company_of_each_kind
    before = exported(engine)
    done = [agree(engine)]
    done += [tick_off(engine, **about(engine), done_on=TODAY, note="Done at last") or 0]
    done += [amend_action(engine, **about(engine), owner="Cara", what="Mend it", due=TODAY) or 0]
    assert {name: action(engine)[name] for name in ("what", "due", "done_on", "note")} == {
        "what": "Mend it",
        "due": TODAY,
        "done_on": TODAY,
        "note": "Done at last",
    }
    assert action(engine)["owner_id"] == person(engine, "Cara")
    done += [withdraw_action(engine, **about(engine))]
    assert exported(engine).actions == []
    for command_id in reversed(done):
        undo(engine, command_id, person_id=person(engine))
    assert exported(engine) == before


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"what": "  "}, "action", commands.SAY_WHAT),
        ({"what": "\u200b"}, "action", commands.SAY_WHAT),
        ({"what": "x" * 201}, "action", "What has 201 characters: shorten it to 200."),
        ({"owner": ""}, "owner", commands.SAY_WHO),
        ({"owner": "Dora"}, "owner", "Nobody here is called “Dora”: pick a name from the list."),
        ({"due": TODAY - timedelta(days=1)}, "due", commands.SAY_WHEN),
        ({"due": TODAY + timedelta(days=367)}, "due", commands.SAY_WHEN),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    company: Engine, wrong: dict[str, Any], field: str, message: str
) -> None:
    told = rejected(company, lambda: agree(company, **wrong))
    assert told[0] == field
    assert message in told[1]
    agree(company)
    seen_now = about(company)
    assert rejected(company, lambda: amend_action(company, **seen_now, **wrong)) == told


def test_it_is_done_on_a_day_that_has_come(company: Engine) -> None:
    agree(company)
    seen_now = about(company)
    told = rejected(company, lambda: tick_off(company, **seen_now, done_on=DUE))
    assert told == ("done_on", "Choose today or an earlier day: this one lies ahead.")


def test_the_same_is_not_agreed_twice_on_a_day(company: Engine, clock: Clock) -> None:
    agree(company)
    again = rejected(company, lambda: agree(company, owner="Cara"))
    assert again == ("action", commands.AGREED_ALREADY)
    clock.tick(days=1)
    agree(company)
    assert len(rows(company, "action")) == 2


def test_what_stands_already_changes_nothing(company: Engine) -> None:
    agree(company)
    before = everything(company)
    assert amend_action(company, **about(company), owner="Ben", what=WHAT, due=DUE) is None
    assert tick_off(company, **about(company), done_on=None, note="") is None
    assert everything(company) == before


def test_a_day_that_is_past_may_stay_where_the_doer_changes(company: Engine, clock: Clock) -> None:
    agree(company)
    clock.tick(days=30)
    assert amend_action(company, **about(company), owner="Cara", due=DUE) is not None


def test_another_s_change_is_not_overwritten(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    agree(engine)
    earlier = about(engine)
    amend_action(engine, **about(engine, "Ben"), due=TODAY)
    with pytest.raises(Conflict) as conflict:
        amend_action(engine, **earlier, due=DUE + timedelta(days=1))
    theirs = conflict.value.theirs
    assert (theirs.who, theirs.field, theirs.text) == ("Ben", "due", TODAY.isoformat())
    # Another cell is no rival's.
    assert amend_action(engine, **earlier, owner="Cara") is not None
    told = rejected(engine, lambda: withdraw_action(engine, **earlier))
    assert told == ("", "Ben has changed it meanwhile: look again, then withdraw it.")


def test_a_viewer_agrees_and_ticks_off_nothing(company: Engine) -> None:
    give(company, "Cara", "Sales", Role.VIEWER)
    agree(company)
    seen_now = about(company, "Cara")
    for command in (
        lambda: agree(company, by="Cara"),
        lambda: act_on_objective(
            company,
            person_id=person(company, "Cara"),
            objective_id=key(company, "objective", "Win the north"),
            owner="Ben",
            what=WHAT,
            due=DUE,
        ),
        lambda: tick_off(company, **seen_now, done_on=TODAY),
        lambda: amend_action(company, **seen_now, due=TODAY),
        lambda: withdraw_action(company, **seen_now),
    ):
        assert rejected(company, command)[1].startswith("You may look at Sales but not change it")


def test_of_an_archived_kpi_no_action_is_taken_along(company: Engine) -> None:
    backlog = key(company, "kpi", "Backlog")
    agree(company, kpi_id=backlog)
    (row,) = exported(company).actions
    assert (row.team, row.kpi, row.action, row.owner) == ("Support", "Backlog", WHAT, "Ben")
    seen_now = {"person_id": person(company, "Ben"), "base_version": data_version(company)}
    archive_kpi(company, kpi_id=backlog, **seen_now)
    assert exported(company).actions == []


def test_who_has_something_to_do_hands_it_over_before_they_go(company: Engine) -> None:
    bring(company, people=[PersonRow(person="Dora")])
    agree(company, owner="Dora")
    dora, ben = person(company, "Dora"), person(company, "Ben")
    version = {"person_id": ben, "listed_id": dora, "base_version": data_version(company)}
    assert rejected(company, lambda: archive_person(company, **version)) == (
        "owned",
        f"“Dora” still owns {WHAT}: give them to somebody else first.",
    )
    hand_over(company, **version, to_id=ben)
    assert action(company)["owner_id"] == ben
    version["base_version"] = data_version(company)
    archive_person(company, **version)


def test_a_withdrawal_is_not_taken_back_where_the_same_was_agreed_again(company: Engine) -> None:
    agree(company)
    seen_now = {"action_id": action(company)["id"], "base_version": data_version(company)}
    withdrawn = withdraw_action(company, person_id=person(company), **seen_now)
    agree(company)
    with pytest.raises(CommandRejected, match="here again already"):
        undo(company, withdrawn, person_id=person(company))
    assert len(exported(company).actions) == 1


def test_it_is_agreed_about_an_objective_or_a_key_result_too(company: Engine, clock: Clock) -> None:
    said: dict[str, Any] = {"owner": "Ben", "due": DUE, "person_id": person(company)}
    objective, lift = (
        key(company, *of)
        for of in (("objective", "Win the north"), ("key_result", "Lift conversion"))
    )
    first = act_on_objective(company, objective_id=objective, what="Ask growers", **said)
    act_on_key_result(company, key_result_id=lift, what="Write to the farms", **said)
    written = {row.action: row for row in exported(company).actions}
    assert (written["Ask growers"].objective, written["Ask growers"].key_result) == (
        "Win the north",
        "",
    )
    assert written["Write to the farms"].key_result == "Lift conversion"
    before = exported(company)
    bring(company, **dict(before.items()))
    assert exported(company) == before
    undo(company, first, person_id=person(company))
    assert [row["what"] for row in rows(company, "action") if row["withdrawn_at"] is None] == [
        "Write to the farms"
    ]
    with pytest.raises(CommandRejected, match="no longer here"):
        act_on_objective(company, objective_id=999, what="Nothing", **said)
