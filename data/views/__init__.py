"""The frozen shapes that queries return and components show: facts, never words or colours."""

from data.views.cockpit import Cockpit, DecisionCard
from data.views.company import CycleView, Found, PersonView, TeamView
from data.views.edits import CheckInEdit, Outcome, ReadingEdit, Theirs
from data.views.gauges import Freshness, Gauge, Indicator
from data.views.kpi import KpiView, ReadingView, Said, Tie
from data.views.roads import GuardrailView, Lane, ObjectiveView, Standing, Step
from data.views.signals import Ahead, DecisionView, Departure, EventView, SignalView

__all__ = [
    "Ahead",
    "CheckInEdit",
    "Cockpit",
    "CycleView",
    "DecisionCard",
    "DecisionView",
    "Departure",
    "EventView",
    "Found",
    "Freshness",
    "Gauge",
    "GuardrailView",
    "Indicator",
    "KpiView",
    "Lane",
    "ObjectiveView",
    "Outcome",
    "PersonView",
    "ReadingEdit",
    "ReadingView",
    "Said",
    "SignalView",
    "Standing",
    "Step",
    "TeamView",
    "Theirs",
    "Tie",
]
