"""Where each team wants to be when the quarter ends."""

from data.exchange.sample.company import (
    AMARA,
    FELIX,
    HUMAN_RESOURCES,
    JONAH,
    LEILA,
    MAREK,
    MARKETING,
    NADIA,
    OWEN,
    PRIYA,
    PROCUREMENT,
    SALES,
    SAMUEL,
    SOFIA,
    TECHNICAL_SUPPORT,
    TOMAS,
    YUKI,
)
from data.exchange.sample.road import Course, KeyResult, Objective, Roads, Step
from models import Ambition, Confidence, ObjectiveState

SHORT_WAY = Objective(
    name="A yes finds no detours",
    owner=MAREK,
    ambition=Ambition.COMMITTED,
    supports=("Buying from us is as simple as buying seeds",),
    guardrails=("Average contract value", "Conversion rate"),
    origin_kpi="Sales cycle",
    key_results=(
        KeyResult(
            name="Sales cycle back in its range and kept there",
            owner=MAREK,
            kpi="Sales cycle",
            hold_periods=6,
            confidences=(Confidence.UNSURE,),
            notes=("No week in range yet; it no longer rises.",),
        ),
        KeyResult(
            name="Days from demo to offer",
            owner=JONAH,
            unit="days",
            start=9,
            target=4,
            places=1,
            confidences=(Confidence.UNSURE, Confidence.LIKELY),
            notes=("Prices are in the demo now.",),
        ),
        KeyResult(
            name="Talks that end with an agreed next step",
            owner=AMARA,
            unit="%",
            start=60,
            target=90,
            course=Course.AHEAD,
            confidences=(Confidence.SURE,),
        ),
    ),
)

CURIOUS_VISITORS = Objective(
    name="Curious visitors become friends of the house",
    owner=PRIYA,
    supports=("Growers stay because their harvest shows it",),
    guardrails=("Cost per lead",),
    key_results=(
        KeyResult(
            name="Visitor-to-subscriber conversion",
            owner=PRIYA,
            unit="%",
            start=3.1,
            target=3.6,
            places=2,
            kpi="Visitor-to-subscriber conversion",
            confidences=(Confidence.LIKELY, Confidence.UNSURE),
        ),
        KeyResult(
            name="Guides that readers finish",
            owner=FELIX,
            unit="%",
            start=31,
            target=45,
            course=Course.AHEAD,
            confidences=(Confidence.LIKELY, None, Confidence.SURE),
            notes=("Shorter chapters, longer visits.",),
        ),
        KeyResult(
            name="Newsletter readers who write back",
            owner=FELIX,
            unit="readers",
            start=20,
            target=120,
            course=Course.BEHIND,
            confidences=(Confidence.UNSURE,),
            notes=("A question in the first line helps a little.",),
        ),
    ),
)

NEW_COLLEAGUES = Objective(
    name="New colleagues feel at home from the first day",
    owner=SOFIA,
    supports=("People grow here, too",),
    guardrails=("Retention",),
    key_results=(
        KeyResult(
            name="Recruitment time",
            owner=TOMAS,
            unit="days",
            start=54,
            target=44,
            kpi="Recruitment time",
            confidences=(Confidence.DOUBTFUL,),
            notes=("Engineers are rare; the fair is next month.",),
        ),
        KeyResult(
            name="Newcomers with a mentor in their first week",
            owner=TOMAS,
            unit="%",
            start=40,
            target=100,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="A welcome worth telling about",
            owner=SOFIA,
            steps=(
                Step("Last year's newcomers asked", 0.3, reached=0.2),
                Step("First week redesigned", 0.4, reached=0.6),
                Step("First group welcomed", 0.3),
            ),
            confidences=(Confidence.LIKELY, Confidence.SURE),
        ),
    ),
)

SOLVED_ONCE = Objective(
    name="A problem solved is a problem gone",
    owner=LEILA,
    ambition=Ambition.COMMITTED,
    supports=("Growers stay because their harvest shows it",),
    guardrails=("First response time",),
    origin_kpi="Resolution time",
    key_results=(
        KeyResult(
            name="Resolution time back in its range and kept there",
            owner=OWEN,
            kpi="Resolution time",
            hold_periods=8,
            weight=2,
            confidences=(Confidence.UNSURE, Confidence.LIKELY, Confidence.SURE),
            notes=("Firmware 4.3 made the difference.",),
        ),
        KeyResult(
            name="Tickets that come back",
            owner=OWEN,
            unit="%",
            start=14,
            target=8,
            places=1,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Growers who find the answer themselves",
            owner=YUKI,
            unit="%",
            start=24,
            target=40,
            course=Course.BEHIND,
            confidences=(Confidence.UNSURE, Confidence.DOUBTFUL),
            notes=("Search finds the old manual first.", "Search is fixed. Let us see."),
        ),
    ),
)

QUIET_SUPPLY = Objective(
    name="Parts arrive before anyone has to ask",
    owner=NADIA,
    ambition=Ambition.COMMITTED,
    state=ObjectiveState.PROBATION,
    guardrails=("Purchasing cost",),
    origin_kpi="Supplier lead time",
    key_results=(
        KeyResult(
            name="Supplier lead time back in its range and kept there",
            owner=SAMUEL,
            kpi="Supplier lead time",
            hold_periods=8,
            confidences=(Confidence.SURE,),
            notes=("Held through the holidays of two suppliers.",),
        ),
        KeyResult(
            name="Critical parts with a second source",
            owner=NADIA,
            unit="parts",
            start=12,
            target=30,
            course=Course.AHEAD,
            confidences=(Confidence.SURE,),
        ),
        KeyResult(
            name="Rush orders in the month",
            owner=SAMUEL,
            unit="orders",
            start=18,
            target=5,
            confidences=(Confidence.LIKELY,),
        ),
    ),
)

FAIR_PARTNERS = Objective(
    name="Our suppliers tell us first",
    owner=SAMUEL,
    supports=("The new sensor arrives as a friend, not as a project",),
    guardrails=("Supplier quality", "Stock cover"),
    key_results=(
        KeyResult(
            name="Suppliers who share their plans",
            owner=SAMUEL,
            unit="suppliers",
            start=3,
            target=12,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Supplier quality",
            owner=SAMUEL,
            unit="%",
            start=98.2,
            target=99,
            kpi="Supplier quality",
            confidences=(Confidence.UNSURE,),
        ),
        KeyResult(
            name="Invoices paid on their day",
            owner=NADIA,
            unit="%",
            start=82,
            target=98,
            course=Course.UNCHANGED,
            notes=("The approval step is still on paper.",),
        ),
    ),
)

ROADS: Roads = {
    SALES: (SHORT_WAY,),
    MARKETING: (CURIOUS_VISITORS,),
    HUMAN_RESOURCES: (NEW_COLLEAGUES,),
    TECHNICAL_SUPPORT: (SOLVED_ONCE,),
    PROCUREMENT: (QUIET_SUPPLY, FAIR_PARTNERS),
}
