"""What a file's numbers would have told: the card that stands beside what Import will do."""

from typing import Any

from components.exchange import hindsight_words
from components.kpis import gauge_numbers
from components.ui import frontend
from data.exchange.views import Hindsight, KpiHindsight

_HINDSIGHT = frontend.element("hindsight")


def show(view: Hindsight, *, key: str = "hindsight") -> None:
    """Show the headline, the three stories that tell most, and how all that is known."""
    data = {
        "title": hindsight_words.headline(view),
        "besides": hindsight_words.besides(view),
        "stories": [_story(kpi, view) for kpi in view.telling],
        "how": hindsight_words.HOW,
        "reasons": [
            {"about": about, "text": text} for about, text in hindsight_words.reasons(view)
        ],
        "share": hindsight_words.SHARE,
        "file": hindsight_words.file_name(view),
        "company": view.company,
    }
    _HINDSIGHT(key=key, data=data)


def _story(kpi: KpiHindsight, view: Hindsight) -> dict[str, Any]:
    drift = kpi.main_drift if kpi.drifts else None
    return {
        "name": kpi.name,
        "whose": hindsight_words.whose(kpi, view),
        "text": hindsight_words.story(kpi, view.day),
        "series": gauge_numbers.written(kpi.series),
        "low": kpi.low,
        "high": kpi.high,
        "drift": drift
        and {
            "first": drift.first,
            "behind": drift.behind,
            "told": drift.told_at,
            "note": hindsight_words.note(drift, kpi, view.day),
        },
    }
