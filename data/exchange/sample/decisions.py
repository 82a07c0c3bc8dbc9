"""What the sample's people decided about drifting KPIs, and what happened around them."""

from dataclasses import dataclass
from datetime import date, timedelta

from analytics.periods import recent_periods
from data.exchange.sample.company import (
    COMPANY,
    LEILA,
    MAREK,
    MARKETING,
    OWEN,
    PRIYA,
    PROCUREMENT,
    SALES,
    SAMUEL,
    SOFIA,
    TECHNICAL_SUPPORT,
    YUKI,
)
from data.exchange.sample.series import find
from data.kpis.fields import AnnotationRow, DecisionRow
from models import DecisionKind


@dataclass(frozen=True, slots=True)
class Told:
    """Something said by somebody about the KPI's reading of so many periods ago."""

    team: str
    kpi: str
    ago: int
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision, and when to look again: that many days from today, or none."""

    kind: DecisionKind
    told: Told
    look_again: int | None = None


# A dismissal and a new normal are dated in the period that they are about.
DECISIONS = (
    Decided(
        kind=DecisionKind.ACKNOWLEDGE,
        told=Told(
            SALES,
            "Pipeline coverage",
            1,
            MAREK,
            "Two large offers moved to next spring. The trade fair should fill the gap.",
        ),
        look_again=21,
    ),
    Decided(
        kind=DecisionKind.REROUTE,
        told=Told(
            SALES,
            "Sales cycle",
            3,
            MAREK,
            "It will not come back by itself. We take it on as “A yes finds no detours”.",
        ),
        look_again=28,
    ),
    Decided(
        kind=DecisionKind.ACKNOWLEDGE,
        told=Told(
            TECHNICAL_SUPPORT,
            "Hours trial farms waited",
            2,
            LEILA,
            "It shows in First response time; there we shall decide.",
        ),
        look_again=14,
    ),
    Decided(
        kind=DecisionKind.REROUTE,
        told=Told(
            TECHNICAL_SUPPORT,
            "Resolution time",
            11,
            LEILA,
            "Firmware 4.2 is the cause. We take it on as “A problem solved is a problem gone”.",
        ),
        look_again=14,
    ),
    Decided(
        kind=DecisionKind.REROUTE,
        told=Told(
            PROCUREMENT,
            "Supplier lead time",
            44,
            SAMUEL,
            "One source for chips is one too few. We look for a second.",
        ),
    ),
    Decided(
        kind=DecisionKind.REBASE,
        told=Told(
            TECHNICAL_SUPPORT,
            "Open tickets",
            145,
            LEILA,
            "Chats count as tickets now. The work is the same as before: this is the new normal.",
        ),
    ),
    Decided(
        kind=DecisionKind.DISMISS,
        told=Told(
            PROCUREMENT,
            "Stock cover",
            18,
            SAMUEL,
            "The printed list was cut off: 3 should read 30-something. Nobody can tell any more.",
        ),
    ),
)

ANNOTATIONS = (
    Told(SALES, "Sales cycle", 13, MAREK, "New pricing: yearly contracts only"),
    Told(SALES, "Average contract value", 3, MAREK, "New pricing: yearly contracts only"),
    Told(COMPANY, "Net promoter score", 8, SOFIA, "New sensor app for all growers"),
    Told(TECHNICAL_SUPPORT, "Service availability", 47, YUKI, "Site outage: data centre"),
    Told(TECHNICAL_SUPPORT, "Resolution time", 16, OWEN, "Firmware 4.2 rolled out"),
    Told(TECHNICAL_SUPPORT, "Resolution time", 6, OWEN, "Firmware 4.3 rolled out"),
    Told(TECHNICAL_SUPPORT, "First response time", 9, LEILA, "Support line opened for trial farms"),
    Told(TECHNICAL_SUPPORT, "Open tickets", 149, YUKI, "Chats count as tickets"),
    Told(MARKETING, "Qualified leads", 27, PRIYA, "Trade fair for greenhouse technology"),
    Told(PROCUREMENT, "Supplier lead time", 33, SAMUEL, "Second source for chips"),
)


def decisions(today: date) -> list[DecisionRow]:
    """Return what was decided, by date."""
    rows = [
        DecisionRow(
            team=decided.told.team,
            kpi=decided.told.kpi,
            date=_day(decided.told, today),
            decision=decided.kind,
            reason=decided.told.text,
            look_again=_in_days(today, decided.look_again),
            by=decided.told.by,
        )
        for decided in DECISIONS
    ]
    return sorted(rows, key=lambda row: row.date)


def annotations(today: date) -> list[AnnotationRow]:
    """Return what happened around the KPIs, by date."""
    rows = [
        AnnotationRow(
            team=told.team, kpi=told.kpi, date=_day(told, today), text=told.text, by=told.by
        )
        for told in ANNOTATIONS
    ]
    return sorted(rows, key=lambda row: row.date)


def _day(told: Told, today: date) -> date:
    _, gauge = find(told.team, told.kpi)
    return recent_periods(today, gauge.cadence, told.ago + 1)[-1]


def _in_days(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)
