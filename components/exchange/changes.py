"""What importing a spreadsheet would do, with what can be set of the KPIs that are new."""

from collections.abc import Callable
from typing import Any

from components.exchange import changes_words
from components.ui import click_events, frontend
from components.ui.payloads import one_of, read, text
from data.core import typed_text
from data.exchange.views import SpreadsheetChanges
from data.kpis.fields import KpiRow, better_of
from models import Better, Cadence

_CHANGES = frontend.element("changes")

MOST_KPIS = 200


def show(of: SpreadsheetChanges, *, key: str, on_set: Callable[[str, str, str], None]) -> None:
    """Show it; what is set of a new KPI is told by its name, its column and what was typed."""
    data = {
        "title": changes_words.title(of),
        "facts": changes_words.facts(of),
        "check": changes_words.check(len(of.kpis)),
        "kpis": [_kpi(kpi) for kpi in of.kpis[:MOST_KPIS]],
        "more": f"and {len(of.kpis) - MOST_KPIS} more" if len(of.kpis) > MOST_KPIS else "",
        "headings": changes_words.HEADINGS,
        "better": [word.value for word in Better],
        "cadences": [word.value for word in Cadence],
    }

    hear = click_events.heard(key, "set", set_of, lambda said: on_set(*said))
    _CHANGES(key=key, data=data, on_set_change=hear)


def set_of(sent: object) -> tuple[str, str, str] | None:
    """Turn what was sent into a KPI's name, the column and what was typed there."""
    column = one_of(tuple(changes_words.HEADINGS))
    found = read(sent, kpi=text, column=column, said=text)
    return None if found is None else (found["kpi"], found["column"], found["said"].strip())


def _kpi(kpi: KpiRow) -> dict[str, Any]:
    return {
        "name": kpi.kpi,
        "unit": kpi.unit,
        "low": typed_text.number(kpi.low),
        "high": typed_text.number(kpi.high),
        "better": better_of(kpi),
        "cadence": kpi.cadence,
        "owner": kpi.owner,
    }
