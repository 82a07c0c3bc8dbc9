"""Views are kept until something changes that they show: nobody ever sees what no longer holds.

Whatever people do, one after the other: all that is kept is what would be read anew.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.company.fields import PersonRow, TeamRow
from data.company.queries import company
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected, Conflict
from data.exchange.bad_input import BadInput
from data.history.undo import undo
from data.identity.queries import standing
from data.kpis.commands.decisions import acknowledge, annotate, dismiss, rebase
from data.kpis.commands.kpis import amend_kpi
from data.kpis.commands.verdicts import judge_drift
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.queries.kpi import kpi
from data.kpis.views.recovery import RecoveryPlan
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.key_results import amend_key_result, move_key_result
from data.okrs.commands.milestones import reach_milestone
from data.okrs.commands.objective_life import change_state, move_objective
from data.okrs.commands.objectives import amend_objective
from data.okrs.commands.recoveries import reroute
from data.okrs.fields import KeyResultRow, ObjectiveRow
from data.okrs.queries.alignment_tree import alignment
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.driver_impact import driven_kpis, levers_of
from data.okrs.queries.kpi_count import watched
from data.okrs.queries.remarks import okr_remarks
from data.screens.cockpit import Look, cockpit
from data.screens.drift import DriftLook, drift
from data.screens.search import find
from data.screens.update import mine
from models import Better, Cadence, DriftVerdict, KeyResultKind, ObjectiveState
from tests.data.builders import (
    MONDAY,
    TODAY,
    bring,
    key,
    last_command,
    person,
    record,
    rows,
)

TEAMS = ("Acme", "Sales", "North", "Support")
KPIS = ("Conversion", "Visits", "Backlog", "Share")
FEEDS = ("Sales / Conversion", "Support / Backlog", "North / Share")
KEY_RESULTS = ("Sign customers", "Lift conversion", "Open the office", "Shrink the backlog")
OBJECTIVES = ("Win the north", "Answer at once")
ANSWER = {"cycle": "Q2 2026", "team": "Support", "objective": "Answer at once"}

READ = (
    ("Sales", "Conversion", 9),
    ("Sales", "Visits", 90),
    ("Support", "Backlog", 40),
    ("North", "Share", 1),
)
"""The teams, names and levels of the KPIs that have readings from the beginning."""

BACK = TODAY - timedelta(weeks=2)
"""The day that somebody looks back to."""

Views = dict[tuple[str, ...], Any]


@pytest.fixture(scope="module")
def tied(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a company whose teams hang on each other's numbers."""
    path = tmp_path_factory.mktemp("tied") / "acme.db"
    shutil.copy(files["acme"], path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILEPOST_NOW", f"{TODAY}T12:00:00+00:00")
        engine = open_database(f"sqlite:///{path}")
        bring(
            engine,
            kpis=[
                KpiRow(
                    team="North",
                    kpi="Share",
                    better=Better.HIGHER,
                    low=0.1,
                    cadence=Cadence.WEEKLY,
                    driven_by="[Sales / Conversion] / [Sales / Visits]",
                )
            ],
            objectives=[
                ObjectiveRow(
                    **ANSWER,
                    owner="Cara",
                    state=ObjectiveState.ACTIVE,
                    guardrails=("Sales / Conversion",),
                )
            ],
            key_results=[
                KeyResultRow(**ANSWER, key_result="Shrink the backlog", start=60, target=20),
                KeyResultRow(
                    **ANSWER,
                    key_result="Convert",
                    kind=KeyResultKind.HOLD,
                    kpi="Sales / Conversion",
                    hold_periods=3,
                    owner="Cara",
                ),
            ],
            readings=[
                ReadingRow(
                    team=team,
                    kpi=name,
                    date=MONDAY - timedelta(weeks=week),
                    value=level + week % 3 + (6 if week < 8 else 0),
                )
                for team, name, level in READ
                for week in range(1, 30)
            ],
        )
        engine.dispose()
    return path


def views(engine: Engine) -> Views:
    """Give what all pages show."""
    at = data_version(engine)
    here = company(engine, at)
    cycle = here.cycle_named(None, TODAY)
    found: Views = {("company", "Acme"): here, ("search", "o"): find(engine, at, "o")}
    for name in TEAMS:
        team = here.team_named(name)
        for day in (TODAY, BACK):
            found["cockpit", name, str(day)] = cockpit(engine, at, Look(team, cycle, day))
            found["drift", name, str(day)] = drift(engine, at, DriftLook(team, day))
        look = OkrLook(team, cycle, TODAY)
        for read in (okrs, alignment, okr_remarks, watched, driven_kpis):
            found[read.__name__, name] = read(engine, at, look)
        for row in found["driven_kpis", name]:
            found["levers", name, row.name] = levers_of(engine, at, look, row.kpi_id)
    for row in rows(engine, "kpi"):
        found["kpi", row["name"]] = kpi(engine, at, row["id"], TODAY)
    for email in ("ana@acme.test", "somebody@acme.test"):
        found["standing", email] = standing(engine, at, email)
    for who in here.people:
        found["mine", who.name] = mine(engine, at, who.id, TODAY)
    return found


def views_anew(engine: Engine) -> Views:
    """Give what all pages show of a copy of the data, of which nothing has been read before."""
    path = Path(engine.url.database or "").with_name(f"copy-{next(fresh)}.db")
    with closing(sqlite3.connect(engine.url.database or "")) as connection:
        connection.execute("VACUUM INTO ?", [str(path)])
    other = open_database(f"sqlite:///{path}")
    found = views(other)
    other.dispose()
    return found


def told(view: Any) -> Any:
    """Give what a view says, without the version at which it was read."""
    return replace(view, version=0) if hasattr(view, "version") else view


fresh = count()
"""Numbers that nobody has used for a name yet."""

Act = Callable[[Engine, int, Any], object]
"""Something that somebody does, one of several in the same way, to the data as it stands."""


def _one(names: tuple[str, ...], number: int) -> str:
    return names[number % len(names)]


def _kpi(engine: Engine, number: int) -> int:
    return key(engine, "kpi", _one(KPIS, number))


def _key_result(engine: Engine, number: int) -> int:
    return key(engine, "key_result", _one(KEY_RESULTS, number))


def _decide(engine: Engine, number: int, by: dict[str, Any]) -> None:
    by = {"person_id": by["person_id"], "kpi_id": _kpi(engine, number), "reason": "Known"}
    (
        lambda: acknowledge(engine, **by, look_again=TODAY + timedelta(weeks=number + 1)),
        lambda: dismiss(engine, **by, period=MONDAY - timedelta(weeks=1)),
        lambda: rebase(engine, **by, since=MONDAY - timedelta(weeks=5)),
    )[number % 3]()


def _undo(engine: Engine, _number: int, by: dict[str, Any]) -> None:
    command_id = last_command(engine, by["person_id"])
    if command_id is not None:
        undo(engine, command_id, person_id=by["person_id"])


ACTS: dict[str, Act] = {
    "read": lambda engine, number, _by: record(
        engine, 5 + number, kpi=_one(KPIS, number), who="Ben"
    ),
    "check in": lambda engine, number, by: check_in(
        engine,
        **by,
        key_result_id=_key_result(engine, number),
        day=TODAY - timedelta(days=number),
        value=10 + number,
        confidence=None,
    ),
    "decide": _decide,
    "annotate": lambda engine, number, by: annotate(
        engine,
        person_id=by["person_id"],
        kpi_id=_kpi(engine, number),
        day=MONDAY,
        text=f"Event {next(fresh)}",
    ),
    "reach": lambda engine, number, by: reach_milestone(
        engine,
        **by,
        milestone_id=rows(engine, "milestone")[number % 2]["id"],
        done_on=TODAY if number < 4 else None,
    ),
    "range": lambda engine, number, by: amend_kpi(
        engine, **by, kpi_id=_kpi(engine, number), said={"low": str(number), "owner": "Cara"}
    ),
    "weigh": lambda engine, number, by: amend_key_result(
        engine,
        **by,
        key_result_id=rows(engine, "key_result")[number % 4]["id"],
        said={"weight": number + 1},
    ),
    "feed": lambda engine, number, by: amend_key_result(
        engine, **by, key_result_id=_key_result(engine, 3), said={"kpi": _one(FEEDS, number)}
    ),
    "guard": lambda engine, number, by: amend_objective(
        engine,
        **by,
        objective_id=key(engine, "objective", _one(OBJECTIVES, number)),
        said={"guardrails": "Support / Backlog"},
    ),
    "step": lambda engine, number, by: change_state(
        engine,
        **by,
        objective_id=key(engine, "objective", _one(OBJECTIVES, number)),
        step="close" if number < 4 else "reopen",
    ),
    "move objective": lambda engine, number, by: move_objective(
        engine,
        **by,
        objective_id=key(engine, "objective", _one(OBJECTIVES, number)),
        team_id=key(engine, "team", _one(TEAMS, number)),
        cycle_id=key(engine, "cycle", "Q2 2026"),
    ),
    "move key result": lambda engine, number, by: move_key_result(
        engine,
        **by,
        key_result_id=_key_result(engine, number),
        objective_id=key(engine, "objective", _one(OBJECTIVES, number)),
    ),
    "import": lambda engine, number, _by: bring(
        engine,
        teams=[TeamRow(team="South", parent=_one(TEAMS, number))],
        readings=[
            ReadingRow(team="Support", kpi="Backlog", date=MONDAY, value=number),
            ReadingRow(team="Acme", kpi="Revenue", date=MONDAY - timedelta(weeks=9), value=number),
        ],
    ),
    "introduce": lambda engine, number, _by: bring(
        engine, people=[PersonRow(person=f"Somebody {number}", email="somebody@acme.test")]
    ),
    "judge": lambda engine, number, by: judge_drift(
        engine,
        **by,
        kpi_id=_kpi(engine, number),
        period=MONDAY - timedelta(weeks=3),
        verdict=DriftVerdict.REAL if number < 4 else DriftVerdict.NOT_REAL,
    ),
    "reroute": lambda engine, _number, by: reroute(
        engine,
        person_id=by["person_id"],
        kpi_id=_kpi(engine, 0),
        plan=RecoveryPlan(
            cycle_id=key(engine, "cycle", "Q2 2026"),
            objective=f"Bring it back {next(fresh)}",
            key_result="Hold it",
            reason="It hangs on us",
            owner="Ana",
            periods=4,
        ),
    ),
    "undo": _undo,
}


@pytest.fixture(scope="module")
def engine_of(tied: Path) -> Iterator[Callable[[], Engine]]:
    """Give what opens a company of its own, and closes it when the next one is opened."""
    opened: list[Engine] = []

    def open_another() -> Engine:
        path = tied.with_name(f"acme-{next(fresh)}.db")
        shutil.copy(tied, path)
        opened.append(open_database(f"sqlite:///{path}"))
        return opened[-1]

    yield open_another
    for engine in opened:
        engine.dispose()


@pytest.mark.usefixtures("clock")
@settings(
    deadline=None,
    database=None,
    max_examples=10,
    # A handful of acts tells enough, and to try fewer takes minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 7)), min_size=3, max_size=6)
)
@example([(name, 0) for name in ACTS])
def test_what_is_kept_is_what_would_be_read_anew(
    engine_of: Callable[[], Engine], acts: list[tuple[str, int]]
) -> None:
    engine = engine_of()
    ben = person(engine, "Ben")
    views(engine)
    for name, number in acts:
        by = {"person_id": ben, "base_version": data_version(engine)}
        with suppress(BadInput, CommandRejected, Conflict):
            ACTS[name](engine, number, by)
        kept, read = views(engine), views_anew(engine)
        assert kept.keys() == read.keys()
        assert [which for which in read if told(kept[which]) != told(read[which])] == []


PAGES = ("okrs", "alignment", "okr_remarks", "driven_kpis", "levers", "kpi", "mine")


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("name", "changed"),
    [
        (
            "Conversion",
            {
                "okrs": {"Sales", "Support"},
                "alignment": {"Acme", "Sales", "Support"},
                "okr_remarks": {"Sales", "Support"},
                "levers": {"Acme", "Sales", "North"},
                "kpi": {"Conversion", "Visits"},
                "mine": {"Ana", "Cara"},
            },
        ),
        (
            "Backlog",
            {
                "okrs": {"Support"},
                "alignment": {"Acme", "Support"},
                "okr_remarks": {"Support"},
                "kpi": {"Backlog"},
                "mine": {"Cara"},
            },
        ),
        (
            "Share",
            {
                "driven_kpis": {"Acme", "Sales", "North"},
                "levers": {"Acme", "Sales", "North"},
                "kpi": {"Share"},
            },
        ),
    ],
)
def test_a_reading_is_read_anew_by_the_pages_of_its_team_and_what_hangs_on_it(
    engine_of: Callable[[], Engine], name: str, changed: dict[str, set[str]]
) -> None:
    engine = engine_of()
    person(engine, "Ben")
    before = views(engine)
    record(engine, 9, kpi=name, who="Ben")
    after = views(engine)
    anew: dict[str, set[str]] = {}
    for page, which, *_ in (each for each in after if after[each] is not before.get(each)):
        anew.setdefault(page, set()).add(which)
    assert {page: names for page, names in anew.items() if page in PAGES} == changed
