"""Why a KPI changed: what else moved then, and a waterfall of where the change comes from."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from components.kpis import why_words
from components.ui import click_events, formatting, frontend
from data.kpis.views.kpi import KpiView
from data.kpis.views.why import Around, Split, Why

_WHY = frontend.element("why")

FIRST_KPIS, FIRST_EVENTS, FIRST_KEY_RESULTS = 4, 2, 1
"""How many of each are in sight at first."""
NO_ROWS: dict[str, Any] = {"rows": [], "few": 0}


def show(
    why: Why, view: KpiView, *, today: date, key: str, on_open: Callable[[str, int], None]
) -> None:
    """Show what moved and what the change is made of; a click on a name opens that KPI."""
    split = why.split
    data = {
        "moved": {
            "question": why_words.moved_heading(why.around),
            "lead": why_words.moved_lead(view, why, today),
            **(_rows(why.around) if why.around else NO_ROWS),
        },
        "split": {
            "question": split.expression if split else "",
            "lead": why_words.split_lead(view, why, today),
            "bars": _bars(view, split) if split else [],
            "sum": why_words.split_sum(view, split) if split else "",
        },
    }
    _WHY(key=key, data=data, on_open_change=click_events.listener(key, on_open))


def _rows(around: Around) -> dict[str, Any]:
    """Write what moved: KPIs, events and key results, the `few` that tell most in front."""
    kpis = [
        {
            "id": moved.kpi_id,
            "name": moved.name,
            "when": why_words.lag(moved.lag),
            "much": why_words.strength(moved),
            "where": moved.team,
        }
        for moved in around.moved
    ]
    events = [
        {
            "name": f"⚑ {near.event.text}",
            "when": why_words.lag(near.lag),
            "much": "",
            "where": f"event · {near.kpi}" if near.kpi else "event",
        }
        for near in around.events
    ]
    key_results = [
        {
            "name": f"◎ {moved.name}",
            "when": formatting.way(moved.before, moved.after, moved.unit),
            "much": "",
            "where": f"key result {why_words.TIES[moved.tie]}",
        }
        for moved in around.key_results
    ]
    kinds = (kpis, FIRST_KPIS), (events, FIRST_EVENTS), (key_results, FIRST_KEY_RESULTS)
    first = [row for rows, most in kinds for row in rows[:most]]
    rest = [row for rows, most in kinds for row in rows[most:]]
    return {"rows": [*first, *rest], "few": len(first)}


def _bars(view: KpiView, split: Split) -> list[dict[str, Any]]:
    """Write each part as a bar that begins where the one before it ended, then their sum."""
    if split.whole is None:
        return []
    ends = [0.0]
    for part in split.parts:
        ends.append(ends[-1] + part.part)
    place = _scale([*ends, split.whole])
    largest = max(abs(each.part) for each in split.parts)
    parts = [
        {
            "id": part.kpi_id,
            "name": part.name,
            "detail": formatting.way(part.before, part.after, part.unit),
            "text": why_words.difference(part.part, view.unit, beside=largest),
            "along": part.part * split.whole >= 0,
            **place(begin, end),
        }
        for part, begin, end in zip(split.parts, ends, ends[1:], strict=False)
    ]
    total = {
        "name": "Together",
        "detail": "",
        "text": why_words.difference(split.whole, view.unit, beside=largest),
        "along": True,
        **place(0.0, split.whole),
    }
    return [*parts, total]


def _scale(numbers: Sequence[float]) -> Callable[[float, float], dict[str, float]]:
    """Give the way from a bar's ends to where it begins and how wide it is, in percent."""
    lowest, width = min(numbers), (max(numbers) - min(numbers)) or 1.0

    def place(begin: float, end: float) -> dict[str, float]:
        left, right = sorted(((begin - lowest) / width, (end - lowest) / width))
        return {"from": round(left * 100, 2), "width": round((right - left) * 100, 2)}

    return place
