"""How far signals can be trusted: false alarms, power, the certificate, and what they cost."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from analytics.drift import replay, resume, state_after
from analytics.drift.steady import certified
from bench.series import HEALTHY, ILL, Flags, Healthy, Ill, Numbers, independent, seasonal
from bench.table import Table, ms, ratio
from bench.timing import medians

SPAN = 26
SEED = 20261122
REPLAY_AIM, RESUME_AIM = 5.0, 1.0


@dataclass(frozen=True, slots=True)
class Trials:
    """How many KPIs are drawn for a figure, how many are timed, and over how many rounds."""

    kpis: int = 20_000
    batch: int = 2_000
    timed: int = 1_000
    periods: int = 156
    rounds: int = 7


FULL = Trials()
QUICK = Trials(kpis=100, batch=100, timed=50, periods=40, rounds=1)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.signals", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few KPIs: that it runs")
    trials = QUICK if parser.parse_args().quick else FULL
    for table in (false_alarms, later_alarms, power, seasonal_power, certificate, cost):
        print(table(trials), flush=True)


def false_alarms(trials: Trials) -> Table:
    """Count the healthy KPIs that are shown as drifting, and those shown as steady."""
    table = Table(
        f"signals: false alarms within {SPAN} readings after the baseline",
        f"{trials.kpis} healthy KPIs each; ± is one binomial standard error",
        ("healthy KPIs", "drifting", "aim", "ever steady"),
    )
    for healthy in HEALTHY:
        alarmed, calm = shares(trials, healthy_shown(healthy))
        aim = "" if healthy.aim is None else f"≤ {healthy.aim:.0%}"
        table.add(healthy.name, percent(alarmed, trials), aim, f"{calm:.1%}")
    return table


def later_alarms(trials: Trials) -> Table:
    """Count the false alarms that begin when the baseline has long moved on."""
    table = Table(
        f"signals: false alarms that begin within {SPAN} readings, later",
        f"{trials.kpis // 4} healthy KPIs each, by the readings there were before",
        ("healthy KPIs", "after 56", "after 82", "after 134"),
    )
    fewer = replace(trials, kpis=max(trials.kpis // 4, trials.batch))
    for healthy in [case for case in HEALTHY if case.season is None and case.baseline == 30]:
        found = shares(fewer, later_shown(healthy, (56, 82, 134)))
        table.add(healthy.name, *(percent(share, fewer) for share in found))
    return table


def power(trials: Trials) -> Table:
    """Count the KPIs that get worse and are found in time."""
    table = Table(
        "signals: drifts found in time, after a baseline of 30 and of 90 readings",
        f"{trials.kpis} KPIs each; ± is one binomial standard error",
        ("drift", "within", "found", "aim", "after 90"),
    )
    for ill in ILL:
        (found,), (later,) = (shares(trials, ill_shown(ill, baseline)) for baseline in (30, 90))
        aim = "" if ill.aim is None else f"≥ {ill.aim:.0%}"
        table.add(ill.name, ill.within, percent(found, trials), aim, f"{later:.1%}")
    return table


def seasonal_power(trials: Trials) -> Table:
    """Count the drops that last a season and are found in it, by the readings before them."""
    table = Table(
        "signals: drops of a season of 12 found within 12 readings",
        f"{trials.kpis // 4} KPIs each, the season a sine of 1σ",
        ("drop", "after 36", "after 48"),
    )
    fewer = replace(trials, kpis=max(trials.kpis // 4, trials.batch))
    for step in (1.5, 2.0):
        ill = Ill(f"step of {step:g}σ", seasonal(1.0), step, 0.0, within=12, aim=None)
        found = [shares(fewer, ill_shown(ill, before, season=12))[0] for before in (36, 48)]
        table.add(ill.name, *(percent(share, fewer) for share in found))
    return table


def certificate(trials: Trials) -> Table:
    """Count the KPIs that are certified steady within 26 readings after a bad stretch."""
    table = Table(
        f"signals: certified steady within {SPAN} readings after 12 readings at -2σ",
        f"{trials.kpis} KPIs each; centre and sigma of the first 30 readings",
        ("after the bad stretch", "certified", "aim", "alarms ended in the replay"),
    )
    half, bad = -np.ones(SPAN), np.full(SPAN, -2.0)
    relapse = np.where(np.arange(SPAN) < 6, 0.0, -2.0)
    for name, level, aim in (
        ("recovered", np.zeros(SPAN), "≥ 93 %"),
        ("good for 6, then bad again", relapse, "≤ 2 %"),
        ("half recovered", half, "≤ 15 %"),
        ("never recovered", bad, "≤ 0.1 %"),
    ):
        alone, shown = shares(trials, certified_shown(level))
        table.add(name, percent(alone, trials), aim, percent(shown, trials))
    return table


def cost(trials: Trials) -> Table:
    """Time the replay of all readings, and one reading more, against fetching the readings."""
    random = np.random.default_rng(SEED)
    values = independent(random, (trials.timed, trials.periods))
    newest = random.normal(size=trials.timed)
    state = state_after(values, better="higher")
    with sqlite3.connect(":memory:") as plain:
        _fill(plain, values)
        runs: dict[str, Callable[[], object]] = {
            "fetch": lambda: plain.execute(
                "SELECT kpi, period, value FROM reading ORDER BY kpi, period"
            ).fetchall(),
            "replay": lambda: replay(values, better="higher"),
            "7": lambda: replay(values, better="higher", season=7),
            "12": lambda: replay(values, better="higher", season=12),
            "52": lambda: replay(values, better="higher", season=52),
            "resume": lambda: resume(state, newest),
        }
        taken = medians(runs, rounds=trials.rounds)
    table = Table(
        f"signals: what {trials.timed} KPIs × {trials.periods} readings cost",
        "against plain sqlite3 fetching the readings from memory",
        ("", "time", "ratio"),
    )
    table.add("fetch", ms(taken["fetch"]), "1")
    table.add("replay", ms(taken["replay"]), ratio(taken["replay"], taken["fetch"], REPLAY_AIM))
    for season in ("7", "12", "52"):
        beside = ratio(taken[season], taken["fetch"], REPLAY_AIM)
        table.add(f"replay, season of {season}", ms(taken[season]), beside)
    table.add(
        "one reading", ms(taken["resume"]), ratio(taken["resume"], taken["fetch"], RESUME_AIM)
    )
    return table


Shown = Callable[[np.random.Generator, int], tuple[Flags, ...]]


def shares(trials: Trials, shown: Shown) -> list[float]:
    """Return the shares of KPIs for which each of what is shown is true; seeded."""
    random, batches = np.random.default_rng(SEED), range(0, trials.kpis, trials.batch)
    drawn = [shown(random, trials.batch) for _ in batches]
    return [float(np.concatenate(flags).mean()) for flags in zip(*drawn, strict=True)]


def healthy_shown(healthy: Healthy) -> Shown:
    """Return whether drifting and whether steady is ever shown after the baseline."""

    def shown(random: np.random.Generator, kpis: int) -> tuple[Flags, ...]:
        values = healthy.noise(random, (kpis, healthy.baseline + SPAN))
        words = replay(values, better=healthy.better, season=healthy.season)
        after = words[:, healthy.baseline :]
        return (after == "drifting").any(axis=1), (after == "steady").any(axis=1)

    return shown


def later_shown(healthy: Healthy, starts: tuple[int, ...]) -> Shown:
    """Return whether an alarm begins within 26 readings after each start."""

    def shown(random: np.random.Generator, kpis: int) -> tuple[Flags, ...]:
        values = healthy.noise(random, (kpis, max(starts) + SPAN))
        drifting = replay(values, better=healthy.better) == "drifting"
        begins = drifting[:, 1:] & ~drifting[:, :-1]
        return tuple(begins[:, start - 1 : start - 1 + SPAN].any(axis=1) for start in starts)

    return shown


def ill_shown(ill: Ill, baseline: int, season: int | None = None) -> Shown:
    """Return whether drifting is shown in time."""

    def shown(random: np.random.Generator, kpis: int) -> tuple[Flags, ...]:
        words = replay(ill.draw(random, kpis, baseline), better="higher", season=season)
        return ((words[:, baseline:] == "drifting").any(axis=1),)

    return shown


def certified_shown(level: Numbers) -> Shown:
    """Return whether the certificate is ever given, and whether the replay ends its alarms."""

    def shown(random: np.random.Generator, kpis: int) -> tuple[Flags, ...]:
        values = independent(random, (kpis, 42 + SPAN))
        values[:, 30:42] -= 2
        values[:, 42:] += level
        centre, sigma = values[:, :30].mean(axis=1), values[:, :30].std(axis=1, ddof=1)
        given = np.array(
            [
                any(
                    certified(row[:end], baseline_centre=mean, baseline_sigma=sd, better="higher")
                    for end in range(43, 43 + SPAN)
                )
                for row, mean, sd in zip(values, centre, sigma, strict=True)
            ]
        )
        words = replay(values, better="higher")
        alarmed = np.isin(words[:, 41], ["drifting", "recovering"])
        ended = np.asarray(np.isin(words[:, 42:], ["steady", "watch"]).any(axis=1))
        return given, ended[alarmed]

    return shown


def percent(share: float, trials: Trials) -> str:
    """Write a share with its binomial standard error."""
    return f"{share:.2%} ± {np.sqrt(share * (1 - share) / trials.kpis):.2%}"


def _fill(plain: sqlite3.Connection, values: Numbers) -> None:
    plain.execute("CREATE TABLE reading (kpi, period, value, PRIMARY KEY (kpi, period))")
    rows = (
        (kpi, period, value) for kpi, row in enumerate(values) for period, value in enumerate(row)
    )
    plain.executemany("INSERT INTO reading VALUES (?, ?, ?)", rows)


if __name__ == "__main__":
    main()
