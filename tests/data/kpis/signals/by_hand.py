"""What a signal must tell, from a KPI's readings and decisions one by one: the slow, plain way."""

from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Engine

from analytics.drift import trace
from analytics.drift.letters import SHOWN_PERIODS
from analytics.periods import SEASONS, first_day, ordinal, period
from data.kpis.signals.evidence import unpacked
from data.kpis.signals.runs import first_period
from data.kpis.views.signals import SignalView
from tests.data.builders import rows

FAR = datetime(9000, 1, 1, tzinfo=UTC)

Told = dict[int, dict[str, Any]]


def stored(engine: Engine, moment: datetime = FAR) -> Told:
    """Give what is stored of each KPI's signal as it was shown at a moment."""
    newest: Told = {}
    for row in sorted(rows(engine, "kpi_signal"), key=lambda row: row["known_at"]):
        if row["known_at"] <= moment:
            newest[row["kpi_id"]] = row
    told = {kpi_id: row for kpi_id, row in newest.items() if row["evidence"] is not None}
    evidence, histories = ([row[name] for row in told.values()] for name in ("evidence", "history"))
    return {
        kpi_id: _named(signal)
        for kpi_id, signal in zip(told, unpacked(evidence, histories), strict=True)
    }


def _named(signal: SignalView) -> dict[str, Any]:
    named = signal._asdict() | {"history": signal.history}
    del named["runs"]
    return named


def by_hand(engine: Engine, moment: datetime = FAR) -> Told:
    """Give what must be shown of each KPI at a moment, as the KPI is now."""
    made = {
        row["entity_id"]: row["command_id"]
        for row in rows(engine, "change")
        if row["entity"] == "decision" and row["before"] is None
    }
    versions = {row["id"]: row["version"] for row in rows(engine, "command")}
    told: Told = {}
    for kpi in rows(engine, "kpi"):
        readings = [row for row in rows(engine, "reading") if row["kpi_id"] == kpi["id"]]
        said = [
            row | {"made": versions[made[row["id"]]]}
            for row in rows(engine, "decision")
            if row["kpi_id"] == kpi["id"]
            and row["known_at"] <= moment
            and (row["withdrawn_at"] is None or row["withdrawn_at"] > moment)
        ]
        known = [row for row in readings if row["known_at"] <= moment]
        zone = ZoneInfo(rows(engine, "company")[0]["time_zone"])
        if found := _of_kpi(kpi, known, said, zone):
            told[kpi["id"]] = found
    return told


def _of_kpi(
    kpi: dict[str, Any], readings: list[dict[str, Any]], said: list[dict[str, Any]], zone: ZoneInfo
) -> dict[str, Any] | None:
    cadence = str(kpi["cadence"])
    by_period: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in readings:
        by_period[row["period"]].append(row)
    stands = {}
    for day, several in by_period.items():
        last = max(several, key=lambda row: (row["known_at"], row["id"]))
        if last["value"] is not None:
            stands[day] = last
    if not stands:
        return None
    latest = ordinal(max(stands), cadence)
    ever = [row["period"] for row in readings if row["value"] is not None]
    first = first_period(ordinal(min(ever), cadence), latest)
    length = latest - first + 1
    line = np.full(length, np.nan)
    for day, row in stands.items():
        if (at := ordinal(day, cadence) - first) >= 0:
            line[at] = row["value"]
    begun, excluded = [], []
    for row in said:
        start = period(row["date"], cadence)
        if row["decision"] == "rebase":
            begun.append(ordinal(start, cadence) - first)
        elif (
            row["decision"] == "dismiss"
            and start in stands
            and row["made"] >= stands[start]["version"]
        ):
            excluded.append(ordinal(start, cadence) - first)
    ahead = max([length, *(at + 1 for at in begun)])
    line = np.pad(line, (0, ahead - length), constant_values=np.nan)
    facts = trace(
        line,
        better=kpi["better"],
        season=SEASONS[cadence],
        rebased=begun,
        excluded=excluded,
        smallest_change=kpi["smallest_change"],
    )
    onset = int(facts.onset[-1])
    shown = facts.signal[:length].tolist()
    alarm = list(takewhile(lambda word: word in ("drifting", "recovering"), reversed(shown)))
    began = first_day(first + length - len(alarm), cadence)
    stood = alarm and str(facts.signal[-1]) in ("drifting", "recovering")
    known = [row["known_at"] for row in by_period[began] if row["value"] is not None]
    floats = ["mean", "expected", "error", "z", "sigma", "slope", "slope_z"]
    floats += ["last", "last_expected"]
    return {
        "signal": str(facts.signal[-1]),
        "period": max(stands),
        "onset": first_day(first + onset, cadence) if onset >= 0 else None,
        "shown_on": min(known).astimezone(zone).date() if stood else None,
        "favourable": bool(facts.favourable[-1]),
        "window": int(facts.window[-1]),
        "size": int(facts.size[-1]),
        "adjoining": bool(facts.adjoining[-1]),
        "rule": str(facts.rule[-1]),
        "history": "".join(word[0] for word in shown)[-SHOWN_PERIODS:],
        **{name: _number(getattr(facts, name)[-1]) for name in floats},
    }


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
