"""What Human Resources watches: who comes, who stays, and how they are."""

from data.exchange.sample.company import COMPANY, HUMAN_RESOURCES, SOFIA, TOMAS
from data.exchange.sample.gauge import FOUR_YEARS, Gauge, Mark, Story
from models import Better, Cadence, KpiKind

GAUGES = (
    Gauge(
        name="Engagement",
        unit="points",
        better=Better.HIGHER,
        low=7,
        high=10,
        cadence=Cadence.QUARTERLY,
        kind=KpiKind.LEADING,
        owner=SOFIA,
        pinned=(HUMAN_RESOURCES,),
        description="Mean answer of the quarterly survey, from 0 to 10.",
        numbers=Story(level=7.7, noise=0.13, places=1, silent=1),
    ),
    Gauge(
        name="Recruitment time",
        unit="days",
        better=Better.LOWER,
        low=20,
        high=45,
        cadence=Cadence.MONTHLY,
        kind=KpiKind.LAGGING,
        owner=TOMAS,
        pinned=(COMPANY, HUMAN_RESOURCES),
        description="Days from an opening to the signed contract, mean of the month.",
        numbers=Story(
            level=53,
            noise=2,
            marks=(Mark(ago=4, note="Both openings are for sensor engineers."),),
        ),
    ),
    Gauge(
        name="Retention",
        unit="%",
        better=Better.HIGHER,
        low=90,
        cadence=Cadence.MONTHLY,
        kind=KpiKind.LAGGING,
        owner=SOFIA,
        pinned=(HUMAN_RESOURCES,),
        description="Share of colleagues of a year ago who are still with us.",
        numbers=Story(level=93.6, noise=0.5, places=1, ceiling=100),
    ),
    Gauge(
        name="Absence rate",
        unit="%",
        better=Better.LOWER,
        high=5.5,
        cadence=Cadence.MONTHLY,
        kind=KpiKind.LAGGING,
        owner=TOMAS,
        pinned=(HUMAN_RESOURCES,),
        description="Working days lost to illness; winters are higher.",
        numbers=Story(
            level=3.7,
            noise=0.15,
            places=1,
            count=FOUR_YEARS,
            season=(0.9, 1.0, 0.5, 0.1, -0.3, -0.6, -0.7, -0.6, -0.3, 0.0, 0.3, 0.6),
        ),
    ),
    Gauge(
        name="Training hours",
        unit="hours",
        better=Better.HIGHER,
        low=2,
        cadence=Cadence.MONTHLY,
        kind=KpiKind.LEADING,
        owner=TOMAS,
        description="Hours of learning for each colleague in the month; we began to count lately.",
        numbers=Story(level=3.4, noise=0.4, places=1, count=7),
    ),
)
