"""Why a KPI changed: what moved with it, how much of that is chance, and what it is made of."""

from collections.abc import Sequence
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.kpis.commands.decisions import annotate
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.queries.kpi import kpi
from data.kpis.queries.why import why
from data.kpis.queries.why_moved import MOST_COMPARED, compared_with
from data.kpis.views.why import Around, Split, Why
from data.okrs.fields import CheckInRow, ObjectiveRow
from models import Better, Cadence
from tests.data.builders import MONDAY, ROAD, TODAY, bring, key, person, statements

WEEKS = tuple(MONDAY - timedelta(weeks=60 - number) for number in range(60))
CHANGE = 48


def noise(seed: int, level: float = 10.0, count: int = 60) -> list[float]:
    drawn = np.random.default_rng(seed).normal(level, 0.1, count)
    return [round(float(value), 3) for value in drawn]


def stepped(seed: int, at: int = CHANGE, by: float = -1.5) -> list[float]:
    return [value + by * (week >= at) for week, value in enumerate(noise(seed))]


def read(engine: Engine, name: str, values: Sequence[float], *, team: str = "Sales") -> None:
    bring(
        engine,
        readings=[
            ReadingRow(team=team, kpi=name, date=week, value=value)
            for week, value in zip(WEEKS[-len(values) :], values, strict=True)
        ],
    )


def weekly(name: str, *, team: str = "Sales", driven_by: str = "") -> KpiRow:
    return KpiRow(
        team=team,
        kpi=name,
        better=Better.HIGHER,
        low=0,
        cadence=Cadence.WEEKLY,
        driven_by=driven_by,
    )


def said(engine: Engine, name: str = "Conversion", day: date = TODAY) -> Why:
    found = why(engine, data_version(engine), key(engine, "kpi", name), day)
    assert found is not None
    return found


def around(engine: Engine) -> Around:
    found = said(engine).around
    assert found is not None
    return found


def split(engine: Engine, name: str) -> Split:
    found = said(engine, name).split
    assert found is not None
    return found


def test_without_a_change_there_is_nothing_to_explain(company: Engine) -> None:
    read(company, "Conversion", noise(1))
    assert said(company) == Why(None, drifts=False, around=None, split=None)


def test_the_onset_of_a_drift_is_the_change(company: Engine) -> None:
    read(company, "Conversion", stepped(1))
    found = said(company)
    view = kpi(company, data_version(company), key(company, "kpi", "Conversion"), TODAY)
    assert view is not None
    assert view.signal is not None
    assert found.drifts
    assert found.change == view.signal.onset == WEEKS[CHANGE]


def test_what_changed_near_it_is_named_with_lag_strength_and_team(company: Engine) -> None:
    read(company, "Conversion", stepped(1))
    read(company, "Backlog", stepped(2, at=CHANGE - 2, by=1.0), team="Support")
    bring(company, kpis=[weekly("Calls"), weekly("Offers")])
    read(company, "Calls", stepped(3, at=20))
    read(company, "Offers", noise(4))
    found = around(company)
    (moved,) = found.moved
    assert (moved.name, moved.team, moved.lag) == ("Backlog", "Support", -14)
    assert moved.period == WEEKS[CHANGE - 2]
    assert moved.strength is not None
    assert 7 < moved.strength < 15
    assert (found.compared, found.others, found.branch) == (3, 5, False)
    assert 0 < found.by_chance < 1
    assert 0 < found.chance < 0.5


def test_the_strongest_comes_first_and_each_kpi_once(company: Engine) -> None:
    read(company, "Conversion", stepped(1))
    bring(company, kpis=[weekly("Calls"), weekly("Offers")])
    read(company, "Calls", stepped(3, by=0.8))
    read(company, "Offers", stepped(4, at=CHANGE + 1, by=-3.0))
    assert [(moved.name, moved.lag) for moved in around(company).moved] == [
        ("Offers", 7),
        ("Calls", 0),
    ]


def test_events_of_any_kpi_near_it_are_named_its_own_first(company: Engine) -> None:
    read(company, "Conversion", stepped(1))
    who = person(company)
    for name, days, text in (("Backlog", 1, "moved"), ("Conversion", -20, "price list")):
        day = WEEKS[CHANGE] + timedelta(days=days)
        annotate(company, person_id=who, kpi_id=key(company, "kpi", name), day=day, text=text)
    far = WEEKS[CHANGE] - timedelta(days=60)
    kpi_id = key(company, "kpi", "Conversion")
    annotate(company, person_id=who, kpi_id=kpi_id, day=far, text="long ago")
    assert [(near.event.text, near.kpi, near.lag) for near in around(company).events] == [
        ("price list", None, -20),
        ("moved", "Backlog", 1),
    ]


def test_key_results_of_the_team_that_moved_near_it_are_named(company: Engine) -> None:
    read(company, "Conversion", stepped(1))
    objective = {**ROAD, "key_result": "Sign customers"}
    bring(
        company,
        check_ins=[
            CheckInRow(**objective, date=WEEKS[CHANGE] + timedelta(days=days), value=value)
            for days, value in ((-50, 1), (-14, 4), (2, 6), (9, 7), (40, 30))
        ],
    )
    (moved,) = around(company).key_results
    assert (moved.name, moved.objective) == ("Sign customers", "Win the north")
    assert (moved.tie, moved.before, moved.after) == ("team", 4, 7)


def test_a_key_result_that_it_guards_is_named_as_that(company: Engine) -> None:
    read(company, "Backlog", [80 - value for value in stepped(1)], team="Support")
    guarded = ObjectiveRow(**ROAD, guardrails=("Support / Backlog",))
    bring(company, objectives=[guarded])
    objective = {**ROAD, "key_result": "Sign customers"}
    bring(
        company,
        check_ins=[
            CheckInRow(**objective, date=WEEKS[CHANGE] + timedelta(days=days), value=value)
            for days, value in ((-14, 4), (2, 6))
        ],
    )
    found = said(company, "Backlog").around
    assert found is not None
    assert [moved.tie for moved in found.key_results] == ["guarded"]


def test_a_change_is_split_among_drivers_and_the_parts_are_the_whole(company: Engine) -> None:
    bring(
        company,
        kpis=[
            weekly("Lost"),
            weekly("Customers"),
            weekly("Churn", driven_by="100 × [Lost] ÷ [Customers]"),
        ],
    )
    lost, customers = stepped(5, by=4.0), [value * 20 for value in noise(6)]
    read(company, "Lost", lost)
    read(company, "Customers", customers)
    read(company, "Churn", [100 * a / b for a, b in zip(lost, customers, strict=True)])
    found = split(company, "Churn")
    assert [part.name for part in found.parts] == ["Lost", "Customers"]
    assert found.since == WEEKS[CHANGE - 13]
    before, after = np.mean(lost[CHANGE - 13 : CHANGE]), np.mean(lost[CHANGE:])
    assert (found.parts[0].before, found.parts[0].after) == pytest.approx((before, after))
    assert sum(part.part for part in found.parts) == pytest.approx(found.whole)
    assert found.whole == pytest.approx(2.0, abs=0.1)
    assert found.own == pytest.approx(found.whole, rel=0.02)
    assert found.parts[0].part == pytest.approx(found.whole, rel=0.05)


def test_drivers_are_found_as_imports_find_them(company: Engine) -> None:
    bring(
        company,
        kpis=[
            weekly("Calls"),
            weekly("Calls", team="Acme"),
            weekly("Calls", team="Support"),
            weekly("Load", driven_by="[Calls] + [Support / Calls]"),
        ],
    )
    for team in ("Sales", "Support"):
        read(company, "Calls", stepped(7), team=team)
    read(company, "Load", [2 * value for value in stepped(7)])
    keys = [part.kpi_id for part in split(company, "Load").parts]
    view = why(company, data_version(company), keys[0], TODAY)
    assert view is not None
    assert len(set(keys)) == 2
    assert split(company, "Load").whole == pytest.approx(-3.0, abs=0.2)


def test_a_driver_without_readings_is_named(company: Engine) -> None:
    bring(company, kpis=[weekly("Lost"), weekly("Churn", driven_by="[Lost] / [Visits]")])
    read(company, "Lost", noise(5))
    read(company, "Churn", stepped(8))
    assert split(company, "Churn") == Split("[Lost] / [Visits]", silent=("Visits",))


def test_a_driver_that_was_taken_away_since_is_named(company: Engine) -> None:
    bring(company, kpis=[weekly("Lost"), weekly("Churn", driven_by="[Lost] * 2")])
    read(company, "Churn", stepped(8))
    with company.begin() as connection:
        connection.exec_driver_sql("UPDATE kpi SET driven_by = '[Gone] * 2' WHERE name = 'Churn'")
    why.cache_clear()
    assert split(company, "Churn").unknown == ("Gone",)


def test_an_expression_that_cannot_be_read_says_where(company: Engine) -> None:
    bring(company, kpis=[weekly("Churn")])
    read(company, "Churn", stepped(8))
    with company.begin() as connection:
        connection.exec_driver_sql("UPDATE kpi SET driven_by = 'Lost' WHERE name = 'Churn'")
    why.cache_clear()
    assert split(company, "Churn").unreadable.startswith("character 1: ")


def test_nobody_explains_what_is_not_there(company: Engine) -> None:
    assert why(company, data_version(company), 999, TODAY) is None


def test_it_costs_four_statements_whatever_there_is(company: Engine) -> None:
    def cost() -> int:
        version, kpi_id = data_version(company), key(company, "kpi", "Conversion")
        kpi(company, version, kpi_id, TODAY)
        why.cache_clear()
        with statements(company) as noted:
            assert why(company, version, kpi_id, TODAY) is not None
        return len(noted)

    read(company, "Conversion", stepped(1))
    few = cost()
    bring(company, kpis=[weekly(f"Number {number}") for number in range(8)])
    for number in range(8):
        read(company, f"Number {number}", stepped(number, at=40))
    assert (few, cost()) == (4, 4)


def test_of_too_many_those_nearest_in_the_tree_are_compared() -> None:
    parents: dict[int, int | None] = {1: None, 2: 1, 3: 2, 4: 1}
    kpis = [
        SimpleNamespace(id=number, team_id=1 + number % 4) for number in range(MOST_COMPARED * 4)
    ]
    own = kpis[1]
    tied = next(each for each in reversed(kpis) if each.team_id == 4)
    found = compared_with(kpis, own, parents, {tied.id})
    assert len(found) == MOST_COMPARED
    assert found[0] is tied
    assert {each.team_id for each in found[1:]} == {own.team_id}
    few = compared_with(kpis[:20], own, parents, set())
    assert len(few) == 19
    rest = [own, *(each for each in kpis if each.team_id in (1, 4))]
    found = compared_with(rest, own, parents, set())
    assert len(found) == MOST_COMPARED
    assert {each.team_id for each in found} == {1}
    few_above = [own, *(each for each in kpis if each.team_id == 4), *kpis[:1]]
    assert [each.team_id for each in compared_with(few_above, own, parents, set())][:2] == [1, 4]
