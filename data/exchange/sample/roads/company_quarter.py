"""Where the whole company wants to be when the quarter ends."""

from data.exchange.sample.company import (
    AMARA,
    COMPANY,
    FELIX,
    INES,
    LEILA,
    MAREK,
    NADIA,
    PRIYA,
    SAMUEL,
    SOFIA,
)
from data.exchange.sample.road import Course, KeyResult, Objective, Roads, Step
from models import Ambition, Confidence

GROWERS_STAY = Objective(
    name="Growers stay because their harvest shows it",
    owner=INES,
    supports=("A company that growers would miss",),
    guardrails=("Monthly churn", "Technical Support / Service availability"),
    key_results=(
        KeyResult(
            name="Net promoter score",
            owner=SOFIA,
            unit="points",
            start=44,
            target=52,
            kpi="Net promoter score",
            confidences=(Confidence.LIKELY, Confidence.SURE),
            notes=("The new app is what they mention first.",),
        ),
        KeyResult(
            name="Farms that look at their sensors every week",
            owner=LEILA,
            unit="farms",
            start=620,
            target=800,
            places=-1,
            course=Course.AHEAD,
            confidences=(Confidence.LIKELY, Confidence.LIKELY, Confidence.SURE),
            notes=("The Monday mail with frost warnings works.", "", "Still climbing."),
        ),
        KeyResult(
            name="Renewals signed before they fall due",
            owner=AMARA,
            unit="%",
            start=58,
            target=75,
            confidences=(Confidence.UNSURE, Confidence.LIKELY),
            notes=("The big nurseries decide together.", "Two of three have signed."),
        ),
    ),
)

SIMPLE_BUYING = Objective(
    name="Buying from us is as simple as buying seeds",
    owner=MAREK,
    ambition=Ambition.COMMITTED,
    guardrails=("Sales / Average contract value",),
    key_results=(
        KeyResult(
            name="Sales cycle",
            owner=MAREK,
            unit="days",
            start=56,
            target=42,
            kpi="Sales / Sales cycle",
            confidences=(Confidence.LIKELY, Confidence.UNSURE, Confidence.DOUBTFUL),
            notes=("Trial seasons cost us weeks. See Sales.",),
        ),
        KeyResult(
            name="Offers sent within two days",
            owner=AMARA,
            unit="%",
            start=55,
            target=85,
            course=Course.BEHIND,
            confidences=(Confidence.LIKELY, Confidence.UNSURE, Confidence.UNSURE),
            notes=("The price list is still in two places.", "", "One template fewer to fill."),
        ),
        KeyResult(
            name="One order form instead of four",
            owner=FELIX,
            steps=(
                Step("Forms compared with growers", 0.2, reached=0.12),
                Step("One form agreed with Sales", 0.3, reached=0.38),
                Step("Form live for new orders", 0.3, reached=0.72),
                Step("Old forms switched off", 0.2),
            ),
            confidences=(Confidence.LIKELY,),
            notes=("Growers tried it on their phones, and smiled.",),
        ),
    ),
)

NEW_SENSOR = Objective(
    name="The new sensor arrives as a friend, not as a project",
    owner=NADIA,
    guardrails=("Procurement / Supplier quality", "Procurement / Purchasing cost"),
    key_results=(
        KeyResult(
            name="Ready to deliver",
            owner=NADIA,
            weight=2,
            steps=(
                Step("Pilot farms chosen", 0.25, reached=0.1),
                Step("Radio test passed", 0.25, reached=0.45),
                Step("First batch in our hall", 0.3, reached=0.8),
                Step("Orders open", 0.2),
            ),
            confidences=(Confidence.SURE, Confidence.LIKELY),
        ),
        KeyResult(
            name="Pilot farms set up without our help",
            owner=SAMUEL,
            unit="farms",
            start=0,
            target=40,
            course=Course.UNCHANGED,
            confidences=(Confidence.LIKELY, Confidence.UNSURE, Confidence.DOUBTFUL),
            notes=("Waiting for the mounting kits.", "Still waiting.", "Kits promised again."),
        ),
        KeyResult(
            name="Visitors who ask for the new sensor",
            owner=PRIYA,
            unit="requests",
            start=0,
            target=600,
            course=Course.UNTOLD,
        ),
    ),
)

ROADS: Roads = {COMPANY: (GROWERS_STAY, SIMPLE_BUYING, NEW_SENSOR)}
