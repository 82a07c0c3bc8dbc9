"""Two people at once, each looking at what they saw last: nothing that was said is lost unseen.

A change is in the tables, or superseded by somebody who had seen it, or was refused with both
values in view. A model that knows cells and versions alone says beforehand which it will be.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from data.core.database import data_version, open_database
from data.core.errors import CommandRejected, Conflict
from data.core.fact_conflicts import NOTHING, UNSET
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.undo import undo
from data.kpis.commands.readings import record_reading
from data.kpis.fields import ReadingRow
from data.okrs.commands.check_ins import amend_check_in
from data.okrs.fields import CheckInRow
from models import Confidence
from tests.data.builders import MONDAY, NOW, ROAD, TODAY, Clock, acme, emptied, key, person, rows
from tests.data.history.log_replay import assert_replays

PEOPLE = ("Ana", "Ben")
DAYS = (TODAY, MONDAY)
MOMENT = {"reading": "period", "check_in": "date"}
WORDS: dict[str, tuple[Any, ...]] = {
    "value": (11.0, 12.0, 13.0),
    "confidence": (Confidence.SURE, Confidence.UNSURE, None),
    "note": ("Well", "Badly", ""),
    "blocked_by": ("Rain", "Ana", ""),
}

RowKey = tuple[str, date]
"""The kind of a fact and its day."""

Cells = dict[str, Any]


@dataclass
class Session:
    """Somebody with a page open: the version it shows, and what they saved from it."""

    person_id: int
    base_version: int
    saved: list[int] = field(default_factory=list)


@dataclass
class Done:
    """A command that changed a row, what stood in it before, and whether it still counts."""

    command_id: int
    row: RowKey
    before: Cells
    counts: bool = True


class TwoPeople(RuleBasedStateMachine):
    """Edits by two sessions, imports and undos, against a plain model of the cells."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        super().__init__()
        self.engine, self.clock = engine, clock
        version = data_version(engine)
        self.sessions = [Session(person(engine, name), version) for name in PEOPLE]
        self.kpi_id = key(engine, "kpi", "Visits")
        self.key_result_id = key(engine, "key_result", "Sign customers")
        self.now: dict[RowKey, Cells] = {}
        self.at: dict[int, dict[RowKey, Cells]] = {version: {}}
        self.done: list[Done] = []

    def teardown(self) -> None:
        assert_replays(self.engine)

    @rule(
        who=st.integers(0, 1),
        day=st.sampled_from(DAYS),
        value=st.sampled_from(WORDS["value"]),
        note=st.sampled_from([UNSET, "Fair", "Strike"]),
    )
    def record(self, who: int, day: date, value: float, note: Any) -> None:
        session = self.sessions[who]
        mine = {"value": value} | ({} if note is UNSET else {"note": note})
        self._save(
            session,
            ("reading", day),
            mine,
            lambda: record_reading(
                self.engine,
                person_id=session.person_id,
                kpi_id=self.kpi_id,
                period=day,
                value=value,
                note=note,
                base_version=session.base_version,
            ),
        )

    @rule(
        who=st.integers(0, 1),
        day=st.sampled_from(DAYS),
        picked=st.dictionaries(st.sampled_from(sorted(WORDS)), st.integers(0, 2), min_size=1),
    )
    def amend(self, who: int, day: date, picked: dict[str, int]) -> None:
        session = self.sessions[who]
        mine = {name: WORDS[name][at] for name, at in picked.items()}
        self._save(
            session,
            ("check_in", day),
            mine,
            lambda: amend_check_in(
                self.engine,
                person_id=session.person_id,
                key_result_id=self.key_result_id,
                day=day,
                base_version=session.base_version,
                **mine,
            ),
        )

    @rule(who=st.integers(0, 1))
    def look(self, who: int) -> None:
        """Load the page anew."""
        self.sessions[who].base_version = data_version(self.engine)

    @rule(day=st.sampled_from(DAYS), value=st.sampled_from([4.0, 11.0]))
    def bring_in(self, day: date, value: float) -> None:
        """Import rows where nobody has said anything yet."""
        self.clock.tick(minutes=1)
        named = {"date": day, "value": value}
        new = {
            "reading": ReadingRow(team="Sales", kpi="Visits", **named),
            "check_in": CheckInRow(**ROAD, key_result="Sign customers", **named),
        }
        free = [kind for kind in new if all(done.row != (kind, day) for done in self.done)]
        tables = Tables(
            readings=[new[kind] for kind in free if kind == "reading"],
            check_ins=[new[kind] for kind in free if kind == "check_in"],
        )
        command_id = import_tables(self.engine, tables).command_id
        for kind in free:
            assert command_id is not None
            self._became((kind, day), {"value": value}, command_id)

    @rule(who=st.integers(0, 1))
    def take_back(self, who: int) -> None:
        """Take back one's last change, where nobody has built on it."""
        session = self.sessions[who]
        if not session.saved:
            return
        self.clock.tick(minutes=1)
        command_id = session.saved[-1]
        at = next(at for at, done in enumerate(self.done) if done.command_id == command_id)
        mine = self.done[at]
        built = any(done.counts and done.row == mine.row for done in self.done[at + 1 :])
        if built:
            with pytest.raises(CommandRejected, match="built on this since"):
                undo(self.engine, command_id, person_id=session.person_id)
            return
        undo(self.engine, command_id, person_id=session.person_id)
        session.saved.pop()
        mine.counts = False
        self.now[mine.row] = dict(mine.before)
        self._note()

    @invariant()
    def what_was_acknowledged_stands(self) -> None:
        assert standing(self.engine) == said(self.now)

    def _save(
        self, session: Session, row: RowKey, mine: Cells, send: Callable[[], int | None]
    ) -> None:
        self.clock.tick(minutes=1)
        stands, saw = self.now.get(row, {}), self._seen(session.base_version).get(row, {})
        unseen = {
            name: stands.get(name, NOTHING[name])
            for name, value in mine.items()
            if stands.get(name, NOTHING[name]) not in (value, saw.get(name, NOTHING[name]))
        }
        if unseen:
            with pytest.raises(Conflict) as conflict:
                send()
            theirs = conflict.value.theirs
            told = theirs.value if theirs.field == "value" else theirs.text
            assert told == (unseen[theirs.field] or (None if theirs.field == "value" else ""))
            assert theirs.who in (*PEOPLE, None)
            # They have seen it now, and may say theirs again.
            session.base_version = theirs.version
            return
        command_id = send()
        if command_id is not None:
            session.saved.append(command_id)
            self._became(row, mine, command_id)

    def _became(self, row: RowKey, cells: Cells, command_id: int) -> None:
        before = self.now.get(row, {})
        self.done.append(Done(command_id, row, before))
        self.now[row] = {**before, **cells}
        self._note()

    def _note(self) -> None:
        self.at[data_version(self.engine)] = {row: dict(cells) for row, cells in self.now.items()}

    def _seen(self, version: int) -> dict[RowKey, Cells]:
        """Give what stood in a version: a change may raise it twice, and is noted at the last."""
        return self.at[min(noted for noted in self.at if noted >= version)]


def said(now: dict[RowKey, Cells]) -> dict[tuple[RowKey, str], Any]:
    """Give the cells that say something."""
    return {
        (row, name): value
        for row, cells in now.items()
        for name, value in cells.items()
        if value not in (None, "")
    }


def standing(engine: Engine) -> dict[tuple[RowKey, str], Any]:
    """Give what the tables say: the last known fact of each row."""
    found: dict[RowKey, Cells] = {}
    for kind, moment in MOMENT.items():
        for fact in sorted(rows(engine, kind), key=lambda fact: (fact["known_at"], fact["id"])):
            found[kind, fact[moment]] = {name: fact[name] for name in NOTHING.keys() & fact.keys()}
    return said(found)


def interleave(fresh: Callable[[], Engine], clock: Clock, examples: int) -> None:
    def begin() -> TwoPeople:
        clock.set(NOW)
        return TwoPeople(fresh(), clock)

    run_state_machine_as_test(
        begin,
        settings=settings(
            max_examples=examples,
            stateful_step_count=16,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nothing_is_lost_between_two_people(
    files: dict[str, Path], tmp_path: Path, clock: Clock
) -> None:
    opened: list[Engine] = []

    def fresh() -> Engine:
        for engine in opened:
            engine.dispose()
        path = tmp_path / f"{len(opened)}.db"
        shutil.copy(files["acme"], path)
        opened.append(open_database(f"sqlite:///{path}"))
        return opened[-1]

    interleave(fresh, clock, 100)
    opened[-1].dispose()


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    engine = open_database(postgres_url)
    yield engine
    engine.dispose()


def test_nothing_is_lost_between_two_people_on_postgresql(
    postgres_engine: Engine, clock: Clock
) -> None:
    def fresh() -> Engine:
        import_tables(emptied(postgres_engine), acme())
        return postgres_engine

    interleave(fresh, clock, 5)
