"""Short words to write drafts in, and KPI histories from a fixed seed."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from analytics.coach.draft import DraftKeyResult, DraftObjective, KpiFacts

AHEAD = {"weekly": 13, "monthly": 3}
COUNT = {"weekly": 78, "monthly": 36}


def kpi(
    name: str,
    unit: str,
    better: str,
    kind: str = "",
    *,
    level: float,
    noise: float,
    slope: float = 0.0,
    low: float | None = None,
    high: float | None = None,
    cadence: str = "weekly",
    driven_by: str = "",
) -> KpiFacts:
    """Make a KPI that moves by `slope` a period and is at `level` today; `noise` is its sigma."""
    count = COUNT[cadence]
    random = np.random.default_rng([2026, crc32(name.encode())])
    values = level + slope * np.arange(1 - count, 1) + noise * random.standard_normal(count)
    return KpiFacts(
        id=crc32(name.encode()),
        name=name,
        unit=unit,
        better=better,
        kind=kind,
        low=low,
        high=high,
        cadence=cadence,
        values=values,
        ahead=AHEAD[cadence],
        driven_by=driven_by,
    )


def kr(
    name: str,
    unit: str,
    start: float | None,
    target: float | None,
    owner: str,
    *,
    kpi: KpiFacts | None = None,
    weight: float = 1.0,
) -> DraftKeyResult:
    """Write a key result that goes from a start to a target."""
    return DraftKeyResult(
        name=name, unit=unit, start=start, target=target, owner=owner, kpi=kpi, weight=weight
    )


def hold(kpi: KpiFacts, periods: int, owner: str) -> DraftKeyResult:
    """Write a key result that brings a KPI back into its range and keeps it there."""
    name = f"{kpi.name} back in its range and kept there"
    return DraftKeyResult(name=name, kind="hold", kpi=kpi, hold_periods=periods, owner=owner)


def milestone(name: str, owner: str, *steps: str) -> DraftKeyResult:
    """Write a key result of named steps."""
    return DraftKeyResult(name=name, kind="milestone", owner=owner, steps=steps)


def objective(
    name: str,
    owner: str,
    *key_results: DraftKeyResult,
    guards: tuple[KpiFacts, ...] = (),
    ambition: str = "aspirational",
) -> DraftObjective:
    """Write an objective with its key results, and the KPIs that it guards."""
    return DraftObjective(
        name=name,
        owner=owner,
        ambition=ambition,
        key_results=key_results,
        guardrails=tuple(guard.id for guard in guards),
    )
