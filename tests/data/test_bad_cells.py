"""Whatever is typed into a table of the settings or of the OKRs: kept whole, or refused."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.company.commands.cycles import add_cycle, amend_cycle
from data.company.commands.people import amend_person
from data.company.commands.teams import add_team, amend_team
from data.company.commands.time_zone import set_time_zone
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.kpis.commands.kpis import add_kpi, amend_kpi
from data.okrs.commands.key_results import add_key_result, amend_key_result
from data.okrs.commands.objectives import add_objective, amend_objective
from tests.data.bad_values import Company
from tests.data.builders import key, person

SEEN = 10**9
NAMES = ["", " ", "\u200f", "x" * 10_000, "a\x00b", "\x1b", "\ud800"]
NUMBERS = ["nan", "inf", "-Infinity", "1e308", "9" * 400, "many", "0x10", "\x00"]
DAYS = ["0000-01-01", "9999-12-31", "0001-01-01", "yesterday", "2026-13-01", "\x00"]
WORDS = ["certainly", "HIGHER!", "x" * 10_000, "\x00"]
TEXTS = ["a\x00b", "\x1b[2J", "a\ud800", "x" * 10_001]
NOBODY = ["Nobody here", "\x00", "x" * 10_000]

CELLS: dict[str, dict[str, list[str]]] = {
    "kpi": {
        "name": NAMES,
        "unit": TEXTS,
        "better": ["", *WORDS],
        "cadence": ["", *WORDS],
        "kind": WORDS,
        "low": [*NUMBERS, "13"],
        "high": [*NUMBERS, "7"],
        "owner": NOBODY,
        "description": TEXTS,
        "driven_by": ["[Nothing] / 2", "1 +", "[Conversion] * 2", "__import__('os')", "\x00"],
        "pinned": NOBODY,
        "link": ["javascript:alert(1)", "example.com", "https://", "http://[", "ftp://x.y", *TEXTS],
    },
    "team": {"name": NAMES, "parent": [*NOBODY, "Sales", "North"], "check_in_day": WORDS},
    "person": {"name": NAMES, "email": TEXTS, "role": WORDS},
    "cycle": {"name": NAMES, "starts_on": [*DAYS, "2026-07-01"], "ends_on": [*DAYS, "2026-03-01"]},
    "objective": {
        "name": NAMES,
        "scope": WORDS,
        "ambition": WORDS,
        "owner": NOBODY,
        "supports": [*NOBODY, "Win the north"],
        "guardrails": NOBODY,
    },
    "key result": {
        "name": NAMES,
        "kind": WORDS,
        "unit": TEXTS,
        "start": NUMBERS,
        "target": NUMBERS,
        "weight": [*NUMBERS, "-1"],
        "hold_periods": [*NUMBERS, "-1", "1000000"],
        "owner": NOBODY,
        "kpi": NOBODY,
    },
}
"""What is wrong in each cell of each table."""

PLACES = [(table, cell) for table, cells in CELLS.items() for cell in cells]

Send = Callable[[Mapping[str, str]], object]


def tables(at: Company) -> dict[str, Send]:
    """Give for each table what saves cells of one of its rows."""
    engine, by = at.engine, person(at.engine, "Ben")
    sales = key(engine, "team", "Sales")
    cycle, goal = key(engine, "cycle", "Q2 2026"), key(engine, "objective", "Win the north")

    def saves(amend: Callable[..., object], **row: int) -> Send:
        return lambda said: amend(engine, person_id=by, said=said, base_version=SEEN, **row)

    return {
        "kpi": saves(amend_kpi, kpi_id=at.kpi),
        "team": saves(amend_team, team_id=sales),
        "person": saves(amend_person, listed_id=at.cara, team_id=sales),
        "cycle": saves(amend_cycle, cycle_id=cycle),
        "objective": saves(amend_objective, objective_id=goal),
        "key result": saves(amend_key_result, key_result_id=at.key_result),
    }


@st.composite
def bad_cells(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    table, cell = draw(st.sampled_from(PLACES))
    said = {cell: draw(st.sampled_from(CELLS[table][cell]))}
    if draw(st.booleans()):
        other = draw(st.sampled_from(sorted(CELLS[table])))
        said.setdefault(other, draw(st.sampled_from(CELLS[table][other])))
    return table, said


def refused(engine: Engine, send: Callable[[], object]) -> None:
    """Check that something is refused in words, with its field, and that nothing was written."""
    before = data_version(engine)
    with pytest.raises(CommandRejected) as error:
        send()
    assert data_version(engine) == before
    # What two cells say together is of the row: its message names them.
    assert error.value.field or any(cell in error.value.message for _, cell in PLACES)
    assert error.value.message


@settings(
    max_examples=1_000,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(call=bad_cells())
def test_a_bad_cell_is_refused(acme_once: Company, call: tuple[str, dict[str, str]]) -> None:
    table, said = call
    refused(acme_once.engine, lambda: tables(acme_once)[table](said))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_comes_in_without_a_name(acme_once: Company, name: str) -> None:
    engine, by = acme_once.engine, person(acme_once.engine, "Ben")
    sales, cycle = key(engine, "team", "Sales"), key(engine, "cycle", "Q2 2026")
    goal = key(engine, "objective", "Win the north")
    said = {"name": name}
    kpi = {**said, "team": "Sales", "better": "higher", "cadence": "weekly"}
    sends: dict[str, Callable[[], Any]] = {
        "kpi": lambda: add_kpi(engine, person_id=by, said=kpi, base_version=SEEN),
        "team": lambda: add_team(engine, person_id=by, said=said, base_version=SEEN),
        "cycle": lambda: add_cycle(
            engine,
            person_id=by,
            said={**said, "starts_on": "2027-01-01", "ends_on": "2027-03-31"},
            base_version=SEEN,
        ),
        "objective": lambda: add_objective(
            engine, person_id=by, cycle_id=cycle, team_id=sales, name=name, base_version=SEEN
        ),
        "key result": lambda: add_key_result(
            engine, person_id=by, objective_id=goal, name=name, base_version=SEEN
        ),
    }
    for send in sends.values():
        refused(engine, send)


@pytest.mark.parametrize("zone", ["", "Nowhere/At all", "\x00", "x" * 10_000])
def test_a_time_zone_is_one_of_the_list(acme_once: Company, zone: str) -> None:
    engine, by = acme_once.engine, person(acme_once.engine, "Ben")
    refused(engine, lambda: set_time_zone(engine, person_id=by, name=zone))
