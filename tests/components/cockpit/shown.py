"""The lists of a cockpit, shown as a page shows them."""

from collections.abc import Sequence

from components.cockpit import decisions, gauges, key_results
from data.kpis.views.gauges import Gauge, Indicator
from data.okrs.views.key_results import ObjectiveView
from data.screens.views.cockpit import DecisionCard
from tests.components.examples import PERIODS, TODAY

CALM = "✓ Nothing needs a decision."


def show_gauges(
    shown: Sequence[Gauge], indicators: Sequence[Indicator] = (), *, team: str = ""
) -> None:
    """Show gauges, and what has no range, to somebody who may type."""
    gauges.show(
        shown,
        indicators,
        periods=PERIODS,
        version=12,
        today=TODAY,
        day=TODAY,
        editable=True,
        person="Ana",
        outcome=None,
        focus=None,
        key="gauges",
        on_edit=lambda edit: None,
        team=team,
    )


def show_key_results(*objectives: ObjectiveView, focus: int | None = None) -> None:
    """Show objectives with their key results to somebody who may type."""
    key_results.show(
        objectives,
        team="Company",
        version=12,
        today=TODAY,
        day=TODAY,
        editable=True,
        person="Ana",
        outcome=None,
        focus=focus,
        key="key_results",
        on_edit=lambda edit: None,
    )


def show_cards(*cards: DecisionCard) -> None:
    """Show what needs a decision to somebody who may decide."""
    decisions.show(
        cards,
        day=TODAY,
        today=TODAY,
        editable=True,
        outcome=None,
        key="decisions",
        calm=CALM,
        on_decide=lambda edit: None,
        on_open=lambda key: None,
        periods=PERIODS,
    )
