"""What was decided: headline, cards and the leader's list say the same, whatever was said when."""

import itertools
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.actions.fields import ActionRow
from data.company.queries import company
from data.core.database import data_version
from data.kpis.fields import DecisionRow, KpiRow, ReadingRow
from data.screens.drift import DriftLook, drift
from data.screens.views.cockpit import Cockpit
from models import Cadence, DecisionKind
from tests.data.builders import MONDAY, TODAY, acme, bring, forget, seen, statements

WEEKS = 8
LEFT = (1, 3, WEEKS)
"""For how many weeks a KPI may be out of its range; of all eight it is not known for how long."""
AGO = (0, 5, 18, 40)


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def out_of_range(
    engine: Engine,
    weeks: dict[str, int],
    decisions: list[DecisionRow] | None = None,
    actions: list[ActionRow] | None = None,
) -> None:
    """Bring in weekly KPIs, each out of its range of 0–100 for so many weeks."""
    bring(
        engine,
        teams=acme().teams,
        people=acme().people,
        kpis=[
            KpiRow(team="North", kpi=name, low=0, high=100, cadence=Cadence.WEEKLY)
            for name in weeks
        ],
        readings=[
            ReadingRow(
                team="North",
                kpi=name,
                date=MONDAY - timedelta(days=7 * ago),
                value=120 if ago < count else 50,
            )
            for name, count in weeks.items()
            for ago in range(WEEKS)
        ],
        decisions=decisions or [],
        actions=actions or [],
    )


def said(name: str, ago: int, again: int | None) -> DecisionRow:
    kind = DecisionKind.REROUTE if again is None else DecisionKind.ACKNOWLEDGE
    look_again = None if again is None else TODAY + timedelta(days=again)
    return DecisionRow(
        team="North",
        kpi=name,
        date=back(ago),
        decision=kind,
        reason="Known",
        look_again=look_again,
    )


def agreed(name: str, ago: int, due: int, done: int | None) -> ActionRow:
    return ActionRow(
        team="North",
        kpi=name,
        action="Look into it",
        owner="Ana",
        due=TODAY + timedelta(days=due),
        done_on=None if done is None else back(done),
        agreed_on=back(ago),
    )


def undecided(view: Cockpit) -> set[str]:
    return {card.gauge.name for card in view.decisions if card.gauge and not card.decided}


def listed(engine: Engine, day: date) -> set[str]:
    """Give what waits in the leader's list."""
    version = data_version(engine)
    look = DriftLook(
        company(engine, version).team_named("North"), day, whole=True, decided="undecided"
    )
    return {row.gauge.name for row in drift(engine, version, look).listed}


def test_headline_and_cards_and_list_agree_whatever_was_said_when(file: Engine) -> None:
    weeks: dict[str, int] = {}
    decisions, actions = [], []
    for count, ago, again in itertools.product(LEFT, AGO, (None, -3, 0, 4)):
        name = f"{count} weeks, said {ago} days ago until {again}"
        weeks[name] = count
        decisions.append(said(name, ago, again))
    for count, ago, due, done in itertools.product(LEFT, AGO, (-1, 0, 3), (None, 0, 4, 15, 35)):
        if done is None or done <= ago:
            name = f"{count} weeks, agreed {ago} days ago until {due}, done {done} days ago"
            weeks[name] = count
            actions.append(agreed(name, ago, due, done))
    out_of_range(file, weeks, decisions, actions)
    for day in (TODAY, TODAY + timedelta(days=2)):
        view = seen(file, "North", day=day, all_kpis=True)
        waiting = {each.name for each in view.gauges if each.undecided_days is not None}
        assert 20 < len(waiting) < len(weeks) - 20
        assert undecided(view) == waiting == listed(file, day)
        assert view.tally.waiting == len(waiting)
        assert [each.name in waiting for each in view.gauges] == sorted(
            (each.name in waiting for each in view.gauges), reverse=True
        )


@pytest.mark.parametrize(
    ("ago", "due", "done", "waits"),
    [(5, 3, 1, False), (5, 3, None, False), (30, 3, 1, False), (30, 3, 25, True), (5, -1, 1, True)],
)
def test_an_action_that_was_done_early_decides_the_stretch_it_was_agreed_in(
    file: Engine, ago: int, due: int, done: int | None, waits: bool
) -> None:
    out_of_range(file, {"Errors": 3}, actions=[agreed("Errors", ago, due, done)])
    view = seen(file, "North")
    assert (view.tally.waiting, len(undecided(view)), len(listed(file, TODAY))) == (waits,) * 3
    assert [row.tally.waiting for row in seen(file, "Sales").teams] == [waits]


def test_a_reroute_holds_for_the_stretch_it_was_said_in(file: Engine) -> None:
    out_of_range(file, {"old": 8, "new": 1}, [said(name, 12, None) for name in ("old", "new")])
    view = seen(file, "North")
    assert undecided(view) == listed(file, TODAY) == {"new"}
    assert view.tally.waiting == 1


def test_when_a_stretch_began_is_read_where_it_matters_in_one_statement(file: Engine) -> None:
    names = [f"KPI {at}" for at in range(20)]
    out_of_range(file, dict.fromkeys(names, 3))
    noted = []
    for decisions in ([], [said(names[0], 5, None)], [said(name, 5, None) for name in names]):
        bring(file, decisions=decisions)
        forget(file)
        with statements(file) as run:
            seen(file, "North")
        noted.append(len(run))
    # Two others read the recoveries of what was rerouted, and the ranges that it had.
    assert noted == [noted[0], noted[0] + 3, noted[0] + 3]
