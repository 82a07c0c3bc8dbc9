"""What the coach reads: a team's objectives as they are being written, and its KPIs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def _no_values() -> Numbers:
    return np.empty(0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KpiFacts:
    """A KPI: `better` is higher, lower or within, `kind` leading, lagging or empty.

    `id` is what makes it the same KPI: two teams may each have one of the same name.
    `values` has shape (periods,), oldest first, NaN is a missing period; `ahead` is how many
    periods lie between the last of them and the cycle's end. `driven_by` is the expression
    that the KPI is computed by, with names in brackets, or empty.
    """

    id: int
    name: str
    better: str
    unit: str = ""
    kind: str = ""
    low: float | None = None
    high: float | None = None
    cadence: str = "weekly"
    values: Numbers = field(default_factory=_no_values)
    ahead: int = 0
    driven_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftKeyResult:
    """A key result: `kind` is metric, milestone or hold; `steps` are a milestone's names."""

    name: str
    kind: str = "metric"
    unit: str = ""
    start: float | None = None
    target: float | None = None
    weight: float = 1.0
    owner: str = ""
    kpi: KpiFacts | None = None
    hold_periods: int | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftObjective:
    """An objective: `guardrails` are the keys of the KPIs that it must not break.

    `scope` is team or individual; one that is no draft any more is under way.
    """

    name: str
    team: str = ""
    scope: str = "team"
    ambition: str = "aspirational"
    is_draft: bool = True
    owner: str = ""
    key_results: tuple[DraftKeyResult, ...] = ()
    guardrails: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftTeam:
    """What one team sets out to do in a cycle, and all KPIs it watches.

    `others` are objectives of other teams and cycles, called so that the team can find them, with
    the key results that the same KPIs feed. While it `may_grow` the cycle has not begun.
    """

    objectives: tuple[DraftObjective, ...] = ()
    kpis: tuple[KpiFacts, ...] = ()
    others: tuple[DraftObjective, ...] = ()
    may_grow: bool = False
