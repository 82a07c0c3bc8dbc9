"""Examples for a team in sales."""

from data.exchange.templates.shapes import Example, ExampleKeyResult, ExampleKpi, Function
from models import Ambition, Better, Cadence, KpiKind

SALES = Function(
    "Sales",
    (
        Example(
            name="Customers choose us before they compare prices",
            key_results=(
                ExampleKeyResult(
                    name="First talks that lead to an offer",
                    unit="%",
                    start=25,
                    target=40,
                    kpi="Offer rate",
                ),
                ExampleKeyResult(
                    name="Offers that become orders",
                    unit="%",
                    start=20,
                    target=28,
                    kpi="Win rate",
                ),
                ExampleKeyResult(
                    name="Days from first talk to signature",
                    unit="days",
                    start=60,
                    target=42,
                    kpi="Sales cycle",
                ),
                ExampleKeyResult(
                    name="New customers who came by recommendation",
                    unit="%",
                    start=15,
                    target=30,
                ),
            ),
            guardrails=("Discount given",),
        ),
        Example(
            name="Those who bought once are glad to buy again",
            key_results=(
                ExampleKeyResult(
                    name="Customers with a second order within a year",
                    unit="%",
                    start=35,
                    target=50,
                ),
                ExampleKeyResult(
                    name="Revenue from customers we already have",
                    unit="k€",
                    start=400,
                    target=520,
                ),
                ExampleKeyResult(
                    name="Customers lost in the quarter",
                    unit="%",
                    start=4,
                    target=2,
                    kpi="Customers lost",
                ),
            ),
            guardrails=("Discount given",),
        ),
        Example(
            name="We know what the quarter will bring",
            ambition=Ambition.COMMITTED,
            key_results=(
                ExampleKeyResult(
                    name="Forecast of the month against what came",
                    unit="% off",
                    start=25,
                    target=10,
                ),
                ExampleKeyResult(
                    name="Open offers with a next step and a date",
                    unit="%",
                    start=50,
                    target=95,
                ),
                ExampleKeyResult(
                    name="Offers without news for 30 days",
                    unit="offers",
                    start=40,
                    target=8,
                ),
            ),
        ),
    ),
    (
        ExampleKpi(
            "Offer rate",
            "%",
            Better.HIGHER,
            30,
            None,
            Cadence.WEEKLY,
            KpiKind.LEADING,
            "First talks of the week that led to an offer.",
        ),
        ExampleKpi(
            "Win rate",
            "%",
            Better.HIGHER,
            20,
            None,
            Cadence.MONTHLY,
            KpiKind.LAGGING,
            "Offers decided in the month that became orders.",
        ),
        ExampleKpi(
            "Sales cycle",
            "days",
            Better.LOWER,
            None,
            50,
            Cadence.MONTHLY,
            KpiKind.LEADING,
            "Median days from first talk to signature.",
        ),
        ExampleKpi(
            "Discount given",
            "%",
            Better.LOWER,
            None,
            8,
            Cadence.MONTHLY,
            KpiKind.LAGGING,
            "Mean discount on the list price of what was sold.",
        ),
        ExampleKpi(
            "Customers lost",
            "%",
            Better.LOWER,
            None,
            3,
            Cadence.QUARTERLY,
            KpiKind.LAGGING,
            "Customers who left, of those there at the start.",
        ),
    ),
)
