"""Examples for a team in marketing."""

from data.exchange.templates.shapes import Example, ExampleKeyResult, ExampleKpi, Function
from models import Ambition, Better, Cadence, KpiKind

MARKETING = Function(
    "Marketing",
    (
        Example(
            name="The right people find us when they need us",
            key_results=(
                ExampleKeyResult(
                    name="Visitors who fit and leave an address",
                    unit="%",
                    start=1.5,
                    target=3,
                    kpi="Visitor conversion",
                ),
                ExampleKeyResult(
                    name="First talks asked for each month",
                    unit="talks",
                    start=40,
                    target=70,
                    kpi="First talks",
                ),
                ExampleKeyResult(
                    name="First talks that sales takes up",
                    unit="%",
                    start=55,
                    target=75,
                ),
            ),
            guardrails=("Cost of a first talk",),
        ),
        Example(
            name="People who know us speak well of us",
            key_results=(
                ExampleKeyResult(
                    name="Buyers who know our name unasked",
                    unit="%",
                    start=12,
                    target=20,
                ),
                ExampleKeyResult(
                    name="Customers who would recommend us",
                    unit="%",
                    start=42,
                    target=55,
                ),
                ExampleKeyResult(
                    name="Enquiries that name a recommendation",
                    unit="%",
                    start=10,
                    target=20,
                ),
            ),
        ),
        Example(
            name="What we spend is spent where it works",
            ambition=Ambition.COMMITTED,
            key_results=(
                ExampleKeyResult(
                    name="Cost of a first talk",
                    unit="€",
                    start=180,
                    target=120,
                    kpi="Cost of a first talk",
                ),
                ExampleKeyResult(
                    name="Budget whose effect we can tell",
                    unit="%",
                    start=40,
                    target=85,
                ),
                ExampleKeyResult(
                    name="Share of budget moved to what worked better",
                    unit="%",
                    start=0,
                    target=30,
                ),
            ),
            guardrails=("First talks",),
        ),
    ),
    (
        ExampleKpi(
            "Visitor conversion",
            "%",
            Better.HIGHER,
            2,
            None,
            Cadence.WEEKLY,
            KpiKind.LEADING,
            "Visitors of the week who left an address.",
        ),
        ExampleKpi(
            "First talks",
            "talks",
            Better.HIGHER,
            50,
            None,
            Cadence.MONTHLY,
            KpiKind.LAGGING,
            "Talks that people asked for.",
        ),
        ExampleKpi(
            "Cost of a first talk",
            "€",
            Better.LOWER,
            None,
            150,
            Cadence.MONTHLY,
            KpiKind.LAGGING,
            "Spending of the month by first talks.",
        ),
        ExampleKpi(
            "Readers who stay",
            "%",
            Better.HIGHER,
            95,
            None,
            Cadence.MONTHLY,
            KpiKind.LEADING,
            "Readers of the newsletter who did not leave it.",
        ),
    ),
)
