"""Where company and teams wanted to be when the last quarter ended."""

from data.exchange.sample.company import (
    AMARA,
    COMPANY,
    FELIX,
    HUMAN_RESOURCES,
    INES,
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
)
from data.exchange.sample.road import Course, KeyResult, Objective, Roads, Step
from models import Ambition, Confidence, ObjectiveState

LISTENING = Objective(
    name="We listen before we build",
    owner=SOFIA,
    state=ObjectiveState.GRADUATED,
    key_results=(
        KeyResult(
            name="Net promoter score",
            owner=SOFIA,
            unit="points",
            start=40,
            target=46,
            kpi="Net promoter score",
            confidences=(Confidence.LIKELY, Confidence.SURE),
        ),
        KeyResult(
            name="Growers we visited to listen",
            owner=INES,
            unit="growers",
            start=0,
            target=60,
            course=Course.AHEAD,
            confidences=(Confidence.SURE,),
            notes=("Every one of us has been in a greenhouse now.",),
        ),
        KeyResult(
            name="Wishes that got an answer",
            owner=LEILA,
            unit="%",
            start=30,
            target=80,
            confidences=(Confidence.LIKELY,),
        ),
    ),
)

CALM_SEASON = Objective(
    name="The busy season passes without a storm",
    owner=INES,
    ambition=Ambition.COMMITTED,
    state=ObjectiveState.CLOSED,
    guardrails=("Technical Support / Service availability",),
    key_results=(
        KeyResult(
            name="Sensors checked before the season",
            owner=LEILA,
            unit="%",
            start=35,
            target=95,
            confidences=(Confidence.LIKELY, Confidence.SURE),
        ),
        KeyResult(
            name="Spare parts that are on the shelf",
            owner=NADIA,
            unit="%",
            start=70,
            target=95,
            course=Course.BEHIND,
            confidences=(Confidence.UNSURE, Confidence.DOUBTFUL),
            notes=("Chips came late; the second source starts now.",),
        ),
        KeyResult(
            name="A plan for the hottest days",
            owner=OWEN,
            steps=(
                Step("Plan written", 0.5, reached=0.3),
                Step("Plan rehearsed", 0.5, reached=0.9),
            ),
            confidences=(Confidence.LIKELY,),
        ),
    ),
)

CLEAR_OFFERS = Objective(
    name="An offer fits on one page",
    owner=MAREK,
    state=ObjectiveState.CLOSED,
    supports=("The busy season passes without a storm",),
    key_results=(
        KeyResult(
            name="Offers on one page",
            owner=JONAH,
            unit="%",
            start=10,
            target=80,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Questions after an offer",
            owner=AMARA,
            unit="questions",
            start=5.2,
            target=3,
            places=1,
            course=Course.BEHIND,
            confidences=(Confidence.UNSURE,),
        ),
        KeyResult(
            name="Offers sent within two days",
            owner=AMARA,
            unit="%",
            start=40,
            target=60,
            course=Course.AHEAD,
            confidences=(Confidence.SURE,),
        ),
    ),
)

FINDABLE = Objective(
    name="Whoever searches for a good harvest finds us",
    owner=PRIYA,
    state=ObjectiveState.CLOSED,
    supports=("We listen before we build",),
    guardrails=("Cost per lead",),
    key_results=(
        KeyResult(
            name="Guides that growers asked for",
            owner=FELIX,
            unit="guides",
            start=6,
            target=18,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Visits that come by search",
            owner=PRIYA,
            unit="%",
            start=32,
            target=45,
            confidences=(Confidence.UNSURE, Confidence.LIKELY),
        ),
        KeyResult(
            name="Visitors who stay for a second page",
            owner=FELIX,
            unit="%",
            start=41,
            target=55,
            course=Course.UNCHANGED,
            notes=("The menu hides what they look for.",),
        ),
    ),
)

FAIR_HIRING = Objective(
    name="A good talk before every contract",
    owner=SOFIA,
    state=ObjectiveState.CLOSED,
    key_results=(
        KeyResult(
            name="Applicants answered within a week",
            owner=TOMAS,
            unit="%",
            start=50,
            target=90,
            course=Course.AHEAD,
            confidences=(Confidence.SURE,),
        ),
        KeyResult(
            name="Applicants who would apply again",
            owner=SOFIA,
            unit="%",
            start=64,
            target=80,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Leads trained to interview",
            owner=TOMAS,
            unit="leads",
            start=0,
            target=5,
            course=Course.BEHIND,
            confidences=(Confidence.UNSURE, Confidence.DOUBTFUL),
        ),
    ),
)

FRIENDLY_LINES = Objective(
    name="Nobody waits in a queue on a hot day",
    owner=LEILA,
    state=ObjectiveState.CLOSED,
    supports=("The busy season passes without a storm",),
    key_results=(
        KeyResult(
            name="Calls picked up within a minute",
            owner=OWEN,
            unit="%",
            start=66,
            target=85,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Growers called back on the same day",
            owner=OWEN,
            unit="%",
            start=48,
            target=80,
            course=Course.AHEAD,
            confidences=(Confidence.SURE,),
        ),
        KeyResult(
            name="Growers who rate their call as friendly",
            owner=LEILA,
            unit="%",
            start=81,
            target=90,
            course=Course.UNTOLD,
        ),
    ),
)

SECOND_SOURCE = Objective(
    name="One late truck stops nobody",
    owner=NADIA,
    ambition=Ambition.COMMITTED,
    state=ObjectiveState.CLOSED,
    supports=("The busy season passes without a storm",),
    guardrails=("Purchasing cost",),
    key_results=(
        KeyResult(
            name="Critical parts with a second source",
            owner=NADIA,
            unit="parts",
            start=2,
            target=12,
            confidences=(Confidence.SURE,),
            notes=("The chip has one since Thursday.",),
        ),
        KeyResult(
            name="Days our hall can work without a truck",
            owner=SAMUEL,
            unit="days",
            start=6,
            target=14,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Suppliers visited",
            owner=SAMUEL,
            unit="suppliers",
            start=0,
            target=9,
            course=Course.BEHIND,
            confidences=(Confidence.UNSURE,),
        ),
    ),
)

ROADS: Roads = {
    COMPANY: (LISTENING, CALM_SEASON),
    SALES: (CLEAR_OFFERS,),
    MARKETING: (FINDABLE,),
    HUMAN_RESOURCES: (FAIR_HIRING,),
    TECHNICAL_SUPPORT: (FRIENDLY_LINES,),
    PROCUREMENT: (SECOND_SOURCE,),
}
