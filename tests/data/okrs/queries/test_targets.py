"""Targets on the way: pace, standing and chance follow the one in force."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.queries import company as company_of
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.okrs.commands.targets import set_targets
from data.okrs.fields import CheckInRow, KeyResultRow, TargetRow
from data.okrs.queries.alignment_tree import alignment
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.views.key_results import KeyResultView, TargetOnTheWay
from data.screens.update import mine
from tests.data.builders import (
    ROAD,
    TODAY,
    bring,
    content,
    exported,
    key,
    key_result,
    person,
    seen,
)

CUSTOMERS = "Sign customers"
"""From 0 to 40 in the second quarter; it is 20 May, the 50th of its 91 days."""

JUNE = date(2026, 6, 15)


def to_be(engine: Engine, *targets: tuple[date, float]) -> None:
    bring(
        engine,
        targets=[
            TargetRow(**ROAD, key_result=CUSTOMERS, by=by, target=target) for by, target in targets
        ],
    )


def say(engine: Engine, *values: float) -> None:
    """Check in each week, up to today."""
    bring(
        engine,
        check_ins=[
            CheckInRow(
                **ROAD, key_result=CUSTOMERS, date=TODAY - timedelta(weeks=back), value=value
            )
            for back, value in enumerate(reversed(values))
        ],
    )


def shown(engine: Engine) -> KeyResultView:
    return key_result(seen(engine), CUSTOMERS)


def test_without_one_pace_is_the_share_of_the_cycle(company: Engine) -> None:
    assert shown(company).pace == pytest.approx(50 / 91)
    assert shown(company).on_the_way is None


def test_pace_and_standing_follow_the_target_in_force(company: Engine) -> None:
    say(company, 4, 6, 8, 10)
    assert shown(company).standing == "behind pace"
    to_be(company, (JUNE, 16))
    found = shown(company)
    step = found.on_the_way
    assert step is not None
    assert (step.day, step.target, step.share) == (JUNE, 16, 0.4)
    # 50 of the 76 days to 15 June, of 16 of 40.
    assert found.pace == pytest.approx(0.4 * 50 / 76)
    assert found.standing == "on pace"
    assert found.progress == 0.25


def test_past_its_day_the_next_one_is_in_force(company: Engine) -> None:
    to_be(company, (date(2026, 4, 30), 10), (JUNE, 30))
    found = shown(company)
    assert found.on_the_way is not None
    assert found.on_the_way.target == 30
    # 20 of the 46 days from the end of April, from 10 to 30 of 40.
    assert found.pace == pytest.approx(0.25 + 0.5 * 20 / 46)


def test_the_chance_is_that_of_the_target_in_force_by_its_day(company: Engine) -> None:
    say(company, 4, 6, 8, 10)
    before = shown(company)
    to_be(company, (JUNE, 14))
    found = shown(company)
    assert before.chance is not None
    assert found.chance is not None
    assert found.chance > before.chance
    assert (found.chance_by, found.ends_on) == (JUNE, before.ends_on)
    # What is expected at the end stays that of the whole way.
    assert found.expected == before.expected


def test_one_that_is_reached_early_asks_no_more(company: Engine) -> None:
    say(company, 4, 8, 12, 16)
    before = shown(company)
    to_be(company, (JUNE, 12))
    assert shown(company).chance == before.chance


def test_they_go_out_and_in_without_a_loss(company: Engine) -> None:
    to_be(company, (JUNE, 14))
    before = content(exported(company))
    bring(company, targets=exported(company).targets)
    assert content(exported(company)) == before
    assert [row.target for row in exported(company).targets] == [14]


def put(
    engine: Engine, *targets: tuple[date, float], base_version: int | None = None
) -> int | None:
    return set_targets(
        engine,
        person_id=person(engine),
        key_result_id=key(engine, "key_result", CUSTOMERS),
        targets=targets,
        base_version=data_version(engine) if base_version is None else base_version,
    )


def test_they_are_set_changed_and_undone(company: Engine) -> None:
    before = content(exported(company))
    done = put(company, (JUNE, 14), (date(2026, 5, 31), 8))
    assert [row.target for row in exported(company).targets] == [8, 14]
    assert put(company, (JUNE, 14), (date(2026, 5, 31), 8)) is None
    later = put(company, (JUNE, 15))
    assert [row.target for row in exported(company).targets] == [15]
    for command_id in (later, done):
        assert command_id is not None
        undo(company, person_id=person(company), command_id=command_id)
    assert content(exported(company)) == before


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ([(date(2026, 7, 1), 1.0)], "Choose days from 2026-04-01 and before 2026-06-30"),
        ([(date(2026, 6, 30), 1.0)], "Choose days"),
        ([(JUNE, 1.0), (JUNE, 2.0)], "Two targets are for the same day"),
        ([(JUNE, float("nan"))], "That is no number"),
    ],
)
def test_what_cannot_be_is_refused(
    company: Engine, targets: list[tuple[date, float]], said: str
) -> None:
    with pytest.raises(CommandRejected) as error:
        put(company, *targets)
    assert said in error.value.message


def test_who_has_not_seen_the_last_change_is_told(company: Engine) -> None:
    seen_at = data_version(company)
    put(company, (JUNE, 14))
    with pytest.raises(CommandRejected) as error:
        put(company, (JUNE, 20), base_version=seen_at)
    assert "meanwhile" in error.value.message


def test_the_objective_and_the_tree_follow_it(company: Engine) -> None:
    say(company, 4, 6, 8, 10)
    to_be(company, (JUNE, 16))
    (objective,) = seen(company).objectives
    # One of four of one weight should be at 0.4 by 15 June, three go evenly to the end.
    pace = (0.4 * 50 / 76 + 3 * 50 / 91) / 4
    assert objective.pace == pytest.approx(pace)
    # What it is scored by stays the whole way.
    assert objective.progress == pytest.approx(0.25 / 4)
    (node,) = alignment(company, data_version(company), _look(company)).objectives
    assert (node.pace, node.standing) == (objective.pace, objective.standing)


def test_weights_count_in_its_pace(company: Engine) -> None:
    bring(
        company,
        key_results=[KeyResultRow(**ROAD, key_result=CUSTOMERS, start=0, target=40, weight=7)],
    )
    to_be(company, (JUNE, 16))
    (objective,) = seen(company).objectives
    assert objective.pace == pytest.approx((7 * 0.4 * 50 / 76 + 3 * 50 / 91) / 10)


def test_the_table_of_okrs_names_it_until_it_is_reached(company: Engine) -> None:
    say(company, 10)
    to_be(company, (JUNE, 16))
    assert _in_table(company) == TargetOnTheWay(JUNE, 16, 0.4)
    say(company, 16)
    assert _in_table(company) is None


def test_the_list_of_ones_own_asks_for_it_by_today(company: Engine) -> None:
    bring(
        company,
        key_results=[KeyResultRow(**ROAD, key_result=CUSTOMERS, start=0, target=40, owner="Ana")],
    )
    say(company, 10)
    to_be(company, (JUNE, 16))
    own = mine(company, data_version(company), person(company), TODAY)
    (found,) = [each for each in own.key_results if each.name == CUSTOMERS]
    assert found.on_the_way == TargetOnTheWay(JUNE, 16, 0.4)
    assert found.pace == shown(company).pace == pytest.approx(0.4 * 50 / 76)


def _look(engine: Engine) -> OkrLook:
    here = company_of(engine, data_version(engine))
    return OkrLook(here.team_named("Sales"), here.cycle_named("Q2 2026", TODAY), TODAY)


def _in_table(engine: Engine) -> TargetOnTheWay | None:
    (objective,) = okrs(engine, data_version(engine), _look(engine)).objectives
    return next(each.on_the_way for each in objective.key_results if each.name == CUSTOMERS)
