"""Closing an objective with a review: scores, what was learned, and what goes on."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company as company_at
from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict
from data.history.undo import undo
from data.okrs.commands.objective_life import change_state
from data.okrs.commands.review import review_objective
from data.okrs.fields import CheckInRow
from data.okrs.queries.closing_review import closing_review
from data.okrs.queries.drafts import OkrLook
from data.okrs.views.closing import Closing, ClosingObjective, KeyResultReview, ObjectiveReview
from models import NextStep
from tests.data.builders import (
    ROAD,
    TODAY,
    bring,
    content,
    everything,
    exported,
    key,
    person,
    rows,
    seen,
)
from tests.data.history.told import last

CUSTOMERS = "Sign customers"
"""From 0 to 40, typed by hand."""


@pytest.fixture
def ended(company: Engine) -> Engine:
    """Give a company with a next cycle, and twelve weeks of check-ins."""
    bring(
        company,
        cycles=[
            CycleRow(cycle="Q3 2026", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30)),
        ],
        check_ins=[
            CheckInRow(
                **ROAD, key_result=CUSTOMERS, date=TODAY - timedelta(weeks=back), value=value
            )
            for back, value in enumerate([26.0, 25, 27, 24, 26, 25, 27, 25, 24, 26, 25, 26])
        ],
    )
    return company


def view(engine: Engine) -> Closing:
    here = company_at(engine, version := data_version(engine))
    cycle = here.cycle_named("Q2 2026", TODAY)
    look = OkrLook(here.team_named("Sales"), cycle, TODAY, over=True)
    return closing_review(engine, version, look)


def objective(engine: Engine) -> ClosingObjective:
    (found,) = view(engine).objectives
    return found


def say(engine: Engine, *key_results: KeyResultReview, who: str = "Ana", **more: Any) -> int | None:
    found, base_version = objective(engine), more.pop("base_version", data_version(engine))
    following = view(engine).next_cycle
    return review_objective(
        engine,
        person_id=person(engine, who),
        review=ObjectiveReview(found.row.id, key_results, **more),
        shown=found.row,
        next_cycle_id=following.id if following else None,
        base_version=base_version,
    )


def of(engine: Engine, name: str = CUSTOMERS, **said: Any) -> KeyResultReview:
    return KeyResultReview(key(engine, "key_result", name), **said)


def refused(engine: Engine, *key_results: KeyResultReview, **more: Any) -> str:
    before = everything(engine)
    with pytest.raises(CommandRejected) as error:
        say(engine, *key_results, **more)
    assert everything(engine) == before
    return error.value.message


def test_it_shows_the_computed_scores_and_proposes_a_range(ended: Engine) -> None:
    first, *rest = objective(ended).key_results
    assert first.computed == pytest.approx(26 / 40)
    low, high = first.range
    assert low is not None
    assert 18 < low < 24
    assert high is None
    assert [each.range for each in rest] == [(None, None)] * 3


def test_a_cockpit_says_the_score_of_what_is_over_and_of_nothing_else(ended: Engine) -> None:
    given = of(ended, score=0.8, reason="Two signed on the last day.")
    say(ended, given)
    assert [each.score for each in seen(ended, "Sales", cycle="Q2 2026").objectives] == [None]
    say(ended, given, closes=True)
    (closed,) = seen(ended, "Sales", cycle="Q2 2026").objectives
    assert closed.score == pytest.approx(0.8 / 4)
    assert closed.progress == pytest.approx(26 / 40 / 4)


def test_a_score_that_is_given_counts_for_the_objective_and_needs_a_reason(ended: Engine) -> None:
    computed = objective(ended).score
    assert computed == pytest.approx(26 / 40 / 4)
    assert "Say why" in refused(ended, of(ended, score=0.8))
    assert "from 0 to 1" in refused(ended, of(ended, score=1.1, reason="x"))
    say(ended, of(ended, score=0.8, reason="Two signed on the last day."))
    found = objective(ended)
    assert found.score == pytest.approx(0.8 / 4)
    assert found.row.progress == pytest.approx(26 / 40 / 4)
    assert (found.key_results[0].score, found.key_results[0].computed) == (0.8, 0.65)


def test_what_was_learned_is_kept_and_undone_as_one(ended: Engine) -> None:
    before = content(exported(ended))
    done = say(ended, of(ended, next_step=NextStep.DROP), helped=" The fair ", hindered="")
    found = objective(ended)
    assert (found.helped, found.key_results[0].next_step) == ("The fair", NextStep.DROP)
    assert say(ended, of(ended, next_step=NextStep.DROP), helped="The fair") is None
    assert done is not None
    undo(ended, person_id=person(ended), command_id=done)
    assert content(exported(ended)) == before


def test_who_changed_the_same_first_is_told(ended: Engine) -> None:
    say(ended, helped="The fair")
    seen = data_version(ended)
    say(ended, who="Ben", helped="The new leaflet")
    with pytest.raises(Conflict):
        say(ended, helped="Luck", base_version=seen)


def test_closing_carries_over_what_is_to_go_on(ended: Engine) -> None:
    done = say(ended, of(ended, next_step=NextStep.CARRY_OVER), closes=True, helped="The fair")
    assert objective(ended).row.state == "closed"
    made = [row for row in rows(ended, "objective") if row["name"] == "Win the north"]
    assert len(made) == 2
    copied = [row for row in rows(ended, "key_result") if row["objective_id"] == made[1]["id"]]
    assert [row["name"] for row in copied] == [CUSTOMERS]
    (terms,) = [
        row for row in rows(ended, "key_result_terms") if row["key_result_id"] == copied[0]["id"]
    ]
    assert (terms["start"], terms["target"]) == (26, 40)
    assert done is not None
    undo(ended, person_id=person(ended), command_id=done)
    assert objective(ended).row.state == "active"


def test_scores_closing_and_a_new_kpi_are_undone_as_one(ended: Engine) -> None:
    before = content(exported(ended))
    scored = of(ended, score=0.8, reason="Two signed late.", next_step=NextStep.GRADUATE)
    done = say(ended, scored, closes=True, hindered="The rain")
    after = exported(ended)
    assert [row.score for row in after.scores] == [0.8]
    assert any(row.kpi == CUSTOMERS for row in after.kpis)
    assert done is not None
    undo(ended, person_id=person(ended), command_id=done)
    assert content(exported(ended)) == before


def test_without_a_next_cycle_nothing_is_carried_over(company: Engine) -> None:
    said = of(company, next_step=NextStep.CARRY_OVER)
    assert "Add the next cycle" in refused(company, said, closes=True)


def test_what_graduates_is_a_kpi_with_its_readings(ended: Engine) -> None:
    say(ended, of(ended, next_step=NextStep.GRADUATE), closes=True)
    kpi_id = key(ended, "kpi", CUSTOMERS)
    readings = [row for row in rows(ended, "reading") if row["kpi_id"] == kpi_id]
    assert [row["value"] for row in readings][-2:] == [25, 26]
    assert len(readings) == 12
    (terms,) = [row for row in rows(ended, "kpi_terms") if row["kpi_id"] == kpi_id]
    assert terms["low"] == objective(ended).key_results[0].range[0]


def test_what_a_kpi_feeds_is_a_gauge_already(ended: Engine) -> None:
    said = of(ended, "Lift conversion", next_step=NextStep.GRADUATE)
    assert "already" in refused(ended, said, closes=True)


def test_reopened_it_keeps_what_was_learned(ended: Engine) -> None:
    say(ended, closes=True, helped="The fair")
    change_state(
        ended,
        person_id=person(ended),
        objective_id=objective(ended).row.id,
        step="reopen",
        base_version=data_version(ended),
    )
    found = objective(ended)
    assert (found.row.state, found.helped) == ("active", "The fair")


def test_the_history_says_the_score_and_why_and_what_was_learned(ended: Engine) -> None:
    given = of(ended, score=0.0, reason="Nobody signed.", next_step=NextStep.DROP)
    done = say(ended, given, helped="The fair")
    told = {each.field: (each.kind, each.before, each.after) for each in last(ended).changes}
    assert told == {
        "score": ("key result score", None, 0.0),
        "reason": ("key result score", None, "Nobody signed."),
        "next_step": ("key result score", None, "drop"),
        "helped": ("learning", None, "The fair"),
    }
    assert done is not None
    undo(ended, person_id=person(ended), command_id=done)
    gone = {(each.kind, each.removed, each.before) for each in last(ended).changes}
    assert gone == {("key result score", True, 0.0), ("learning", True, "The fair")}
