"""The frozen shapes that queries return and components show: facts, never words or colours."""

from data.views.cockpit import Cockpit, DecisionCard
from data.views.company import CycleView, Found, PersonView, TeamView
from data.views.drift import Counts, DriftView, Listed, TeamWeeks
from data.views.edits import (
    AcknowledgeEdit,
    CellEdit,
    CheckInEdit,
    ListEdit,
    Outcome,
    ReadingEdit,
    StepEdit,
    Theirs,
)
from data.views.gauges import Freshness, Gauge, Indicator
from data.views.history import ChangeView, DoneView, HistoryView, Subject
from data.views.imports import FileView, ImportView, KpiChoice, ProblemView, RowKind, RowView
from data.views.kpi import KpiView, NaturalLimits, ReadingView, Said, Tie
from data.views.mine import Feed, Mine, MyKeyResult, MyKpi, MyStep, Told
from data.views.roads import GuardrailView, Lane, ObjectiveView, Standing, Step
from data.views.signals import Ahead, DecisionView, Departure, EventView, SignalView
from data.views.why import Around, MovedKeyResult, MovedKpi, NearEvent, Part, Split, Why

__all__ = [
    "AcknowledgeEdit",
    "Ahead",
    "Around",
    "CellEdit",
    "ChangeView",
    "CheckInEdit",
    "Cockpit",
    "Counts",
    "CycleView",
    "DecisionCard",
    "DecisionView",
    "Departure",
    "DoneView",
    "DriftView",
    "EventView",
    "Feed",
    "FileView",
    "Found",
    "Freshness",
    "Gauge",
    "GuardrailView",
    "HistoryView",
    "ImportView",
    "Indicator",
    "KpiChoice",
    "KpiView",
    "Lane",
    "ListEdit",
    "Listed",
    "Mine",
    "MovedKeyResult",
    "MovedKpi",
    "MyKeyResult",
    "MyKpi",
    "MyStep",
    "NaturalLimits",
    "NearEvent",
    "ObjectiveView",
    "Outcome",
    "Part",
    "PersonView",
    "ProblemView",
    "ReadingEdit",
    "ReadingView",
    "RowKind",
    "RowView",
    "Said",
    "SignalView",
    "Split",
    "Standing",
    "Step",
    "StepEdit",
    "Subject",
    "TeamView",
    "TeamWeeks",
    "Theirs",
    "Tie",
    "Told",
    "Why",
]
