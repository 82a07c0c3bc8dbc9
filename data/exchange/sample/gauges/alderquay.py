"""What the whole company watches: its customers, and whether they stay."""

from data.exchange.sample.company import COMPANY, INES, SOFIA
from data.exchange.sample.gauge import FOUR_YEARS, Driven, Gauge, Mark, Shift, Story
from models import Better, Cadence, KpiKind

GAUGES = (
    Gauge(
        name="Customers",
        unit="customers",
        better=Better.HIGHER,
        cadence=Cadence.MONTHLY,
        kind=KpiKind.LAGGING,
        owner=INES,
        description="Growers with a running contract at the end of the month.",
        numbers=Story(level=1040, noise=6, count=FOUR_YEARS, shifts=(Shift(52, by=440, over=52),)),
    ),
    Gauge(
        name="Lost customers",
        unit="customers",
        better=Better.LOWER,
        cadence=Cadence.MONTHLY,
        kind=KpiKind.LAGGING,
        owner=INES,
        description="Growers whose contract ended in the month and was not renewed.",
        numbers=Story(
            level=0.0255,
            noise=0.0018,
            share_of="Customers",
            marks=(
                Mark(ago=0, value=43, note="Five of them sold their greenhouses."),
                Mark(ago=9, note="Two came back in the month after."),
            ),
        ),
    ),
    Gauge(
        name="Monthly churn",
        unit="%",
        better=Better.LOWER,
        high=3,
        cadence=Cadence.MONTHLY,
        kind=KpiKind.LAGGING,
        owner=INES,
        pinned=(COMPANY,),
        description="Share of our growers who left in the month.",
        numbers=Driven(by="100 * [Lost customers] / [Customers]"),
    ),
    Gauge(
        name="Net promoter score",
        unit="points",
        better=Better.HIGHER,
        low=40,
        high=70,
        cadence=Cadence.MONTHLY,
        kind=KpiKind.LEADING,
        owner=SOFIA,
        pinned=(COMPANY,),
        description="Growers who would recommend us, less those who would not.",
        numbers=Story(
            level=44,
            noise=1.1,
            count=FOUR_YEARS,
            shifts=(Shift(8, by=6, over=2),),
            marks=(Mark(ago=7, note="First survey after the new sensor app."),),
        ),
    ),
)
