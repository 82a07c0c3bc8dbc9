"""Examples for a team in human resources."""

from data.exchange.templates.shapes import Example, ExampleKeyResult, ExampleKpi, Function
from models import Ambition, Better, Cadence, KpiKind

HUMAN_RESOURCES = Function(
    "Human resources",
    (
        Example(
            name="New colleagues feel at home from the first day",
            key_results=(
                ExampleKeyResult(
                    name="New colleagues who would choose us again after 90 days",
                    unit="%",
                    start=70,
                    target=90,
                ),
                ExampleKeyResult(
                    name="Days until a first piece of own work is done",
                    unit="days",
                    start=45,
                    target=25,
                ),
                ExampleKeyResult(
                    name="New colleagues who leave within a year",
                    unit="%",
                    start=18,
                    target=8,
                    kpi="Left within a year",
                ),
            ),
            guardrails=("Days to fill a post",),
        ),
        Example(
            name="Good people want to come and want to stay",
            key_results=(
                ExampleKeyResult(
                    name="Days to fill a post",
                    unit="days",
                    start=65,
                    target=45,
                    kpi="Days to fill a post",
                ),
                ExampleKeyResult(
                    name="Offers that are accepted",
                    unit="%",
                    start=70,
                    target=85,
                    kpi="Offers accepted",
                ),
                ExampleKeyResult(
                    name="Colleagues who chose to leave, by year",
                    unit="%",
                    start=14,
                    target=9,
                    kpi="Chose to leave",
                ),
                ExampleKeyResult(
                    name="Posts filled from within",
                    unit="%",
                    start=15,
                    target=30,
                ),
            ),
        ),
        Example(
            name="Nobody works beyond their strength",
            ambition=Ambition.COMMITTED,
            key_results=(
                ExampleKeyResult(
                    name="Overtime a head and week",
                    unit="hours",
                    start=4,
                    target=1.5,
                    kpi="Overtime",
                ),
                ExampleKeyResult(
                    name="Holiday that expired unused",
                    unit="days",
                    start=220,
                    target=40,
                ),
                ExampleKeyResult(
                    name="Colleagues who call their load fair",
                    unit="%",
                    start=55,
                    target=75,
                ),
            ),
        ),
    ),
    (
        ExampleKpi(
            "Days to fill a post",
            "days",
            Better.LOWER,
            None,
            55,
            Cadence.MONTHLY,
            KpiKind.LAGGING,
            "Median days from opening a post to a yes.",
        ),
        ExampleKpi(
            "Offers accepted",
            "%",
            Better.HIGHER,
            75,
            None,
            Cadence.QUARTERLY,
            KpiKind.LAGGING,
            "Offers of the quarter that were accepted.",
        ),
        ExampleKpi(
            "Chose to leave",
            "%",
            Better.LOWER,
            None,
            10,
            Cadence.QUARTERLY,
            KpiKind.LAGGING,
            "Who left by own choice in the last 12 months.",
        ),
        ExampleKpi(
            "Left within a year",
            "%",
            Better.LOWER,
            None,
            12,
            Cadence.QUARTERLY,
            KpiKind.LAGGING,
            "New colleagues who left in their first year.",
        ),
        ExampleKpi(
            "Overtime",
            "hours",
            Better.LOWER,
            None,
            3,
            Cadence.WEEKLY,
            KpiKind.LEADING,
            "Mean overtime a head.",
        ),
        ExampleKpi(
            "Sick days",
            "%",
            Better.WITHIN,
            2,
            5,
            Cadence.MONTHLY,
            KpiKind.LAGGING,
            "Working days lost; very few may mean people come ill.",
        ),
    ),
)
