"""A KPI that is brought back for the second time: in a later cycle, or once it had graduated."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company
from data.core.database import data_version
from data.history.undo import undo
from data.okrs.commands.recoveries import (
    confirm_recovery,
    graduate_recovery,
    reroute_again,
)
from data.okrs.queries.closing_review import closing_review
from data.okrs.queries.drafts import OkrLook
from data.okrs.queries.timeline import TimelineLook, timeline
from data.okrs.views.closing import ClosingObjective
from tests.data.builders import Clock, bring, content, exported, key, person
from tests.data.okrs.recovering import BAD, good_weeks, read, refused, shown, start

NAME = "Backlog comes back"


def closing(engine: Engine, cycle: str, day: date) -> dict[str, ClosingObjective]:
    here = company(engine, version := data_version(engine))
    look = OkrLook(here.team_named("Support"), here.cycle_named(cycle, day), day, over=True)
    return {each.row.name: each for each in closing_review(engine, version, look).objectives}


def vouched(engine: Engine, clock: Clock, *, graduates: bool) -> date:
    """Hold it for eight weeks, confirm it after four, let it graduate or not; give the day."""
    said = {"person_id": person(engine, "Ben"), "kpi_id": key(engine, "kpi", "Backlog")}
    good_weeks(engine, clock, 4)
    confirm_recovery(engine, reason="It is back.", **said)
    day = good_weeks(engine, clock, 8)
    if graduates:
        graduate_recovery(engine, reason="It lasts.", **said)
    return day


def slip(engine: Engine, clock: Clock, day: date) -> date:
    """Let the backlog grow for three more weeks; give the day."""
    clock.tick(weeks=3)
    read(engine, 8, [BAD] * 3)
    return day + timedelta(weeks=3)


def told(engine: Engine, day: date) -> list[tuple[str, int]]:
    """Give what the road so far tells of the KPI, the latest first, and for which time."""
    here = company(engine, version := data_version(engine))
    chapters = timeline(engine, version, TimelineLook(here.team_named("Support"), day)).chapters
    events = [each for chapter in chapters for each in chapter.events]
    ordered = sorted(events, key=lambda each: each.on, reverse=True)
    return [(each.what, each.times) for each in ordered if each.what == "rerouted"]


def test_in_a_later_cycle_a_new_objective_goes_on_and_the_first_keeps_its_score(
    grown: Engine, clock: Clock
) -> None:
    third = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
    bring(grown, cycles=[CycleRow(cycle="Q3 2026", **third)])
    start(grown)
    day = slip(grown, clock, vouched(grown, clock, graduates=False))
    slipped = shown(grown, day)
    assert slipped is not None
    assert (slipped.phase, slipped.cycle) == ("relapsed", "Q2 2026")
    before, scored = content(exported(grown)), closing(grown, "Q2 2026", day)[NAME].score
    assert scored == 1
    done = start(grown, cycle_id=key(grown, "cycle", "Q3 2026"))
    again = shown(grown, day)
    assert again is not None
    assert (again.phase, again.cycle, again.times) == ("under way", "Q3 2026", 2)
    assert again.objective_id != slipped.objective_id
    first, second = (closing(grown, cycle, day)[NAME] for cycle in ("Q2 2026", "Q3 2026"))
    assert (first.row.state, first.score) == ("closed", scored)
    assert (second.row.state, second.score) == ("active", 0)
    assert told(grown, day) == [("rerouted", 2), ("rerouted", 1)]
    undo(grown, done, person_id=person(grown, "Ben"))
    assert content(exported(grown)) == before
    assert shown(grown, day) == slipped


@pytest.mark.parametrize("cycle", ["2026", "Q3 2026"])
def test_what_slipped_is_taken_on_as_it_was_by_one_step(
    grown: Engine, clock: Clock, cycle: str
) -> None:
    third = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
    bring(grown, cycles=[CycleRow(cycle="Q3 2026", **third)])
    start(grown, cycle_id=key(grown, "cycle", "2026"))
    said = {"kpi_id": key(grown, "kpi", "Backlog"), "reason": "It slipped."}
    said["cycle_id"] = key(grown, "cycle", cycle)
    day = slip(grown, clock, vouched(grown, clock, graduates=False))
    slipped, before = shown(grown, day), content(exported(grown))
    assert slipped is not None
    done = reroute_again(grown, person_id=person(grown, "Ben"), **said)
    again = shown(grown, day)
    assert again is not None
    assert (again.phase, again.cycle, again.times) == ("under way", cycle, 2)
    assert (again.objective, again.periods) == (slipped.objective, slipped.periods)
    assert (again.objective_id == slipped.objective_id) is (cycle == "2026")
    assert closing(grown, cycle, day)[NAME].row.owner == "Cara"
    assert "is under way already" in refused(grown, reroute_again, **said)
    undo(grown, done.command_id, person_id=person(grown, "Ben"))
    assert content(exported(grown)) == before
    assert shown(grown, day) == slipped


def test_what_has_not_slipped_is_not_taken_on_again(grown: Engine) -> None:
    said = {"kpi_id": key(grown, "kpi", "Backlog"), "reason": "It slipped."}
    told = refused(grown, reroute_again, cycle_id=key(grown, "cycle", "2026"), **said)
    assert told == "It has not slipped again: plan its recovery first."


@pytest.mark.parametrize("at_once", [True, False])
def test_one_that_graduated_is_taken_on_anew_in_the_same_cycle(
    grown: Engine, clock: Clock, at_once: bool
) -> None:
    year = key(grown, "cycle", "2026")
    start(grown, cycle_id=year)
    day = vouched(grown, clock, graduates=True)
    if at_once:
        read(grown, 8, [BAD])
    else:
        day = slip(grown, clock, day)
    graduated, first = shown(grown, day), closing(grown, "2026", day)[NAME]
    assert graduated is not None
    assert (graduated.phase, first.score) == ("graduated", 1)
    before = content(exported(grown))
    done = start(grown, cycle_id=year, objective=f"{NAME} (second time)")
    again = shown(grown, day)
    assert again is not None
    assert (again.phase, again.times, again.held) == ("under way", 2, 0)
    assert again.objective_id != graduated.objective_id
    found = closing(grown, "2026", day)
    assert {name: each.score for name, each in found.items()} == {
        NAME: 1,
        f"{NAME} (second time)": 0,
    }
    assert [each.row.recovers for each in found.values()] == [False, True]
    assert told(grown, day) == [("rerouted", 2), ("rerouted", 1)]
    undo(grown, done, person_id=person(grown, "Ben"))
    assert content(exported(grown)) == before
