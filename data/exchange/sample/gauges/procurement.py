"""What Procurement watches: what we pay, how soon it comes, and how good it is."""

from data.exchange.sample.company import NADIA, PROCUREMENT, SAMUEL
from data.exchange.sample.gauge import Gauge, Mark, Shift, Story
from models import Better, Cadence, KpiKind

GAUGES = (
    Gauge(
        name="Purchasing cost",
        unit="k€",
        better=Better.WITHIN,
        low=380,
        high=460,
        cadence=Cadence.MONTHLY,
        kind=KpiKind.LAGGING,
        owner=NADIA,
        pinned=(PROCUREMENT,),
        description="Parts and material bought in the month.",
        numbers=Story(
            level=421,
            noise=8,
            marks=(
                Mark(
                    ago=1,
                    first_typed=371,
                    note="Month closed.",
                    correction="The invoice for the housings came late.",
                ),
            ),
            gaps=(13,),
        ),
    ),
    Gauge(
        name="Supplier lead time",
        unit="days",
        better=Better.LOWER,
        low=10,
        high=21,
        cadence=Cadence.WEEKLY,
        kind=KpiKind.LEADING,
        owner=SAMUEL,
        pinned=(PROCUREMENT,),
        description="Days from our order to the delivery, mean of the week.",
        numbers=Story(
            level=15,
            noise=0.8,
            places=1,
            shifts=(Shift(51, by=6.5, over=4), Shift(33, by=-6.5, over=3)),
            marks=(
                Mark(ago=48, note="The chip supplier moved its works."),
                Mark(ago=32, note="First deliveries from the second source."),
            ),
            gaps=(20, 71),
        ),
    ),
    Gauge(
        name="Supplier quality",
        unit="%",
        better=Better.HIGHER,
        low=97,
        cadence=Cadence.WEEKLY,
        kind=KpiKind.LAGGING,
        owner=SAMUEL,
        pinned=(PROCUREMENT,),
        description="Share of delivered parts that pass our check.",
        numbers=Story(level=98.6, noise=0.25, places=1, ceiling=100, silent=1),
    ),
    Gauge(
        name="Stock cover",
        unit="days",
        better=Better.WITHIN,
        low=20,
        high=40,
        cadence=Cadence.WEEKDAYS,
        kind=KpiKind.LEADING,
        owner=NADIA,
        pinned=(PROCUREMENT,),
        description="Days that our stock would last at the present pace.",
        numbers=Story(
            level=30,
            noise=1.4,
            marks=(Mark(ago=18, value=3, note="Typed from the printed list."),),
            gaps=(9, 90),
        ),
    ),
)
