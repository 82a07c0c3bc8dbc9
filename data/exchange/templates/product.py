"""Examples for a team in product."""

from data.exchange.templates.shapes import Example, ExampleKeyResult, ExampleKpi, Function
from models import Ambition, Better, Cadence, KeyResultKind, KpiKind

PRODUCT = Function(
    "Product",
    (
        Example(
            name="New users see the use of it on the first day",
            key_results=(
                ExampleKeyResult(
                    name="New users who finish a first task on day one",
                    unit="%",
                    start=35,
                    target=60,
                    kpi="First task on day one",
                ),
                ExampleKeyResult(
                    name="New users who are back after four weeks",
                    unit="%",
                    start=22,
                    target=35,
                    kpi="Back after four weeks",
                ),
                ExampleKeyResult(
                    name="Minutes until the first task is done, median",
                    unit="minutes",
                    start=25,
                    target=10,
                ),
            ),
            guardrails=("Crash-free sessions",),
        ),
        Example(
            name="People rely on it every working day",
            ambition=Ambition.COMMITTED,
            key_results=(
                ExampleKeyResult(
                    name="Hours a month out of service",
                    unit="hours",
                    start=3,
                    target=0.5,
                ),
                ExampleKeyResult(
                    name="Pages that open within a second",
                    unit="%",
                    start=70,
                    target=92,
                    kpi="Fast pages",
                ),
                ExampleKeyResult(
                    name="Faults that users found before us",
                    unit="faults",
                    start=24,
                    target=8,
                ),
                ExampleKeyResult(
                    name="Crash-free sessions held in range",
                    kind=KeyResultKind.HOLD,
                    hold_periods=8,
                    kpi="Crash-free sessions",
                ),
            ),
            guardrails=("Requests done",),
        ),
        Example(
            name="We build what is used",
            key_results=(
                ExampleKeyResult(
                    name="New functions that a third of users use after a month",
                    unit="%",
                    start=20,
                    target=50,
                ),
                ExampleKeyResult(
                    name="Functions that hardly anybody uses",
                    unit="functions",
                    start=14,
                    target=5,
                ),
                ExampleKeyResult(
                    name="Weeks from idea to first user",
                    unit="weeks",
                    start=11,
                    target=6,
                ),
            ),
        ),
    ),
    (
        ExampleKpi(
            "First task on day one",
            "%",
            Better.HIGHER,
            45,
            None,
            Cadence.WEEKLY,
            KpiKind.LEADING,
            "New users of the week who finished a task the same day.",
        ),
        ExampleKpi(
            "Back after four weeks",
            "%",
            Better.HIGHER,
            28,
            None,
            Cadence.WEEKLY,
            KpiKind.LAGGING,
            "New users who came back four weeks later.",
        ),
        ExampleKpi(
            "Crash-free sessions",
            "%",
            Better.HIGHER,
            99.5,
            None,
            Cadence.WEEKLY,
            KpiKind.LAGGING,
            "Sessions without a crash.",
        ),
        ExampleKpi(
            "Fast pages",
            "%",
            Better.HIGHER,
            85,
            None,
            Cadence.WEEKLY,
            KpiKind.LEADING,
            "Pages that opened within a second.",
        ),
        ExampleKpi(
            "Requests done",
            "requests",
            Better.WITHIN,
            8,
            20,
            Cadence.WEEKLY,
            KpiKind.LEADING,
            "Requests finished in the week.",
        ),
    ),
)
