"""What an example is made of; its numbers are a start to be replaced by one's own."""

from dataclasses import dataclass

from data.core.toml_file import Content
from models import Ambition, Better, Cadence, KeyResultKind, KpiKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleKpi(Content):
    """A KPI with an ideal range that many teams would find sensible."""

    name: str
    unit: str
    better: Better
    low: float | None = None
    high: float | None = None
    cadence: Cadence
    kind: KpiKind
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleKeyResult(Content):
    """A key result; `kpi` is the one that feeds it where the team has one of that name."""

    name: str
    kind: KeyResultKind = KeyResultKind.METRIC
    unit: str = ""
    start: float | None = None
    target: float | None = None
    kpi: str = ""
    hold_periods: int | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleObjective(Content):
    """An objective with its key results; `guardrails` name KPIs that must not suffer."""

    name: str
    ambition: Ambition = Ambition.ASPIRATIONAL
    key_results: tuple[ExampleKeyResult, ...]
    guardrails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Content):
    """What a kind of team may set out to do and watch; `aliases` is what it is called besides."""

    name: str
    aliases: tuple[str, ...] = ()
    objectives: tuple[ExampleObjective, ...]
    kpis: tuple[ExampleKpi, ...]
