"""Examples for a team in procurement."""

from data.exchange.templates.shapes import Example, ExampleKeyResult, ExampleKpi, Function
from models import Ambition, Better, Cadence, KeyResultKind, KpiKind

PROCUREMENT = Function(
    "Procurement",
    (
        Example(
            name="Parts arrive before anyone has to ask",
            key_results=(
                ExampleKeyResult(
                    name="Deliveries on the day promised",
                    unit="%",
                    start=82,
                    target=95,
                    kpi="Deliveries on time",
                ),
                ExampleKeyResult(
                    name="Days production waits for parts",
                    unit="days",
                    start=6,
                    target=1,
                ),
                ExampleKeyResult(
                    name="Suppliers who warn us before they are late",
                    unit="%",
                    start=30,
                    target=80,
                ),
            ),
            guardrails=("Stock in days",),
        ),
        Example(
            name="We never depend on one supplier alone",
            ambition=Ambition.COMMITTED,
            key_results=(
                ExampleKeyResult(
                    name="Key parts with a second source",
                    unit="%",
                    start=40,
                    target=75,
                    kpi="Second source",
                ),
                ExampleKeyResult(
                    name="Spending with our largest supplier",
                    unit="%",
                    start=35,
                    target=25,
                ),
                ExampleKeyResult(
                    name="Second source for the most critical part",
                    kind=KeyResultKind.MILESTONE,
                    steps=("Found", "Samples approved", "First delivery"),
                ),
            ),
        ),
        Example(
            name="Good value without squeezing anybody",
            key_results=(
                ExampleKeyResult(
                    name="Price of the basket against the market",
                    unit="%",
                    start=104,
                    target=98,
                ),
                ExampleKeyResult(
                    name="Spending under a framework contract",
                    unit="%",
                    start=50,
                    target=75,
                    kpi="Spending under contract",
                ),
                ExampleKeyResult(
                    name="Suppliers who would recommend working with us",
                    unit="%",
                    start=45,
                    target=65,
                ),
            ),
            guardrails=("Deliveries on time", "Faulty deliveries"),
        ),
    ),
    (
        ExampleKpi(
            "Deliveries on time",
            "%",
            Better.HIGHER,
            92,
            None,
            Cadence.WEEKLY,
            KpiKind.LAGGING,
            "Deliveries on the day promised.",
        ),
        ExampleKpi(
            "Faulty deliveries",
            "%",
            Better.LOWER,
            None,
            2,
            Cadence.MONTHLY,
            KpiKind.LAGGING,
            "Deliveries with something wrong.",
        ),
        ExampleKpi(
            "Stock in days",
            "days",
            Better.WITHIN,
            15,
            35,
            Cadence.MONTHLY,
            KpiKind.LEADING,
            "Days that the stock would last.",
        ),
        ExampleKpi(
            "Second source",
            "%",
            Better.HIGHER,
            60,
            None,
            Cadence.QUARTERLY,
            KpiKind.LEADING,
            "Key parts that two suppliers could deliver.",
        ),
        ExampleKpi(
            "Spending under contract",
            "%",
            Better.HIGHER,
            65,
            None,
            Cadence.MONTHLY,
            KpiKind.LAGGING,
            "Spending that a framework contract covers.",
        ),
    ),
)
