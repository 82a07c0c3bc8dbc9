"""Where single people want to be when the quarter ends."""

from data.exchange.sample.company import (
    AMARA,
    FELIX,
    HUMAN_RESOURCES,
    MARKETING,
    SALES,
    TECHNICAL_SUPPORT,
    TOMAS,
    YUKI,
)
from data.exchange.sample.road import Course, KeyResult, Objective, Roads, Step
from models import Confidence, ObjectiveState, Scope

ORCHIDS = Objective(
    name="Orchid growers think of Alderquay first",
    owner=AMARA,
    scope=Scope.INDIVIDUAL,
    supports=("Marketing / Curious visitors become friends of the house",),
    key_results=(
        KeyResult(
            name="Orchid nurseries I have visited",
            owner=AMARA,
            unit="nurseries",
            start=4,
            target=24,
            course=Course.AHEAD,
            confidences=(Confidence.SURE,),
            notes=("They introduce me to their neighbours.",),
        ),
        KeyResult(
            name="Nurseries on a trial season",
            owner=AMARA,
            unit="nurseries",
            start=0,
            target=8,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Orchid growers who speak for us",
            owner=AMARA,
            unit="growers",
            start=0,
            target=3,
            course=Course.BEHIND,
            confidences=(Confidence.UNSURE,),
        ),
    ),
)

STORIES = Objective(
    name="Growers tell our stories better than we do",
    owner=FELIX,
    scope=Scope.INDIVIDUAL,
    state=ObjectiveState.DRAFT,
    supports=("Growers stay because their harvest shows it",),
    key_results=(
        KeyResult(
            name="Growers with a story of their own",
            owner=FELIX,
            unit="stories",
            start=2,
            target=10,
            course=Course.UNTOLD,
        ),
        KeyResult(
            name="Readers who come by a grower's story",
            owner=FELIX,
            unit="%",
            start=3,
            target=12,
            course=Course.UNTOLD,
        ),
        KeyResult(
            name="Photographs taken in real greenhouses",
            owner=FELIX,
            unit="%",
            start=35,
            target=80,
            course=Course.UNTOLD,
        ),
    ),
)

WRITTEN_DOWN = Objective(
    name="No answer has to be found twice",
    owner=YUKI,
    scope=Scope.INDIVIDUAL,
    supports=("A problem solved is a problem gone",),
    guardrails=("Open tickets",),
    key_results=(
        KeyResult(
            name="Answers in the handbook",
            owner=YUKI,
            unit="answers",
            start=140,
            target=220,
            confidences=(Confidence.LIKELY, Confidence.SURE),
            notes=("Five a week, on Friday afternoons.",),
        ),
        KeyResult(
            name="Tickets answered with a link",
            owner=YUKI,
            unit="%",
            start=18,
            target=35,
            course=Course.AHEAD,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="A handbook that can be searched",
            owner=YUKI,
            steps=(
                Step("Old pages removed", 0.4, reached=0.25),
                Step("Words of growers collected", 0.3, reached=0.55),
                Step("Search in the app", 0.3),
            ),
        ),
    ),
)

LEARNING = Objective(
    name="Everybody here learns something worth keeping",
    owner=TOMAS,
    scope=Scope.INDIVIDUAL,
    supports=("New colleagues feel at home from the first day",),
    key_results=(
        KeyResult(
            name="Training hours",
            owner=TOMAS,
            unit="hours",
            start=3,
            target=4,
            places=1,
            kpi="Training hours",
            confidences=(Confidence.UNSURE,),
        ),
        KeyResult(
            name="Colleagues with a plan for the year",
            owner=TOMAS,
            unit="%",
            start=45,
            target=90,
            confidences=(Confidence.LIKELY,),
        ),
        KeyResult(
            name="Lunch talks held by one of us",
            owner=TOMAS,
            unit="talks",
            start=0,
            target=6,
            course=Course.UNCHANGED,
            notes=("Looking for a room with daylight.",),
        ),
    ),
)

ROADS: Roads = {
    SALES: (ORCHIDS,),
    MARKETING: (STORIES,),
    HUMAN_RESOURCES: (LEARNING,),
    TECHNICAL_SUPPORT: (WRITTEN_DOWN,),
}
