"""A recovery from cycle to cycle: it is scored in each, and goes on with all that is left of it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.exchange.tables import Tables
from data.history.undo import undo
from data.okrs.commands.objective_life import close_objectives
from data.okrs.commands.recoveries import confirm_recovery
from data.okrs.commands.review import review_objective
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from data.okrs.queries.closing_review import closing_review
from data.okrs.queries.drafts import OkrLook
from data.okrs.queries.timeline import TimelineLook, timeline
from data.okrs.views.closing import Closing, ClosingObjective, KeyResultReview, ObjectiveReview
from data.okrs.views.timeline import PastObjective
from models import Ambition, KeyResultKind, NextStep, ObjectiveState
from tests.data.builders import (
    TODAY,
    Clock,
    bring,
    content,
    everything,
    exported,
    key,
    person,
    rows,
)
from tests.data.okrs.recovering import good_weeks, shown, start

RECOVERY = {"cycle": "Q2 2026", "team": "Support", "objective": "Backlog comes back"}
HELD, STAFF, RULES, DONE = "Backlog held", "Hire two", "Write the rules", "Tell everybody"
QUARTERS = (
    ("Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
    ("Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
)
ALL = (HELD, STAFF, RULES)


@pytest.fixture
def recovering(grown: Engine) -> Engine:
    """Give a recovery that guards and supports, with three more key results, one of them done."""
    bring(
        grown,
        cycles=[CycleRow(cycle=name, starts_on=a, ends_on=b) for name, a, b in QUARTERS],
        objectives=[ObjectiveRow(cycle="2026", team="Acme", objective="Be loved")],
    )
    start(grown)
    bring(
        grown,
        objectives=[
            ObjectiveRow(
                **RECOVERY,
                ambition=Ambition.COMMITTED,
                owner="Cara",
                state=ObjectiveState.ACTIVE,
                origin_kpi="Backlog",
                guardrails=("Sales / Visits",),
                supports=("Acme / Be loved",),
            )
        ],
        key_results=[
            KeyResultRow(**RECOVERY, key_result=STAFF, start=0, target=2, owner="Ben"),
            KeyResultRow(**RECOVERY, key_result=RULES, kind=KeyResultKind.MILESTONE),
            KeyResultRow(**RECOVERY, key_result=DONE, start=0, target=1),
        ],
        milestones=[
            MilestoneRow(**RECOVERY, key_result=RULES, step="Draft", share=1, done_on=TODAY),
            MilestoneRow(**RECOVERY, key_result=RULES, step="Agree", share=1),
        ],
        check_ins=[
            CheckInRow(**RECOVERY, key_result=STAFF, date=TODAY, value=1),
            CheckInRow(**RECOVERY, key_result=DONE, date=TODAY, value=1),
        ],
    )
    return grown


def view(engine: Engine, cycle: str = "Q2 2026", day: date = TODAY) -> Closing:
    here = company(engine, version := data_version(engine))
    look = OkrLook(here.team_named("Support"), here.cycle_named(cycle, day), day, over=True)
    return closing_review(engine, version, look)


def objective(engine: Engine, cycle: str = "Q2 2026", day: date = TODAY) -> ClosingObjective:
    (found,) = view(engine, cycle, day).objectives
    return found


def close(
    engine: Engine,
    steps: dict[str, NextStep | None],
    cycle: str = "Q2 2026",
    day: date = TODAY,
    **more: Any,
) -> int | None:
    """Close a recovery with a review that says what is next of each key result."""
    found, score = objective(engine, cycle, day), more.pop("score", None)
    given = {} if score is None else {"score": score, "reason": "It took longer."}
    said = [
        KeyResultReview(
            one.row.id,
            next_step=steps.get(one.row.name),
            **(given if one.row.name == HELD else {}),
        )
        for one in found.key_results
    ]
    return review_objective(
        engine,
        person_id=person(engine, "Ben"),
        review=ObjectiveReview(found.row.id, tuple(said), closes=True, **more),
        shown=found.row,
        next_cycle_id=key(engine, "cycle", "Q3 2026"),
        base_version=data_version(engine),
    )


def carried(*names: str) -> dict[str, NextStep | None]:
    return dict.fromkeys(names, NextStep.CARRY_OVER)


def below(tables: Tables, cycle: str) -> dict[str, KeyResultRow]:
    return {row.key_result: row for row in tables.key_results if row.cycle == cycle}


def past(engine: Engine, day: date) -> dict[str | None, list[PastObjective]]:
    """Give the objectives of the team on the road so far, by cycle."""
    here = company(engine, version := data_version(engine))
    chapters = timeline(engine, version, TimelineLook(here.team_named("Support"), day)).chapters
    return {each.cycle: list(each.objectives) for each in chapters}


def close_all(engine: Engine) -> int | None:
    return close_objectives(
        engine,
        person_id=person(engine, "Ben"),
        objective_ids=[objective(engine).row.id],
        base_version=data_version(engine),
    )


@pytest.mark.parametrize("in_table", [True, False])
def test_what_is_left_of_it_goes_along(recovering: Engine, in_table: bool) -> None:
    before = content(exported(recovering))
    done = close_all(recovering) if in_table else close(recovering, carried(*ALL))
    tables = exported(recovering)
    mine = below(tables, "Q3 2026")
    assert list(mine) == [HELD, STAFF, RULES]
    held, before_that = mine[HELD], below(tables, "Q2 2026")[HELD]
    assert (held.start, held.hold_periods, held.kpi) == (
        before_that.start,
        before_that.hold_periods,
        before_that.kpi,
    )
    assert (mine[STAFF].start, mine[STAFF].target, mine[STAFF].owner) == (1, 2, "Ben")
    assert [row.step for row in tables.milestones if row.cycle == "Q3 2026"] == ["Agree"]
    (new,) = [row for row in tables.objectives if row.cycle == "Q3 2026"]
    assert (new.guardrails, new.supports) == (("Sales / Visits",), ("Be loved",))
    assert (new.state, new.owner, new.origin_kpi) == ("active", "Cara", "Backlog")
    assert done is not None
    undo(recovering, done, person_id=person(recovering, "Ben"))
    assert content(exported(recovering)) == before


def test_no_key_result_counts_in_two_cycles(recovering: Engine) -> None:
    score = objective(recovering).score
    close_all(recovering)
    first, second = objective(recovering), objective(recovering, "Q3 2026")
    counted = [each.row.id for one in (first, second) for each in one.key_results]
    assert len(counted) == len({*counted}) == 7
    # What was done of them counts where it was done, and there alone.
    assert first.score == score == pytest.approx((0 + 0.5 + 0.5 + 1) / 4)
    assert second.score == 0
    recovery = shown(recovering)
    assert recovery is not None
    assert (recovery.objective_id, recovery.cycle, recovery.times) == (
        second.row.id,
        "Q3 2026",
        1,
    )


def test_what_a_team_drops_stays_behind_but_not_what_holds_it(recovering: Engine) -> None:
    before = everything(recovering)
    for step in (None, NextStep.KEEP, NextStep.DROP, NextStep.GRADUATE):
        with pytest.raises(CommandRejected, match="carry it over, or set a new normal"):
            close(recovering, {HELD: step})
    assert everything(recovering) == before
    close(recovering, {**carried(HELD, RULES), STAFF: NextStep.DROP})
    assert list(below(exported(recovering), "Q3 2026")) == [HELD, RULES]


def test_each_cycle_keeps_its_score_and_what_was_learned(recovering: Engine, clock: Clock) -> None:
    close(recovering, carried(HELD), score=0.4, helped="The extra shift", hindered="The heat")
    day = good_weeks(recovering, clock, 3)
    bring(
        recovering,
        cycles=[
            CycleRow(cycle="Q2 2026", starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 31)),
            CycleRow(cycle="Q3 2026", starts_on=date(2026, 6, 1), ends_on=date(2026, 9, 30)),
        ],
    )
    close(recovering, carried(HELD), "Q3 2026", day, helped="The new rules")
    scored = {cycle: objective(recovering, cycle, day) for cycle in ("Q2 2026", "Q3 2026")}
    first, second = scored.values()
    assert (first.helped, first.hindered, second.helped) == (
        "The extra shift",
        "The heat",
        "The new rules",
    )
    assert [each.score for each in first.key_results if each.row.name == HELD] == [0.4]
    assert first.score == pytest.approx((0.4 + 0.5 + 0.5 + 1) / 4)
    assert second.score == pytest.approx(0.75)
    told = past(recovering, date(2026, 12, 1))
    assert {cycle: [each.score for each in found] for cycle, found in told.items()} == {
        "Q4 2026": [None],
        "Q3 2026": [pytest.approx(0.75)],
        "Q2 2026": [first.score],
    }


def test_one_on_probation_stays_and_may_be_reviewed(recovering: Engine, clock: Clock) -> None:
    day = good_weeks(recovering, clock, 4)
    kpi_id = key(recovering, "kpi", "Backlog")
    confirm_recovery(recovering, person_id=person(recovering, "Ben"), kpi_id=kpi_id, reason="OK.")
    before = everything(recovering)
    with pytest.raises(CommandRejected, match="is on probation"):
        close(recovering, carried(*ALL), day=day)
    assert everything(recovering) == before
    found = objective(recovering, day=day)
    review_objective(
        recovering,
        person_id=person(recovering, "Ben"),
        review=ObjectiveReview(found.row.id, (), helped="The new rules"),
        shown=found.row,
        next_cycle_id=None,
        base_version=data_version(recovering),
    )
    found = objective(recovering, day=day)
    assert (found.row.state, found.helped) == (ObjectiveState.PROBATION, "The new rules")


def test_without_a_next_cycle_nothing_is_kept(grown: Engine) -> None:
    start(grown)
    bring(grown, cycles=[CycleRow(cycle="Q1 2026", starts_on=date(2026, 1, 1), ends_on=TODAY)])
    found = objective(grown)
    before = everything(grown)
    with pytest.raises(CommandRejected, match="add the one after Q2 2026 first"):
        review_objective(
            grown,
            person_id=person(grown, "Ben"),
            review=ObjectiveReview(
                found.row.id,
                (KeyResultReview(found.key_results[0].row.id, next_step=NextStep.CARRY_OVER),),
                helped="The extra shift",
                closes=True,
            ),
            shown=found.row,
            next_cycle_id=None,
            base_version=data_version(grown),
        )
    assert everything(grown) == before


def test_files_carry_both_cycles(recovering: Engine) -> None:
    close(recovering, carried(*ALL), score=0.4, helped="The extra shift")
    tables = exported(recovering)
    bring(recovering, **dict(tables.items()))
    assert content(exported(recovering)) == content(tables)
    assert [row.score for row in tables.scores if row.score is not None] == [0.4]
    assert [row.reason for row in tables.scores if row.reason] == ["It took longer."]
    assert rows(recovering, "objective_terms")[-1]["state"] == ObjectiveState.ACTIVE
