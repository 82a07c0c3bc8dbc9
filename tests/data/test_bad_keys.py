"""Rows moved, ordered, started, copied or put away by whatever key: done well, or not at all."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from data.company.commands.cycles import archive_cycle
from data.company.commands.people import add_person, amend_person, archive_person, hand_over
from data.company.commands.teams import archive_team
from data.company.fields import CycleRow, PersonRow
from data.company.queries import company as read_company
from data.content.library import library
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected, Conflict
from data.exchange.importing import import_tables
from data.kpis.commands.kpis import archive_kpi
from data.kpis.fields import KpiRow
from data.okrs.commands.from_template import add_example, add_example_kpi, carry_over
from data.okrs.commands.key_results import add_key_result, archive_key_result, move_key_result
from data.okrs.commands.objective_life import (
    STATES,
    archive_objective,
    change_state,
    move_objective,
    start_objectives,
)
from data.okrs.commands.objectives import add_objective
from data.okrs.commands.ordering import reorder_key_result, reorder_objective
from data.okrs.fields import CheckInRow, KeyResultRow, ObjectiveRow
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.views.drafts import OkrObjective
from models import Base, Better, ObjectiveState, Role
from tests.data.bad_values import NOT_KEYS
from tests.data.builders import (
    NOW,
    ROAD,
    TODAY,
    Clock,
    acme,
    everything,
    exported,
    key,
    person,
    with_more,
)

SEEN = 10**9
NEXT = "Q3 2026"
DRAFT = {**ROAD, "objective": "Half a thought"}
OTHER = {**ROAD, "team": "Support", "objective": "Answer in an hour"}
KINDS = ("team", "person", "cycle", "kpi", "objective", "key_result")
EXAMPLE = library()[0].objectives[0]

Call = tuple[str, dict[str, Any]]


def company_of_all() -> Any:
    """Give the small company with a draft, another team's goal, a next cycle and a viewer."""
    return with_more(
        acme(),
        people=[PersonRow(person="Dan", team="Acme", role=Role.VIEWER), PersonRow(person="Gone")],
        cycles=[CycleRow(cycle=NEXT, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))],
        kpis=[KpiRow(team="Sales", kpi="Gone", better=Better.HIGHER)],
        objectives=[
            ObjectiveRow(**DRAFT, state=ObjectiveState.DRAFT),
            ObjectiveRow(**OTHER),
            ObjectiveRow(**{**ROAD, "objective": "Gone"}, state=ObjectiveState.DRAFT),
        ],
        key_results=[
            KeyResultRow(**DRAFT, key_result="Way"),
            KeyResultRow(**OTHER, key_result="Minutes", start=90, target=60),
            KeyResultRow(**OTHER, key_result="Gone", start=90, target=60),
        ],
        check_ins=[CheckInRow(**ROAD, key_result="Sign customers", date=TODAY, value=9)],
    )


class All:
    """The company's keys of each kind, and the file that holds it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "all.db"
        engine = open_database(f"sqlite:///{self.path}")
        import_tables(engine, company_of_all())
        by = {"person_id": person(engine, "Ben")}
        archive_key_result(
            engine, **by, key_result_id=key(engine, "key_result", "Gone"), base_version=SEEN
        )
        archive_objective(
            engine, **by, objective_id=key(engine, "objective", "Gone"), base_version=SEEN
        )
        archive_kpi(engine, **by, kpi_id=key(engine, "kpi", "Gone"), base_version=SEEN)
        archive_person(engine, **by, listed_id=person(engine, "Gone"), base_version=SEEN)
        self.keys = {
            kind: [row["id"] for row in everything(engine)[kind] if row["name"]] for kind in KINDS
        }
        self.left = objectives(engine)
        engine.dispose()

    def copy(self) -> Engine:
        """Open a copy of the company, to do with as one likes."""
        shutil.copy(self.path, self.folder / "copy.db")
        for ending in ("-wal", "-shm"):
            (self.folder / f"copy.db{ending}").unlink(missing_ok=True)
        return open_database(f"sqlite:///{self.folder / 'copy.db'}")


def objectives(engine: Engine) -> tuple[OkrObjective, ...]:
    """Give what a page would carry over from the quarter."""
    version = data_version(engine)
    here = read_company(engine, version)
    look = OkrLook(
        team=here.team_named("Acme"), cycle=here.cycle_named("Q2 2026", TODAY), day=TODAY, over=True
    )
    sales = replace(look, team=here.team_named("Sales"))
    return (
        *okrs(engine, version, look).objectives,
        *okrs(engine, version, sales).objectives,
    )


@pytest.fixture(scope="module")
def at() -> Iterator[All]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        Clock(patch).set(NOW)
        yield All(Path(folder))


PLACES: dict[str, tuple[Callable[..., Any], dict[str, str]]] = {
    "move objective": (
        move_objective,
        {"objective_id": "objective", "team_id": "team", "cycle_id": "cycle"},
    ),
    "move key result": (
        move_key_result,
        {"key_result_id": "key_result", "objective_id": "objective"},
    ),
    "archive objective": (archive_objective, {"objective_id": "objective"}),
    "archive key result": (archive_key_result, {"key_result_id": "key_result"}),
    "archive kpi": (archive_kpi, {"kpi_id": "kpi"}),
    "archive team": (archive_team, {"team_id": "team"}),
    "archive cycle": (archive_cycle, {"cycle_id": "cycle"}),
    "archive person": (archive_person, {"listed_id": "person"}),
    "hand over": (hand_over, {"listed_id": "person", "to_id": "person"}),
    "add example kpi": (add_example_kpi, {"team_id": "team"}),
    "reorder objective": (
        reorder_objective,
        {"objective_id": "objective", "after_id": "objective"},
    ),
    "reorder key result": (
        reorder_key_result,
        {"key_result_id": "key_result", "after_id": "key_result"},
    ),
    "change state": (change_state, {"objective_id": "objective"}),
    "start": (start_objectives, {}),
    "add objective": (add_objective, {"team_id": "team", "cycle_id": "cycle"}),
    "add key result": (add_key_result, {"objective_id": "objective"}),
    "add example": (add_example, {"team_id": "team", "cycle_id": "cycle"}),
    "carry over": (carry_over, {"cycle_id": "cycle"}),
    "add person": (add_person, {"team_id": "team"}),
    "say role": (amend_person, {"listed_id": "person", "team_id": "team"}),
}
"""Commands that name rows by their keys, and of which kind each is."""

SEEING = {
    *("move objective", "move key result", "archive objective", "archive key result"),
    *("change state", "start", "add objective", "add key result", "add person", "say role"),
    *("archive kpi", "archive team", "archive cycle", "archive person", "hand over"),
}
ROLES = st.sampled_from([*Role, "", "owner"])


@st.composite
def calls(draw: st.DrawFn, at: All) -> Call:
    """Draw a command by anybody, about rows that are here, elsewhere, gone or none."""
    name = draw(st.sampled_from(sorted(PLACES)))
    said: dict[str, Any] = {
        field: draw(keys_of(at, kind)) for field, kind in PLACES[name][1].items()
    }
    said["person_id"] = draw(st.sampled_from(at.keys["person"]) | bad_key(at, "person"))
    if name in SEEING:
        said["base_version"] = draw(st.sampled_from([0, SEEN]))
    if name == "change state":
        said["step"] = draw(st.sampled_from([*STATES, "", "explode"]))
    if name == "start":
        said["objective_ids"] = draw(st.lists(keys_of(at, "objective"), max_size=3))
    if name in ("add objective", "add key result"):
        said["name"] = draw(st.sampled_from(["Way", "Half a thought", "Something new"]))
    if name == "add example":
        said["example"] = EXAMPLE
        said["kpis"] = draw(st.sampled_from([(), library()[0].kpis]))
    if name == "add example kpi":
        said["kpi"] = library()[0].kpis[0]
    if name == "carry over":
        said["left"] = draw(lefts(at))
    if name == "add person":
        said["said"] = {"name": draw(st.sampled_from(["Eve", "Ana"])), "role": draw(ROLES)}
    if name == "say role":
        said["said"] = {"role": draw(ROLES)}
    return name, said


def keys_of(at: All, kind: str) -> st.SearchStrategy[Any]:
    return st.sampled_from(at.keys[kind]) | bad_key(at, kind)


def bad_key(at: All, kind: str) -> st.SearchStrategy[Any]:
    others = sorted({each for keys in at.keys.values() for each in keys})
    return st.sampled_from([each for each in NOT_KEYS if each is not None]) | st.sampled_from(
        others
    )


@st.composite
def lefts(draw: st.DrawFn, at: All) -> list[OkrObjective]:
    """Draw objectives as a page once saw them, some with keys that were never theirs."""
    left = draw(st.lists(st.sampled_from(at.left), max_size=3, unique_by=lambda each: each.id))
    if left and draw(st.booleans()):
        left[0] = replace(left[0], id=draw(keys_of(at, "objective")))
    if left and left[-1].key_results and draw(st.booleans()):
        first = replace(left[-1].key_results[0], id=draw(keys_of(at, "key_result")))
        left[-1] = replace(left[-1], key_results=(first,))
    return left


def log_of(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [
            tuple(connection.execute(text(f"SELECT count(*), max(id) FROM {table}")).one())
            for table in ("command", "change")
        ]


def all_fits(engine: Engine) -> None:
    """Check that what is there holds together, and goes out and in again."""
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert set(everything(engine)) == set(Base.metadata.tables)
    assert import_tables(engine, exported(engine), dry_run=True).changes == 0


@settings(
    max_examples=800,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_the_keys_it_is_done_well_or_refused(at: All, data: st.DataObject) -> None:
    name, said = data.draw(calls(at))
    engine = at.copy()
    before, logged = data_version(engine), log_of(engine)
    refusal: CommandRejected | Conflict | None = None
    try:
        PLACES[name][0](engine, **said)
    except (CommandRejected, Conflict) as error:
        refusal = error
    if refusal is None:
        all_fits(engine)
    else:
        assert (data_version(engine), log_of(engine)) == (before, logged)
    if isinstance(refusal, CommandRejected):
        assert refusal.message.endswith(".")
    engine.dispose()


@pytest.mark.parametrize("name", sorted(PLACES))
@pytest.mark.parametrize("bad", [0, -1, 10**6, 2**62, 2**63, 10**30, "1"])
def test_a_key_of_nothing_is_refused_by_everybody(at: All, name: str, bad: Any) -> None:
    run, fields = PLACES[name]
    engine = at.copy()
    before, logged = data_version(engine), log_of(engine)
    extra: dict[str, dict[str, Any]] = {
        "change state": {"step": "close"},
        "start": {"objective_ids": [bad]},
        "add objective": {"name": "New"},
        "add key result": {"name": "New"},
        "add example": {"example": EXAMPLE},
        "add example kpi": {"kpi": library()[0].kpis[0]},
        "carry over": {"left": at.left},
        "add person": {"said": {"name": "Eve", "role": "lead"}},
        "say role": {"said": {"role": "lead"}},
    }
    for who in ("Ana", "Ben", "Cara", "Dan"):
        said = {
            **dict.fromkeys(fields, bad),
            **extra.get(name, {}),
            "person_id": person(engine, who),
        }
        if name in SEEING:
            said["base_version"] = SEEN
        with pytest.raises(CommandRejected) as refused:
            run(engine, **said)
        assert refused.value.message
    assert (data_version(engine), log_of(engine)) == (before, logged)
    engine.dispose()
