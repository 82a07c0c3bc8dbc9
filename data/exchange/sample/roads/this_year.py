"""Where the company wants to be when the year ends."""

from data.exchange.sample.company import (
    COMPANY,
    HUMAN_RESOURCES,
    INES,
    LEILA,
    MAREK,
    SOFIA,
    TOMAS,
)
from data.exchange.sample.road import Course, KeyResult, Objective, Roads
from models import Ambition, Confidence

MISSED = Objective(
    name="A company that growers would miss",
    owner=INES,
    guardrails=("Monthly churn",),
    key_results=(
        KeyResult(
            name="Customers",
            owner=INES,
            unit="customers",
            start=1390,
            target=1500,
            kpi="Customers",
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Revenue that comes by contract",
            owner=MAREK,
            unit="%",
            start=61,
            target=70,
            places=1,
            confidences=(Confidence.LIKELY, Confidence.SURE),
            notes=("Hardware alone is now the exception.",),
        ),
        KeyResult(
            name="Countries with a service partner",
            owner=LEILA,
            unit="countries",
            start=3,
            target=7,
            course=Course.BEHIND,
            confidences=(Confidence.UNSURE,),
        ),
    ),
)

PEOPLE_GROW = Objective(
    name="People grow here, too",
    owner=SOFIA,
    ambition=Ambition.COMMITTED,
    supports=("A company that growers would miss",),
    key_results=(
        KeyResult(
            name="Engagement",
            owner=SOFIA,
            unit="points",
            start=7.5,
            target=8,
            places=1,
            kpi="Engagement",
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Retention",
            owner=SOFIA,
            unit="%",
            start=92.5,
            target=94,
            places=1,
            kpi="Retention",
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Openings filled from within",
            owner=TOMAS,
            unit="%",
            start=20,
            target=40,
            confidences=(Confidence.UNSURE, Confidence.LIKELY),
        ),
    ),
)

ROADS: Roads = {COMPANY: (MISSED,), HUMAN_RESOURCES: (PEOPLE_GROW,)}
