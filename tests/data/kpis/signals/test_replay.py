"""Whatever people do, in whatever order: what is shown is what follows from what was known."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from analytics.periods import first_day, ordinal
from data.company.fields import PersonRow, TeamRow
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.kpis.commands.decisions import dismiss, rebase
from data.kpis.commands.kpis import amend_kpi
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.signals import SignalFollower, complete
from models import EARLIEST_MOMENT, Better, Cadence
from tests.data.builders import (
    NOW,
    Clock,
    bring,
    emptied,
    key,
    last_command,
    person,
    record,
    rows,
)
from tests.data.kpis.signals.by_hand import Told, by_hand, stored

BEFORE = 34

Step = Callable[["World"], object]


class World:
    """Two KPIs of a cadence with some history, and what was stored after each step."""

    def __init__(self, engine: Engine, cadence: Cadence, clock: Clock) -> None:
        self.engine, self.cadence, self.clock = engine, str(cadence), clock
        self.then: dict[datetime, Told] = {}
        self.shown: Told = {}
        self.named_at = EARLIEST_MOMENT

    def day(self, back: int) -> date:
        """Give the first day of the period so many periods ago."""
        return first_day(ordinal(self.clock.moment.date(), self.cadence) - back, self.cadence)

    def do(self, step: Step) -> None:
        self.clock.tick(minutes=7)
        try:
            step(self)
        except CommandRejected as refused:
            assert refused.field in ("undo", "period")  # noqa: PT017
        pending = {row["kpi_id"] for row in rows(self.engine, "pending_signal")}
        shown = stored(self.engine)
        assert without(pending, shown) == without(pending, by_hand(self.engine))
        assert {key: shown.get(key) for key in pending} == {
            key: self.shown.get(key) for key in pending
        }
        self.shown = shown
        if not pending:
            self.then[self.clock.moment] = shown

    def bring(self, values: dict[tuple[str, date], float]) -> None:
        # What is imported may have been known before: looks back change.
        self.then.clear()
        bring(
            self.engine,
            readings=[
                ReadingRow(team="Lab", kpi=kpi, date=day, value=value)
                for (kpi, day), value in values.items()
            ],
        )


def without(kpi_ids: Collection[int], told: Told) -> Told:
    return {kpi_id: each for kpi_id, each in told.items() if kpi_id not in kpi_ids}


@contextmanager
def file() -> Iterator[Engine]:
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'milepost.db'}")
        yield engine
        engine.dispose()


@contextmanager
def world(cadence: Cadence, database: AbstractContextManager[Engine]) -> Iterator[World]:
    with database as engine, pytest.MonkeyPatch.context() as patch:
        clock = Clock(patch)
        clock.set(NOW)
        here = World(engine, cadence, clock)
        paced = [
            KpiRow(team="Lab", kpi=name, better=better, low=0, high=99, cadence=cadence)
            for name, better in (("Ill", Better.HIGHER), ("Young", Better.WITHIN))
        ]
        bring(engine, teams=[TeamRow(team="Lab")], people=[PersonRow(person="Ana")], kpis=paced)
        random = np.random.default_rng(11)
        noise = random.normal(10, 1, BEFORE + 13).round(1).tolist()
        here.bring(
            {
                ("Ill", here.day(back)): noise[back] - 3 * (back < 6)
                for back in range(1, BEFORE)
                if back % 7
            }
            | {("Young", here.day(back)): noise[BEFORE + back] for back in range(2, 13)}
        )
        here.shown = stored(engine)
        yield here


names = st.sampled_from(["Ill", "Young"])
values = st.sampled_from([5.0, 7.0, 9.5, 10.0, 10.5, 13.0, -1e6])
lately = st.integers(0, 3)
backs = st.one_of(lately, lately, st.integers(0, BEFORE + 2))


def recording(kpi: str, back: int, value: float) -> Step:
    return lambda here: record(here.engine, value, kpi=kpi, on=here.day(back))


def rebasing(kpi: str, back: int) -> Step:
    return lambda here: rebase(
        here.engine,
        person_id=person(here.engine),
        kpi_id=key(here.engine, "kpi", kpi),
        since=here.day(back),
        reason="New price list",
    )


def dismissing(kpi: str, back: int) -> Step:
    return lambda here: dismiss(
        here.engine,
        person_id=person(here.engine),
        kpi_id=key(here.engine, "kpi", kpi),
        period=here.day(back),
        reason="Counted twice",
    )


def naming(kpi: str, smallest_change: str) -> Step:
    def step(here: World) -> None:
        here.named_at = here.clock.moment
        amend_kpi(
            here.engine,
            person_id=person(here.engine),
            kpi_id=key(here.engine, "kpi", kpi),
            said={"smallest_change": smallest_change},
            base_version=data_version(here.engine),
        )

    return step


def importing(said: dict[tuple[str, int], float]) -> Step:
    return lambda here: here.bring(
        {(kpi, here.day(back)): value for (kpi, back), value in said.items()}
    )


def killing(step: Step) -> Step:
    """Have the program end right after what a step writes is safe."""

    def killed(here: World) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SignalFollower, "committed", lambda *_: None)
            step(here)

    return killed


def starting(here: World) -> None:
    complete(here.engine)


def waiting(periods: int) -> Step:
    def step(here: World) -> None:
        later = here.day(-periods)
        here.clock.set(datetime.combine(later, NOW.timetz()))

    return step


def taking_back(here: World) -> None:
    # What was named may go.
    before = [kpi["smallest_change"] for kpi in rows(here.engine, "kpi")]
    command_id = last_command(here.engine, person(here.engine))
    if command_id is not None:
        undo(here.engine, command_id, person_id=person(here.engine))
    if before != [kpi["smallest_change"] for kpi in rows(here.engine, "kpi")]:
        here.named_at = here.clock.moment


written = st.one_of(
    st.builds(recording, names, st.just(0), values),
    st.builds(recording, names, backs, values),
    st.builds(rebasing, names, backs),
    st.builds(dismissing, names, lately),
    st.builds(naming, names, st.sampled_from(["", "0.5", "2.5", "4"])),
    st.builds(importing, st.dictionaries(st.tuples(names, backs), values, max_size=4)),
    st.just(taking_back),
)
steps = st.lists(
    st.one_of(
        written,
        st.builds(killing, written),
        st.builds(waiting, st.integers(1, 3)),
        st.just(starting),
    ),
    max_size=14,
)


def live_through(
    steps: list[Step], cadence: Cadence, database: AbstractContextManager[Engine]
) -> None:
    with world(cadence, database) as here:
        for step in [*steps, starting]:
            here.do(step)
        assert not rows(here.engine, "pending_signal")
        for moment, then in here.then.items():
            assert stored(here.engine, moment) == then
        # What mattered before somebody said so is no longer known.
        known = {row["known_at"] for row in rows(here.engine, "reading")} | here.then.keys()
        for moment in known:
            if moment >= here.named_at:
                assert stored(here.engine, moment) == by_hand(here.engine, moment)


@settings(max_examples=20, deadline=None, database=None)
@given(st.sampled_from(Cadence), steps)
def test_signals_are_stored_as_they_were_shown_whatever_was_done(
    cadence: Cadence, steps: list[Step]
) -> None:
    live_through(steps, cadence, file())


def test_they_are_on_postgresql_too(postgres_url: str) -> None:
    engine = open_database(postgres_url)

    @settings(max_examples=5, deadline=None, database=None)
    @given(st.sampled_from(Cadence), steps)
    def live(cadence: Cadence, steps: list[Step]) -> None:
        live_through(steps, cadence, nullcontext(emptied(engine)))

    live()
    engine.dispose()
