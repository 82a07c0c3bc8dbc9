"""Whatever people do, in whatever order: stored signals are those of a replay made by hand."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from analytics.drift import trace
from analytics.periods import first_day, ordinal, period
from data.company.fields import PersonRow, TeamRow
from data.core.database import data_version, open_database, snapshot
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.kpis.commands.decisions import dismiss, rebase
from data.kpis.commands.kpis import amend_kpi
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.signals import NUMBERS, replayed
from models import Base, Better, Cadence
from tests.data.builders import NOW, Clock, bring, key, last_command, person, record, rows

FAR = datetime(9000, 1, 1, tzinfo=UTC)
SEASONS = {"monthly": 12, "weekly": 52, "quarterly": 4, "daily": 7, "weekdays": 5}
BEFORE = 34

Step = Callable[["World"], object]


class World:
    """Two KPIs of a cadence with some history, and what was stored after each step."""

    def __init__(self, engine: Engine, cadence: Cadence, clock: Clock) -> None:
        self.engine, self.cadence, self.clock = engine, str(cadence), clock
        self.then: dict[datetime, dict[int, dict[str, Any]]] = {}

    def day(self, back: int) -> date:
        """Give the first day of the period so many periods ago."""
        return first_day(ordinal(self.clock.moment.date(), self.cadence) - back, self.cadence)

    def do(self, step: Step) -> None:
        self.clock.tick(minutes=7)
        try:
            step(self)
        except CommandRejected as refused:
            assert refused.field in ("undo", "period")  # noqa: PT017
        stored = self.stored()
        assert stored == self.replayed(FAR)
        self.then[self.clock.moment] = stored

    def stored(self) -> dict[int, dict[str, Any]]:
        return {
            row["kpi_id"]: {name: row[name] for name in NUMBERS}
            for row in rows(self.engine, "kpi_signal")
        }

    def replayed(self, moment: datetime) -> dict[int, dict[str, Any]]:
        with snapshot(self.engine) as connection:
            kpis = connection.execute(select(Base.metadata.tables["kpi"])).all()
            return dict(replayed(connection, kpis, moment))

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


@contextmanager
def world(cadence: Cadence) -> Iterator[World]:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        clock = Clock(patch)
        clock.set(NOW)
        engine = open_database(f"sqlite:///{Path(folder) / 'milepost.db'}")
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
        yield here
        engine.dispose()


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
        # It was always so: looks back change.
        here.then.clear()
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


def waiting(periods: int) -> Step:
    def step(here: World) -> None:
        later = here.day(-periods)
        here.clock.set(datetime.combine(later, NOW.timetz()))

    return step


def taking_back(here: World) -> None:
    # What was named may go: looks back change then.
    before = [kpi["smallest_change"] for kpi in rows(here.engine, "kpi")]
    command_id = last_command(here.engine, person(here.engine))
    if command_id is not None:
        undo(here.engine, command_id, person_id=person(here.engine))
    if before != [kpi["smallest_change"] for kpi in rows(here.engine, "kpi")]:
        here.then.clear()


steps = st.lists(
    st.one_of(
        st.builds(recording, names, st.just(0), values),
        st.builds(recording, names, backs, values),
        st.builds(rebasing, names, backs),
        st.builds(dismissing, names, lately),
        st.builds(naming, names, st.sampled_from(["", "0.5", "2.5", "4"])),
        st.builds(importing, st.dictionaries(st.tuples(names, backs), values, max_size=4)),
        st.builds(waiting, st.integers(1, 3)),
        st.just(taking_back),
    ),
    max_size=14,
)


def by_hand(here: World, kpi: dict[str, Any]) -> dict[str, Any] | None:
    """Say what a KPI's row must tell, from its readings and decisions, one by one."""
    cadence = here.cadence
    by_period: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(here.engine, "reading"):
        if row["kpi_id"] == kpi["id"]:
            by_period[row["period"]].append(row)
    stands = {}
    for day, several in by_period.items():
        last = max(several, key=lambda row: (row["known_at"], row["id"]))
        if last["value"] is not None:
            stands[day] = last
    if not stands:
        return None
    first = ordinal(min(by_period), cadence)
    length = ordinal(max(stands), cadence) - first + 1
    line = np.full(length, np.nan)
    for day, row in stands.items():
        line[ordinal(day, cadence) - first] = row["value"]
    begun, excluded = [], []
    for said in rows(here.engine, "decision"):
        if said["kpi_id"] != kpi["id"] or said["withdrawn_at"] is not None:
            continue
        start = period(said["date"], cadence)
        if said["decision"] == "rebase":
            begun.append(ordinal(start, cadence) - first)
        elif start in stands and said["version"] >= stands[start]["version"]:
            excluded.append(ordinal(start, cadence) - first)
    ahead = max([length, *(at + 1 for at in begun)])
    line = np.pad(line, (0, ahead - length), constant_values=np.nan)
    facts = trace(
        line,
        better=kpi["better"],
        season=SEASONS[cadence],
        rebased=begun,
        excluded=excluded,
        smallest_change=kpi["smallest_change"],
    )
    onset = int(facts.onset[-1])
    shown = facts.signal[:length].tolist()
    alarm = list(takewhile(lambda word: word in ("drifting", "recovering"), reversed(shown)))
    began = first_day(first + length - len(alarm), cadence)
    stood = alarm and str(facts.signal[-1]) in ("drifting", "recovering")
    known = [row["known_at"] for row in by_period[began] if row["value"] is not None]
    floats = ["mean", "expected", "error", "z", "sigma", "slope", "slope_z"]
    floats += ["last", "last_expected"]
    return {
        "signal": str(facts.signal[-1]),
        "period": max(stands),
        "onset": first_day(first + onset, cadence) if onset >= 0 else None,
        "shown_on": min(known).date() if stood else None,
        "favourable": bool(facts.favourable[-1]),
        "window": int(facts.window[-1]),
        "size": int(facts.size[-1]),
        "adjoining": bool(facts.adjoining[-1]),
        "rule": str(facts.rule[-1]),
        "history": "".join(word[0] for word in shown),
        **{name: number(getattr(facts, name)[-1]) for name in floats},
    }


def number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


@settings(max_examples=20, deadline=None, database=None)
@given(st.sampled_from(Cadence), steps)
def test_stored_signals_are_those_of_a_replay_whatever_was_done(
    cadence: Cadence, steps: list[Step]
) -> None:
    with world(cadence) as here:
        for step in steps:
            here.do(step)
        stored = here.stored()
        for kpi in rows(here.engine, "kpi"):
            assert stored.get(kpi["id"]) == by_hand(here, kpi)
        for moment, then in here.then.items():
            assert here.replayed(moment) == then
