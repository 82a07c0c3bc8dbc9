"""A list of drifts as the data gives it, with whatever a test changes."""

from typing import Any

from data.company.views import TeamView
from data.kpis.views.gauges import Gauge
from data.screens.views.drift import Counts, DriftView, Listed, TeamWeeks
from tests.components.examples import TODAY, WEEKS


def counts(**changes: Any) -> Counts:
    facts: dict[str, Any] = {
        "kpis": 38,
        "silent": 0,
        "judged": 38,
        "drifting": 5,
        "undecided": 2,
        "waiting": 2,
        "recovering": 0,
        "outside": 0,
        "watched": 0,
        "indicators": 0,
        "listed": 5,
        "calm": 33,
        "by_chance": (0.23, 1.06),
        "of_real": (1.52, 1.9),
    }
    return Counts(**(facts | changes))


def view(*gauges: Gauge, **changes: Any) -> DriftView:
    top = TeamView(1, "Acme", None, 0)
    facts: dict[str, Any] = {
        "version": 12,
        "day": TODAY,
        "team": top,
        "counts": counts(),
        "listed": tuple(Listed(one, ("Sales", "North")) for one in gauges),
        "more": 0,
        "weeks": tuple(reversed(WEEKS)),
        "teams": (
            TeamWeeks(top, (0,) * 25 + (3,), (12,) * 26),
            *(
                TeamWeeks(TeamView(at, f"Team {at}", 1, 1), (0,) * 25 + (at % 3,), (4,) * 26)
                for at in range(2, 17)
            ),
        ),
        "has_indicators": False,
    }
    return DriftView(**(facts | changes))
