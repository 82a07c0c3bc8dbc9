"""What people say about a KPI's behaviour, and what its page then shows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge, annotate, dismiss, rebase
from data.kpis.queries.kpi import kpi
from data.kpis.views.kpi import KpiView
from models import DecisionKind
from tests.data.builders import (
    MONDAY,
    TODAY,
    Clock,
    everything,
    forget,
    key,
    person,
    record,
    rows,
    statements,
)

Command = Callable[..., int]
WHY = "The new form confuses people"


def shown(engine: Engine, day: date = TODAY) -> KpiView:
    view = kpi(engine, data_version(engine), key(engine, "kpi", "Conversion"), day)
    assert view is not None
    return view


def say(engine: Engine, command: Command, **options: Any) -> int:
    return command(
        engine,
        person_id=person(engine),
        kpi_id=key(engine, "kpi", "Conversion"),
        **options,
    )


def refused(engine: Engine, command: Command, **options: Any) -> str:
    before = everything(engine)
    with pytest.raises(CommandRejected) as error:
        say(engine, command, **options)
    assert everything(engine) == before
    return error.value.message


def test_acknowledging_keeps_the_reason_and_the_day_to_look_again(company: Engine) -> None:
    again = TODAY + timedelta(days=14)
    say(company, acknowledge, reason=WHY, look_again=again)
    (decision,) = shown(company).decisions
    assert (decision.kind, decision.reason, decision.look_again, decision.who) == (
        DecisionKind.ACKNOWLEDGE,
        WHY,
        again,
        "Ana",
    )


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_one_looks_again_on_a_day_ahead(company: Engine, days: int) -> None:
    again = TODAY + timedelta(days=days)
    assert "a day ahead" in refused(company, acknowledge, reason=WHY, look_again=again)


def test_rebasing_says_from_when_the_new_normal_holds(company: Engine) -> None:
    say(company, rebase, since=MONDAY, reason="New price list")
    (decision,) = shown(company).decisions
    assert (decision.kind, decision.date) == (DecisionKind.REBASE, MONDAY)


def test_a_new_normal_does_not_begin_tomorrow(company: Engine) -> None:
    ahead = TODAY + timedelta(days=1)
    assert "lies ahead" in refused(company, rebase, since=ahead, reason=WHY)


def test_dismissing_names_the_period_and_leaves_the_reading(company: Engine) -> None:
    record(company, 9)
    (reading,) = rows(company, "reading")
    say(company, dismiss, period=reading["period"] + timedelta(days=2), reason="Counted twice")
    (decision,) = shown(company).decisions
    assert (decision.kind, decision.date) == (DecisionKind.DISMISS, reading["period"])
    assert shown(company).values[-1] == 9


def test_only_what_was_read_can_be_dismissed(company: Engine) -> None:
    assert "no reading" in refused(company, dismiss, period=MONDAY, reason=WHY)


def test_an_event_stands_on_its_day_and_not_before(company: Engine) -> None:
    say(company, annotate, day=MONDAY, text="  New pricing ")
    (event,) = shown(company).events
    assert (event.date, event.text, event.who) == (MONDAY, "New pricing", "Ana")
    assert shown(company, MONDAY - timedelta(days=1)).events == ()


@pytest.mark.parametrize("words", ["", "   "])
def test_nobody_decides_without_a_word(company: Engine, words: str) -> None:
    assert "Say why" in refused(company, rebase, since=MONDAY, reason=words)
    assert "what happened" in refused(company, annotate, day=MONDAY, text=words)


def test_a_decision_can_be_taken_back(company: Engine) -> None:
    command_id = say(company, rebase, since=MONDAY, reason=WHY)
    undo(company, command_id, person_id=person(company))
    assert shown(company).decisions == ()


def test_a_kpi_that_is_gone_takes_no_decision(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="no longer here"):
        annotate(company, person_id=person(company), kpi_id=999_999, day=MONDAY, text="Gone")


def test_a_kpi_costs_the_same_statements_whatever_its_history(
    company: Engine, clock: Clock
) -> None:
    counted = []
    for number in range(2):
        for week in range(number * 30):
            record(company, 9 + week % 3, on=MONDAY - timedelta(days=7 * (week + 1)))
        view_of = (company, data_version(company), key(company, "kpi", "Conversion"), TODAY)
        kpi(*view_of)
        forget(company)
        with statements(company) as made:
            kpi(*view_of)
        counted.append(len(made))
    assert counted[0] == counted[1]
